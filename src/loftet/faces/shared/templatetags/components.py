"""The components that pages are built of. Loaded on every page without `{% load %}`; `/om/komponenter/` shows them all.

States and marks
    {% status "measure" key %}            word + icon + colour; families: measure, target, document, dialogue, voice,
                                          run, response, place, label (keys in faces/shared/statuses.py)
    {% example_mark %}                    ”Exempel”; {% example_mark "varför" %} adds the reason
    {% retold_mark %}                     ”Återgivet”: a promise retold from elsewhere, never signed here
    {% icon "search" %}                   an icon, always beside a word
Actions
    {% button "Spara" %}                  submit button; kind="quiet|danger|plain", icon=, name=, value=
    {% link_button "Delta" url %}         a link that looks like a button; kind=, icon=
Messages
    {% box "info" title="…" %}…{% endbox %}   kinds: info, success, warning, error
    {% empty_state "Inga dialoger än" text="…" url=… action="…" %}
Forms
    {% form_fields form %}                error summary and every field
    {% error_summary form %}              what is wrong, with links to the fields
    {% field form.title %}                one field: label, hint, error, control, all bound
    {% actions %}…{% endactions %}        the row of buttons under a form
Page furniture
    {% breadcrumb "Mora" url "Dialoger" url "Trygg i centrum" %}   pairs, then the page itself
    {% facts pairs %}                     definition list of (term, value); or write <dl class="facts">
    {% pager page %}                      for a Django Page; keeps the other query parameters
    {% scroll "Rubrik" %}<table>…{% endscroll %}   a wide table that scrolls by itself
    {% nav_link "public:promises" "Medborgarlöften" %}   marks where you are
    {% side_list "Steg" items %}          left list of the workspace: items with label, url, current, note
Words that people said or promised
    {% voice "text" "källa" %}            a quote
    {% statement "text" %}                one statement, large
    {% answer_buttons %}                  the three answers, inside a form of yours
    {% progress 7 20 %}                   ”7 av ungefär 20” with a bar
    {% chain steps %}                     the chain as a walk; steps are chain.ChainStep, gaps included
    {% receipt receipt %}                 the promise as a receipt; receipt.Receipt
    {% chart chart %}                     a figure from faces/shared/charts.py with its table
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from loftet.faces.shared import icons, statuses, text

register = template.Library()

BOX_ICONS = {"info": "info", "success": "done", "warning": "alert", "error": "cross-ring"}
BUTTON_KINDS = {"": "button", "quiet": "button button-quiet", "danger": "button button-danger", "plain": "button-plain"}


# --- States and marks ------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon; the word beside it carries the meaning."""
    return icons.icon(name)


@register.simple_tag
def status(family: str, key: str) -> SafeString:
    """A state as word, icon and colour."""
    found = statuses.find(family, key)
    return format_html('<span class="status tone-{}">{}{}</span>', found.tone, icons.icon(found.icon), found.word)


@register.simple_tag
def example_mark(reason: str = "") -> SafeString:
    """What is made up says so, beside its heading. A reason that begins with the word itself does not say it twice."""
    return _mark("Exempel", text.capital(reason.removeprefix("Exempel:").strip()))


@register.simple_tag
def retold_mark() -> SafeString:
    """A promise retold from a public source: not signed here."""
    return _mark("Återgivet")


def _mark(word: str, reason: str = "") -> SafeString:
    mark = format_html('<span class="mark">{}</span>', word)
    return format_html('<span class="marked">{} {}</span>', mark, reason) if reason else mark


# --- Actions ---------------------------------------------------------------------------------------------------------
@register.inclusion_tag("shared/components/button.html")
def button(label: str, kind: str = "", icon: str = "", name: str = "", value: str = "") -> dict:
    """A submit button. The main action of a page is the plain kind; there is one of it."""
    return {"label": label, "css": BUTTON_KINDS[kind], "icon": icon, "name": name, "value": value}


@register.inclusion_tag("shared/components/link_button.html")
def link_button(label: str, url: str, kind: str = "", icon: str = "") -> dict:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    return {"label": label, "url": url, "css": BUTTON_KINDS[kind], "icon": icon}


@register.simple_block_tag
def actions(content: SafeString) -> SafeString:
    """The row of buttons under a form or a text."""
    return format_html('<div class="actions">{}</div>', content)


# --- Messages --------------------------------------------------------------------------------------------------------
@register.simple_block_tag
def box(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A message set off from the text. An error or a success is announced by screen readers when the page loads."""
    return render_to_string(
        "shared/components/box.html",
        {
            "content": content,
            "kind": kind,
            "title": title,
            "icon": BOX_ICONS[kind],
            "role": {"error": "alert", "success": "status"}.get(kind, ""),
        },
    )


@register.inclusion_tag("shared/components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict:
    """Nothing here yet: says so in words, and what one can do."""
    return {"title": title, "text": text, "url": url, "action": action}


# --- Forms -----------------------------------------------------------------------------------------------------------
def _describe(bound) -> dict:
    """What the template of a field needs; the control is told which hint and which error belong to it."""
    input_type = getattr(bound.field.widget, "input_type", "")
    is_group = bound.use_fieldset
    error_id = f"{bound.auto_id}_error" if bound.errors else ""
    hint_id = f"{bound.auto_id}_helptext" if bound.help_text else ""
    attributes = {"aria-describedby": " ".join(filter(None, [hint_id, error_id]))} if hint_id or error_id else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs={} if is_group else attributes),
        "hint_id": hint_id,
        "error_id": error_id,
        "described": attributes.get("aria-describedby", ""),
        "is_group": is_group,
        "is_check": input_type == "checkbox" and not is_group,
        "is_optional": not bound.field.required,
    }


def _first_control(bound) -> str:
    """The id of what gets the focus when one follows a link to the field: the first choice of a group."""
    if bound.use_fieldset:
        choices = bound.subwidgets
        return choices[0].id_for_label if choices else bound.auto_id
    return bound.id_for_label or bound.auto_id


@register.inclusion_tag("shared/components/field.html")
def field(bound) -> dict:
    """One form field: label, hint, error and control, all bound to each other. Optional fields say so."""
    return _describe(bound)


@register.inclusion_tag("shared/components/error_summary.html")
def error_summary(form) -> dict:
    """What is wrong with a form that was sent, first on the page, with a link to each field."""
    fields = [(bound, _first_control(bound)) for bound in form if bound.errors] if form.is_bound else []
    return {"general": form.non_field_errors() if form.is_bound else [], "fields": fields}


@register.inclusion_tag("shared/components/form_fields.html")
def form_fields(form) -> dict:
    """A whole form: the error summary, hidden fields and every visible field."""
    return {"form": form}


# --- Page furniture --------------------------------------------------------------------------------------------------
@register.inclusion_tag("shared/components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict:
    """Where the page lies: label and address in pairs, last the page's own name."""
    if len(parts) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumb tar par av namn och adress, och sist sidans eget namn")
    return {"links": list(zip(parts[:-1:2], parts[1:-1:2], strict=True)), "here": parts[-1]}


@register.inclusion_tag("shared/components/facts.html")
def facts(pairs: Iterable[tuple[str, object]]) -> dict:
    """A definition list. A pair whose value is None or empty is left out."""
    return {"pairs": [(term, value) for term, value in pairs if value not in (None, "")]}


@register.inclusion_tag("shared/components/pager.html", takes_context=True)
def pager(context, page, parameter: str = "sida") -> dict:
    """Newer and older, and which page this is. Keeps what else the address says."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_block_tag
def scroll(content: SafeString, label: str) -> SafeString:
    """A wide table scrolls by itself, with the keyboard too; the page does not."""
    return format_html('<div class="scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.simple_tag(takes_context=True)
def nav_link(context, name: str, label: str, exact: bool = False) -> SafeString:
    """A link in the site's navigation that knows whether you are there (page) or, unless `exact`, below it (true)."""
    url = reverse(name)
    path = getattr(context.get("request"), "path", "")
    current = "page" if path == url else "true" if not exact and url != "/" and path.startswith(url) else ""
    if not current:
        return format_html('<a href="{}">{}</a>', url, label)
    return format_html('<a href="{}" aria-current="{}">{}</a>', url, current, label)


@register.inclusion_tag("shared/components/side_list.html")
def side_list(title: str, items: Iterable) -> dict:
    """A list in the workspace's left column: items (dicts or objects) with label, url, current and note."""
    return {"title": title, "items": items}


# --- Words that people said or promised ------------------------------------------------------------------------------
@register.inclusion_tag("shared/components/voice.html")
def voice(text: str, source: str = "") -> dict:
    """What somebody said, in their words."""
    return {"text": text, "source": source}


@register.inclusion_tag("shared/components/progress.html")
def progress(answered: int, total: int) -> dict:
    """How far one has come: ”7 av ungefär 20”. The total is roughly said, because new statements arrive."""
    share = min(answered / total, 1) if total > 0 else 0
    return {"answered": answered, "total": total, "width": f"{share * 100:.1f}"}


@register.inclusion_tag("shared/components/statement.html")
def statement(text: str) -> dict:
    """One statement, large, in the serif of words that people said."""
    return {"text": text}


@register.inclusion_tag("shared/components/answer_buttons.html")
def answer_buttons(name: str = "value") -> dict:
    """Agree, disagree, pass: full width, always in this order. The values are those of `Vote.Value`: 1, -1, 0."""
    return {"name": name}


@register.inclusion_tag("shared/components/chain.html")
def chain(steps: Iterable) -> dict:
    """The chain as a walk, gaps included."""
    return {"steps": steps}


@register.inclusion_tag("shared/receipt.html")
def receipt(receipt) -> dict:
    """A promise as a receipt."""
    return {"receipt": receipt}


@register.inclusion_tag("shared/components/chart.html")
def chart(chart) -> dict:
    """A figure drawn on the server with its title, description and table."""
    return {"chart": chart}

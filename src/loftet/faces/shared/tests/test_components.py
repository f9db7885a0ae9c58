"""The components: states, messages, forms, page furniture."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory

from loftet.domain.base.errors import DomainError
from loftet.faces.shared import icons, statuses
from loftet.faces.shared.chain import ChainStep
from loftet.faces.shared.forms import PlainForm

TONES = {"good", "partly", "bad", "unsure", "calm", "active"}


def render(template: str, /, request=None, **context) -> str:
    return engines["django"].from_string(template).render(context, request)


ALL_STATUSES = [(family, key) for family, keys in statuses.FAMILIES.items() for key in keys]


@pytest.mark.parametrize(("family", "key"), ALL_STATUSES)
def test_a_state_is_word_icon_and_colour(family, key):
    html = render("{% status family key %}", family=family, key=key)
    found = statuses.find(family, key)
    assert found.word in html
    assert icons.SHAPES[found.icon] in html
    assert f"tone-{found.tone}" in html
    assert found.tone in TONES


def test_within_a_family_no_two_states_look_or_read_alike():
    for family, keys in statuses.FAMILIES.items():
        words = [status.word for status in keys.values()]
        assert len(set(words)) == len(words), family


@pytest.mark.parametrize(("family", "key"), [("measure", "almost"), ("weather", "done")])
def test_an_unknown_state_is_refused_and_never_guessed(family, key):
    with pytest.raises(KeyError, match="Det finns inget läge"):
        render("{% status family key %}", family=family, key=key)


def test_every_derived_status_of_the_domain_has_a_look():
    from loftet.domain.dialogues.models import Dialogue, Voice
    from loftet.domain.followup.models import FindingResponse
    from loftet.domain.followup.status import Did, Helped
    from loftet.domain.signing.queries import State
    from loftet.domain.understanding.models import Run

    for family, values in [
        ("measure", Did),
        ("target", Helped),
        ("document", State),
        ("dialogue", Dialogue.State.values),
        ("voice", Voice.State.values),
        ("run", Run.State.values),
        ("response", FindingResponse.Outcome.values),
    ]:
        assert set(map(str, values)) <= set(statuses.FAMILIES[family]), family


def test_icons_are_decoration():
    for name in icons.SHAPES:
        assert 'aria-hidden="true" focusable="false"' in icons.icon(name)
    with pytest.raises(KeyError):
        icons.icon("nope")


def test_what_is_made_up_says_so():
    assert ">Exempel</span>" in render("{% example_mark %}")
    assert "Påhittade &lt;tal&gt;" in render("{% example_mark why %}", why="påhittade <tal>")
    assert render("{% example_mark why %}", why="Exempel: svaren är påhittade.").count("Exempel") == 1
    assert ">Återgivet</span>" in render("{% retold_mark %}")


@pytest.mark.parametrize(
    ("kind", "role"), [("info", None), ("warning", None), ("success", "status"), ("error", "alert")]
)
def test_boxes_are_announced_when_they_must_be(kind, role):
    html = render('{% box kind title="Rubrik" %}<p>{{ words }}</p>{% endbox %}', kind=kind, words="a < b")
    assert f"box-{kind}" in html
    assert "<p>a &lt; b</p>" in html
    assert ('role="' in html) is (role is not None)
    if role:
        assert f'role="{role}"' in html


class Everything(PlainForm):
    title = forms.CharField(label="Rubrik", help_text="Kort och konkret.")
    amount = forms.DecimalField(label="Antal", required=False)
    who = forms.MultipleChoiceField(
        label="Vem?", choices=[("k", "Kommunen"), ("p", "Polisen")], widget=forms.CheckboxSelectMultiple
    )
    known = forms.BooleanField(label="Läst av båda")


def test_label_hint_and_error_are_bound_to_the_control():
    html = render("{% field form.title %}", form=Everything({"title": ""}))
    assert '<label for="id_title">Rubrik</label>' in html
    assert '<p class="hint" id="id_title_helptext">Kort och konkret.</p>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert re.search(r'<p class="error" id="id_title_error">.*Fyll i det här\.</p>', html)
    assert 'aria-invalid="true"' in html


def test_a_field_without_fault_says_nothing_of_faults():
    html = render("{% field form.amount %}", form=Everything({"amount": "2"}))
    assert "(frivilligt)" in html
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_choices_stand_in_a_group_with_its_question():
    html = render("{% field form.who %}", form=Everything({}))
    assert "<legend>Vem?</legend>" in html
    assert '<fieldset class="field has-error" aria-describedby="id_who_error">' in html
    assert html.count("<label") == 2


def test_a_single_box_has_its_words_after_it():
    html = render("{% field form.known %}", form=Everything())
    assert html.index('type="checkbox"') < html.index('<label for="id_known">')


def test_the_error_summary_leads_to_each_field():
    form = Everything({"amount": "många"})
    form.is_valid()
    form.refuse(DomainError("Perioden är slut. Inget är sparat. Välj en senare dag."))
    html = render("{% error_summary form %}", form=form)
    assert 'role="alert"' in html
    assert "Perioden är slut." in html
    assert [*re.findall(r'href="#([^"]+)"', html)] == ["id_title", "id_amount", "id_who_0", "id_known"]
    assert "Skriv ett tal med siffror." in html
    assert "Det du har skrivit finns kvar" in html


def test_a_form_that_is_not_sent_has_no_summary():
    assert render("{% error_summary form %}", form=Everything()).strip() == ""


def test_a_forms_own_message_is_kept():
    class Own(PlainForm):
        title = forms.CharField(error_messages={"required": "Ge löftet en rubrik."})

    assert Own({}).errors["title"] == ["Ge löftet en rubrik."]


def test_the_whole_form_holds_hidden_fields_too():
    class Hidden(PlainForm):
        secret = forms.CharField(widget=forms.HiddenInput)
        title = forms.CharField(label="Rubrik")

    html = render("{% form_fields form %}", form=Hidden())
    assert html.count('name="secret"') == 1
    assert html.count('name="title"') == 1


def test_buttons_and_links():
    assert '<button class="button" type="submit">Spara</button>' in render('{% button "Spara" %}')
    html = render('{% button "Ta bort" kind="danger" name="do" value="remove" %}')
    assert 'class="button button-danger"' in html
    assert 'name="do" value="remove"' in html
    assert '<a class="button button-quiet" href="/x/">Läs</a>' in render('{% link_button "Läs" "/x/" kind="quiet" %}')


def test_breadcrumbs_come_in_pairs():
    html = render('{% breadcrumb "Mora" "/mora/" here %}', here="Trygg <här>")
    assert '<a href="/mora/">Mora</a>' in html
    assert '<li aria-current="page">Trygg &lt;här&gt;</li>' in html
    with pytest.raises(TemplateSyntaxError):
        render('{% breadcrumb "Mora" "/mora/" %}')


def test_facts_leave_out_what_is_not_known():
    html = render("{% facts pairs %}", pairs=[("Var", "Torget"), ("När", ""), ("Hur många", 0), ("Vem", None)])
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html) == [("Var", "Torget"), ("Hur många", "0")]


def test_the_pager_keeps_what_else_the_address_says():
    request = RequestFactory().get("/kommuner/", {"sok": "mora & orsa", "sida": "2"})
    html = render("{% pager page %}", request=request, page=Paginator(range(95), 20).page(2))
    assert 'href="?sok=mora+%26+orsa&amp;sida=1"' in html
    assert 'href="?sok=mora+%26+orsa&amp;sida=3"' in html
    assert "Sida 2 av 5" in html
    assert render("{% pager page %}", request=request, page=Paginator(range(5), 20).page(1)).strip() == ""


def test_a_wide_table_can_be_scrolled_with_the_keyboard():
    html = render('{% scroll "Alla kommuner" %}<table></table>{% endscroll %}')
    assert 'role="region" aria-label="Alla kommuner" tabindex="0"' in html


@pytest.mark.parametrize(
    ("answered", "total", "width"), [(7, 20, "35.0"), (0, 20, "0.0"), (25, 20, "100.0"), (0, 0, "0.0")]
)
def test_progress_is_words_and_a_bar(answered, total, width):
    html = render("{% progress a t %}", a=answered, t=total)
    assert f"{answered} av ungefär {total}" in html
    assert f'class="fill" width="{width}"' in html


def test_the_three_answers_stand_in_fixed_order_with_the_votes_values():
    from loftet.domain.dialogues.methods.statements.models import Vote

    html = render("{% answer_buttons %}")
    values = [int(value) for value in re.findall(r'name="value" value="(-?\d)"', html)]
    assert values == [Vote.Value.AGREE, Vote.Value.DISAGREE, Vote.Value.PASS]
    words = [re.sub(r"<svg.*?</svg>", "", b) for b in re.findall(r"<button[^>]*>(.*?)</button>", html)]
    assert words == ["Håller med", "Håller inte med", "Hoppa över"]


def test_words_that_people_said_are_escaped_and_quoted():
    html = render("{% voice words source %}", words="<b>Mörkt</b>", source="Dialogen")
    assert "”&lt;b&gt;Mörkt&lt;/b&gt;”" in html
    assert "<figcaption>Dialogen</figcaption>" in html
    assert "&lt;b&gt;" in render("{% statement words %}", words="<b>Mörkt</b>")


def test_gaps_are_part_of_the_chain():
    steps = [ChainStep("Behov", "Kunna gå hem", "/behov/"), ChainStep("Resultat", "Inget är mätt än.", is_gap=True)]
    html = render("{% chain steps %}", steps=steps)
    assert '<a href="/behov/">Kunna gå hem</a>' in html
    assert html.count('class="is-gap"') == 1
    assert "Inget är mätt än." in html


def test_nothing_here_yet():
    html = render('{% empty_state "Inga dialoger än" text="De syns här." url="/x/" action="Se andra" %}')
    assert "Inga dialoger än" in html
    assert '<a class="button button-quiet" href="/x/">Se andra</a>' in html
    assert "<a" not in render('{% empty_state "Inga dialoger än" %}')


def test_the_workspaces_list_marks_where_one_is():
    items = [{"label": "Dialoger", "url": "/a/", "current": True, "note": "1 öppen"}, {"label": "Löften", "url": "/b/"}]
    html = render('{% side_list "Steg" items %}', items=items)
    assert '<a href="/a/" aria-current="page">Dialoger</a>' in html
    assert '<a href="/b/">Löften</a>' in html

"""Rules for what things are called: fields, buttons, pictures, tables, groups."""

from __future__ import annotations

from collections.abc import Iterator

from loftet.testing.page_rules.document import BUTTON_INPUTS, Document, shown, tag

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage")
SCOPES = {"col", "row", "colgroup", "rowgroup"}


def fields_have_labels(page: Document) -> Iterator[str]:
    """Every field has a bound label with words in it, or an aria-label."""
    for control in page.controls():
        if not page.name(control):
            yield f'{shown(control)} has no label. Write <label for="…"> with words, or aria-label.'


def labels_lead_to_fields(page: Document) -> Iterator[str]:
    """Every label is bound to something that can have a label."""
    for label in page.all("label"):
        target = page.by_id.get(label.get("for", ""))
        if "for" in label.attrib and target is None:
            yield f"{shown(label)} points at an id that is not there. Let for= be the id of the field."
        elif target is not None and tag(target) not in {
            "input",
            "select",
            "textarea",
            "button",
            "meter",
            "output",
            "progress",
        }:
            yield f"{shown(label)} points at {shown(target)}, which is no field. Use a heading or <legend>."
        elif "for" not in label.attrib and not any(label in bound for bound in page.labels.values()):
            yield f"{shown(label)} is bound to nothing. Give it for= or put the field inside it."


def references_are_there(page: Document) -> Iterator[str]:
    """What aria attributes and `list` point at exists."""
    for element in page.elements:
        ids = [i for name in REFERENCES for i in element.get(name, "").split()]
        ids += [element.attrib[name] for name in ("list", "popovertarget", "form") if element.get(name)]
        for missing in (i for i in ids if i not in page.by_id):
            yield f'{shown(element)} points at id="{missing}", which is not there. Mend it or take it away.'


def buttons_have_names(page: Document) -> Iterator[str]:
    """Every button says what it does."""
    buttons = page.all("button", "summary")
    buttons += [e for e in page.all("input") if e.get("type", "").lower() in BUTTON_INPUTS]
    buttons += [e for e in page.elements if e.get("role") == "button" and tag(e) not in {"button", "summary", "input"}]
    for button in buttons:
        if not page.name(button):
            yield f"{shown(button)} has no name. Write a word in it, or aria-label when it shows only a symbol."


def pictures_have_names(page: Document) -> Iterator[str]:
    """Pictures say what they show, or that they are decoration."""
    for picture in page.all("img"):
        if "alt" not in picture.attrib:
            yield f'{shown(picture)} has no alt. Say what it shows, or alt="" for decoration.'
    for element in page.elements:
        if element.get("role") == "img" and not page.name(element):
            yield f"{shown(element)} has role img but no name. Begin it with <title>, or give it aria-label."
        elif tag(element) == "svg" and "role" not in element.attrib and not _is_hidden(page, element):
            yield f'{shown(element)} says nothing. Give it role="img" and a name, or aria-hidden="true".'


def _is_hidden(page: Document, element) -> bool:
    return any(e.get("aria-hidden") == "true" for e in (element, *page.ancestors(element)))


def tables_have_headers(page: Document) -> Iterator[str]:
    """Every table has header cells, each with its scope."""
    for table in page.all("table"):
        headers = [e for e in table.iter() if tag(e) == "th"]
        if not headers and table.get("role") not in {"presentation", "none"}:
            yield f'{shown(table)} has no <th>. Mark its header cells with <th scope="col"> or <th scope="row">.'
        for header in headers:
            if header.get("scope", "").lower() not in SCOPES:
                yield f'<th> ”{page.text(header)}” has no scope. Write scope="col" or scope="row".'


def groups_have_names(page: Document) -> Iterator[str]:
    """Every group of fields, and every frame, has a name."""
    for group in page.all("fieldset"):
        first = next((child for child in group if tag(child) != ""), None)
        legend = page.text(first, spoken=True) if first is not None and tag(first) == "legend" else ""
        if not legend and not group.get("aria-labelledby") and not group.get("aria-label"):
            yield f"{shown(group)} does not begin with a <legend>. Say what the group asks."
    for frame in page.all("iframe"):
        if not frame.get("title", "").strip():
            yield f"{shown(frame)} has no title. Say what it shows."


RULES = (
    fields_have_labels,
    labels_lead_to_fields,
    references_are_there,
    buttons_have_names,
    pictures_have_names,
    tables_have_headers,
    groups_have_names,
)

"""Rules for valid HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from html5lib.constants import E as SENTENCES  # type: ignore[import-untyped]

from loftet.testing.page_rules.document import Document, element_names, shown, tag

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What may hold words and small elements only (phrasing content in the HTML standard).
PHRASING_ONLY = HEADINGS | element_names(
    "abbr b bdi bdo button cite code data dfn em i kbd label legend mark output p pre q s samp small span strong sub "
    "summary sup time u var"
)
BLOCKS = HEADINGS | element_names(
    "address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form header hgroup "
    "hr li main menu nav ol p pre search section table ul"
)
TRANSPARENT = {"a", "ins", "del", "map", "object"}
MAY_HOLD_HEADINGS = {"legend", "summary"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup", "hr"},
    "optgroup": {"option"},
}
PRESSABLE = {"button", "select", "textarea", "input", "a", "summary", "iframe"}
OBSOLETE = {"acronym", "big", "center", "dir", "font", "frame", "frameset", "marquee", "nobr", "strike", "tt"}
OBSOLETE_ATTRIBUTES = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign"}


def has_doctype(page: Document) -> Iterator[str]:
    """A page begins with the HTML doctype."""
    if not page.html.lstrip("\ufeff \t\r\n").lower().startswith("<!doctype html>"):
        yield "The page does not begin with <!doctype html>. Extend a base template of the face."


def parses(page: Document) -> Iterator[str]:
    """The parser finds nothing to complain about.

    html5lib implements the standard of 2020. One complaint of it is set aside because the standard has moved since:
    `<hr>` between the options of a `<select>` (allowed since 2023). Where it is stricter than today's standard, about a
    bare `&` before letters in an address, `&amp;` is right both then and now, so that complaint stays.
    """
    lines = page.html.splitlines()
    for (line, column), code, data in page.errors:
        if code == "expected-doctype-but-got-start-tag" or (
            code == "unexpected-start-tag-in-select" and data == {"name": "hr"}
        ):
            continue
        sentence = (SENTENCES.get(code, code) % data) if isinstance(data, dict) else SENTENCES.get(code, code)
        source = lines[line - 1][max(0, column - 60) : column + 20].strip() if line <= len(lines) else ""
        yield f"Line {line}, column {column}: {sentence} Near ”{source}”. Nest and close it as HTML says."


def holds_only_what_it_may(page: Document) -> Iterator[str]:
    """Blocks do not stand inside elements for words, and lists hold list items."""
    for element in page.elements:
        parent = page.parents.get(element)
        if parent is None:
            continue
        allowed = CHILDREN.get(tag(parent))
        if allowed and tag(element) not in allowed | {"script", "template"}:
            yield f"{shown(element)} stands directly in {shown(parent)}, which holds only {', '.join(sorted(allowed))}."
        if tag(element) in BLOCKS and (holder := _word_holder(page, element)):
            yield f"{shown(element)} stands inside <{holder}>, which holds words only. Use <div> or <span>."


def _word_holder(page: Document, element) -> str:
    for ancestor in page.ancestors(element):
        if tag(ancestor) in TRANSPARENT:
            continue
        if tag(ancestor) in MAY_HOLD_HEADINGS and tag(element) in HEADINGS:
            return ""
        return tag(ancestor) if tag(ancestor) in PHRASING_ONLY else ""
    return ""


def presses_one_thing_at_a_time(page: Document) -> Iterator[str]:
    """No link or button inside another link or button."""
    for element in page.elements:
        if tag(element) not in PRESSABLE or element.get("type", "").lower() == "hidden":
            continue
        outer = next((a for a in page.ancestors(element) if tag(a) in {"a", "button", "summary"}), None)
        if outer is not None:
            yield f"{shown(element)} stands inside {shown(outer)}. Put them beside each other."


def uses_ids_once(page: Document) -> Iterator[str]:
    """No id twice, none empty."""
    counts = Counter(e.attrib["id"] for e in page.elements if "id" in e.attrib)
    for value, count in counts.items():
        if not value or value.split() != [value]:
            yield f'id="{value}" is empty or holds white space. Give it a name without spaces or leave it out.'
        elif count > 1:
            yield f'id="{value}" stands {count} times. Make it unique, in a loop with the row\'s number.'


def uses_todays_html(page: Document) -> Iterator[str]:
    """No elements or attributes that the standard has dropped."""
    for element in page.elements:
        if tag(element) in OBSOLETE:
            yield f"{shown(element)} is obsolete. Say it in the style sheet."
        for attribute in sorted(OBSOLETE_ATTRIBUTES & set(element.attrib)):
            yield f"{attribute}= on {shown(element)} is obsolete. Say it in the style sheet."


RULES = (has_doctype, parses, holds_only_what_it_may, presses_one_thing_at_a_time, uses_ids_once, uses_todays_html)

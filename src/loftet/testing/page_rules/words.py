"""Rules for the words: Swedish quotation marks, nothing left over from the template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from loftet.testing.page_rules.document import Document, shown, tag

# Code is not running text. What others said stands as they wrote it.
AS_WRITTEN = ("code", "pre", "kbd", "samp", "textarea", "script", "style", "template", "blockquote", "q")
READ_ALOUD = ("alt", "aria-label", "aria-description", "placeholder", "title")
WRONG_MARKS = {'"': "”", "'": "’", "“": "”", "„": "”", "‘": "’", "‚": "’"}
VALUES_OF_PYTHON = {"None", "True", "False", "nan"}
LEFT_OVER = re.compile(r"\{\{|\{%|\{#|\[\[|%\}|\(None\)")


def uses_swedish_quotation_marks(page: Document) -> Iterator[str]:
    """Swedish text quotes with ”…” and ’, the same mark on both sides."""
    for element, where, text in _texts(page):
        wrongs = WRONG_MARKS.keys() & set(text)
        if not wrongs or page.language_of(element) != "sv" or page.inside(element, *AS_WRITTEN):
            continue
        for wrong in sorted(wrongs):
            place = text.index(wrong)
            around = " ".join(text[max(0, place - 25) : place + 25].split())
            yield f"{where} has {wrong} in ”{around}”. Write {WRONG_MARKS[wrong]}."


def has_nothing_left_over(page: Document) -> Iterator[str]:
    """No template signs, and no None where a value was missing."""
    for element, where, text in _texts(page):
        found, alone = LEFT_OVER.search(text), text.strip()
        if not found and alone not in VALUES_OF_PYTHON:
            continue
        if page.inside(element, "code", "pre", "textarea", "script", "style", "template"):
            continue
        if found:
            yield f"{where} has {found[0]} in it, left over from the template. Mend the tag."
        if alone in VALUES_OF_PYTHON:
            yield f"{where} says only {alone}. Show a value, or words for its absence."
    for element in page.elements:
        for name, value in element.attrib.items():
            if name not in READ_ALOUD and ("{{" in value or "{%" in value):
                yield f"{name}= on {shown(element)} holds a template tag. Mend the tag."


def _texts(page: Document) -> Iterator[tuple[Element, str, str]]:
    """Every piece of text that is read or heard, with the element it belongs to and where it stands."""
    for element in page.elements:
        for name in READ_ALOUD:
            if element.get(name):
                yield element, f"{name}= on <{tag(element)}>", element.attrib[name]
        if tag(element) == "meta" and element.get("name") == "description":
            yield element, "The description", element.get("content", "")
        if tag(element) == "input" and element.get("type", "").lower() in {"submit", "button", "reset"}:
            yield element, f"value= on {shown(element)}", element.get("value", "")
        if element.text and element.text.strip():
            yield element, f"<{tag(element)}>", element.text
        for child in element:
            if child.tail and child.tail.strip():
                yield element, f"<{tag(element)}>", child.tail


RULES = (uses_swedish_quotation_marks, has_nothing_left_over)

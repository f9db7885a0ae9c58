"""Rules that keep the strict content security policy true: no code or style in the page, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from loftet.testing.page_rules.document import Document, shown, tag

# Blocks of data that a browser never runs.
DATA = {"application/ld+json", "application/json"}


def has_no_inline_script(page: Document) -> Iterator[str]:
    """Scripts are files."""
    for script in page.all("script"):
        if script.get("type", "").lower() in DATA:
            continue
        if "src" not in script.attrib or (script.text or "").strip():
            yield f"{shown(script)} has its code in the page. Put it in a file under static/ and use src=."


def has_no_inline_style(page: Document) -> Iterator[str]:
    """Styles are in the style sheet."""
    for element in page.elements:
        if tag(element) == "style":
            yield f"{shown(element)} has its rules in the page. Put them in the style sheet."
        if "style" in element.attrib:
            yield f"{shown(element)} has a style attribute. Use a class, or an SVG attribute for a drawing's measures."


def has_no_inline_handlers(page: Document) -> Iterator[str]:
    """What happens on a click is in a script file."""
    for element in page.elements:
        for name in element.attrib:
            if name.lower().startswith("on"):
                yield f"{shown(element)} has {name}=. Listen for it in a script file under static/."
        for name in ("href", "action", "formaction", "src"):
            if element.get(name, "").strip().lower().startswith("javascript:"):
                yield f"{name}= on {shown(element)} is code. Use <button> and a script file."


def loads_nothing_from_elsewhere(page: Document) -> Iterator[str]:
    """Scripts, styles, pictures and frames come from the site itself."""
    for element in page.all("script", "link", "img", "source", "video", "audio", "iframe", "embed", "object", "track"):
        if tag(element) == "link" and element.get("rel", "").lower() in {"canonical", "alternate", "license"}:
            continue
        for name in ("src", "href", "srcset", "data", "poster"):
            address = element.get(name, "").strip().lower()
            if address.startswith(("http:", "https:", "//")):
                yield f"{shown(element)} is loaded from elsewhere. Keep the file under static/."


RULES = (has_no_inline_script, has_no_inline_style, has_no_inline_handlers, loads_nothing_from_elsewhere)

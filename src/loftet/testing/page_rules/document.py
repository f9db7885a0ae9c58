"""A parsed page with the look-ups that the rules and the test client share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]

TREE = html5lib.getTreeBuilder("etree")
UNSEEN = {"script", "style", "template", "head"}
# Inputs that a person sees but that need no label of their own: their name is their value or their alternative text.
BUTTON_INPUTS = {"submit", "button", "reset", "image"}


def element_names(names: str) -> frozenset[str]:
    """A set of element names, written as a line of words."""
    return frozenset(names.split())


# Words in these read on within the line; every other element ends it.
INLINE = element_names(
    "a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark q ruby rt s samp small span "
    "strong sub sup svg time u var wbr"
)


def tag(element: Element) -> str:
    """The element's name; empty for a comment."""
    return element.tag if isinstance(element.tag, str) else ""


def words(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())


def shown(element: Element) -> str:
    """The element's start tag, short enough for a message."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{tag(element)}{attributes[:80]}{'…' if len(attributes) > 80 else ''}>"


class Document:
    """One page: its tree, the parser's complaints, and what was asked about it."""

    def __init__(
        self,
        html: str,
        *,
        status: int = 200,
        language: str = "sv",
        route_exists: Callable[[str], bool] | None = None,
    ):
        parser = html5lib.HTMLParser(tree=TREE, namespaceHTMLElements=False)
        self.html = html
        self.status = status
        self.language = language
        self.route_exists = route_exists
        self.root: Element = parser.parse(html)
        self.errors = parser.errors
        self.elements = [e for e in self.root.iter() if isinstance(e.tag, str)]
        for element in self.elements:  # SVG and MathML carry a namespace, which no rule asks about
            element.tag = element.tag.rpartition("}")[2]
        self.parents = {child: parent for parent in self.elements for child in parent}

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """The first element with each id."""
        return {e.attrib["id"]: e for e in reversed(self.elements) if e.get("id")}

    @cached_property
    def labels(self) -> dict[Element, list[Element]]:
        """The `<label>` elements bound to each control, by `for` or by lying around it."""
        bound: dict[Element, list[Element]] = {}
        for label in self.all("label"):
            target = self.by_id.get(label.get("for", "")) if "for" in label.attrib else self._first_control(label)
            if target is not None:
                bound.setdefault(target, []).append(label)
        return bound

    def _first_control(self, label: Element) -> Element | None:
        return next((e for e in label.iter() if tag(e) in {"input", "select", "textarea", "button", "output"}), None)

    def all(self, *names: str) -> list[Element]:
        """Every element with one of these names, in the order of the page."""
        return [e for e in self.elements if e.tag in names]

    def ancestors(self, element: Element) -> Iterator[Element]:
        """The elements around this one, innermost first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    @cached_property
    def _names_around(self) -> dict[Element, frozenset[str]]:
        """For each element its own name and the names of all around it. The page's order puts parents first."""
        found: dict[Element, frozenset[str]] = {}
        for element in self.elements:
            around = found[self.parents[element]] if element in self.parents else frozenset()
            found[element] = around if element.tag in around else around | {element.tag}
        return found

    def inside(self, element: Element, *names: str) -> bool:
        """Whether the element, or one around it, has one of these names."""
        return not self._names_around[element].isdisjoint(names)

    def controls(self) -> list[Element]:
        """The fields that people fill in."""
        return [
            e
            for e in self.all("input", "select", "textarea")
            if not (tag(e) == "input" and e.get("type", "text").lower() in BUTTON_INPUTS | {"hidden"})
        ]

    def text(self, element: Element, *, spoken: bool = False) -> str:
        """The words of an element as read on the page, or with `spoken` as a screen reader reads them."""
        return words("".join(self._pieces(element, spoken=spoken)))

    def _pieces(self, element: Element, *, spoken: bool) -> Iterator[str]:
        edge = "" if tag(element) in INLINE else " "
        if not self._is_silent(element, spoken=spoken):
            yield edge + (element.text or "")
            if spoken and tag(element) == "img":
                yield element.get("alt", "")
            if spoken and element.get("aria-label"):
                yield element.attrib["aria-label"]
            else:
                for child in element:
                    yield from self._pieces(child, spoken=spoken)
                    yield child.tail or ""
        yield edge

    def _is_silent(self, element: Element, *, spoken: bool) -> bool:
        if not isinstance(element.tag, str) or tag(element) in UNSEEN or "hidden" in element.attrib:
            return True
        if spoken:
            return element.get("aria-hidden") == "true"
        return tag(element) in {"title", "desc"} and self.inside(element, "svg")

    def name(self, element: Element) -> str:
        """The accessible name of an element: what a screen reader calls it."""
        if referred := self.referred(element.get("aria-labelledby", "")):
            return referred
        if element.get("aria-label", "").strip():
            return words(element.attrib["aria-label"])
        if labels := self.labels.get(element):
            return words(" ".join(self._label_text(label, element) for label in labels))
        if tag(element) in {"img", "area"} or element.get("type", "").lower() == "image":
            return words(element.get("alt", ""))
        if tag(element) == "input":
            return words(element.get("value", "") if element.get("type", "").lower() in BUTTON_INPUTS else "")
        if tag(element) == "svg":
            title = next((child for child in element if tag(child) == "title"), None)
            return words("".join(title.itertext())) if title is not None else ""
        return self.text(element, spoken=True) or words(element.get("title", ""))

    def referred(self, ids: str) -> str:
        """The words of the elements with these ids, as aria-labelledby puts them together."""
        return words(" ".join("".join(self.by_id[i].itertext()) for i in ids.split() if i in self.by_id))

    def _label_text(self, label: Element, control: Element) -> str:
        """A label's words without those of the control inside it, such as the choices of a list."""
        text = self.text(label, spoken=True)
        if tag(control) in {"select", "textarea"} and any(e is control for e in label.iter()):
            text = text.replace(self.text(control, spoken=True), "", 1)
        return words(text)

    def language_of(self, element: Element) -> str:
        """The language that holds for an element: its own or the nearest around it, without region."""
        for e in (element, *self.ancestors(element)):
            if e.get("lang"):
                return re.split("[-_]", e.attrib["lang"])[0].lower()
        return ""

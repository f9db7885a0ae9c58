"""A form on a fetched page, filled in and sent as people do."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from loftet.testing.client.words import NotOnThePage, by_words, look_again
from loftet.testing.page_rules.document import BUTTON_INPUTS, tag, words


class Form:
    """A form as a person fills it in: fields by their labels, sent with the words on a button."""

    def __init__(self, element: Element, page):
        self.element = element
        self.page = page
        self.document = page.document
        self.controls = [e for e in self.document.all("input", "select", "textarea", "button") if self._is_mine(e)]
        self.values = {e: _first_values(e) for e in self.controls if not _is_button(e)}

    def _is_mine(self, control: Element) -> bool:
        if "form" in control.attrib:
            return control.attrib["form"] == self.element.get("id")
        return self.element in self.document.ancestors(control)

    @property
    def names(self) -> list[str]:
        """What the form is called: its own name, then the words on its buttons."""
        own = self.element.get("aria-label") or self.document.referred(self.element.get("aria-labelledby", ""))
        return [*filter(None, [own, self.element.get("id")]), *(self.document.name(e) for e in self._buttons())]

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in order."""
        return [self.document.name(e) for e in self.values if e.get("type", "").lower() != "hidden"]

    def value(self, label: str) -> str:
        """What stands in a field."""
        return ", ".join(self.values[self._field(label, "field")])

    def fill(self, label: str, value: object) -> Form:
        """Write in a field, or pick from a list by the words of the choice."""
        field = self._field(label, "field")
        self.values[field] = [self._option(field, str(value)) if tag(field) == "select" else str(value)]
        return self

    def choose(self, label: str, *, of: str = "") -> Form:
        """Choose one of several by its label, when several groups have it within the group with the legend `of`."""
        field = self._field(label, "radio", within=of)
        for other in self.values:
            if other.get("type") == "radio" and other.get("name") == field.get("name"):
                self.values[other] = []
        self.values[field] = [field.get("value", "on")]
        return self

    def tick(self, label: str, on: bool = True) -> Form:
        """Tick a box, or take the tick away."""
        field = self._field(label, "checkbox")
        self.values[field] = [field.get("value", "on")] if on else []
        return self

    def submit(self, button: str = "", **kwargs):
        """Press the button with these words, or the only one, and follow where it leads."""
        buttons = self._buttons()
        found = by_words(((self.document.name(b), b) for b in buttons), button) if button else buttons
        if len(found) != 1:
            raise NotOnThePage(look_again("button", button, [self.document.name(b) for b in buttons], len(found)))
        data = self._data(found[0])
        action = found[0].get("formaction") or self.element.get("action") or self.page.address
        address = urljoin(self.page.address, action)
        method = found[0].get("formmethod") or self.element.get("method") or "get"
        if method.lower() == "post":
            return self.page.client.post(address, data, follow=True, **kwargs)
        return self.page.client.get(urlsplit(address).path, data, follow=True, **kwargs)

    def _buttons(self) -> list[Element]:
        return [e for e in self.controls if _is_button(e) and e.get("type", "submit").lower() in {"submit", "image"}]

    def _data(self, button: Element) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for control, values in [*self.values.items(), (button, [button.get("value", "")])]:
            if control.get("name") and "disabled" not in control.attrib:
                for value in values:
                    data.setdefault(control.attrib["name"], []).append(value)
        return data

    def _field(self, label: str, kind: str, within: str = "") -> Element:
        def fits(field: Element) -> bool:
            type_ = field.get("type", "").lower()
            right = type_ == kind if kind != "field" else type_ not in {"radio", "checkbox", "hidden"}
            return right and (not within or words(within) in self._legends(field))

        fields = [e for e in self.values if fits(e)]
        found = by_words(((self.document.name(e), e) for e in fields), label)
        if len(found) != 1:
            raise NotOnThePage(look_again(kind, label, [self.document.name(e) for e in fields], len(found)))
        return found[0]

    def _legends(self, field: Element) -> list[str]:
        groups = (e for e in self.document.ancestors(field) if tag(e) == "fieldset")
        return [self.document.text(child) for group in groups for child in group if tag(child) == "legend"]

    def _option(self, field: Element, choice: str) -> str:
        options = [e for e in field.iter() if tag(e) == "option"]
        found = by_words(((self.document.text(e), e) for e in options), choice)
        if len(found) != 1:
            raise NotOnThePage(look_again("choice", choice, [self.document.text(e) for e in options], len(found)))
        return _option_value(found[0])


def _is_button(control: Element) -> bool:
    return tag(control) == "button" or control.get("type", "").lower() in BUTTON_INPUTS


def _first_values(control: Element) -> list[str]:
    """What a browser would send for a control that nobody has touched."""
    kind = control.get("type", "text").lower()
    if tag(control) == "select":
        options = [e for e in control.iter() if tag(e) == "option"]
        chosen = [e for e in options if "selected" in e.attrib] or ([] if "multiple" in control.attrib else options[:1])
        return [_option_value(e) for e in chosen]
    if tag(control) == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if "checked" in control.attrib else []
    return [] if kind == "file" else [control.get("value", "")]


def _option_value(option: Element) -> str:
    return option.get("value", words("".join(option.itertext())))

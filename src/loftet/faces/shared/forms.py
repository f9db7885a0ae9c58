"""Forms that speak plainly, and a way to show a rule's refusal where it belongs."""

from __future__ import annotations

from django import forms

from loftet.domain.base.errors import DomainError

PLAIN_MESSAGES = {
    "required": "Fyll i det här.",
    "invalid_choice": "Välj något i listan.",
    "invalid_list": "Välj något i listan.",
}
INVALID = {
    forms.DateField: "Skriv ett datum, till exempel 2026-03-01.",
    forms.DateTimeField: "Skriv dag och klockslag, till exempel 2026-03-01 18.00.",
    forms.IntegerField: "Skriv ett heltal med siffror.",
    forms.DecimalField: "Skriv ett tal med siffror.",
    forms.EmailField: "Skriv en e-postadress, till exempel namn@kommun.se.",
    forms.URLField: "Skriv en adress som börjar med https://",
}


class PlainForm(forms.Form):
    """A form whose errors say what to do. A field that brings its own message keeps it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            own = {key: value for key, value in PLAIN_MESSAGES.items() if _is_standard(field, key)}
            kind = next((cls for cls in type(field).__mro__ if cls in INVALID), None)
            if kind and _is_standard(field, "invalid"):
                own["invalid"] = INVALID[kind]
            field.error_messages = {**field.error_messages, **own}

    def refuse(self, error: DomainError, field: str | None = None) -> None:
        """Show what a verb refused, at a field or above the form. The sentence is the error's own."""
        self.add_error(field, str(error))


def _is_standard(field: forms.Field, key: str) -> bool:
    """Whether the field's message under this key is Django's own and not one that the form's author wrote."""
    if key not in field.error_messages:
        return False
    for cls in type(field).__mro__:
        standard = getattr(cls, "default_error_messages", {})
        if key in standard:
            return str(field.error_messages[key]) == str(standard[key])
    return False

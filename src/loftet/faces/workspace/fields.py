"""Form controls and forms that the workspace shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from loftet.faces.shared import text
from loftet.faces.shared.forms import PlainForm

NOTHING_CHOSEN = "Välj"


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and a time of day."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def rows(count: int) -> forms.Textarea:
    """A text area of so many rows."""
    return forms.Textarea(attrs={"rows": count})


class StaffForm(PlainForm):
    """A form whose lists read as sentences, and whose lesser fields may be folded under a heading of their own."""

    folded: tuple[str, ...] = ()
    fold_title = "Mer"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                field.choices = _as_read(cast("Iterable[Any]", field.choices))

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """Let a list hold these choices, which only the request knows."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that everyone sees."""
        return [bound for bound in self.visible_fields() if bound.name not in self.folded]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The folded fields."""
        return [bound for bound in self.visible_fields() if bound.name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether something under the fold needs to be seen."""
        return any(bound.errors for bound in self.rest)

    def must_follow(self, first: str, second: str, sentence: str) -> None:
        """Say at the second field that it lies before the first, when both are filled in."""
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if start and end and end < start:
            self.add_error(second, sentence)


class StaffModelForm(StaffForm, forms.ModelForm):
    """A form with a model's labels, choices and lengths. It never saves; the verbs do, and they hold the rules.

    No instance is built and checked: the names of the database's constraints are for programmers. Each form says in
    its `clean` what a person can mend, and the verb says the rest.
    """

    def _post_clean(self) -> None:
        pass


def _as_read(choices: Iterable) -> list[tuple]:
    return [(key, text.capital(str(label)) if key != "" else _nothing(str(label))) for key, label in choices]


def _nothing(label: str) -> str:
    return NOTHING_CHOSEN if label.startswith("---") else label

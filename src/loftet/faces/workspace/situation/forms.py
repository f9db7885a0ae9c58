"""The joint picture and its problems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.situation.models import Picture, Problem, ProblemSource
from loftet.faces.workspace.fields import Day, StaffForm, StaffModelForm, rows

PROBLEM_FIELDS = ("title", "what", "where", "when", "for_whom", "extent", "causes")


class PictureForm(StaffModelForm):
    """What the picture is about and for which time."""

    class Meta:
        model = Picture
        fields = ("title", "summary", "starts", "ends")
        widgets = {"summary": rows(3), "starts": Day(), "ends": Day()}
        help_texts = {
            "summary": "Två eller tre meningar om läget, så att en invånare känner igen det.",
            "ends": "Följ upp bilden minst vartannat år.",
        }

    def clean(self):
        """The period in order."""
        super().clean()
        self.must_follow("starts", "ends", "Bilden kan inte sluta gälla innan den börjar. Välj en senare dag.")
        return self.cleaned_data


class ProblemForm(StaffModelForm):
    """What, where, when, for whom and how much."""

    needs = forms.MultipleChoiceField(
        label="Behov bakom problemet", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Problem
        fields = PROBLEM_FIELDS
        widgets = {"what": rows(3), "extent": rows(2), "causes": rows(2)}
        help_texts = {
            "title": "Kort. Till exempel Otrygg sträcka mellan resecentrum och torget.",
            "what": "Det som händer, som man kan se eller höra det.",
            "where": "Plats, så att den går att hitta.",
            "when": "Tid på dygnet, veckodag, årstid.",
            "extent": "Hur stort problemet är, med siffra om det finns.",
            "causes": "Det ni tror ligger bakom. Skriv att det är troligt, inte säkert.",
        }

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("needs", choices)
        if not choices:
            del self.fields["needs"]


class SourceForm(StaffModelForm):
    """What a problem rests on. A dialogue held here brings its own title and day."""

    url = forms.URLField(label="Länk", required=False, assume_scheme="https")
    dialogue = forms.ChoiceField(
        label="Dialog i Löftet", required=False, help_text="Välj dialogen, så fyller vi i rubrik och datum."
    )

    class Meta:
        model = ProblemSource
        fields = ("kind", "dialogue", "title", "dated", "url")
        widgets = {"dated": Day()}
        labels = {"kind": "Slag av källa", "title": "Källans namn", "dated": "Källans datum"}
        help_texts = {"title": "Till exempel Kommunens trygghetsenkät."}

    def __init__(self, *args, dialogues: Mapping[str, Dialogue], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.dialogues, self.today = dialogues, today
        self.offer("dialogue", [("", "Ingen"), *((key, one.title) for key, one in dialogues.items())])
        if not dialogues:
            del self.fields["dialogue"]
        for name in ("title", "dated"):
            self.fields[name].required = False

    def clean(self):
        """Take title and day from the dialogue, or ask for them."""
        super().clean()
        data = self.cleaned_data
        dialogue = self.dialogues.get(data.get("dialogue", ""))
        if dialogue is not None:
            data["title"] = data.get("title") or f"Medborgardialogen ”{dialogue.title}”"
            data["dated"] = data.get("dated") or min(clock.day_of(dialogue.closes_at), self.today)
        if not data.get("title"):
            self.add_error("title", "Skriv vad källan heter.")
        if not data.get("dated") and "dated" not in self.errors:
            self.add_error("dated", "Skriv vilken dag källan är ifrån, till exempel 2026-03-01.")
        return data


class PriorityForm(StaffForm):
    """How high one's own organisation puts the problem."""

    rank = forms.IntegerField(label="Vår prioritering", min_value=1, max_value=99, help_text="1 är viktigast.")

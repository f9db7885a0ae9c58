"""Reports on measures and answers to residents."""

from __future__ import annotations

from django import forms

from loftet.domain.followup.models import FindingResponse
from loftet.faces.workspace.fields import Day, StaffForm, rows


class ReportForm(StaffForm):
    """What was done in a period: two minutes on a phone."""

    folded = ("hours",)
    fold_title = "Hur lång tid det tog"

    amount = forms.DecimalField(label="Hur många", min_value=0, decimal_places=2, max_digits=10)
    delivered = forms.TypedChoiceField(
        label="Är det på plats?",
        choices=[("yes", "Ja"), ("no", "Nej, inte än")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": "Svara ja eller nej."},
    )
    period_start = forms.DateField(label="Från och med", widget=Day())
    period_end = forms.DateField(label="Till och med", widget=Day())
    note = forms.CharField(
        label="Anteckning", required=False, widget=rows(2), max_length=600, help_text="Visas för alla. Inga namn."
    )
    hours = forms.DecimalField(label="Timmar", required=False, min_value=0, decimal_places=1, max_digits=8)

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, **kwargs)
        if measure.amount is None:
            del self.fields["amount"]
        else:
            del self.fields["delivered"]
            self.fields["amount"].label = f"Antal ({measure.unit})"

    def clean(self):
        """The period in order."""
        data = super().clean() or {}
        self.must_follow("period_start", "period_end", "Perioden kan inte sluta innan den börjar.")
        return data


class IntroductionForm(StaffForm):
    """How the answer begins."""

    introduction = forms.CharField(
        label="Inledning",
        widget=rows(3),
        max_length=2000,
        help_text="Tacka, och säg i korthet vad ni har gjort med svaren.",
        error_messages={"required": "Skriv en inledning, gärna kort."},
    )


class ResponseForm(StaffForm):
    """What happens with one thing that was heard."""

    outcome = forms.ChoiceField(
        label="Vad händer?",
        choices=FindingResponse.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som händer med det."},
    )
    promise = forms.ChoiceField(
        label="Vilket löfte?", required=False, help_text="Bara när ni har lovat. Löftet ska gälla."
    )
    text = forms.CharField(
        label="Ert svar",
        widget=rows(3),
        max_length=2000,
        help_text="Säg också när svaret är nej, och varför. Har ni skickat det vidare: till vem.",
        error_messages={"required": "Skriv ett svar, också när det är nej."},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("promise", [("", "Inget"), *choices])

    def clean(self):
        """Say at the list that a promise is needed when one says that one has promised."""
        data = super().clean() or {}
        if data.get("outcome") == FindingResponse.Outcome.PROMISED and not data.get("promise"):
            self.add_error("promise", "Välj löftet, eller ett annat svar på vad som händer.")
        return data

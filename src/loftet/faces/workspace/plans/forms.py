"""The cooperation agreement: its words, notes on it, and ending it."""

from __future__ import annotations

from django import forms

from loftet.domain.plans.models import Agreement, Termination
from loftet.faces.workspace.fields import Day, StaffForm, StaffModelForm, rows

FIELDS = (
    "title",
    "purpose",
    "area",
    "focus",
    "starts",
    "ends",
    "steering_members",
    "steering_meets",
    "working_members",
    "working_meets",
    "followup",
    "contacts",
)


class AgreementForm(StaffModelForm):
    """What the parties work with together, for how long, how they meet and follow up."""

    class Meta:
        model = Agreement
        fields = FIELDS
        widgets = {
            "purpose": rows(4),
            "area": rows(2),
            "focus": rows(4),
            "starts": Day(),
            "ends": Day(),
            "followup": rows(3),
            "contacts": rows(3),
        }
        help_texts = {
            "purpose": "Varför ni samverkar och vad ni vill nå.",
            "area": "Vilka kommuner eller platser den gäller, med ord.",
            "focus": "Ett på varje rad. Till exempel Trygghet i centrum.",
            "steering_members": "Funktioner, inte namn. Till exempel kommunstyrelsens ordförande.",
            "steering_meets": "Till exempel två gånger om året.",
            "working_members": "Funktioner, inte namn. Till exempel trygghetssamordnaren och kommunpolisen.",
            "working_meets": "Till exempel varannan vecka.",
            "followup": "Hur, när och för vem ni följer upp.",
            "contacts": "En funktion på varje rad, inte namn. Till exempel Kommunens trygghetssamordnare.",
        }

    def clean(self):
        """The period in order."""
        super().clean()
        self.must_follow(
            "starts", "ends", "Överenskommelsen kan inte sluta gälla innan den börjar. Välj en senare dag."
        )
        return self.cleaned_data


class CommentForm(StaffForm):
    """A note on a draft."""

    text = forms.CharField(
        label="Synpunkt",
        widget=rows(4),
        max_length=1000,
        help_text="Den visas med din organisation och funktion och kan inte ändras efteråt.",
        error_messages={"required": "Skriv din synpunkt."},
    )


class TerminationForm(StaffModelForm):
    """Why one's organisation ends the agreement early, and its last day."""

    class Meta:
        model = Termination
        fields = ("last_day", "reason")
        widgets = {"last_day": Day(), "reason": rows(4)}
        labels = {"last_day": "Sista dagen den gäller"}
        help_texts = {"reason": "Skälet visas offentligt tillsammans med er organisations namn."}

"""Deciding, signing and sending back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from loftet.domain.parties.models import Organisation
from loftet.domain.signing.actions import SHOWN_OF_DIGEST, HandSigned
from loftet.domain.signing.models import Decision
from loftet.domain.signing.scans import LARGEST
from loftet.faces.workspace.fields import Day, StaffForm, StaffModelForm, rows


class DecisionForm(StaffModelForm):
    """Which body decided, when and on what authority."""

    class Meta:
        model = Decision
        fields = (
            "body",
            "decided_on",
            "paragraph",
            "diary_number",
            "authority",
            "is_delegated",
            "countersigned_by",
        )
        widgets = {"decided_on": Day()}
        labels = {
            "body": "Vem som beslutade",
            "authority": "Vad rätten att besluta bygger på",
            "is_delegated": "Beslutet är fattat på delegation",
            "countersigned_by": "Kontrasignerat av",
        }
        help_texts = {
            "body": "Till exempel kommunstyrelsen eller lokalpolisområdeschefen.",
            "authority": "Till exempel delegationsordningen, punkt 3.2.",
            "is_delegated": "Då påminner vi om att beslutet ska anmälas.",
            "countersigned_by": "Funktion, om någon mer har skrivit på beslutet.",
        }


class StepForm(StaffForm):
    """On which day something happened to a decision."""

    on = forms.DateField(label="Dag", widget=Day(), error_messages={"required": "Ange vilken dag det var."})


class SignForm(StaffForm):
    """The signature itself: on exactly the words behind the digest."""

    digest = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Din funktion",
        max_length=120,
        help_text="Till exempel kommunstyrelsens ordförande.",
        error_messages={"required": "Skriv din funktion. Den står vid underskriften."},
    )
    understood = forms.BooleanField(
        label="Jag har läst hela texten och skriver under för min organisation",
        error_messages={"required": "Kryssa i rutan när du har läst hela texten."},
    )


class SendBackForm(StaffForm):
    """Why a proposal is sent back."""

    reason = forms.CharField(
        label="Skäl",
        widget=rows(3),
        max_length=1000,
        help_text="Så att den andra parten vet vad som behöver ändras.",
        error_messages={"required": "Skriv varför, så att den andra parten vet vad som behöver ändras."},
    )


class PaperForm(StaffForm):
    """A printed version that has been signed by hand: which, by whom, and the paper itself."""

    digest_start = forms.CharField(
        label="Kontrollsumman på papperet börjar med",
        max_length=64,
        help_text=f"De {SHOWN_OF_DIGEST} första tecknen. De visar att det är den här texten som är påskriven.",
        error_messages={"required": "Skriv hur kontrollsumman på papperet börjar."},
    )
    upload = forms.FileField(
        label="Inskannat papper",
        help_text=f"PDF, JPEG eller PNG, högst {LARGEST // 1_000_000} MB. Bara parterna ser filen.",
        error_messages={"required": "Välj filen med det inskannade papperet.", "empty": "Filen är tom. Skanna igen."},
    )

    def __init__(self, *args: Any, parties: Sequence[Organisation], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            key = party.public_id
            self.fields[f"name_{key}"] = forms.CharField(
                label=f"{party.name}: namn", max_length=120, required=False, help_text="Som det står på papperet."
            )
            self.fields[f"title_{key}"] = forms.CharField(
                label=f"{party.name}: funktion", max_length=120, required=False
            )
            self.fields[f"day_{key}"] = forms.DateField(
                label=f"{party.name}: datum", widget=Day(attrs={"max": today.isoformat()}), required=False
            )

    def clean(self) -> dict[str, Any]:
        """A party that has signed needs all three; a party that has not is left empty."""
        told = super().clean() or {}
        for party in self.parties:
            names = [f"{what}_{party.public_id}" for what in ("name", "title", "day")]
            if any(told.get(name) for name in names):
                for name in names:
                    if not told.get(name) and name not in self.errors:
                        self.add_error(
                            name, "Fyll i det här, eller lämna alla tre tomma för den som inte har skrivit under."
                        )
        return told

    def lines(self) -> list[HandSigned]:
        """The signatures that the paper bears."""
        return [
            HandSigned(
                organisation=party,
                name=self.cleaned_data[f"name_{party.public_id}"],
                title=self.cleaned_data[f"title_{party.public_id}"],
                signed_on=self.cleaned_data[f"day_{party.public_id}"],
            )
            for party in self.parties
            if self.cleaned_data.get(f"day_{party.public_id}")
        ]

    def scan(self) -> bytes:
        """The file's bytes, and one more than is allowed when it is too large: nobody needs the rest to refuse it."""
        return self.cleaned_data["upload"].read(LARGEST + 1)


class PaperAnswerForm(StaffForm):
    """What is wrong with a paper, when it is."""

    reason = forms.CharField(
        label="Vad som inte stämmer",
        widget=rows(2),
        max_length=1000,
        required=False,
        help_text="Bara om papperet inte stämmer. Den andra parten läser det.",
    )

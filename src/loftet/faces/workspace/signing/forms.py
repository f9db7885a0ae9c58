"""Deciding, signing and sending back."""

from __future__ import annotations

from django import forms

from loftet.domain.signing.models import Decision
from loftet.faces.workspace.fields import Day, StaffForm, StaffModelForm, rows


class DecisionForm(StaffModelForm):
    """Which body decided, when and on what authority."""

    class Meta:
        model = Decision
        fields = ("body", "decided_on", "paragraph", "diary_number", "authority")
        widgets = {"decided_on": Day()}
        labels = {"body": "Vem som beslutade", "authority": "Vad rätten att besluta bygger på"}
        help_texts = {
            "body": "Till exempel kommunstyrelsen eller lokalpolisområdeschefen.",
            "authority": "Till exempel delegationsordningen, punkt 3.2.",
        }


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

"""What is asked of a decision to withhold words."""

from __future__ import annotations

from django import forms

from loftet.faces.workspace.fields import Day, StaffForm, rows


class WithholdForm(StaffForm):
    """Which words, and the decision. The words are looked for and taken away, and kept nowhere."""

    words = forms.CharField(
        label="Ord som ska bort",
        max_length=500,
        help_text="Precis som de står, till exempel ett namn. Stora och små bokstäver spelar ingen roll.",
        error_messages={"required": "Skriv orden som ska bort."},
    )
    body = forms.CharField(
        label="Vem har beslutat",
        max_length=120,
        help_text="Nämnd, styrelse eller den som har fått rätten delegerad.",
        error_messages={"required": "Skriv vem som har beslutat."},
    )
    decided_on = forms.DateField(
        label="Beslutsdatum", widget=Day(), error_messages={"required": "Ange vilken dag beslutet fattades."}
    )
    diary_number = forms.CharField(label="Diarienummer", max_length=40, required=False)
    basis = forms.CharField(
        label="Lagstöd",
        max_length=200,
        help_text="Till exempel artikel 17 i dataskyddsförordningen.",
        error_messages={"required": "Skriv vilket lagstöd beslutet har."},
    )
    reason = forms.CharField(
        label="Skäl",
        widget=rows(3),
        max_length=1000,
        help_text="Skälet blir offentligt. Upprepa inte orden i det.",
        error_messages={"required": "Skriv varför orden ska bort."},
    )

"""What is asked of decisions about what is kept, and of diary numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from loftet.domain.records.keeping import Rule
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


class DiaryNumberForm(StaffForm):
    """Under which number one's own organisation has registered a thing."""

    number = forms.CharField(
        label="Diarienummer",
        max_length=40,
        help_text="Som det står i ert diarium, till exempel KS 2026/123.",
        error_messages={"required": "Skriv diarienumret."},
    )


class DisclosureForm(StaffForm):
    """What is handed out, to which request, and which words are masked. The words are kept nowhere."""

    keys = forms.MultipleChoiceField(
        label="Lämna ut",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj vad som ska lämnas ut."},
    )
    request = forms.CharField(
        label="Vilken begäran gäller det",
        max_length=200,
        help_text="Till exempel dagen den kom eller dess diarienummer. Skriv inte vem som frågar om det inte behövs.",
        error_messages={"required": "Skriv vilken begäran det gäller."},
    )
    words = forms.CharField(
        label="Ord som ska maskas",
        widget=rows(4),
        max_length=4000,
        required=False,
        help_text="Ett namn eller uttryck på varje rad. De maskas överallt i det ni har valt, och sparas inte.",
    )
    suggested = forms.MultipleChoiceField(
        label="Det här kan peka ut någon. Maska också",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ground = forms.CharField(
        label="Stöd för maskningen",
        max_length=200,
        required=False,
        help_text="Behövs när något maskas: lagrum i offentlighets- och sekretesslagen.",
    )

    def __init__(self, *args: Any, sections: list[tuple[str, str]], suggestions: Sequence[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("keys", sections)
        self.offer("suggested", [(word, word) for word in suggestions])
        if not suggestions:
            del self.fields["suggested"]

    def masked_words(self) -> list[str]:
        """Every word to mask, typed or suggested, each once."""
        typed = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        return list(dict.fromkeys([*typed, *self.cleaned_data.get("suggested", [])]))


class WeedForm(StaffForm):
    """The decision to weed. The ground is the rule that the organisation has decided."""

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
    reason = forms.CharField(
        label="Skäl",
        widget=rows(3),
        max_length=1000,
        help_text="Skälet blir offentligt.",
        error_messages={"required": "Skriv varför det gallras."},
    )
    understood = forms.BooleanField(
        label="Jag har sett vad som gallras och vet att det inte går att ångra",
        error_messages={"required": "Kryssa i rutan när du har sett vad som gallras."},
    )


class RegistryForm(StaffForm):
    """Where the registrar takes mail."""

    email = forms.EmailField(
        label="Registratorns e-post",
        max_length=254,
        required=False,
        help_text="En funktionsadress, till exempel registrator@kommunen.se. Lämna tomt om ni inte tar emot mejl.",
        error_messages={"invalid": "Skriv e-postadressen på formen namn@exempel.se."},
    )


class SendForm(StaffForm):
    """Which of a thing's parties it is sent to."""

    parties = forms.MultipleChoiceField(
        label="Skicka till registratorn hos",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en part att skicka till."},
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, initial={"parties": [key for key, _name in parties]}, **kwargs)
        self.offer("parties", parties)


KEEP, WEED = "keep", "weed"


class RetentionRuleForm(StaffForm):
    """What an organisation has decided about a kind of document: kept, or weeded after so many months."""

    outcome = forms.ChoiceField(
        label="Vad ni har beslutat",
        choices=[(KEEP, "Bevaras"), (WEED, "Gallras")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om det bevaras eller gallras."},
    )
    months = forms.IntegerField(
        label="Gallras efter så många månader",
        min_value=1,
        max_value=1200,
        required=False,
        help_text="Fylls i när det gallras. Räknat från dagen då dialogen stängde: två år är 24 månader.",
        error_messages={
            "invalid": "Skriv antalet månader med siffror.",
            "min_value": "Skriv minst 1 månad.",
            "max_value": "Skriv högst 1200 månader.",
        },
    )
    starts = forms.DateField(
        label="Gäller från", widget=Day(), error_messages={"required": "Ange vilken dag regeln börjar gälla."}
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
    basis = forms.CharField(
        label="Grund",
        max_length=200,
        help_text="Till exempel er informationshanteringsplan, med paragraf.",
        error_messages={"required": "Skriv vilken plan eller vilket beslut regeln kommer från."},
    )
    diary_number = forms.CharField(label="Beslutets diarienummer", max_length=40, required=False)

    def __init__(self, *args, rule: Rule, may_be_weeded: bool, **kwargs):
        initial = {"outcome": KEEP if rule.is_kept else WEED, "months": rule.months}
        super().__init__(*args, initial=initial, **kwargs)
        if not may_be_weeded:
            del self.fields["months"]
            self.offer("outcome", [(KEEP, "Bevaras")])

    def clean(self) -> dict[str, Any]:
        """Turn the choice into months: none for what is kept."""
        told = super().clean() or self.cleaned_data
        outcome, months = told.pop("outcome", None), told.pop("months", None)
        if outcome == WEED and months is None and "months" not in self.errors:
            self.add_error("months", "Skriv efter hur många månader det gallras.")
        return told | {"months": months if outcome == WEED else None}

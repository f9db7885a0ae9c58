"""From answers to findings, from findings to needs."""

from __future__ import annotations

from django import forms

from loftet.domain.understanding.models import LONGEST_NEED
from loftet.faces.workspace.fields import StaffForm, rows

NEED_HINT = "Skriv behovet, inte lösningen. Till exempel: Att kunna gå hem på kvällen med god sikt."


class FindingForm(StaffForm):
    """Det vi hörde: one sentence, what it rests on, and the need behind it if that is clear at once."""

    text = forms.CharField(
        label="Det vi hörde",
        widget=rows(3),
        max_length=600,
        help_text="En mening som en invånare känner igen. Säg också när åsikterna går isär.",
        error_messages={"required": "Skriv vad ni hörde."},
    )
    statements = forms.MultipleChoiceField(
        label="Det bygger på",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Välj de påståenden som meningen vilar på. Minst ett behövs för att publicera.",
    )
    need = forms.CharField(label="Behovet bakom", required=False, max_length=LONGEST_NEED, help_text=NEED_HINT)

    def __init__(self, *args, choices=(), with_need=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("statements", choices)
        if not with_need:
            del self.fields["need"]


class NeedForm(StaffForm):
    """Behov: what residents need, drawn from findings."""

    text = forms.CharField(
        label="Behov", max_length=LONGEST_NEED, help_text=NEED_HINT, error_messages={"required": "Skriv behovet."}
    )
    findings = forms.MultipleChoiceField(
        label="Bygger på det vi hörde",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en sak som behovet bygger på."},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("findings", choices)

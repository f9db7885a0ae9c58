"""A promise, its measures and its targets."""

from __future__ import annotations

from django import forms

from loftet.domain.plans.models import Measure
from loftet.domain.promises.models import Promise, Target
from loftet.faces.shared.text import AGGREGATION_WORDS, PER_WORDS
from loftet.faces.workspace.fields import NOTHING_CHOSEN, Day, StaffModelForm, rows

REASONS = ("no_dialogue_reason", "one_party_reason", "no_target_reason")
FIELDS = ("title", "summary", "starts", "ends", "followup", "report_every", *REASONS)
MEASURE_FIELDS = (
    "text",
    "amount",
    "unit",
    "per",
    "deliverable",
    "where",
    "aggregation",
    "when",
    "starts",
    "ends",
    "kind",
    "depends_on",
)
KINDS = [
    (Measure.Kind.DO, "Vi gör det själva"),
    (Measure.Kind.WORK_FOR, "Vi arbetar för det, någon annan beslutar"),
]


class PromiseForm(StaffModelForm):
    """The words of a promise, and which problem it is about. The reasons for what is left out lie folded."""

    folded = REASONS
    fold_title = "Om något saknas: skriv varför"

    problem = forms.ChoiceField(label="Problem", help_text="Ur er gemensamma problembild.")

    class Meta:
        model = Promise
        fields = FIELDS
        widgets = {
            "summary": rows(3),
            "followup": rows(3),
            "starts": Day(),
            "ends": Day(),
            "no_dialogue_reason": rows(2),
            "one_party_reason": rows(2),
            "no_target_reason": rows(2),
        }
        labels = {"report_every": "Ni rapporterar", "followup": "Så följer ni upp"}
        help_texts = {
            "title": "Så som löftet kallas i vardagen. Till exempel Lugnare kvällar i centrum.",
            "summary": "Två meningar som en invånare kan läsa högt: vad ni lovar, och varför.",
            "followup": "Hur ni mäter om det hjälpte, och vem som får se resultatet.",
            "no_dialogue_reason": "Fyll i bara om problemet inte bygger på någon dialog.",
            "one_party_reason": "Fyll i bara om en av parterna inte har någon åtgärd.",
            "no_target_reason": "Fyll i bara om löftet inte har ett mål för effekten.",
        }

    field_order = ["problem", *FIELDS]

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("problem", choices)

    def clean(self):
        """The period in order."""
        super().clean()
        self.must_follow("starts", "ends", "Löftet kan inte sluta innan det börjar. Välj en senare dag.")
        return self.cleaned_data


class MeasureForm(StaffModelForm):
    """Who does what, how much and where. The rest has sensible values and lies folded."""

    folded = ("aggregation", "when", "starts", "ends", "kind", "depends_on")
    fold_title = "Tid, hur det räknas och vem som beslutar"

    organisations = forms.MultipleChoiceField(
        label="Ansvarig",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj vem som ansvarar."},
    )

    class Meta:
        model = Measure
        fields = MEASURE_FIELDS
        widgets = {"starts": Day(), "ends": Day()}
        labels = {
            "text": "Vad ni gör",
            "amount": "Hur många",
            "unit": "Av vad",
            "per": "Hur ofta",
            "deliverable": "Eller: det som ska finnas på plats",
            "kind": "Vem bestämmer",
        }
        help_texts = {
            "text": "Till exempel Fotpatrull på torget.",
            "amount": "Lämna tomt om det i stället är något bestämt som ska bli klart.",
            "unit": "Till exempel pass, kvällar eller besök.",
            "deliverable": "I stället för ett antal. Till exempel 40 nya lampor.",
            "depends_on": "Fyll i när någon annan beslutar. Till exempel tekniska nämnden.",
        }

    field_order = ["text", "organisations", *MEASURE_FIELDS[1:]]

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("organisations", choices)
        self.offer("per", [("", NOTHING_CHOSEN), *PER_WORDS.items()])
        self.offer("aggregation", list(AGGREGATION_WORDS.items()))
        self.offer("kind", KINDS)

    def clean(self):
        """An amount says of what and how often; days in order. Each is said at the field to change."""
        super().clean()
        data = self.cleaned_data
        if data.get("amount") is not None:
            if data["amount"] <= 0:
                self.add_error("amount", "Skriv ett tal som är större än noll, eller lämna tomt.")
            if not data.get("unit"):
                self.add_error("unit", "Skriv vad det är ni räknar, till exempel pass.")
            if not data.get("per"):
                self.add_error("per", "Välj hur ofta.")
        self.must_follow("starts", "ends", "Åtgärden kan inte sluta innan den börjar. Välj en senare dag.")
        return data


class TargetForm(StaffModelForm):
    """From baseline to target by a day."""

    series = forms.ChoiceField(label="Mått", help_text="Det som mäts. Saknas det, lägg till ett nytt mått först.")

    class Meta:
        model = Target
        fields = ("baseline", "baseline_period", "value", "due", "method")
        widgets = {"due": Day(), "method": rows(3)}
        help_texts = {
            "baseline": "Värdet före löftet.",
            "baseline_period": "Till exempel våren 2026.",
            "value": "Värdet ni ska nå.",
            "method": "Så räknas det: samma fråga, samma urval, samma plats. Låses när båda skriver under.",
        }

    field_order = ["series", "baseline", "baseline_period", "value", "due", "method"]

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("series", choices)

"""What is measured, and the values."""

from __future__ import annotations

from django import forms

from loftet.domain.indicators.models import Measurement, Series
from loftet.faces.workspace.fields import Day, StaffModelForm, rows


class SeriesForm(StaffModelForm):
    """One measure of one thing in one place."""

    source_url = forms.URLField(label="Länk till källan", required=False, assume_scheme="https")

    class Meta:
        model = Series
        fields = (
            "title",
            "unit",
            "measures",
            "does_not_measure",
            "good",
            "nature",
            "source",
            "source_url",
            "enforcement_driven",
        )
        widgets = {"measures": rows(2), "does_not_measure": rows(2)}
        labels = {
            "title": "Måttets namn",
            "measures": "Det här säger siffran",
            "does_not_measure": "Det här säger siffran inte",
            "nature": "Vad måttet gäller",
            "enforcement_driven": "Siffran stiger när polisen letar mer",
        }
        help_texts = {
            "title": "Till exempel Otrygga i centrum på kvällen.",
            "unit": "Till exempel procent eller anmälningar.",
            "measures": "Vilka som svarat eller vad som räknats.",
            "does_not_measure": "Så att ingen läser in för mycket.",
            "nature": "Löften behöver minst ett mått på effekten.",
            "source": "Vem som tar fram siffran, till exempel Kommunens trygghetsenkät.",
            "enforcement_driven": "Till exempel narkotikabrott. En sådan siffra räcker inte ensam som bevis.",
        }


class MeasurementForm(StaffModelForm):
    """One value for one period."""

    folded = ("low", "high", "n", "note")
    fold_title = "Osäkerhet, antal svar och anmärkning"

    class Meta:
        model = Measurement
        fields = ("period_start", "period_end", "value", "low", "high", "n", "note")
        widgets = {"period_start": Day(), "period_end": Day()}
        help_texts = {
            "low": "Nedre änden av konfidensintervallet. Bara för slumpvis urval.",
            "high": "Övre änden. Bara för slumpvis urval.",
            "note": "Visas för alla.",
        }

    def clean(self):
        """The period in order, and the interval around the value, said where it can be mended."""
        super().clean()
        data = self.cleaned_data
        self.must_follow("period_start", "period_end", "Perioden kan inte sluta innan den börjar.")
        low, value, high = data.get("low"), data.get("value"), data.get("high")
        if (low is None) != (high is None) and not {"low", "high"} & set(self.errors):
            self.add_error("high" if high is None else "low", "Fyll i båda gränserna eller ingen av dem.")
        elif low is not None and value is not None and high is not None and not low <= value <= high:
            self.add_error("value", "Värdet ska ligga mellan gränserna.")
        return data

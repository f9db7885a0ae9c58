"""Medborgarlöfte: the jointly signed selection of measures for a problem, with targets and follow-up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.indicators.models import Series
from loftet.domain.parties.models import Partnership
from loftet.domain.places.models import Municipality
from loftet.domain.plans.models import Measure
from loftet.domain.signing.models import Document
from loftet.domain.situation.models import Problem


class Promise(models.Model):
    """The working copy of a promise. What binds is the version in force of its document, and pages show that."""

    class Rhythm(models.TextChoices):
        MONTH = "month", "varje månad"
        QUARTER = "quarter", "varje kvartal"
        TERTIAL = "tertial", "varje tertial"
        HALF_YEAR = "half_year", "varje halvår"
        YEAR = "year", "varje år"

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="promises")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="kommun",
        on_delete=models.PROTECT,
        related_name="promises",
        help_text="Den kommun vars adress löftet bor under.",
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="promise")
    title = models.CharField("rubrik", max_length=120)
    summary = models.TextField("i korthet")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="promises")
    starts = models.DateField("från och med")
    ends = models.DateField("till och med")
    followup = models.TextField("så följer vi upp", blank=True)
    report_every = models.CharField("rapporteras", max_length=12, choices=Rhythm.choices, default=Rhythm.QUARTER)
    no_dialogue_reason = models.TextField("varför ingen dialog", blank=True)
    one_party_reason = models.TextField("varför bara en part har åtgärder", blank=True)
    no_target_reason = models.TextField("varför effekten inte kan mätas, och vad som följs i stället", blank=True)
    measures = models.ManyToManyField(Measure, through="PromiseMeasure", related_name="promises")
    created_at = models.DateTimeField("skapat")

    class Meta:
        ordering = ["-starts", "title"]
        constraints = [
            models.CheckConstraint(name="a_promise_ends_after_it_starts", condition=Q(ends__gte=F("starts")))
        ]
        verbose_name = "medborgarlöfte"
        verbose_name_plural = "medborgarlöften"

    def __str__(self) -> str:
        return self.title


class PromiseMeasure(models.Model):
    """A measure's place in a promise."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="lines")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["promise", "measure"], name="a_measure_once_in_a_promise")]
        verbose_name = "åtgärd i löfte"
        verbose_name_plural = "åtgärder i löften"

    def __str__(self) -> str:
        return f"{self.number}. {self.measure}"


class Target(models.Model):
    """From baseline to target by a day, with the method fixed before signing."""

    public_id = PublicIdField()
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="targets")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="targets")
    baseline = models.DecimalField("utgångsvärde", max_digits=14, decimal_places=4)
    baseline_period = models.CharField("utgångsvärdet avser", max_length=80)
    value = models.DecimalField("mål", max_digits=14, decimal_places=4)
    due = models.DateField("senast")
    method = models.TextField("så räknas det")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["promise", "series"], name="a_series_once_as_target")]
        verbose_name = "mål"
        verbose_name_plural = "mål"

    def __str__(self) -> str:
        return f"{self.series}: {self.baseline} → {self.value}"

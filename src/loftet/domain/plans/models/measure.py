"""Measures: what someone will do. They are shared between plans and promises, never copied."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.parties.models import Organisation, Partnership


class MeasureWording(models.Model):
    """Who does what, how much, where and when: the words of a measure, whether promised here or retold."""

    class Per(models.TextChoices):
        WEEK = "week", "vecka"
        MONTH = "month", "månad"
        QUARTER = "quarter", "kvartal"
        TERM = "term", "termin"
        YEAR = "year", "år"
        WHOLE = "whole", "hela perioden"

    class Aggregation(models.TextChoices):
        AT_LEAST = "at_least", "minst"
        AVERAGE = "average", "i snitt"
        TOTAL = "total", "totalt"

    text = models.CharField("åtgärd", max_length=300)
    amount = models.DecimalField("antal", max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField("enhet", max_length=40, blank=True)
    per = models.CharField("per", max_length=10, choices=Per.choices, blank=True)
    aggregation = models.CharField("räknas som", max_length=10, choices=Aggregation.choices, blank=True)
    where = models.CharField("var", max_length=200, blank=True)
    when = models.CharField("när", max_length=200, blank=True)

    class Meta:
        abstract = True


class Measure(MeasureWording):
    """What an organisation undertakes to do, or to work for when somebody else decides."""

    class Kind(models.TextChoices):
        DO = "do", "gör"
        WORK_FOR = "work_for", "arbetar för"

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="measures")
    organisations = models.ManyToManyField(Organisation, verbose_name="ansvariga", related_name="measures")
    kind = models.CharField("slag", max_length=10, choices=Kind.choices, default=Kind.DO)
    depends_on = models.CharField("beror på beslut av", max_length=200, blank=True)
    deliverable = models.CharField(
        "ska finnas på plats",
        max_length=200,
        blank=True,
        help_text="I stället för ett antal: något bestämt som ska bli klart.",
    )
    starts = models.DateField("från och med")
    ends = models.DateField("till och med")
    created_at = models.DateTimeField("skapad")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="a_measure_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(
                name="an_amount_comes_with_unit_period_and_aggregation",
                condition=Q(amount__isnull=True, unit="", per="", aggregation="")
                | (Q(amount__gt=0) & ~Q(unit="") & ~Q(per="") & ~Q(aggregation="")),
            ),
        ]
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"

    def __str__(self) -> str:
        return self.text

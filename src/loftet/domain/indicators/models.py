"""Figures over time: what is measured, where, by whom, and each value as it was recorded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.fields import WebAddressField
from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.places.models import Municipality


class Series(models.Model):
    """One measure of one thing in one place."""

    class Nature(models.TextChoices):
        OUTPUT = "output", "prestation (vad som görs)"
        OUTCOME = "outcome", "effekt (vad det leder till)"

    class Good(models.TextChoices):
        DOWN = "down", "lägre är bättre"
        UP = "up", "högre är bättre"

    public_id = PublicIdField()
    municipality = models.ForeignKey(
        Municipality, verbose_name="kommun", on_delete=models.PROTECT, related_name="series"
    )
    title = models.CharField("namn", max_length=160)
    measures = models.TextField("mäter", help_text="Vad siffran säger.")
    does_not_measure = models.TextField("mäter inte", blank=True, help_text="Vad siffran inte säger.")
    unit = models.CharField("enhet", max_length=40)
    nature = models.CharField("slag", max_length=10, choices=Nature.choices)
    good = models.CharField("riktning", max_length=10, choices=Good.choices)
    enforcement_driven = models.BooleanField(
        "styrs av egna insatser", default=False, help_text="Siffran stiger när polisen letar mer."
    )
    source = models.CharField("källa", max_length=200)
    source_url = WebAddressField("länk till källan", blank=True)
    is_simulated = models.BooleanField("påhittade siffror (exempel)", default=False)

    class Meta:
        ordering = ["title"]
        verbose_name = "mått"
        verbose_name_plural = "mått"

    def __str__(self) -> str:
        return self.title


class Measurement(AppendOnly):
    """One value for one period. A corrected value is a new row; the latest recorded one counts."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="measurements")
    period_start = models.DateField("från och med")
    period_end = models.DateField("till och med")
    value = models.DecimalField("värde", max_digits=14, decimal_places=4)
    low = models.DecimalField("undre gräns", max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("övre gräns", max_digits=14, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField("antal svar", null=True, blank=True)
    note = models.CharField("anmärkning", max_length=300, blank=True)
    recorded_at = models.DateTimeField("infört")

    withholdable = {"note": WITHHELD}

    class Meta:
        ordering = ["period_start", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_period_ends_after_it_starts", condition=Q(period_end__gte=F("period_start"))
            ),
            models.CheckConstraint(
                name="an_interval_has_both_ends_and_holds_the_value",
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=F("value"), high__gte=F("value")),
            ),
        ]
        verbose_name = "mätning"
        verbose_name_plural = "mätningar"

    def __str__(self) -> str:
        return f"{self.series} {self.period_start}: {self.value}"

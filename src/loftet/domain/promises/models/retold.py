"""Promises made elsewhere and retold here in our own words, with a link to the source. Never signed here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.places.models import Municipality
from loftet.domain.plans.models import MeasureWording


class Known(models.TextChoices):
    """How far a source says something; what was not seen is unknown, which is not the same as no."""

    YES = "yes", "ja"
    PARTLY = "partly", "delvis"
    NO = "no", "nej"
    UNKNOWN = "unknown", "okänt"


class RetoldPromise(models.Model):
    """A historical record: what a promise said according to a public source."""

    class RecordType(models.TextChoices):
        PROMISE = "promise", "löfte"
        FOLLOWUP = "followup", "uppföljning"
        EXTENSION = "extension", "förlängning"
        OTHER = "other", "annat"

    class Level(models.TextChoices):
        MUNICIPALITY = "municipality", "kommun"
        DISTRICT = "district", "stadsdel"
        THEME = "theme", "tema"
        OTHER = "other", "annan"

    public_id = PublicIdField()
    source_key = models.CharField("källans id", max_length=80, unique=True)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="kommuner", through="RetoldPlace", related_name="retold_promises"
    )
    record_type = models.CharField("posttyp", max_length=12, choices=RecordType.choices)
    level = models.CharField("nivå", max_length=14, choices=Level.choices)
    year_from = models.PositiveSmallIntegerField("från år", null=True)
    year_to = models.PositiveSmallIntegerField("till år", null=True)
    starts = models.DateField("från och med", null=True)
    ends = models.DateField("till och med", null=True)
    problem = models.TextField("problem", blank=True)
    outcome_goal = models.TextField("mål för effekten", blank=True)
    followup = models.TextField("uppföljning", blank=True)
    reported_outcome = models.TextField("redovisat utfall", blank=True)
    basis = models.JSONField("underlag", default=list)
    signatory_roles = models.JSONField("undertecknarnas funktioner", default=list)
    source_url = models.URLField("källa", max_length=400)
    more_sources = models.JSONField("fler källor", default=list)
    whole_page_read = models.BooleanField("hela sidan lästes", null=True, help_text="Tomt när det inte är antecknat.")
    has_problem = models.CharField("problemet är beskrivet", max_length=10, choices=Known.choices)
    has_concrete_measure = models.CharField(
        "en åtgärd säger vem och när eller hur mycket", max_length=10, choices=Known.choices
    )
    has_measured_followup = models.CharField("uppföljningen har mått", max_length=10, choices=Known.choices)
    unrecognised = models.JSONField(
        "uppgifter som inte kändes igen", default=dict, help_text="Behålls som de stod, under sina egna fältnamn."
    )
    imported_at = models.DateTimeField("inläst")

    class Meta:
        ordering = [F("year_from").desc(nulls_last=True), "source_key"]
        constraints = [
            models.CheckConstraint(
                name="a_retold_promise_ends_no_earlier_year_than_it_starts",
                condition=Q(year_from__isnull=True) | Q(year_to__isnull=True) | Q(year_to__gte=F("year_from")),
            ),
            models.CheckConstraint(
                name="a_retold_exact_period_has_both_its_days_in_order",
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False, ends__gte=F("starts")),
            ),
        ]
        verbose_name = "återgivet löfte"
        verbose_name_plural = "återgivna löften"

    def __str__(self) -> str:
        return self.source_key

    @property
    def years(self) -> str:
        """The years in words: ”2018–2020”, ”från 2024”, ”till och med 2021”, or nothing when they are unknown."""
        if self.year_from is None:
            return f"till och med {self.year_to}" if self.year_to is not None else ""
        if self.year_to is None:
            return f"från {self.year_from}"
        return str(self.year_from) if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"


class RetoldPlace(models.Model):
    """A municipality that a retold promise is about, in the order in which the source tells them."""

    promise = models.ForeignKey(RetoldPromise, on_delete=models.CASCADE, related_name="places")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="retold_places")
    number = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "municipality"], name="a_municipality_once_in_a_retold_promise"),
            models.UniqueConstraint(fields=["promise", "number"], name="one_retold_place_per_number"),
        ]
        verbose_name = "kommun i återgivet löfte"
        verbose_name_plural = "kommuner i återgivna löften"

    def __str__(self) -> str:
        return f"{self.promise}: {self.municipality}"


class RetoldMeasure(MeasureWording):
    """A measure as a source tells it. What the source leaves out (amount, period, place) is left out here too."""

    promise = models.ForeignKey(RetoldPromise, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField("ordning")
    unrecognised = models.JSONField(
        "uppgifter som inte kändes igen", default=dict, help_text="Behålls som de stod, under sina egna fältnamn."
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="one_retold_measure_per_number"),
            models.CheckConstraint(
                name="a_retold_amount_is_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]
        verbose_name = "återgiven åtgärd"
        verbose_name_plural = "återgivna åtgärder"

    def __str__(self) -> str:
        return self.text


class RetoldResponsible(models.Model):
    """Who a source says answers for a measure. Several means together. A party we do not know is kept as it stood."""

    class Party(models.TextChoices):
        MUNICIPALITY = "municipality", "kommunen"
        POLICE = "police", "polisen"
        OTHER = "other", "annan"
        UNRECOGNISED = "unrecognised", "inte igenkänd"

    measure = models.ForeignKey(RetoldMeasure, on_delete=models.CASCADE, related_name="responsible")
    number = models.PositiveSmallIntegerField("ordning")
    party = models.CharField("part", max_length=14, choices=Party.choices)
    name = models.CharField("namn", max_length=200, blank=True, help_text="För andra än kommunen och polisen.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="one_retold_responsible_per_number"),
            models.CheckConstraint(
                name="only_others_than_municipality_and_police_are_named",
                condition=Q(party__in=["municipality", "police"], name="") | Q(party__in=["other", "unrecognised"]),
            ),
        ]
        verbose_name = "ansvarig för återgiven åtgärd"
        verbose_name_plural = "ansvariga för återgivna åtgärder"

    def __str__(self) -> str:
        return self.name or self.get_party_display()

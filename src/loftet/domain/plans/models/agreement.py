"""Samverkansöverenskommelse: what the parties work with together, for how long, how they meet and follow up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.signing.models import Document, Version


class Agreement(models.Model):
    """The working copy of an agreement. What binds is the version in force of its document, and pages show that.

    Law 2023:196 section 9 asks for at least a purpose and an area; the rest is what agreements in use say besides.
    """

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agreements")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="agreement")
    title = models.CharField("rubrik", max_length=120)
    purpose = models.TextField("syfte", max_length=3000)
    area = models.TextField("område", max_length=1000)
    focus = models.TextField("fokusområden", max_length=2000, help_text="Ett på varje rad.")
    starts = models.DateField("gäller från och med")
    ends = models.DateField("gäller till och med")
    steering_members = models.CharField("styrgruppen består av", max_length=300, blank=True)
    steering_meets = models.CharField("styrgruppen möts", max_length=120, blank=True)
    working_members = models.CharField("arbetsgruppen består av", max_length=300, blank=True)
    working_meets = models.CharField("arbetsgruppen möts", max_length=120, blank=True)
    followup = models.TextField("så följer vi upp", max_length=2000, blank=True)
    contacts = models.TextField("kontaktvägar", max_length=1000, blank=True, help_text="En funktion på varje rad.")
    created_at = models.DateTimeField("skapad")

    class Meta:
        ordering = ["-starts", "title"]
        constraints = [
            models.CheckConstraint(name="an_agreement_ends_after_it_starts", condition=Q(ends__gte=F("starts")))
        ]
        verbose_name = "samverkansöverenskommelse"
        verbose_name_plural = "samverkansöverenskommelser"

    def __str__(self) -> str:
        return self.title


class Termination(AppendOnly):
    """One party's own declaration that a version in force ends early: why, and its last day. Never taken back."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terminations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("funktion", max_length=120)
    reason = models.TextField("skäl")
    last_day = models.DateField("gäller till och med")
    declared_at = models.DateTimeField("uppsagd")

    withholdable = {"role": WITHHELD, "reason": WITHHELD}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="a_party_terminates_a_version_once"),
            models.CheckConstraint(name="terminated_with_a_reason", condition=~Q(reason="")),
        ]
        verbose_name = "uppsägning"
        verbose_name_plural = "uppsägningar"

    def __str__(self) -> str:
        return f"{self.organisation} säger upp {self.agreement}"


class Reminder(AppendOnly):
    """A mail went out to one person that a version runs out within so many days. Written once, when it has gone."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField("dagar före")
    sent_at = models.DateTimeField("skickad")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person", "days"], name="a_person_is_reminded_once_of_a_day")
        ]
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"

    def __str__(self) -> str:
        return f"{self.days} dagar, {self.person}"

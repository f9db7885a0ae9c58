"""Who promises: organisations, the partnerships in which they act together, and the people who act for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.parties.roles import ROLES
from loftet.domain.places.models import LocalPoliceArea, Municipality


class Organisation(models.Model):
    """An authority (municipality, police) or another promiser, such as a housing company."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "kommun"
        POLICE = "police", "polis"
        OTHER = "other", "annan löftesgivare"

    public_id = PublicIdField()
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    name = models.CharField("namn", max_length=160)
    short_name = models.CharField("kort namn", max_length=60)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="kommun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    local_police_area = models.ForeignKey(
        LocalPoliceArea,
        verbose_name="lokalpolisområde",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_municipal_organisation_names_its_municipality",
                condition=~Q(kind="municipality") | Q(municipality__isnull=False),
            ),
        ]
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """The organisations that act together for some places: at least one municipality and one police."""

    public_id = PublicIdField()
    name = models.CharField("namn", max_length=160)
    starts = models.DateField("från och med")
    ends = models.DateField("till och med", null=True, blank=True)
    municipalities = models.ManyToManyField(Municipality, verbose_name="kommuner", related_name="partnerships")
    organisations = models.ManyToManyField(Organisation, through="PartnershipMember", related_name="partnerships")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_partnership_ends_after_it_starts", condition=Q(ends__isnull=True) | Q(ends__gte=F("starts"))
            ),
        ]
        verbose_name = "partnerskap"
        verbose_name_plural = "partnerskap"

    def __str__(self) -> str:
        return self.name


class PartnershipMember(models.Model):
    """One organisation in a partnership, and whether a joint document needs its signature."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnership_members")
    signs = models.BooleanField("undertecknar", default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], name="an_organisation_once_in_a_partnership"
            )
        ]
        verbose_name = "part"
        verbose_name_plural = "parter"

    def __str__(self) -> str:
        return f"{self.organisation} i {self.partnership}"


class Membership(models.Model):
    """A hat: this person acts for this organisation in this role, from a day to a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("roll", max_length=40, choices=[(r.key, r.name) for r in ROLES])
    title = models.CharField(
        "funktion", max_length=120, blank=True, help_text="Till exempel kommunstyrelsens ordförande."
    )
    starts = models.DateField("från och med")
    ends = models.DateField("till och med", null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role", "starts"], name="a_role_once_at_a_time"),
            models.CheckConstraint(
                name="a_membership_ends_after_it_starts", condition=Q(ends__isnull=True) | Q(ends__gte=F("starts"))
            ),
        ]
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"

    def __str__(self) -> str:
        return f"{self.person}, {self.title or self.get_role_display()} i {self.organisation}"

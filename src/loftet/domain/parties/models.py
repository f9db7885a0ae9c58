"""Who promises: organisations, the partnerships in which they act together, and the people who act for them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.parties.roles import ROLES
from loftet.domain.places.models import LocalPoliceArea, Municipality


class FromTo(models.Model):
    """What holds from a day to a day, both included; without a last day it goes on."""

    starts = models.DateField("från och med")
    ends = models.DateField("till och med", null=True, blank=True)

    class Meta:
        abstract = True

    def runs_on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.starts <= day and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        """Whether its last day lies before the day."""
        return self.ends is not None and self.ends < day


class Organisation(models.Model):
    """An authority (municipality, one of its boards, police) or another promiser, such as a housing company."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "kommun"
        BOARD = "board", "nämnd"
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
    part_of = models.ForeignKey(
        "self",
        verbose_name="nämnd i",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="boards",
        help_text="Kommunen som nämnden hör till. Nämnden är en egen myndighet.",
    )
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_municipal_organisation_names_its_municipality",
                condition=~Q(kind__in=["municipality", "board"]) | Q(municipality__isnull=False),
            ),
            models.CheckConstraint(
                name="a_board_and_nothing_else_is_part_of_a_municipality",
                condition=Q(kind="board", part_of__isnull=False) | (~Q(kind="board") & Q(part_of__isnull=True)),
            ),
        ]
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"

    def __str__(self) -> str:
        return self.name

    @property
    def side(self) -> str:
        """On which side it stands when equals sign: a board stands on the municipality's."""
        return self.Kind.MUNICIPALITY if self.kind == self.Kind.BOARD else self.kind

    @property
    def rank(self) -> tuple[int, str]:
        """Its place among parties: the municipality, its boards, the police, others, and then by name."""
        return list(self.Kind).index(self.Kind(self.kind)), self.name


class Partnership(FromTo):
    """The organisations that act together for some places: at least one municipality and one police."""

    public_id = PublicIdField()
    name = models.CharField("namn", max_length=160)
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


class PartnershipMember(FromTo):
    """One organisation in a partnership from a day to a day, and whether a joint document needs its signature."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnership_members")
    signs = models.BooleanField("undertecknar", default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "starts"], name="an_organisation_joins_once_on_a_day"
            ),
            models.CheckConstraint(
                name="a_party_leaves_after_it_joins", condition=Q(ends__isnull=True) | Q(ends__gte=F("starts"))
            ),
        ]
        verbose_name = "part"
        verbose_name_plural = "parter"

    def __str__(self) -> str:
        return f"{self.organisation} i {self.partnership}"


class Membership(FromTo):
    """A hat: this person acts for this organisation in this role, from a day to a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("roll", max_length=40, choices=[(r.key, r.name) for r in ROLES])
    title = models.CharField(
        "funktion", max_length=120, blank=True, help_text="Till exempel kommunstyrelsens ordförande."
    )

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


class IdentityProvider(models.Model):
    """An organisation's own sign-in (OpenID Connect), by which its people come without a password of ours.

    What we prove ourselves with to it, the client's secret, lies in a file and never here.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="identity_providers", verbose_name="organisation"
    )
    issuer = models.URLField("utfärdare", max_length=300)
    client_id = models.CharField("klient", max_length=200)
    # The levels of assurance (acr) that are good enough to sign on. None: one comes in by it, and signs by an app.
    accepted_levels = models.JSONField("tillitsnivåer som räcker för att skriva under", default=list, blank=True)
    added_at = models.DateTimeField("tillagd")
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "issuer"],
                condition=Q(ended_at__isnull=True),
                name="an_organisation_has_an_issuer_once",
            ),
        ]
        verbose_name = "organisationens inloggning"
        verbose_name_plural = "organisationernas inloggningar"

    def __str__(self) -> str:
        return f"Inloggning genom {self.organisation}"


class Identity(models.Model):
    """Whom an organisation's sign-in calls what. It is tied the first time, and only then by the e-mail address."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.PROTECT, related_name="identities")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="identities")
    subject = models.CharField("namn hos organisationen", max_length=255)
    tied_at = models.DateTimeField("kopplad")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="a_subject_is_one_person"),
            models.UniqueConstraint(fields=["provider", "person"], name="a_person_is_one_subject"),
        ]
        verbose_name = "kopplad inloggning"
        verbose_name_plural = "kopplade inloggningar"

    def __str__(self) -> str:
        return f"{self.person} genom {self.provider.organisation}"

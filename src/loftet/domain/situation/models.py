"""The situation picture and its problems."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.fields import WebAddressField
from loftet.domain.base.ids import PublicIdField
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.places.models import Municipality
from loftet.domain.signing.models import Document
from loftet.domain.understanding.models import Need


class Picture(models.Model):
    """Kommunens lägesbild (its own decision) or gemensam problembild (signed by both)."""

    class Kind(models.TextChoices):
        MUNICIPAL = "municipal", "kommunens lägesbild"
        JOINT = "joint", "gemensam problembild"

    public_id = PublicIdField()
    kind = models.CharField("slag", max_length=20, choices=Kind.choices, default=Kind.JOINT)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="pictures")
    title = models.CharField("rubrik", max_length=120)
    summary = models.TextField("i korthet")
    starts = models.DateField("gäller från och med")
    ends = models.DateField("gäller till och med")
    document = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="picture")
    created_at = models.DateTimeField("skapad")

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                name="a_joint_picture_has_a_partnership_and_a_document",
                condition=Q(kind="municipal") | Q(partnership__isnull=False, document__isnull=False),
            ),
            models.CheckConstraint(name="a_picture_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
        ]
        verbose_name = "problembild"
        verbose_name_plural = "problembilder"

    def __str__(self) -> str:
        return self.title

    @property
    def parties(self) -> Partnership:
        """Who acts, for a joint picture. A municipality's own has none, and is never asked."""
        if self.partnership is None:
            raise ValueError("a municipality's own picture has no partnership")
        return self.partnership

    @property
    def paper(self) -> Document:
        """The document that both sign, for a joint picture."""
        if self.document is None:
            raise ValueError("a municipality's own picture is not signed by parties")
        return self.document


class Problem(models.Model):
    """What, where, when, for whom and how much."""

    public_id = PublicIdField()
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="problems")
    number = models.PositiveSmallIntegerField("ordning")
    title = models.CharField("problem", max_length=120)
    what = models.TextField("vad")
    where = models.CharField("var", max_length=200)
    when = models.CharField("när", max_length=200, blank=True)
    for_whom = models.CharField("för vilka", max_length=200, blank=True)
    extent = models.TextField("omfattning", blank=True)
    causes = models.TextField("troliga orsaker", blank=True)
    needs = models.ManyToManyField(Need, blank=True, related_name="problems")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["picture", "number"], name="one_problem_per_number")]
        verbose_name = "problem"
        verbose_name_plural = "problem"

    def __str__(self) -> str:
        return self.title


class ProblemSource(models.Model):
    """What a problem rests on: a dialogue, statistics, a survey, with its date."""

    class Kind(models.TextChoices):
        DIALOGUE = "dialogue", "medborgardialog"
        STAFF_DIALOGUE = "staff_dialogue", "medarbetardialog"
        STATISTICS = "statistics", "statistik"
        SURVEY = "survey", "trygghetsmätning eller enkät"
        WALK = "walk", "trygghetsvandring"
        OTHER = "other", "annat"

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    title = models.CharField("källa", max_length=200)
    dated = models.DateField("daterad")
    url = WebAddressField("länk", blank=True)
    dialogue = models.CharField("dialogens beständiga id", max_length=12, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "källa"
        verbose_name_plural = "källor"

    def __str__(self) -> str:
        return self.title


class Priority(models.Model):
    """How high one party puts a problem: 1 is first."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="priorities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["organisation_id"]
        constraints = [models.UniqueConstraint(fields=["problem", "organisation"], name="one_priority_per_party")]
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.rank}"

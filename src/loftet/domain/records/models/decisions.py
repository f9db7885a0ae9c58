"""What the law asks of what is kept: decisions to weed or withhold, and the trace that each leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly, Door
from loftet.domain.parties.models import Organisation, Partnership


class WeedingDecision(AppendOnly):
    """An authority's decision that something goes: rows are weeded, or words are withheld. Its reason is public."""

    class Kind(models.TextChoices):
        WEEDING = "weeding", "gallring"
        WITHHOLDING = "withholding", "undanhållande"

    public_id = PublicIdField()
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="weeding_decisions")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="weeding_decisions")
    body = models.CharField("beslutande organ", max_length=120)
    decided_on = models.DateField("beslutsdatum")
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    basis = models.CharField("lagstöd", max_length=200)
    reason = models.TextField("skäl", help_text="Offentligt. Upprepa inte det som tas bort.")
    recorded_at = models.DateTimeField("infört")

    withholdable = {"reason": WITHHELD}

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name = "gallringsbeslut"
        verbose_name_plural = "gallringsbeslut"

    def __str__(self) -> str:
        return f"{self.organisation} {self.decided_on} ({self.get_kind_display()})"


class WeedingTrace(AppendOnly):
    """How many rows of a kind a decision took away or emptied, and about what."""

    decision = models.ForeignKey(WeedingDecision, on_delete=models.PROTECT, related_name="traces")
    subject = models.CharField("beständigt id", max_length=12, blank=True, db_index=True)
    what = models.CharField("vad", max_length=80)
    count = models.PositiveIntegerField("antal")

    class Meta:
        ordering = ["id"]
        verbose_name = "spår av gallring"
        verbose_name_plural = "spår av gallring"

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


class Unreachable(models.Model):
    """A table that is always empty: what refers to it can never be committed."""

    class Meta:
        constraints = [models.CheckConstraint(name="nothing_is_ever_here", condition=Q(pk__lt=0))]
        verbose_name = "ingenting"
        verbose_name_plural = "ingenting"

    def __str__(self) -> str:
        return "ingenting"


class OpenDoor(Door):
    """One append-only row that a decision names, for the length of a transaction.

    It refers to what does not exist, and the database looks at that when the transaction is committed. So the door is
    shut by then, or nothing at all has happened.
    """

    decision = models.ForeignKey(WeedingDecision, on_delete=models.PROTECT, related_name="+")
    nowhere = models.ForeignKey(Unreachable, on_delete=models.PROTECT, default=1, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row"], name="one_door_a_row"),
            models.CheckConstraint(name="a_door_cannot_stay_open", condition=Q(nowhere=1)),
        ]
        verbose_name = "öppen dörr"
        verbose_name_plural = "öppna dörrar"

    def __str__(self) -> str:
        return f"{self.table}/{self.row}"

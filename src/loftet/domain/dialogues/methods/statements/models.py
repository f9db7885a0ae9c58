"""Statements that others agree or disagree with, and their votes."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.models import AppendOnly
from loftet.domain.dialogues.models.dialogue import Dialogue
from loftet.domain.dialogues.models.participant import Participant
from loftet.domain.dialogues.models.voice import Voice


class Statement(models.Model):
    """A voice that is put before others as a statement."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="statements")
    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="statement")
    number = models.PositiveIntegerField("nummer")
    is_seed = models.BooleanField("från arrangörerna", default=False)
    priority = models.FloatField("tur att visas", default=1.0, help_text="Väger slumpen när nästa påstående väljs.")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "number"], name="one_statement_per_number")]
        verbose_name = "påstående"
        verbose_name_plural = "påståenden"

    def __str__(self) -> str:
        return f"{self.number}. {self.voice}"


class Vote(AppendOnly):
    """One answer to one statement. Changing one's mind adds a row; the latest one counts."""

    class Value(models.IntegerChoices):
        AGREE = 1, "håller med"
        PASS = 0, "hoppa över"
        DISAGREE = -1, "håller inte med"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="votes")
    value = models.SmallIntegerField("svar", choices=Value.choices)
    hour = models.DateTimeField("timme")

    weedable = True

    class Meta:
        indexes = [models.Index(fields=["participant", "statement", "id"], name="latest_vote")]
        constraints = [
            models.CheckConstraint(name="a_vote_is_agree_pass_or_disagree", condition=models.Q(value__in=[-1, 0, 1]))
        ]
        verbose_name = "svar"
        verbose_name_plural = "svar"

    def __str__(self) -> str:
        return f"{self.participant} {self.value:+d} {self.statement_id}"

"""Someone who takes part: a random token in one dialogue, and nothing about who they are."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.ids import PublicIdField
from loftet.domain.dialogues.models.dialogue import Dialogue


class Participant(models.Model):
    """Löftet does not keep who you are: the token is stored hashed, the time is rounded to the hour."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="participants")
    token_hash = models.CharField("tokenens hash", max_length=64, unique=True)
    joined_hour = models.DateTimeField("började (timme)")

    class Meta:
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"

    def __str__(self) -> str:
        return self.public_id

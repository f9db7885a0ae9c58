"""Who did what when. No foreign keys, so that the history survives what it speaks of."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.models import AppendOnly


class Event(AppendOnly):
    """One thing that a member of staff or the clock did, written in the same transaction as the thing itself."""

    at = models.DateTimeField("tid", db_index=True)
    verb = models.CharField("händelse", max_length=60)
    person = models.CharField("person", max_length=12, blank=True, help_text="Beständigt id; tomt för klockan.")
    role = models.CharField("roll", max_length=40)
    organisation = models.CharField("organisation", max_length=12, blank=True)
    subject_kind = models.CharField("slag", max_length=40)
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    data = models.JSONField("uppgifter", default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = "händelse"
        verbose_name_plural = "händelser"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"

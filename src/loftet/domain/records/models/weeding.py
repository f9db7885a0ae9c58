"""What a decision to weed was about: which part of which thing, by which rule, and exactly which rows."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.models import AppendOnly
from loftet.domain.records.models.decisions import WeedingDecision
from loftet.domain.records.models.keeping import DocumentType, RetentionRule


class Weeding(AppendOnly):
    """One part of one thing was weeded by a decision that rests on a rule."""

    decision = models.OneToOneField(WeedingDecision, on_delete=models.PROTECT, related_name="weeding")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="weedings")
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    document_type = models.CharField("handlingstyp", max_length=20, choices=DocumentType.choices)
    told = models.JSONField("vad som sägs offentligt", help_text="Antal i ord, få som få.")
    rows_digest = models.CharField("radernas kontrollsumma", max_length=64)

    class Meta:
        ordering = ["id"]
        verbose_name = "gallring"
        verbose_name_plural = "gallringar"

    def __str__(self) -> str:
        return f"{self.get_document_type_display()} {self.subject}"

"""Which decisions have taken something away."""

from __future__ import annotations

from django.db.models import QuerySet

from loftet.domain.parties.models import Partnership
from loftet.domain.records.models import WeedingDecision


def decisions(partnership: Partnership, kind: str) -> QuerySet[WeedingDecision]:
    """Decisions of a kind by the partnership's organisations, newest first, with what each took away."""
    found = WeedingDecision.objects.filter(partnership=partnership, kind=kind)
    return found.select_related("organisation").prefetch_related("traces")


def decision(public_id: str) -> WeedingDecision:
    """One decision. Raises `WeedingDecision.DoesNotExist`."""
    return WeedingDecision.objects.select_related("organisation").prefetch_related("traces").get(public_id=public_id)

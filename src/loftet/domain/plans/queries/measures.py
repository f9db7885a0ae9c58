"""Reading measures."""

from __future__ import annotations

from loftet.domain.plans.models import Measure


def measure(public_id: str) -> Measure:
    """One measure. Raises `Measure.DoesNotExist`."""
    return Measure.objects.select_related("partnership").prefetch_related("organisations").get(public_id=public_id)


def measures_of(partnership):
    """The measures of a partnership."""
    return Measure.objects.filter(partnership=partnership).prefetch_related("organisations")

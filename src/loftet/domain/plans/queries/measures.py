"""Reading measures."""

from __future__ import annotations

from loftet.domain.parties.models import Partnership
from loftet.domain.plans.models import Measure
from loftet.domain.records.holdings import Holding


def measure(public_id: str) -> Measure:
    """One measure. Raises `Measure.DoesNotExist`."""
    return Measure.objects.select_related("partnership").prefetch_related("organisations").get(public_id=public_id)


def measures_of(partnership):
    """The measures of a partnership."""
    return Measure.objects.filter(partnership=partnership).prefetch_related("organisations")


def holdings(partnership: Partnership) -> list[Holding]:
    """The working copies of the partnership's measures."""
    return [Holding(Measure.objects.filter(partnership=partnership))]

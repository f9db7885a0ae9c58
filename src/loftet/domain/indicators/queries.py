"""Reading figures."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.indicators.models import Measurement, Series
from loftet.domain.places.models import Municipality


def series_in(municipality: Municipality):
    """The measures of a place."""
    return Series.objects.filter(municipality=municipality).order_by("title")


def series(public_id: str) -> Series:
    """One measure. Raises `Series.DoesNotExist`."""
    return Series.objects.select_related("municipality").get(public_id=public_id)


def values(series: Series, at: datetime | None = None) -> list[Measurement]:
    """The value that counts for each period, of those recorded by then, oldest period first."""
    counted: dict[tuple, Measurement] = {}
    for row in series.measurements.filter(recorded_at__lte=at or clock.now()).order_by("period_start", "id"):
        counted[row.period_start, row.period_end] = row
    return list(counted.values())


def values_of(public_ids: list[str], at: datetime | None = None) -> dict[str, list[Measurement]]:
    """The same for several series in one query."""
    rows = (
        Measurement.objects.filter(series__public_id__in=public_ids, recorded_at__lte=at or clock.now())
        .select_related("series")
        .order_by("period_start", "id")
    )
    counted: dict[str, dict[tuple, Measurement]] = {public_id: {} for public_id in public_ids}
    for row in rows:
        counted[row.series.public_id][row.period_start, row.period_end] = row
    return {public_id: list(found.values()) for public_id, found in counted.items()}

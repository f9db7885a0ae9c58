"""Adding series and recording values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.indicators.models import Measurement, Series
from loftet.domain.journal import actions as journal
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places.models import Municipality


@transaction.atomic
def add_series(*, by: Membership, municipality: Municipality, at: datetime | None = None, **words) -> Series:
    """Add a measure of one thing in one place. `words` are the fields of `Series`."""
    at = at or clock.now()
    within = _must_work_in(by, municipality, at)
    series = Series.objects.create(municipality=municipality, **words)
    journal.record(verb="indicators.series_added", subject=series, by=by, at=at, within=within)
    return series


@transaction.atomic
def record_measurement(
    *,
    series: Series,
    by: Membership,
    period_start: date,
    period_end: date,
    value: Decimal,
    low: Decimal | None = None,
    high: Decimal | None = None,
    n: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Measurement:
    """Record a value for a period. A later value for the same period counts instead of the earlier, which stays."""
    at = at or clock.now()
    within = _must_work_in(by, series.municipality, at)
    if period_end < period_start:
        raise DomainError("Periodens slut ligger före dess början. Inget är sparat.")
    if period_start > clock.day_of(at):
        raise DomainError("Perioden har inte börjat än. Inget är sparat.")
    if (low is None) != (high is None) or (low is not None and high is not None and not low <= value <= high):
        raise DomainError("Ange både undre och övre gräns, med värdet mellan dem, eller ingen av dem. Inget är sparat.")
    measurement = Measurement.objects.create(
        series=series,
        period_start=period_start,
        period_end=period_end,
        value=value,
        low=low,
        high=high,
        n=n,
        note=note,
        recorded_at=at,
    )
    journal.record(
        verb="indicators.measured",
        subject=series,
        by=by,
        at=at,
        data={"value": str(value), "period": str(period_start)},
        within=within,
    )
    return measurement


def _must_work_in(by: Membership, municipality: Municipality, at: datetime) -> Partnership:
    """The partnership in which the hat does it. Raises `NotAllowed`."""
    # Whether it helped is often measured when the partnership has ended.
    partnerships = parties.partnerships_in(municipality, at, ended=True)
    for one in partnerships:
        if rules.may(by, "indicators.write", partnership=one, at=at):
            return one
    raise NotAllowed("Du har inte behörighet att göra det här. Inget är ändrat.")

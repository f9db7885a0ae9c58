"""Figures: recorded by those who work there, corrected by a new row, asked for as of any moment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.indicators import actions, queries
from loftet.domain.indicators.models import Measurement
from loftet.testing.factories import make_series

SPRING = {"period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31)}


@pytest.fixture
def series(cast):
    return make_series(cast)


def record(series, by, value, **words):
    return actions.record_measurement(series=series, by=by, value=Decimal(value), **{**SPRING, **words})


def test_a_correction_counts_and_the_first_value_stays(cast, series):
    now = clock.now()
    record(series, cast.coordinator, 46, at=now - timedelta(days=2))
    record(series, cast.police_coordinator, 44, at=now - timedelta(days=1))
    assert [row.value for row in queries.values(series)] == [44]
    assert [row.value for row in queries.values(series, now - timedelta(days=1, hours=1))] == [46]
    assert Measurement.objects.count() == 2


def test_only_those_who_work_there_record(cast, strangers, series):
    for hat in (strangers.coordinator, cast.reader, cast.contributor):
        with pytest.raises(NotAllowed):
            record(series, hat, 46)
    record(series, cast.coordinator, 46)
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        {"low": Decimal(40)},
        {"low": Decimal(47), "high": Decimal(50)},
        {"low": Decimal(40), "high": Decimal(45)},
        {"period_end": date(2026, 2, 1)},
        {"period_start": date(2999, 1, 1), "period_end": date(2999, 2, 1)},
    ],
)
def test_a_value_that_cannot_be_is_refused(cast, series, words):
    with pytest.raises(DomainError, match="Inget är sparat"):
        record(series, cast.coordinator, 46, **words)
    assert not Measurement.objects.exists()


def test_several_series_are_read_in_one_query(cast, series, django_assert_num_queries):
    other = make_series(cast, title="Ett annat mått")
    record(series, cast.coordinator, 46)
    record(other, cast.coordinator, 10)
    with django_assert_num_queries(1):
        found = queries.values_of([series.public_id, other.public_id, "finnsinte000"])
    assert {key: [row.value for row in rows] for key, rows in found.items()} == {
        series.public_id: [46],
        other.public_id: [10],
        "finnsinte000": [],
    }

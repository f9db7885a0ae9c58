"""Days are Swedish and half-open, also when the clocks change; ids are random and readable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from loftet.domain.base import clock
from loftet.domain.base.ids import ALPHABET, LENGTH, new_id


@given(some.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_a_day_holds_its_moments_and_the_next_begins_where_it_ends(day):
    start, end = clock.start_of_day(day), clock.end_of_day(day)
    assert clock.day_of(start) == day
    assert clock.day_of(end.astimezone(UTC) - timedelta(microseconds=1)) == day
    assert clock.day_of(end) == day + timedelta(days=1)


def test_the_days_when_the_clocks_change_are_23_and_25_hours():
    hours = [
        (clock.end_of_day(day).astimezone(UTC) - clock.start_of_day(day).astimezone(UTC)).total_seconds() / 3600
        for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1))
    ]
    assert hours == [23, 25, 24]


def test_late_evening_in_utc_is_the_next_day_in_sweden():
    assert clock.day_of(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_times_beside_answers_are_whole_hours():
    moment = datetime(2026, 6, 30, 22, 59, 59, 999, tzinfo=UTC)
    assert clock.to_the_hour(moment) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_day_in_words():
    assert clock.in_words(date(2026, 3, 1)) == "1 mars 2026"


def test_ids_are_random_and_survive_being_read_aloud():
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in ids)
    assert not set("ilou") & set(ALPHABET)

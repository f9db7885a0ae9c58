"""Time: stored in UTC, days and deadlines in Europe/Stockholm, half-open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, aware, in UTC. Verbs take `at=` and fall back on this."""
    return timezone.now()


def day_of(at: datetime) -> date:
    """The Swedish calendar day of a moment."""
    return at.astimezone(STOCKHOLM).date()


def start_of_day(day: date) -> datetime:
    """The first moment of a Swedish calendar day."""
    return datetime.combine(day, time.min, tzinfo=STOCKHOLM)


def end_of_day(day: date) -> datetime:
    """The first moment after a Swedish calendar day (days are half-open)."""
    return start_of_day(day + timedelta(days=1))


def to_the_hour(at: datetime) -> datetime:
    """Round down to the hour: times kept with residents' answers are no finer than this."""
    return at.replace(minute=0, second=0, microsecond=0)


_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def in_words(day: date) -> str:
    """A day as people write it in Swedish: 1 mars 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

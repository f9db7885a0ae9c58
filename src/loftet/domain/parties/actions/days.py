"""What every verb that changes days asks of them, and how days stand in the history."""

from __future__ import annotations

from datetime import date, timedelta

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import FromTo


def must_follow(starts: date, ends: date | None) -> None:
    """Raise `DomainError` when the last day lies before the first."""
    if ends is not None and ends < starts:
        raise DomainError(
            f"Den sista dagen, {clock.in_words(ends)}, ligger före den första, {clock.in_words(starts)}. "
            "Inget är ändrat. Välj en senare dag."
        )


def must_not_rewrite(ends: date, today: date) -> None:
    """Raise `DomainError` for a last day before yesterday: what was done on the days since then was done rightly."""
    if ends < today - timedelta(days=1):
        raise DomainError(
            "Slutdagen kan tidigast vara i går, för det som är gjort sedan dess ska stå kvar. "
            "Inget är ändrat. Välj en senare dag."
        )


def must_be_later(thing: FromTo, ends: date | None) -> None:
    """Raise `DomainError` unless the new last day lies after the present one."""
    if thing.ends is None or (ends is not None and ends <= thing.ends):
        until = "tills vidare" if thing.ends is None else f"till och med {clock.in_words(thing.ends)}"
        raise DomainError(f"Det gäller redan {until}. Inget är ändrat. Välj en senare dag.")


def told(day: date | None) -> str | None:
    """A day as the history keeps it."""
    return None if day is None else day.isoformat()

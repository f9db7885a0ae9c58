"""Where an agreement in force stands in time. Derived from its signed period and from what a party has declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from loftet.domain.plans.models import Termination

# How many days before its last day the coordinators are reminded.
REMIND_BEFORE = (90, 30, 7)


class Runs(StrEnum):
    """Whether it runs."""

    COMING = "coming"
    RUNNING = "running"
    ENDS_SOON = "ends_soon"
    TERMINATED = "terminated"
    ENDED = "ended"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Standing:
    """Whether it runs, its last day as things stand, and the declaration that ends it early if there is one."""

    runs: Runs
    last_day: date
    termination: Termination | None

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.runs in {Runs.ENDED, Runs.EXPIRED}


def standing(starts: date, ends: date, terminations: Iterable[Termination], today: date) -> Standing:
    """Where a version with this period stands on a day. Of several declarations the earliest last day counts."""
    first = min(terminations, key=lambda one: one.last_day, default=None)
    if first is not None and first.last_day < ends:
        return Standing(Runs.ENDED if today > first.last_day else Runs.TERMINATED, first.last_day, first)
    if today > ends:
        return Standing(Runs.EXPIRED, ends, None)
    if today < starts:
        return Standing(Runs.COMING, ends, None)
    soon = ends - today <= timedelta(days=REMIND_BEFORE[0])
    return Standing(Runs.ENDS_SOON if soon else Runs.RUNNING, ends, None)


def due_reminder(ends: date, today: date) -> int | None:
    """The reminder that the day asks for: the nearest reached, or None before the first and when it is over."""
    left = (ends - today).days
    return min((days for days in REMIND_BEFORE if 0 <= left <= days), default=None)

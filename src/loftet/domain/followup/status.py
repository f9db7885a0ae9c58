"""The two derived facts, never merged: *Gjorde vi det?* (measures) and *Hjälpte det?* (targets).

Nobody types a status. The clock alone moves upcoming → running → due → overdue; everything else needs a recorded fact.
Every rule is a row in the tables of the tests. Pure: words as signed, rows as recorded, and a day in; a status out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from loftet.domain.base.clock import in_words
from loftet.domain.promises.content import MeasureText, TargetText

# A period's report is owed this many days after the period has ended.
GRACE = timedelta(days=14)
_MONTHS = {"month": 1, "quarter": 3, "tertial": 4, "half_year": 6, "year": 12}
_DAYS = {
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "quarter": Decimal("91.3125"),
    "term": Decimal("182.625"),
    "year": Decimal("365.25"),
}


class Did(StrEnum):
    """Gjorde vi det?"""

    UPCOMING = "upcoming"
    RUNNING = "running"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    PARTLY_DONE = "partly_done"
    NOT_DONE = "not_done"


class Helped(StrEnum):
    """Hjälpte det?"""

    TOO_EARLY = "too_early"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CANNOT_BE_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class Reported:
    """A report as recorded: the days it covers and what it says."""

    period_start: date
    period_end: date
    amount: Decimal | None
    delivered: bool | None


@dataclass(frozen=True)
class Measured:
    """A measurement as recorded."""

    period_start: date
    period_end: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class MeasureStatus:
    """What became of a measure so far, and why it is called that."""

    did: Did
    why: str
    done: Decimal
    promised: Decimal | None
    expected_so_far: Decimal | None
    next_report: date | None
    next_period: tuple[date, date] | None


@dataclass(frozen=True)
class TargetStatus:
    """What a target's measurements say, and why."""

    helped: Helped
    why: str
    measured: Measured | None


def report_periods(starts: date, ends: date, every: str) -> list[tuple[date, date]]:
    """The periods to report on, from a measure's first day to its last; the last one may be shorter."""
    periods, first, step = [], starts, 1
    while first <= ends:
        following = _months_after(starts, _MONTHS[every] * step)
        periods.append((first, min(following - timedelta(days=1), ends)))
        first, step = following, step + 1
    return periods


def report_is_late(period_end: date, reported_on: date) -> bool:
    """Whether a report came after the days of grace. Late stays late."""
    return reported_on > period_end + GRACE


def promised_amount(measure: MeasureText, until: date | None = None) -> Decimal | None:
    """How much is promised from the start to the end, or so far. None when no amount is promised.

    A promise per week, month or year is counted over the days it runs and rounded to whole units.
    """
    if measure.amount is None:
        return None
    if measure.per == "whole":
        return measure.amount if until is None or until >= measure.ends else None
    last = measure.ends if until is None else min(until, measure.ends)
    days = Decimal(max(0, (last - measure.starts).days + 1))
    return (measure.amount * days / _DAYS[measure.per]).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def measure_status(measure: MeasureText, reports: Sequence[Reported], every: str, today: date) -> MeasureStatus:
    """Gjorde vi det? `reports` are those recorded so far, oldest first; the last one on a period counts."""
    counted = list({(r.period_start, r.period_end): r for r in reports}.values())
    done = sum((r.amount for r in counted if r.amount is not None), Decimal(0))
    delivered = any(r.delivered for r in counted)
    periods = report_periods(measure.starts, measure.ends, every)
    unreported = [p for p in periods if not any(r.period_start <= p[1] <= r.period_end for r in counted)]
    did, why = _did(measure, done, delivered, periods, unreported, today)
    finished = did in {Did.DONE, Did.PARTLY_DONE, Did.NOT_DONE}
    return MeasureStatus(
        did=did,
        why=why,
        done=done,
        promised=promised_amount(measure),
        expected_so_far=promised_amount(measure, today) if today >= measure.starts else None,
        next_report=None if finished or not unreported else unreported[0][1] + GRACE,
        next_period=None if finished or not unreported else unreported[0],
    )


def _did(measure, done, delivered, periods, unreported, today) -> tuple[Did, str]:
    promised = promised_amount(measure)
    if promised is None and delivered:
        return Did.DONE, "Ansvarig har rapporterat att det är på plats."
    if promised is not None and measure.per == "whole" and done >= promised:
        return Did.DONE, "Hela antalet är rapporterat."
    if today < measure.starts:
        return Did.UPCOMING, "Åtgärden har inte börjat."
    owed = [p for p in unreported if p[1] < today]
    if owed and today > owed[0][1] + GRACE:
        return Did.OVERDUE, f"Rapporten för perioden till och med {in_words(owed[0][1])} har inte kommit."
    if owed:
        return Did.DUE, f"Perioden till och med {in_words(owed[0][1])} är slut och ska rapporteras."
    if today <= measure.ends:
        return Did.RUNNING, "Åtgärden pågår." if len(unreported) == len(
            periods
        ) else "Åtgärden pågår och är rapporterad."
    return _outcome(promised, done)


def _outcome(promised: Decimal | None, done: Decimal) -> tuple[Did, str]:
    if promised is None:
        return Did.NOT_DONE, "Perioden är slut och ansvarig har rapporterat att det inte är på plats."
    if done >= promised:
        return Did.DONE, "Perioden är slut och det som lovades är rapporterat."
    if done > 0:
        return Did.PARTLY_DONE, "Perioden är slut och en del av det som lovades är rapporterat."
    return Did.NOT_DONE, "Perioden är slut och inget är rapporterat som gjort."


def target_status(target: TargetText, measured: Sequence[Measured], today: date) -> TargetStatus:
    """Hjälpte det? `measured` are the values recorded so far, oldest first; the first that covers the day counts."""
    latest = measured[-1] if measured else None
    covering = next((m for m in measured if m.period_end >= target.due), None)
    if covering is None and today <= target.due:
        return TargetStatus(Helped.TOO_EARLY, f"Målet ska vara nått senast {in_words(target.due)}.", latest)
    if covering is None:
        return TargetStatus(Helped.CANNOT_BE_JUDGED, "Det finns ingen mätning som gäller målets datum.", latest)
    if target.series.enforcement_driven:
        why = "Siffran stiger när polisen letar mer. Den säger inte ensam om åtgärderna hjälpte."
        return TargetStatus(Helped.CANNOT_BE_JUDGED, why, covering)
    return _judged(target, covering)


def _judged(target: TargetText, measured: Measured) -> TargetStatus:
    low = measured.value if measured.low is None else measured.low
    high = measured.value if measured.high is None else measured.high
    if target.series.good == "down":
        reached, missed = high <= target.value, low > target.value
    else:
        reached, missed = low >= target.value, high < target.value
    if reached:
        return TargetStatus(
            Helped.REACHED,
            "Mätningen når målet, även med osäkerheten inräknad." if low != high else "Mätningen når målet.",
            measured,
        )
    if missed:
        return TargetStatus(Helped.NOT_REACHED, "Mätningen når inte målet.", measured)
    return TargetStatus(Helped.CANNOT_BE_JUDGED, "Mätningens osäkerhet är större än avståndet till målet.", measured)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day when that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""Every rule of the two derived statuses, as a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from loftet.domain.followup.status import (
    Did,
    Helped,
    Measured,
    Reported,
    measure_status,
    promised_amount,
    report_is_late,
    report_periods,
    target_status,
)
from loftet.domain.promises.content import MeasureText, SeriesText, TargetText

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Q1, Q2, Q3, Q4 = (
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 7, 1), date(2026, 9, 30)),
    (date(2026, 10, 1), date(2026, 12, 31)),
)


def measure(amount="2", per="week", deliverable="", starts=YEAR[0], ends=YEAR[1]) -> MeasureText:
    number = None if amount is None else Decimal(amount)
    return MeasureText(
        id="m",
        parties=(),
        text="fotpatrull på torget",
        kind="do",
        depends_on="",
        amount=number,
        unit="pass" if number else "",
        per=per if number else "",
        aggregation="at_least" if number else "",
        deliverable=deliverable,
        where="torget",
        when="",
        starts=starts,
        ends=ends,
    )


def done(*rows) -> list[Reported]:
    return [Reported(*period, Decimal(amount), None) for period, amount in rows]


def delivered(period, answer) -> list[Reported]:
    return [Reported(*period, None, answer)]


ALL_YEAR = [(Q1, 26), (Q2, 26), (Q3, 26), (Q4, 26)]


@pytest.mark.parametrize(
    ("what", "reports", "today", "expected"),
    [
        # The clock alone
        (measure(), [], date(2025, 12, 31), Did.UPCOMING),
        (measure(), [], date(2026, 1, 1), Did.RUNNING),
        (measure(), [], date(2026, 3, 31), Did.RUNNING),
        (measure(), [], date(2026, 4, 1), Did.DUE),
        (measure(), [], date(2026, 4, 14), Did.DUE),
        (measure(), [], date(2026, 4, 15), Did.OVERDUE),
        (measure(), [], date(2027, 6, 1), Did.OVERDUE),
        # A report covers its period and no more
        (measure(), done((Q1, 26)), date(2026, 4, 15), Did.RUNNING),
        (measure(), done((Q1, 26)), date(2026, 7, 1), Did.DUE),
        (measure(), done((Q1, 26)), date(2026, 7, 15), Did.OVERDUE),
        (measure(), done((Q2, 26)), date(2026, 7, 15), Did.OVERDUE),
        # Done needs the end and the whole amount; planned or half-way is never done
        (measure(), done(*ALL_YEAR), date(2026, 12, 31), Did.RUNNING),
        (measure(), done(*ALL_YEAR), date(2027, 1, 1), Did.DONE),
        (measure(), done(*ALL_YEAR[:3], (Q4, 1)), date(2027, 1, 1), Did.PARTLY_DONE),
        (measure(), done((Q1, 0), (Q2, 0), (Q3, 0), (Q4, 0)), date(2027, 1, 1), Did.NOT_DONE),
        (measure(), done(*ALL_YEAR[:3]), date(2027, 1, 1), Did.DUE),
        (measure(), done(*ALL_YEAR[:3]), date(2027, 1, 15), Did.OVERDUE),
        # A total for the whole period may be done early
        (measure("4", "whole"), done((Q1, 4)), date(2026, 4, 1), Did.DONE),
        (measure("4", "whole"), done((Q1, 3)), date(2026, 4, 1), Did.RUNNING),
        # A correction of a period counts instead of the first report
        (measure("4", "whole"), done((Q1, 4), (Q1, 1)), date(2026, 4, 1), Did.RUNNING),
        # Something definite that is to be in place
        (measure(None, deliverable="lampor"), [], date(2026, 2, 1), Did.RUNNING),
        (measure(None, deliverable="lampor"), delivered(Q1, True), date(2026, 4, 1), Did.DONE),
        (measure(None, deliverable="lampor"), delivered(Q1, False), date(2026, 4, 1), Did.RUNNING),
        (measure(None, deliverable="lampor"), delivered(YEAR, False), date(2027, 1, 1), Did.NOT_DONE),
        (measure(None, deliverable="lampor"), delivered(Q3, True), date(2027, 6, 1), Did.DONE),
    ],
)
def test_did_we_do_it(what, reports, today, expected):
    status = measure_status(what, reports, "quarter", today)
    assert status.did is expected
    assert status.why.endswith(".")


def test_the_order_of_reports_on_different_periods_does_not_matter():
    rows = done(*ALL_YEAR)
    assert measure_status(measure(), rows, "quarter", date(2027, 1, 1)) == measure_status(
        measure(), rows[::-1], "quarter", date(2027, 1, 1)
    )


@pytest.mark.parametrize(
    ("amount", "per", "until", "expected"),
    [
        ("2", "week", None, "104"),
        ("1", "month", None, "12"),
        ("3", "year", None, "3"),
        ("4", "whole", None, "4"),
        ("2", "week", date(2026, 1, 14), "4"),
        ("4", "whole", date(2026, 6, 30), None),
    ],
)
def test_what_is_promised_so_far(amount, per, until, expected):
    assert promised_amount(measure(amount, per), until) == (None if expected is None else Decimal(expected))


def test_half_a_year_of_two_a_week():
    half = measure(ends=date(2026, 6, 30))
    assert promised_amount(half) == Decimal(52)


@pytest.mark.parametrize(
    ("every", "count", "second"),
    [
        ("month", 12, date(2026, 2, 1)),
        ("quarter", 4, date(2026, 4, 1)),
        ("tertial", 3, date(2026, 5, 1)),
        ("half_year", 2, date(2026, 7, 1)),
    ],
)
def test_report_periods_part_the_year_without_gap_or_overlap(every, count, second):
    periods = report_periods(*YEAR, every)
    assert len(periods) == count
    assert periods[0][0] == YEAR[0]
    assert periods[-1][1] == YEAR[1]
    assert periods[1][0] == second
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(periods))


def test_report_periods_from_the_last_day_of_a_long_month():
    periods = report_periods(date(2026, 1, 31), date(2026, 4, 30), "month")
    assert [(first.month, first.day) for first, _ in periods] == [(1, 31), (2, 28), (3, 31), (4, 30)]


def test_late_is_after_the_days_of_grace():
    assert not report_is_late(date(2026, 3, 31), date(2026, 4, 14))
    assert report_is_late(date(2026, 3, 31), date(2026, 4, 15))


def target(good="down", value="30", enforcement=False) -> TargetText:
    series = SeriesText("s", "otrygga", "andel", "", "procent", "outcome", good, enforcement, "enkät")
    return TargetText("t", series, Decimal(40), "2025", Decimal(value), date(2026, 12, 31), "samma fråga")


def measured(value, low=None, high=None, period=(date(2026, 11, 1), date(2026, 12, 31))) -> Measured:
    number = [None if x is None else Decimal(x) for x in (value, low, high)]
    return Measured(*period, *number)


EARLY = (date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("goal", "rows", "today", "expected"),
    [
        (target(), [], date(2026, 6, 1), Helped.TOO_EARLY),
        (target(), [measured("20", period=EARLY)], date(2026, 6, 1), Helped.TOO_EARLY),
        (target(), [], date(2027, 1, 1), Helped.CANNOT_BE_JUDGED),
        (target(), [measured("20", period=EARLY)], date(2027, 1, 1), Helped.CANNOT_BE_JUDGED),
        (target(), [measured("30")], date(2027, 1, 1), Helped.REACHED),
        (target(), [measured("30.1")], date(2027, 1, 1), Helped.NOT_REACHED),
        (target("up", "50"), [measured("50")], date(2027, 1, 1), Helped.REACHED),
        (target("up", "50"), [measured("49")], date(2027, 1, 1), Helped.NOT_REACHED),
        (target(), [measured("27", "24", "29.9")], date(2027, 1, 1), Helped.REACHED),
        (target(), [measured("27", "24", "31")], date(2027, 1, 1), Helped.CANNOT_BE_JUDGED),
        (target(), [measured("36", "33", "39")], date(2027, 1, 1), Helped.NOT_REACHED),
        (target("up", "50"), [measured("56", "52", "60")], date(2027, 1, 1), Helped.REACHED),
        (target("up", "50"), [measured("53", "48", "58")], date(2027, 1, 1), Helped.CANNOT_BE_JUDGED),
        (target(enforcement=True), [measured("10")], date(2027, 1, 1), Helped.CANNOT_BE_JUDGED),
        # The first measurement that covers the day judges; a later one does not change the answer
        (
            target(),
            [measured("25"), measured("45", period=(date(2027, 11, 1), date(2027, 12, 31)))],
            date(2028, 1, 1),
            Helped.REACHED,
        ),
    ],
)
def test_did_it_help(goal, rows, today, expected):
    status = target_status(goal, rows, today)
    assert status.helped is expected
    assert status.why.endswith(".")

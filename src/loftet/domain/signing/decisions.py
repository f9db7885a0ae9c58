"""What the law asks of a municipality's decision: it may be appealed, and one made on delegation is reported.

Kommunallagen (2017:725): 13 kap. 5 § (three weeks from the day on which it was announced on the notice board that the
minutes are adjusted), 6 kap. 40 § (decisions made on delegation are reported as the board has decided). Lag (1930:173)
2 §: a last day on a Saturday, a Sunday, another public holiday, or on the eve of Midsummer, Christmas or New Year is
moved to the next working day. The police's decisions are not tried in this way.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from loftet.domain.parties.models import Organisation
from loftet.domain.signing.models import Decision, DecisionStep

APPEAL = timedelta(weeks=3)


def is_municipal(organisation: Organisation) -> bool:
    """Whether the organisation is a municipality or one of its boards."""
    return organisation.kind in {Organisation.Kind.MUNICIPALITY, Organisation.Kind.BOARD}


def step_on(decision: Decision, kind: str) -> date | None:
    """The day of a step after the decision, if it has been taken."""
    return next((step.on for step in decision.steps.all() if step.kind == kind), None)


def appeal_ends(decision: Decision) -> date | None:
    """The last day for having a municipal decision tried; None for another's, or before its minutes are announced."""
    announced = step_on(decision, DecisionStep.Kind.ANNOUNCED)
    if announced is None or not is_municipal(decision.organisation):
        return None
    return next_working_day(announced + APPEAL)


def lacks(decision: Decision) -> list[str]:
    """The kinds of steps that a municipal decision still waits for."""
    if decision.outcome != Decision.Outcome.APPROVED or not is_municipal(decision.organisation):
        return []
    wanted = [DecisionStep.Kind.ANNOUNCED] + ([DecisionStep.Kind.REPORTED] if decision.is_delegated else [])
    return [kind for kind in wanted if step_on(decision, kind) is None]


def next_working_day(day: date) -> date:
    """The day itself, or the first day after it that is no Saturday, Sunday, public holiday or eve."""
    while day.weekday() >= 5 or day in _closed(day.year):
        day += timedelta(days=1)
    return day


@cache
def _closed(year: int) -> frozenset[date]:
    """Public holidays, and the three eves that count as such."""
    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto"), include_sundays=False))

"""What those who did not answer would have to think for a conclusion to fall. Arithmetic, with nothing assumed."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from .comparison import AnsweredError

Verdict = Literal["impossible", "extreme", "plausible", "already there"]
_EXTREME = 0.30  # as far from those who answered as 30 percentage points


@dataclass(frozen=True, slots=True)
class Part:
    """One group: how many there are, how many answered, and how many of these said yes."""

    name: Hashable
    population: int
    answered: int
    yes: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and greatest share of yes in the population, whatever those who did not answer think."""

    low: float
    high: float
    answered: float  # share of the population that answered


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """What overturns a conclusion.

    share: the share of yes among those who did not answer (in the groups asked about) at which the population stands
    at the threshold; None when no share between 0 and 1 does. heard: the share among those who answered in these
    groups, None if nobody did. distance: share less heard, in percentage points. verdict: "impossible" when no share
    reaches the threshold; "extreme" when it must be 30 percentage points or more from what was heard, or nobody was
    heard and it must be within 5 percentage points of 0 or 1; "plausible" otherwise, which says only that the number
    is within reach and not that it is likely; "already there" when the others' answers alone stand at the threshold.
    standing: the population's share if those who did not answer thought as those who did in the same group, None if
    a group has nobody to go by.
    """

    share: float | None
    heard: float | None
    distance: float | None
    verdict: Verdict
    standing: float | None
    threshold: float
    missing: int
    bounds: Bounds


def bounds(parts: Sequence[Part]) -> Bounds:
    """The least and greatest population share of yes that the answers allow (Manski's worst-case bounds).

    Their distance is the share of the population that did not answer. Raises AnsweredError for counts that do not
    hold 0 <= yes <= answered <= population, a name that comes twice, or an empty population.
    Source: Manski 1989, Anatomy of the selection problem; Manski 2003, Partial Identification, chapter 1.

    >>> bounds([Part("all", 1000, 200, 150)])
    Bounds(low=0.15, high=0.95, answered=0.2)
    """
    _check(parts)
    people, heard = sum(p.population for p in parts), sum(p.answered for p in parts)
    yes = sum(p.yes for p in parts)
    return Bounds(yes / people, (yes + people - heard) / people, heard / people)


def tipping_point(
    parts: Sequence[Part], *, threshold: float = 0.5, among: Sequence[Hashable] | None = None
) -> TippingPoint:
    """What share of yes among those who did not answer would bring the population's share to the threshold.

    among: the groups whose silent are asked about, such as those under-represented; None means all. The silent of
    other groups are taken to think as those of their own group who answered. Solves
    threshold · N = yes + Σ others' silent · their share + silent asked about · x for x, exactly.
    Raises AnsweredError as `bounds` does, for a threshold outside 0 to 1, a group that is not there, or another
    group in which nobody answered although people live there.
    Source: Rosenbaum & Rubin 1983, and VanderWeele & Ding 2017, for asking what it takes; the equation is arithmetic.

    >>> t = tipping_point([Part("young", 400, 20, 8), Part("old", 600, 300, 210)], among=["young"])
    >>> round(t.share, 3), round(t.heard, 3), t.verdict, round(t.standing, 2)
    (0.189, 0.4, 'plausible', 0.58)
    >>> tipping_point([Part("all", 1000, 600, 550)]).verdict
    'impossible'
    """
    limits = bounds(parts)
    if not 0.0 <= threshold <= 1.0:
        raise AnsweredError(f"the threshold {threshold} is not a share")
    asked = {p.name for p in parts} if among is None else set(among)
    if not asked <= {p.name for p in parts} or not asked:
        raise AnsweredError(f"no such groups: {sorted(map(str, asked - {p.name for p in parts}))}")
    for p in parts:
        if p.name not in asked and p.answered == 0 < p.population:
            raise AnsweredError(f"nobody answered in {p.name!r}, so its silent cannot be taken to think as they did")
    people = sum(p.population for p in parts)
    known = math.fsum([_standing(p) for p in parts if p.name not in asked])
    theirs = [p for p in parts if p.name in asked]
    known += sum(p.yes for p in theirs)
    missing = sum(p.population - p.answered for p in theirs)
    heard_n = sum(p.answered for p in theirs)
    heard = sum(p.yes for p in theirs) / heard_n if heard_n else None
    share = _solved(threshold * people - known, missing, people)
    distance = None if share is None or heard is None else 100.0 * (share - heard)
    at_threshold = missing == 0 and abs(threshold * people - known) <= 1e-9 * people
    unheard = any(p.answered == 0 < p.population for p in parts)
    return TippingPoint(
        share=share,
        heard=heard,
        distance=distance,
        verdict="already there" if at_threshold else _verdict(share, heard),
        standing=None if unheard else math.fsum([_standing(p) for p in parts]) / people,
        threshold=threshold,
        missing=missing,
        bounds=limits,
    )


def _solved(needed: float, missing: int, people: int) -> float | None:
    """needed / missing when that is a share; rounding errors at the ends do not make it impossible."""
    slack = 1e-9 * people
    if missing == 0 or not -slack <= needed <= missing + slack:
        return None
    return min(1.0, max(0.0, needed / missing))


def _verdict(share: float | None, heard: float | None) -> Verdict:
    if share is None:
        return "impossible"
    if heard is None:
        return "extreme" if min(share, 1.0 - share) < 0.05 else "plausible"
    return "extreme" if abs(share - heard) >= _EXTREME - 1e-9 else "plausible"  # 0.7 - 0.4 falls short of 0.3


def _standing(part: Part) -> float:
    """How many of a group would say yes if its silent thought as those who answered."""
    return part.population * part.yes / part.answered if part.answered else 0.0


def _check(parts: Sequence[Part]) -> None:
    if len({p.name for p in parts}) != len(parts):
        raise AnsweredError("a group is named twice")
    for p in parts:
        if not all(math.isfinite(number) and number == int(number) for number in (p.population, p.answered, p.yes)):
            raise AnsweredError(f"{p.name!r}: people come in whole numbers")
        if not 0 <= p.yes <= p.answered <= p.population:
            raise AnsweredError(f"{p.name!r}: {p.yes} of {p.answered} who answered of {p.population}")
    if sum(p.population for p in parts) == 0:
        raise AnsweredError("there is no population")

"""Who answered, beside who lives there, in figures that never point at fewer than five people."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from ..disclosure import MINIMUM_CELL, round_percent, suppress_small


class AnsweredError(ValueError):
    """Counts or shares that do not describe who answered, or who there is."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group among those who answered and in the population.

    public: percent of those who answered, rounded so that nobody shows; None when the count is hidden.
    public_difference: that figure less `population_percent`, in percentage points; public_ratio: the one over the
    other. The exact figures are for further calculation and must not be shown.
    """

    name: Hashable
    count: int
    population: int
    observed_share: float
    population_share: float
    difference: float  # percentage points
    ratio: float | None  # None where nobody lives
    public: int | None
    population_percent: float
    public_difference: float | None
    public_ratio: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups of one variable, in the order of the population. hidden: how many are not shown."""

    groups: tuple[Group, ...]
    n: int
    population: int
    dissimilarity: float | None
    hidden: int


def compare_with_population(
    counts: Mapping[Hashable, int], population: Mapping[Hashable, int], *, minimum: int = MINIMUM_CELL
) -> Comparison:
    """Compare those who answered with the population, by age, sex or area.

    counts: how many answered in each group (a group not named has none). population: how many there are in each.
    minimum: the smallest number of people behind a public figure. Small counts are hidden with
    `disclosure.suppress_small`, shares rounded with `disclosure.round_percent`; when nobody in a group answered the
    public figure is 0, which points at nobody. With no answers the comparison is empty: shares 0, no index.
    Raises AnsweredError for counts that are not whole numbers of at least 0, a population that is empty, or answers
    from a group that has no population.
    Source: Hundepool et al. 2012 for what is hidden; the index: `dissimilarity`.

    >>> c = compare_with_population({"w": 60, "m": 40}, {"w": 500, "m": 500})
    >>> [(g.name, g.public, g.public_difference, g.public_ratio) for g in c.groups], round(c.dissimilarity, 3)
    ([('w', 60, 10.0, 1.2), ('m', 40, -10.0, 0.8)], 0.1)
    >>> [g.public for g in compare_with_population({"w": 60, "m": 3}, {"w": 500, "m": 500}).groups]
    [None, None]
    """
    answered, there = _counted(counts, population)
    n, everyone = sum(answered), sum(there)
    shown = suppress_small(answered, minimum=minimum)
    groups = tuple(
        _group(
            name, count, n, people, everyone, None if visible is None else round_percent(visible, n, minimum=minimum)
        )
        for name, count, people, visible in zip(population, answered, there, shown, strict=True)
    )
    index = dissimilarity(counts, population) if n else None
    return Comparison(groups, n, everyone, index, sum(g.public is None for g in groups))


def dissimilarity(counts: Mapping[Hashable, int], population: Mapping[Hashable, int]) -> float:
    """The index of dissimilarity: half the sum of |observed share - population share|, from 0 to 1.

    0: those who answered are composed as the population. 1: all answers came from groups where nobody lives, which
    data cannot reach. Between: the share of those who answered who would have to be in another group for the
    compositions to be the same. It says nothing of differences within the groups, and chance alone makes it above 0
    in small samples. Arguments and errors as for `compare_with_population`; no answers at all is an error too.
    Source: Duncan & Duncan 1955, A methodological analysis of segregation indexes.

    >>> round(dissimilarity({"w": 60, "m": 40}, {"w": 500, "m": 500}), 9)
    0.1
    """
    answered, there = _counted(counts, population)
    n, everyone = sum(answered), sum(there)
    if n == 0:
        raise AnsweredError("nobody answered")
    return 0.5 * math.fsum(abs(a / n - b / everyone) for a, b in zip(answered, there, strict=True))


def r_indicator(counts: Mapping[Hashable, int], population: Mapping[Hashable, int]) -> float:
    """The R-indicator of one variable: 1 - 2 · the standard deviation of the response rates over the population.

    1: every group answered at the same rate. 0: the rates differ as much as rates can (half of the population
    answered to the last, half not at all). With low response rates it is close to 1 whatever happens, so it compares
    rounds of similar size and does not replace `dissimilarity`. Not corrected for sample size.
    Arguments as for `compare_with_population`; raises AnsweredError as it does, and when more answered in a group
    than live there.
    Source: Schouten, Cobben & Bethlehem 2009, Indicators for the representativeness of survey response.

    >>> r_indicator({"w": 500, "m": 0}, {"w": 500, "m": 500}), r_indicator({"w": 50, "m": 50}, {"w": 500, "m": 500})
    (0.0, 1.0)
    """
    answered, there = _counted(counts, population)
    if any(a > b for a, b in zip(answered, there, strict=True)):
        raise AnsweredError("more answered in a group than live there")
    rate = sum(answered) / sum(there)
    squares = math.fsum(b * (a / b - rate) ** 2 for a, b in zip(answered, there, strict=True) if b)
    return max(0.0, 1.0 - 2.0 * math.sqrt(squares / sum(there)))


def _group(name: Hashable, count: int, n: int, people: int, everyone: int, public: int | None) -> Group:
    observed, expected = count / n if n else 0.0, people / everyone
    percent = round(100.0 * expected, 1)
    return Group(
        name=name,
        count=count,
        population=people,
        observed_share=observed,
        population_share=expected,
        difference=100.0 * (observed - expected),
        ratio=observed / expected if people else None,
        public=public,
        population_percent=percent,
        public_difference=None if public is None else round(public - percent, 1),
        public_ratio=None if public is None or percent == 0 else round(public / percent, 1),
    )


def _counted(
    counts: Mapping[Hashable, int], population: Mapping[Hashable, int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    for what, given in (("answers", counts), ("population", population)):
        for name, number in given.items():
            if not math.isfinite(number) or number != int(number) or number < 0:
                raise AnsweredError(f"{what} of {name!r}: {number!r} is not a number of people")
    if sum(population.values()) == 0:
        raise AnsweredError("there is no population to compare with")
    for name, number in counts.items():
        if number and not population.get(name):
            raise AnsweredError(f"{number} answered in {name!r}, where nobody lives")
    return tuple(int(counts.get(name, 0)) for name in population), tuple(int(b) for b in population.values())

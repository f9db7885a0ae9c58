"""Intervals for one share or one mean. Formulas only: which of them may be used is judged in `estimates`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scipy import special, stats

from .designs import SurveyError, check_population

Method = Literal["wilson", "jeffreys", "exact", "korn_graubard", "t", "census"]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` at a confidence level; `method` says by which formula."""

    low: float
    high: float
    level: float
    method: Method


def wilson(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Wilson's score interval for a share: count of n.

    count, n: numbers of people, or effective numbers that need not be whole. Raises SurveyError unless
    0 <= count <= n, n > 0 and 0 < level < 1.
    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.

    >>> i = wilson(81, 263)
    >>> round(i.low, 4), round(i.high, 4)
    (0.2553, 0.3662)
    """
    _check_count(count, n, level)
    share, z2 = count / n, float(special.ndtri(0.5 + level / 2.0)) ** 2
    middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n)
    half = math.sqrt(z2 * (share * (1.0 - share) / n + z2 / (4.0 * n * n))) / (1.0 + z2 / n)
    low = 0.0 if count == 0 else max(0.0, middle - half)  # the ends are 0 and 1 by algebra; rounding must not move them
    high = 1.0 if count == n else min(1.0, middle + half)
    return Interval(low, high, level, "wilson")


def jeffreys(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Jeffreys' interval for a share: the middle of the Beta(count + ½, n - count + ½) distribution.

    As Brown, Cai and DasGupta advise, the lower end is 0 when nobody, and the upper end 1 when everybody, said yes.
    Arguments and errors as for `wilson`.
    Source: Brown, Cai & DasGupta 2001, Interval estimation for a binomial proportion, section 4.1.2.

    >>> i = jeffreys(81, 263)
    >>> round(i.low, 4), round(i.high, 4)
    (0.2545, 0.3656)
    """
    _check_count(count, n, level)
    tail = (1.0 - level) / 2.0
    low = 0.0 if count == 0 else float(special.betaincinv(count + 0.5, n - count + 0.5, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 0.5, n - count + 0.5, 1.0 - tail))
    return Interval(low, high, level, "jeffreys")


def exact(count: float, n: float, *, level: float = 0.95, population: int | None = None) -> Interval:
    """The interval that never covers less than its level: Clopper-Pearson, or its like for a finite population.

    Without a population: tails of the binomial distribution; count and n may be effective numbers (then it is Korn
    and Graubard's interval and no longer exact). With one: the numbers K in the population for which neither tail of
    the hypergeometric distribution is below (1 - level) / 2, divided by the population; count and n must be whole.
    Raises SurveyError as `wilson` does, for a population that is none, and when n is above it.
    Source: Clopper & Pearson 1934; for finite populations Wright 1991, Exact confidence bounds when sampling from
    small finite universes.

    >>> i = exact(0, 10)
    >>> i.low, round(i.high, 4)
    (0.0, 0.3085)
    >>> exact(2, 10, population=20)
    Interval(low=0.1, high=0.45, level=0.95, method='exact')
    """
    _check_count(count, n, level)
    tail = (1.0 - level) / 2.0
    check_population(population)
    if population is not None:
        return _hypergeometric(count, n, population, tail, level)
    low = 0.0 if count == 0 else float(special.betaincinv(count, n - count + 1.0, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 1.0, n - count, 1.0 - tail))
    return Interval(low, high, level, "exact")


def t_interval(mean: float, standard_error: float, degrees: float, *, level: float = 0.95) -> Interval:
    """Student's interval for a mean, from its standard error and degrees of freedom.

    Raises SurveyError unless the standard error is at least 0, the degrees above 0 and 0 < level < 1.
    Source: Student 1908, The probable error of a mean.

    >>> i = t_interval(3.2, 0.1, 24)
    >>> round(i.low, 4), round(i.high, 4)
    (2.9936, 3.4064)
    """
    if not (math.isfinite(mean) and math.isfinite(standard_error) and standard_error >= 0 and degrees > 0):
        raise SurveyError(f"no interval for the mean {mean} with standard error {standard_error}, {degrees} degrees")
    _check_level(level)
    half = float(special.stdtrit(degrees, 0.5 + level / 2.0)) * standard_error
    return Interval(mean - half, mean + half, level, "t")


def with_finite_population(n: float, answered: int, population: int | None) -> float:
    """The effective number of answers when `answered` of a finite population have answered.

    The variance of a share shrinks by (N - n) / (N - 1), so n grows by the inverse. Infinite when all have answered.
    Raises SurveyError for numbers of people that are none, or more answers than people.
    Source: Cochran 1977, Sampling Techniques, section 2.6.

    >>> with_finite_population(100, 100, 199), with_finite_population(100, 100, None)
    (200.0, 100)
    """
    check_population(population)
    if not (n >= 0 and math.isfinite(n) and answered >= 0):
        raise SurveyError(f"{answered} answers, worth {n}, are no number of people")
    if population is None:
        return n
    if answered > population:
        raise SurveyError(f"{answered} answers from a population of {population}")
    return math.inf if answered == population else n * (population - 1.0) / (population - answered)


def _hypergeometric(count: float, n: float, population: int, tail: float, level: float) -> Interval:
    if count != int(count) or n != int(n):
        raise SurveyError(f"{count} of {n}: the exact interval in a finite population needs whole numbers")
    if n > population:
        raise SurveyError(f"{n:g} answers from a population of {population}")
    possible_low, possible_high = int(count), int(population - n + count)

    def upper_tail_allows(yes: int) -> bool:
        return bool(stats.hypergeom.sf(count - 1, population, yes, n) > tail)

    def lower_tail_forbids(yes: int) -> bool:
        return bool(stats.hypergeom.cdf(count, population, yes, n) <= tail)

    low = _first(possible_low, possible_high, upper_tail_allows)
    high = _first(low, possible_high + 1, lower_tail_forbids) - 1
    return Interval(low / population, high / population, level, "exact")


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from `low` on that holds, where all after it hold too; `high` when none before it does."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _check_count(count: float, n: float, level: float) -> None:
    if not (math.isfinite(n) and n > 0 and 0 <= count <= n):
        raise SurveyError(f"{count} of {n} is not a share")
    _check_level(level)


def _check_level(level: float) -> None:
    if not 0.0 < level < 1.0:
        raise SurveyError(f"the level {level} is not between 0 and 1")

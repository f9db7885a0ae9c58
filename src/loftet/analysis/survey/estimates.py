"""Shares and means of answers: with an interval where chance chose who was asked and the interval keeps its word.

The limits are set by simulation (the long tests and the figures repeat it; 95 percent, shares from 2 to 98 percent):
- Wilson's interval covers between 93 and 97 percent at every n from 300 on, Jeffreys' from 500 on, when at least 5
  said yes and 5 no. Below that either can miss it, so the exact interval is given: it never covers less. The same
  goes for more than a fifth of a finite population, where few counts are possible and Wilson's fell to 92 percent.
- After weighting, the variance of what the weights leave unexplained is trustworthy from an effective n of 300 with at
  least 20 of either answer and a design effect of at most 1.4 (at 1.55 it fell to 92.9 percent). Otherwise Korn and
  Graubard's interval is given, with the smaller of that effective n and Kish's; it covers more than 93 percent from an
  effective n of 30 on, and often more than it must.
- Weights with a design effect above 2 rest on few people and cover less whatever the interval: not judged. Nor are
  raked weights with fewer than 10 answers to a category (with 2 the intervals of means fell to 82 percent), or weights
  that do not reach their margins.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .designs import Design, OpenDesign, RandomDesign, SurveyError, require_random
from .intervals import Interval, Method, exact, jeffreys, t_interval, wilson, with_finite_population
from .raking import Raking
from .variance import mean_variance, raked_variance, weighted_mean
from .weights import Floats, checked_weights, design_effect

WILSON_FROM, JEFFREYS_FROM, FEWEST = 300, 500, 5
WEIGHTED_FROM, WEIGHTED_FEWEST, WEIGHTED_LEAST, WEIGHTED_EFFECT = 300, 20, 30, 1.4
LARGEST_EFFECT, LARGEST_FRACTION = 2.0, 0.2
MEAN_LEAST = 30
ANSWERS_PER_CATEGORY = 10
_LARGEST_VALUE = 1e100
Preferred = Literal["wilson", "jeffreys"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or mean of the population and its interval. dropped: how many did not answer this question."""

    value: float
    interval: Interval
    n: int
    dropped: int
    effective_n: float
    design_effect: float
    at_least: bool  # the interval covers at least its level, often more


@dataclass(frozen=True, slots=True)
class CannotBeJudged:
    """No interval that keeps its word can be given, and why; `value` is None when nobody answered."""

    value: float | None
    n: int
    dropped: int
    effective_n: float
    reason: str


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """What those who chose to answer said. It holds for them and for nobody else.

    lowest, highest: the share or mean among all, whatever those who did not answer think (Manski 1989); None when
    the population is not known, or when the answers have no known limits.
    """

    kind: Literal["self_selected", "meeting"]
    value: float | None
    n: int
    dropped: int
    lowest: float | None
    highest: float | None


Judged = Estimate | CannotBeJudged
Weights = ArrayLike | Raking


@overload
def proportion(
    answers: ArrayLike,
    design: RandomDesign,
    *,
    weights: Weights | None = ...,
    level: float = ...,
    method: Preferred = ...,
) -> Judged: ...
@overload
def proportion(answers: ArrayLike, design: OpenDesign) -> OpenAnswers: ...
def proportion(
    answers: ArrayLike,
    design: Design,
    *,
    weights: Weights | None = None,
    level: float = 0.95,
    method: Preferred = "wilson",
) -> Judged | OpenAnswers:
    """The share that said yes, with an interval if the design allows one.

    answers: 1 or True, 0 or False, NaN for no answer (N; those are dropped and counted). weights: N numbers, or a
    `Raking` of the same respondents, whose variance is then that of what the margins leave unexplained; not judged
    when it did not converge, or with fewer than 10 answers to a raked category. method: which
    interval when there are enough answers; below the limits of this module it is an exact one.
    Raises SurveyError for other answers, lengths or weights, and for weights with an open design.
    Sources: see `intervals`, `variance`; Korn & Graubard 1998; limits also Parker et al. 2017 (NCHS).

    >>> e = proportion([1] * 81 + [0] * 182, RandomDesign())
    >>> round(e.interval.low, 3), round(e.interval.high, 3), e.interval.method
    (0.253, 0.368, 'exact')
    >>> proportion([1, 1, 0], OpenDesign("meeting", population=10))
    OpenAnswers(kind='meeting', value=0.6666666666666666, n=3, dropped=0, lowest=0.2, highest=0.9)
    """
    given = _numbers(answers)
    kept = ~np.isnan(given)
    if not np.isin(given[kept], (0.0, 1.0)).all():
        raise SurveyError("an answer is 1, 0 or missing")
    if isinstance(design, OpenDesign):
        _refuse_weights(design, weights)
        return _open(given[kept], int((~kept).sum()), design, 0.0, 1.0)
    require_random(design, "intervals")
    if method not in ("wilson", "jeffreys") or not 0.0 < level < 1.0:
        raise SurveyError(f"no interval {method!r} at level {level}")
    if weights is not None:
        return _weighted_share(given, kept, design, weights, level)
    return _plain_share(given[kept], int((~kept).sum()), design, level, method)


def categories(
    answers: Sequence[Hashable],
    design: Design,
    *,
    among: Sequence[Hashable],
    weights: Weights | None = None,
    level: float = 0.95,
) -> dict[Hashable, Judged | OpenAnswers]:
    """The share of each category, each judged by itself with `proportion` (not all at once: 1 in 20 may miss).

    answers: the category of each respondent (N), None for no answer. among: the categories, in the order wanted.
    Raises SurveyError for an answer that is not among them, a category named twice, and as `proportion` does.

    >>> r = categories(["ja", "nej", "ja", None], OpenDesign("meeting"), among=["ja", "nej", "vet ej"])
    >>> [(name, a.value, a.n) for name, a in r.items()]
    [('ja', 0.6666666666666666, 3), ('nej', 0.3333333333333333, 3), ('vet ej', 0.0, 3)]
    """
    if len(set(among)) != len(among) or not among:
        raise SurveyError("no categories, or one named twice")
    for row, answer in enumerate(answers):
        if answer is not None and answer not in among:
            raise SurveyError(f"row {row}: {answer!r} is not among the categories")
    found: dict[Hashable, Judged | OpenAnswers] = {}
    for category in among:
        said = [math.nan if answer is None else float(answer == category) for answer in answers]
        if isinstance(design, OpenDesign):
            _refuse_weights(design, weights)
            found[category] = proportion(said, design)
        else:
            found[category] = proportion(said, design, weights=weights, level=level)
    return found


@overload
def mean(values: ArrayLike, design: RandomDesign, *, weights: Weights | None = ..., level: float = ...) -> Judged: ...
@overload
def mean(values: ArrayLike, design: OpenDesign, *, limits: tuple[float, float] | None = ...) -> OpenAnswers: ...
def mean(
    values: ArrayLike,
    design: Design,
    *,
    weights: Weights | None = None,
    level: float = 0.95,
    limits: tuple[float, float] | None = None,
) -> Judged | OpenAnswers:
    """The mean answer, with Student's interval if the design allows one.

    values: numbers in any unit (N), NaN for no answer. limits: the least and greatest possible answer, for the bounds
    of an open design. Not judged: an effective n below 30, answers too skewed (n must be above 25 times the squared
    skewness, Cochran 1977, section 2.15), all equal, weights with a design effect above 2, or raked weights that do not
    reach their margins or rest on fewer than 10 answers to a category.
    Raises SurveyError as `proportion` does, and for infinite answers or answers outside the limits.

    >>> e = mean([1, 2, 3, 4, 5] * 10, RandomDesign())
    >>> round(e.value, 2), round(e.interval.low, 2), round(e.interval.high, 2)
    (3.0, 2.59, 3.41)
    """
    given = _numbers(values)
    kept = ~np.isnan(given)
    if (np.abs(given[kept]) > _LARGEST_VALUE).any():
        raise SurveyError("an answer is infinite, or too large to be squared")
    if isinstance(design, OpenDesign):
        _refuse_weights(design, weights)
        low, high = (-math.inf, math.inf) if limits is None else limits
        if not low <= high:
            raise SurveyError(f"no answer lies from {low} to {high}")
        if ((given[kept] < low) | (given[kept] > high)).any():
            raise SurveyError(f"an answer is outside {low} to {high}")
        return _open(given[kept], int((~kept).sum()), design, low, high)
    require_random(design, "intervals")
    if not 0.0 < level < 1.0:
        raise SurveyError(f"the level {level} is not between 0 and 1")
    return _judged_mean(given, kept, design, weights, level)


def _plain_share(said: Floats, dropped: int, design: RandomDesign, level: float, method: Preferred) -> Judged:
    n, yes = len(said), float(said.sum())
    if n == 0:
        return CannotBeJudged(None, 0, dropped, 0.0, "nobody answered")
    drawn = n / design.design_effect
    effective = with_finite_population(drawn, n, design.population)
    if math.isinf(effective):
        whole = Interval(yes / n, yes / n, level, "census")
        return Estimate(yes / n, whole, n, dropped, effective, design.design_effect, at_least=True)
    share, few = yes / n, min(yes, n - yes) < FEWEST
    large = design.population is not None and n > LARGEST_FRACTION * design.population
    if drawn >= (WILSON_FROM if method == "wilson" else JEFFREYS_FROM) and not few and not large:
        formula = wilson if method == "wilson" else jeffreys
        interval, at_least = formula(share * effective, effective, level=level), False
    elif design.design_effect == 1.0:
        interval, at_least = exact(yes, n, level=level, population=design.population), True
    elif drawn < WEIGHTED_LEAST:
        return CannotBeJudged(
            share, n, dropped, drawn, f"an effective n of {_floored(drawn)} is below {WEIGHTED_LEAST}"
        )
    else:
        interval, at_least = _korn_graubard(share, effective, level), True
    return Estimate(share, interval, n, dropped, effective, design.design_effect, at_least)


def _weighted_share(
    given: Floats, kept: NDArray[np.bool_], design: RandomDesign, weights: Weights, level: float
) -> Judged:
    said, w = given[kept], _kept_weights(weights, kept)
    why = _refusal(said, int((~kept).sum()), w, design, WEIGHTED_LEAST, _unfit(weights, len(said)))
    if isinstance(why, CannotBeJudged):
        return why
    if len(said) == design.population:
        return _plain_share(said, int((~kept).sum()), design, level, "wilson")
    kish = len(said) / why
    share, n, dropped = min(1.0, weighted_mean(said, w)), len(said), int((~kept).sum())
    variance = _measured(given, kept, weights) * design.design_effect
    varied = 0.0 < share < 1.0 and variance > 0.0
    measured = min(share * (1.0 - share) / variance, 4.0 * n) if varied else kish  # never trusted beyond 4 n
    both = min(said.sum(), n - said.sum()) >= WEIGHTED_FEWEST
    enough = both and kish >= WEIGHTED_FROM and design_effect(w) <= WEIGHTED_EFFECT
    effective = with_finite_population(measured if enough else min(measured, kish), n, design.population)
    formula = wilson(share * effective, effective, level=level) if enough else _korn_graubard(share, effective, level)
    return Estimate(share, formula, n, dropped, effective, n / effective, at_least=not enough)


def _judged_mean(
    given: Floats, kept: NDArray[np.bool_], design: RandomDesign, weights: Weights | None, level: float
) -> Judged:
    values, dropped = given[kept], int((~kept).sum())
    w = _kept_weights(weights, kept)
    why = _refusal(values, dropped, w, design, MEAN_LEAST, _unfit(weights, len(values)))
    if isinstance(why, CannotBeJudged):
        return why
    n, effective, value = len(values), len(values) / why, weighted_mean(values, w)
    centred = values - value
    spread = weighted_mean(centred**2, w)
    if spread <= (1e-12 * float(np.max(np.abs(values)))) ** 2:
        return CannotBeJudged(value, n, dropped, effective, "all answers are equal, so their spread is not known")
    skewness = weighted_mean((centred / math.sqrt(spread)) ** 3, w)
    if effective <= 25.0 * skewness**2:
        return CannotBeJudged(
            value, n, dropped, effective, f"skewed answers need {25 * skewness**2:.0f}, not {effective:.0f}"
        )
    variance = _measured(given, kept, weights) * design.design_effect
    ratio = effective / with_finite_population(effective, n, design.population)  # 0 when all have answered
    interval = t_interval(value, math.sqrt(variance * ratio), effective - 1.0, level=level)
    return Estimate(value, interval, n, dropped, effective, why, at_least=False)


def _refusal(
    values: Floats, dropped: int, w: Floats, design: RandomDesign, least: int, unfit: str | None
) -> CannotBeJudged | float:
    """Why answers so weighted are not judged, or else their design effect."""
    n = len(values)
    if n == 0 or not w.any():
        return CannotBeJudged(None, n, dropped, 0.0, "nobody answered" if n == 0 else "all who answered weigh nothing")
    by_weights, value = design_effect(w), weighted_mean(values, w)
    effective = n / (by_weights * design.design_effect)
    if by_weights > LARGEST_EFFECT:
        return CannotBeJudged(
            value, n, dropped, effective, f"the weights are too unequal: design effect {by_weights:.2f} above 2"
        )
    if effective < least:
        return CannotBeJudged(value, n, dropped, effective, f"an effective n of {_floored(effective)} is below {least}")
    if unfit is not None:
        return CannotBeJudged(value, n, dropped, effective, unfit)
    if n == design.population and not np.all(w == w[0]):
        return CannotBeJudged(value, n, dropped, effective, "all have answered: there is nothing to weight")
    with_finite_population(effective, n, design.population)
    return by_weights * design.design_effect


def _floored(effective: float) -> float:
    """To one decimal, downwards: what is below a limit is never written as the limit."""
    return math.floor(10.0 * effective) / 10.0


def _korn_graubard(share: float, effective: float, level: float) -> Interval:
    method: Method = "korn_graubard"
    found = exact(share * effective, effective, level=level)
    return Interval(found.low, found.high, level, method)


def _kept_weights(weights: Weights | None, kept: NDArray[np.bool_]) -> Floats:
    return _all_weights(weights, len(kept))[kept]


def _all_weights(weights: Weights | None, n: int) -> Floats:
    if weights is None:
        return np.ones(n)
    return checked_weights(weights.weights if isinstance(weights, Raking) else weights, n)


def _measured(given: Floats, kept: NDArray[np.bool_], weights: Weights | None) -> float:
    """The variance of the weighted mean, of what the margins leave unexplained if the weights come from raking."""
    w = _all_weights(weights, len(kept))
    if isinstance(weights, Raking):
        return raked_variance(given, kept, w, weights.codes)
    return mean_variance(given[kept], w[kept])


def _unfit(weights: Weights | None, answered: int) -> str | None:
    """Why raked weights carry no interval, if they do not."""
    if not isinstance(weights, Raking):
        return None
    if not weights.converged:
        name, category = weights.worst_category
        return f"the weights do not reach the margins: {name} {category!r} is {weights.worst_deviation:.2g} points off"
    free = int(weights.codes.max(axis=0).sum()) + 1
    if answered < ANSWERS_PER_CATEGORY * free:
        return f"{answered} answers are below {ANSWERS_PER_CATEGORY} for each of {free} raked categories"
    return None


def _open(said: Floats, dropped: int, design: OpenDesign, low: float, high: float) -> OpenAnswers:
    n, total = len(said), float(said.sum())
    if design.population is None or not (math.isfinite(low) and math.isfinite(high)):
        bounds: tuple[float | None, float | None] = (None, None)
    else:
        missing, everyone = design.population - n, design.population
        if missing < 0:
            raise SurveyError(f"{n} answers from a population of {everyone}")
        bounds = ((total + missing * low) / everyone, (total + missing * high) / everyone)
    return OpenAnswers(design.kind, total / n if n else None, n, dropped, *bounds)


def _refuse_weights(design: OpenDesign, weights: object) -> None:
    if weights is not None:
        require_random(design, "weights")


def _numbers(answers: ArrayLike) -> Floats:
    try:
        given = np.array(answers, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SurveyError("the answers are not numbers") from error
    if given.ndim != 1:
        raise SurveyError(f"answers of shape {given.shape} are not one row")
    return given

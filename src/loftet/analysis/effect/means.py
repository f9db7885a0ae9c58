"""A mean before and after, of the same people or of two independent samples."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from loftet.analysis.checked import LARGEST

from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_count, checked_level

# Below these the coverage of a nominal 95 % interval leaves 93-97 %: bench/analysis/effect.py, "means".
MINIMUM_VALUES = {"t": 15, "bootstrap-t": 30}
SKEWNESS_RULE = {"t": 25.0, "bootstrap-t": 10.0}  # values per squared skewness; 25 is Cochran's rule

Interval = Literal["t", "bootstrap-t"]
Numbers = NDArray[np.float64]


def mean_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    interval: Interval = "t",
    level: float = 0.95,
    rounds: int = 1999,
    seed: int = 0,
) -> Effect | CannotBeJudged:
    """How the mean changed among the same people: after minus before.

    before, after: one value per person (N each) in the same order; pairs with a missing value (NaN) are dropped and
    counted. "t" is Student's interval of the differences; "bootstrap-t" resamples people `rounds` times with `seed`
    and studentises, for skewed differences. The p-value is Student's in both.
    Cannot be judged with fewer than 15 pairs (30 with "bootstrap-t"), when all differ by the same, or when the
    differences are too skewed: fewer pairs than 25 (10) times their squared skewness.
    Raises EffectError for other shapes or infinite values.
    Source: Student 1908; Cochran 1977, Sampling Techniques, section 2.15 (the rule); Efron & Tibshirani 1993,
    An Introduction to the Bootstrap, section 12.5 (bootstrap-t).

    >>> e = mean_change([3, 2, 4, 3, 3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3], [4, 2, 4, 4, 3, 3, 4, 4, 2, 2, 3, 5, 2, 3, 4])
    >>> round(e.estimate, 3), round(e.low, 3), round(e.high, 3), e.n
    (0.467, 0.181, 0.753, (15,))
    """
    x, y = _row(before), _row(after)
    if x.shape != y.shape:
        raise EffectError(f"{len(x)} values before but {len(y)} after")
    checked_level(level)
    if interval not in ("t", "bootstrap-t"):
        raise EffectError(f"there is no interval {interval!r}")
    if checked_count(rounds, "rounds") < 39:
        raise EffectError("a bootstrap takes at least 39 rounds")
    checked_count(seed, "seed")
    known = ~(np.isnan(x) | np.isnan(y))
    change = np.sort((y - x)[known])  # sorted: the order of people never matters, not even to the bootstrap
    n = len(change)
    if (why := _why_not(change, interval)) is not None:
        return why
    mean, error = float(change.mean()), float(change.std(ddof=1) / np.sqrt(n))
    if interval == "t":
        quantile = float(stats.t.ppf((1.0 + level) / 2.0, n - 1))
        low, high = mean - quantile * error, mean + quantile * error
    else:
        low, high = _bootstrap_t(change, level, rounds, seed)
    return Effect(
        quantity=Quantity.DIFFERENCE_OF_MEANS,
        estimate=mean,
        low=low,
        high=high,
        level=level,
        p_value=float(2.0 * stats.t.sf(abs(mean) / error, n - 1)),
        no_effect=0.0,
        method="Student t of pairs" if interval == "t" else f"bootstrap-t of pairs, {rounds} rounds, seed {seed}",
        n=(n,),
        dropped=int(len(x) - n),
    )


def mean_difference(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> Effect | CannotBeJudged:
    """How the mean differs between two independent samples: after minus before, by Welch's interval.

    before, after: one value per person (N and M); missing values (NaN) are dropped and counted.
    Cannot be judged with fewer than 15 in a sample, when neither varies, or when a sample is too skewed: fewer values
    than 25 times its squared skewness. Raises EffectError for other shapes or infinite values.
    Source: Welch 1947, Biometrika 34; Cochran 1977, section 2.15 (the rule).

    >>> first = [2, 3, 3, 4, 2, 3, 1, 3, 4, 2, 3, 3, 2, 4, 3]
    >>> e = mean_difference(first, [3, 4, 4, 3, 5, 4, 2, 4, 4, 3, 4, 5, 3, 4, 3])
    >>> round(e.estimate, 3), round(e.low, 3), round(e.high, 3)
    (0.867, 0.239, 1.495)
    """
    x, y = _row(before), _row(after)
    checked_level(level)
    dropped = int(np.isnan(x).sum() + np.isnan(y).sum())
    x, y = x[~np.isnan(x)], y[~np.isnan(y)]
    found = [_why_not(sample, "t") for sample in (x, y)]
    for why in found:
        if why is not None and why.reason is not Reason.NO_VARIATION:
            return why
    if all(found):  # neither varies by more than rounding
        return CannotBeJudged(Reason.NO_VARIATION)
    estimate, error, degrees = welch(x, y)
    half = float(stats.t.ppf((1.0 + level) / 2.0, degrees)) * error
    return Effect(
        quantity=Quantity.DIFFERENCE_OF_MEANS,
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        level=level,
        p_value=float(2.0 * stats.t.sf(abs(estimate) / error, degrees)),
        no_effect=0.0,
        method="Welch t of two samples",
        n=(len(x), len(y)),
        dropped=dropped,
    )


def welch(x: Numbers, y: Numbers) -> tuple[float, float, float]:
    """Mean of y minus mean of x, its standard error and Welch-Satterthwaite's degrees of freedom.

    >>> [round(v, 4) for v in welch(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))]
    [2.0, 1.291, 2.9412]
    """
    a, b = float(np.var(x, ddof=1)) / len(x), float(np.var(y, ddof=1)) / len(y)
    degrees = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return float(np.mean(y) - np.mean(x)), float(np.sqrt(a + b)), degrees


def _row(values: ArrayLike) -> Numbers:
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1 or (np.abs(row) > LARGEST).any():
        raise EffectError("values must be one row of finite numbers, NaN where missing")
    return row


def _why_not(values: Numbers, interval: Interval) -> CannotBeJudged | None:
    n = len(values)
    if n < MINIMUM_VALUES[interval]:
        return CannotBeJudged(Reason.TOO_FEW_ANSWERS, n, MINIMUM_VALUES[interval])
    spread = float(np.ptp(values))
    if spread <= 1e-12 * float(np.abs(values).max()):
        return CannotBeJudged(Reason.NO_VARIATION)
    standard = (values - values.mean()) / spread
    needed = SKEWNESS_RULE[interval] * float(np.mean(standard**3) / np.mean(standard**2) ** 1.5) ** 2
    return CannotBeJudged(Reason.TOO_SKEWED, n, needed) if n < needed else None


def _bootstrap_t(change: Numbers, level: float, rounds: int, seed: int) -> tuple[float, float]:
    n, mean, error = len(change), float(change.mean()), float(change.std(ddof=1) / np.sqrt(len(change)))
    drawn = change[np.random.default_rng(seed).integers(0, n, size=(rounds, n))]
    errors = drawn.std(axis=1, ddof=1) / np.sqrt(n)
    varied = errors > 1e-9 * error  # a draw of one value again and again says nothing of t
    t = (drawn.mean(axis=1)[varied] - mean) / errors[varied]
    lower, upper = np.quantile(t, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return mean - float(upper) * error, mean - float(lower) * error

"""A share before and after, asked of two independent samples of people."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_count, checked_level, checked_table

# Below these the coverage of a nominal 95 % interval leaves 93-97 %: bench/analysis/effect.py, "shares".
MINIMUM_ANSWERS = 30
MINIMUM_CASES = 10  # of each answer, both samples together

Numbers = NDArray[np.float64]


class Limits(NamedTuple):
    """Lower and upper limits."""

    low: Numbers
    high: Numbers


def wilson(yes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Limits:
    """Wilson's score interval of a share, for arrays of counts.

    yes, n: counts of equal shape, n above 0. Raises EffectError for others.
    Source: Wilson 1927, Journal of the American Statistical Association 22.

    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    x, m = (np.asarray(given, dtype=np.float64) for given in (yes, n))
    if not (np.isfinite(x).all() and np.isfinite(m).all()):
        raise EffectError("counts must be at least 0, and finite")
    checked_table(x, m - x)
    z2 = stats.norm.ppf((1.0 + checked_level(level)) / 2.0) ** 2
    middle = (x + z2 / 2.0) / (m + z2)
    half = np.sqrt(z2) / (m + z2) * np.sqrt(x * (m - x) / m + z2 / 4.0)
    # Exactly 0 and 1 at the ends, where rounding would leave a trace.
    return Limits(np.where(x == 0, 0.0, middle - half), np.where(x == m, 1.0, middle + half))


def newcombe(yes: ArrayLike, n: ArrayLike, yes_after: ArrayLike, n_after: ArrayLike, level: float = 0.95) -> Limits:
    """Newcombe's interval for the share after minus the share before, for arrays of counts.

    Raises EffectError for other counts than `wilson` takes.
    Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10 (hybrid score, no continuity correction).

    >>> low, high = newcombe(48, 80, 56, 70)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    x, m = np.asarray(yes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    y, k = np.asarray(yes_after, dtype=np.float64), np.asarray(n_after, dtype=np.float64)
    before, after = wilson(x, m, level), wilson(y, k, level)
    p, q = x / m, y / k
    down = np.sqrt((q - after.low) ** 2 + (before.high - p) ** 2)
    up = np.sqrt((after.high - q) ** 2 + (p - before.low) ** 2)
    return Limits(q - p - down, q - p + up)


def difference_of_shares(
    yes_before: int, n_before: int, yes_after: int, n_after: int, *, level: float = 0.95
) -> Effect | CannotBeJudged:
    """How a share changed between two independent samples: Newcombe's interval and the pooled z-test.

    yes_before of n_before and yes_after of n_after answers, one of each person, samples drawn independently (for the
    same people asked twice see `paired_shares`). The estimate is after minus before: 0.04 is four percentage points.
    Cannot be judged with fewer than 30 answers in a sample, or fewer than 10 of either answer in both together.
    Raises EffectError for counts that are not whole numbers or exceed their sample.
    Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10.

    >>> e = difference_of_shares(48, 80, 56, 70)
    >>> round(e.estimate, 4), round(e.low, 4), round(e.high, 4), round(e.p_value, 4)
    (0.2, 0.0524, 0.3339, 0.008)
    >>> difference_of_shares(3, 20, 5, 20).reason.value
    'too few answers'
    """
    x, m = checked_count(yes_before, "yes_before"), checked_count(n_before, "n_before")
    y, k = checked_count(yes_after, "yes_after"), checked_count(n_after, "n_after")
    checked_level(level)
    if x > m or y > k:
        raise EffectError("more answers of one kind than answers")
    if min(m, k) < MINIMUM_ANSWERS:
        return CannotBeJudged(Reason.TOO_FEW_ANSWERS, min(m, k), MINIMUM_ANSWERS)
    rarest = min(x + y, m + k - x - y)
    if rarest < MINIMUM_CASES:
        return CannotBeJudged(Reason.TOO_FEW_CASES, rarest, MINIMUM_CASES)
    low, high = newcombe(x, m, y, k, level)
    pooled = (x + y) / (m + k)
    z = (y / k - x / m) / np.sqrt(pooled * (1.0 - pooled) * (1.0 / m + 1.0 / k))
    return Effect(
        quantity=Quantity.DIFFERENCE_OF_SHARES,
        estimate=y / k - x / m,
        low=float(low),
        high=float(high),
        level=level,
        p_value=float(2.0 * stats.norm.sf(abs(z))),
        no_effect=0.0,
        method="Newcombe 1998, method 10; pooled z",
        n=(m, k),
    )

"""A share before and after, asked of the same people twice."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_count, checked_level, checked_table
from .proportions import Limits, Numbers, wilson

# Below these the coverage of a nominal 95 % interval leaves 93-97 %: bench/analysis/effect.py, "paired shares".
MINIMUM_PAIRS = 30
MINIMUM_CHANGES = 10  # people who changed their answer, either way

Test = Literal["mid-p", "exact"]


def paired_newcombe(
    both: ArrayLike, before_only: ArrayLike, after_only: ArrayLike, neither: ArrayLike, level: float = 0.95
) -> Limits:
    """Newcombe's interval for the share after minus the share before of the same people, for arrays of counts.

    Raises EffectError for counts below 0 or a table of nobody.
    Source: Newcombe 1998, Statistics in Medicine 17:2635-2650, method 10 (score limits joined by the correlation of
    the answers, continuity-corrected when positive).

    >>> low, high = paired_newcombe(14, 5, 0, 22)  # Altman et al. 2000, Statistics with Confidence, table 6.2
    >>> round(float(low), 3), round(float(high), 3)
    (-0.226, -0.011)
    """
    a, b, c, d = checked_table(both, before_only, after_only, neither)
    n = a + b + c + d
    p, q = (a + b) / n, (a + c) / n
    before, after = wilson(a + b, n, level), wilson(a + c, n, level)
    product = (a + b) * (c + d) * (a + c) * (b + d)
    cross = a * d - b * c
    corrected = np.where(cross > 0, np.maximum(cross - n / 2.0, 0.0), cross)
    phi = np.where(product > 0, corrected / np.sqrt(np.where(product > 0, product, 1.0)), 0.0)

    def joined(one: Numbers, other: Numbers) -> Numbers:
        return np.sqrt(np.maximum(one**2 - 2.0 * phi * one * other + other**2, 0.0))

    return Limits(q - p - joined(q - after.low, before.high - p), q - p + joined(after.high - q, p - before.low))


def mcnemar_p(before_only: int, after_only: int, test: Test = "mid-p") -> float:
    """Two-sided p-value that as many changed one way as the other, given how many changed.

    "exact" keeps its level always and is cautious; "mid-p" counts the observed outcome half.
    Raises EffectError for counts that are not whole numbers, or another test.
    Source: Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91.

    >>> round(mcnemar_p(1, 7), 3), round(mcnemar_p(1, 7, "exact"), 3), mcnemar_p(0, 0)
    (0.039, 0.07, 1.0)
    """
    b, c = checked_count(before_only, "before_only"), checked_count(after_only, "after_only")
    _check_test(test)
    fewer, changed = min(b, c), b + c
    if changed == 0:
        return 1.0
    at_most, exactly = stats.binom.cdf(fewer, changed, 0.5), stats.binom.pmf(fewer, changed, 0.5)
    if test == "exact":
        return float(min(1.0, 2.0 * at_most))
    if b == c:
        return float(1.0 - exactly / 2.0)
    return float(2.0 * at_most - exactly)


def paired_shares(
    both: int, before_only: int, after_only: int, neither: int, *, level: float = 0.95, test: Test = "mid-p"
) -> Effect | CannotBeJudged:
    """How a share changed among the same people: Newcombe's paired interval and McNemar's test.

    Counts of people by their two answers: yes both times, only before, only after, neither time. The estimate is the
    share after minus the share before. n holds all pairs, and those who changed.
    Cannot be judged with fewer than 30 pairs, or fewer than 10 people who changed. Raises EffectError for counts that
    are not whole numbers.
    Source: Newcombe 1998, Statistics in Medicine 17:2635-2650, method 10; Fagerland et al. 2013 for mid-p.

    >>> e = paired_shares(40, 8, 22, 30)
    >>> round(e.estimate, 3), round(e.low, 3), round(e.high, 3), round(e.p_value, 4)
    (0.14, 0.033, 0.241, 0.0107)
    >>> paired_shares(40, 2, 3, 30).reason.value
    'too few cases'
    """
    given = {"both": both, "before_only": before_only, "after_only": after_only, "neither": neither}
    a, b, c, d = (checked_count(value, name) for name, value in given.items())
    checked_level(level)
    _check_test(test)
    n = a + b + c + d
    if n < MINIMUM_PAIRS:
        return CannotBeJudged(Reason.TOO_FEW_ANSWERS, n, MINIMUM_PAIRS)
    if b + c < MINIMUM_CHANGES:
        return CannotBeJudged(Reason.TOO_FEW_CASES, b + c, MINIMUM_CHANGES)
    low, high = paired_newcombe(a, b, c, d, level)
    return Effect(
        quantity=Quantity.DIFFERENCE_OF_SHARES,
        estimate=(c - b) / n,
        low=float(low),
        high=float(high),
        level=level,
        p_value=mcnemar_p(b, c, test),
        no_effect=0.0,
        method=f"Newcombe 1998 paired, method 10; McNemar {test}",
        n=(n, b + c),
    )


def _check_test(test: str) -> None:
    if test not in ("mid-p", "exact"):
        raise EffectError(f"there is no test {test!r}")

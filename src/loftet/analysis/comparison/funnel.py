"""Funnel limits: how far from the common rate a place of its size may lie by chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from loftet.analysis.checked import LARGEST

WINSORISED = 0.1  # share of places at each end whose z is drawn in before the dispersion is estimated
MINIMUM_PLACES_FOR_DISPERSION = 10
Numbers = NDArray[np.float64]


class ComparisonError(ValueError):
    """Figures that cannot be read as counts over people or exposure, one pair per place."""


class Standing(StrEnum):
    """Where a place lies. The words are keys; nothing orders places within them."""

    INSIDE = "inside"
    LOW = "below the 95 % limit"
    VERY_LOW = "below the 99.8 % limit"
    HIGH = "above the 95 % limit"
    VERY_HIGH = "above the 99.8 % limit"


@dataclass(frozen=True, eq=False, slots=True)
class FunnelLimits:
    """Limits (M each) of the observed share or rate, as the denominators were given."""

    low_998: Numbers
    low_95: Numbers
    high_95: Numbers
    high_998: Numbers


@dataclass(frozen=True, eq=False, slots=True)
class Funnel:
    """Places (P) in the order given, with the limits for each. Never an order of merit."""

    observed: Numbers
    z: Numbers  # normal score of the mid-p tail, before the dispersion
    limits: FunnelLimits
    standing: tuple[Standing, ...]
    centre: float
    dispersion: float  # factor on the variance that was used; 1 when chance alone is enough
    dispersion_estimate: float | None  # None with fewer than 10 places
    expected_outside_95: float  # places that chance alone puts outside the 95 % limits
    kind: str  # "shares" or "rates"


def funnel_of_shares(yes: ArrayLike, n: ArrayLike, *, centre: float | None = None) -> Funnel:
    """Compare shares of places of different size: exact binomial limits around the common share.

    yes, n: whole numbers (P), 0 ≤ yes ≤ n, n above 0; centre: the share to compare with, by default that of all
    places together. With at least 10 places the dispersion between them is estimated, and when it is more than
    chance explains, the limits are widened. Raises ComparisonError for other shapes or values.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202 (exact limits by interpolation, appendix A.1;
    overdispersion, Winsorised, section 4.2).

    >>> f = funnel_of_shares([8, 30, 12, 55], [40, 150, 55, 120])
    >>> [s.value for s in f.standing]
    ['inside', 'below the 95 % limit', 'inside', 'above the 99.8 % limit']
    """
    y, m = checked_counts(yes, n)
    if (m != np.floor(m)).any() or (y > m).any():
        raise ComparisonError("shares need whole numbers, no more yes than answers")
    theta = _centre(y, m, centre)
    if theta > 1.0:
        raise ComparisonError("a share lies between 0 and 1")
    return _funnel(y, m, theta, "shares")


def funnel_of_rates(counts: ArrayLike, exposure: ArrayLike, *, centre: float | None = None) -> Funnel:
    """Compare rates of places of different size: exact Poisson limits around the common rate.

    counts: whole numbers (P); exposure: inhabitants, days … (P), above 0; centre: the rate to compare with, by default
    that of all places together. Give expected counts as exposure for indirectly standardised rates. Dispersion as in
    `funnel_of_shares`. Raises ComparisonError for other shapes or values.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202.

    >>> f = funnel_of_rates([10, 30, 3], [10.0, 10.0, 4.0], centre=1.0)
    >>> round(float(f.limits.low_95[0]), 2), round(float(f.limits.high_95[0]), 2), f.standing[1].value
    (0.38, 1.62, 'above the 99.8 % limit')
    """
    y, e = checked_counts(counts, exposure)
    return _funnel(y, e, _centre(y, e, centre), "rates")


def funnel_limits(sizes: ArrayLike, centre: float, kind: str, *, dispersion: float = 1.0) -> FunnelLimits:
    """The limits for places of these sizes (M), as for drawing the funnel.

    sizes: n of a share ("shares") or exposure of a rate ("rates"), above 0; centre: the common share or rate, above 0
    and for shares below 1; dispersion: factor on the variance, at least 1: exact limits then lie √dispersion times as
    far from the centre. Raises ComparisonError for values out of range.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202, appendix A.1.

    >>> l = funnel_limits([20.0, 200.0], 0.3, "shares")
    >>> l.low_95.round(3).tolist(), l.high_95.round(3).tolist()
    ([0.081, 0.235], [0.487, 0.362])
    """
    m = np.asarray(sizes, dtype=np.float64)
    if kind not in ("shares", "rates") or m.ndim != 1 or not ((m >= 1.0 / LARGEST) & (m <= LARGEST)).all():
        raise ComparisonError("sizes must be a row above 0, of shares or rates")
    if not 1.0 <= dispersion <= LARGEST:
        raise ComparisonError("the dispersion is at least 1")
    if kind == "shares" and (m != np.floor(m)).any():
        raise ComparisonError("sizes of shares are whole numbers")
    if not 0.0 < centre < (1.0 if kind == "shares" else LARGEST):
        raise ComparisonError("the centre must be above 0, and a share below 1")
    low998, low95, high95, high998 = (_limit(m, centre, kind, p, dispersion) for p in (0.001, 0.025, 0.975, 0.999))
    return FunnelLimits(low998, low95, high95, high998)


def _limit(m: Numbers, theta: float, kind: str, p: float, dispersion: float) -> Numbers:
    """The p-quantile of a count over its size, interpolated between whole counts so that limits run smoothly."""
    law = stats.binom(m, theta) if kind == "shares" else stats.poisson(m * theta)
    r = law.ppf(p)
    at, below = law.cdf(r), law.cdf(r - 1.0)
    part = np.where(at > below, (at - p) / np.where(at > below, at - below, 1.0), 0.0)
    moved = theta + np.sqrt(dispersion) * ((r - part) / m - theta)
    return np.clip(moved, 0.0, 1.0 if kind == "shares" else np.inf)


def _funnel(y: Numbers, m: Numbers, theta: float, kind: str) -> Funnel:
    if theta == 0.0 or (kind == "shares" and theta == 1.0):
        raise ComparisonError("nothing can be compared when all places have none, or all have all")
    law = stats.binom(m, theta) if kind == "shares" else stats.poisson(m * theta)
    half = 0.5 * law.pmf(y)
    lower, upper = law.cdf(y) - half, law.sf(y) + half
    floor = np.finfo(float).tiny
    z = np.where(lower < upper, stats.norm.ppf(np.maximum(lower, floor)), -stats.norm.ppf(np.maximum(upper, floor)))
    estimate = _dispersion(z)
    # More than chance: above 1 + 2·√(2/P), Spiegelhalter's rule of two standard errors.
    used = estimate if estimate is not None and estimate > 1.0 + 2.0 * np.sqrt(2.0 / len(y)) else 1.0
    limits = funnel_limits(m, theta, kind, dispersion=used)
    observed = y / m
    return Funnel(
        observed=observed,
        z=z,
        limits=limits,
        standing=tuple(_standing(v, limits, i) for i, v in enumerate(observed)),
        centre=theta,
        dispersion=used,
        dispersion_estimate=estimate,
        expected_outside_95=0.05 * len(y),
        kind=kind,
    )


def _standing(value: float, limits: FunnelLimits, place: int) -> Standing:
    if value < limits.low_998[place]:
        return Standing.VERY_LOW
    if value > limits.high_998[place]:
        return Standing.VERY_HIGH
    if value < limits.low_95[place]:
        return Standing.LOW
    return Standing.HIGH if value > limits.high_95[place] else Standing.INSIDE


def _dispersion(z: Numbers) -> float | None:
    """Mean of the squared z after the outermost tenth at each end is drawn in to the nearest that is left."""
    if len(z) < MINIMUM_PLACES_FOR_DISPERSION:
        return None
    ordered, out = np.sort(z), int(np.floor(WINSORISED * len(z)))
    drawn_in = np.clip(ordered, ordered[out], ordered[-1 - out])
    return float(np.mean(drawn_in**2))


def checked_counts(counts: ArrayLike, sizes: ArrayLike) -> tuple[Numbers, Numbers]:
    """Counts and sizes as rows of numbers; ComparisonError when they cannot be."""
    y, m = np.asarray(counts, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if y.ndim != 1 or y.shape != m.shape or not len(y):
        raise ComparisonError("counts and sizes must be rows of equal length, one entry per place")
    if not (((y >= 0) & (y <= LARGEST)).all() and (y == np.floor(y)).all()):
        raise ComparisonError("counts must be whole numbers of at least 0")
    if not ((m >= 1.0 / LARGEST) & (m <= LARGEST)).all():
        raise ComparisonError("sizes must be above 0: leave out places where nobody was asked")
    return y, m


def _centre(y: Numbers, m: Numbers, centre: float | None) -> float:
    if centre is None:
        return float(y.sum() / m.sum())
    if not 0 <= centre <= LARGEST:
        raise ComparisonError("a centre must be a number of at least 0")
    return float(centre)

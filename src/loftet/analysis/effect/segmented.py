"""Segmented regression of one series: did the level or the slope change when a measure began?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from loftet.analysis.checked import LARGEST

from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_level
from .regression import Fit, bartlett, least_squares, newey_west

# Beyond these the coverage of a nominal 95 % interval leaves 93-97 %: bench/analysis/effect.py, "segmented".
MINIMUM_PERIODS = 36
MINIMUM_PERIODS_EACH_SIDE = 12
SEASONS_BEFORE = 2  # whole seasons on each side when the season is fitted
MAXIMUM_AUTOCORRELATION = 0.8  # coverage was tried up to 0.5; refusing lower estimates would let the lucky ones through

LEVEL, SLOPE = 2, 3  # columns
_GRID = np.linspace(-0.2, 0.95, 24)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segmented:
    """What changed when the measure began, with what that rests on."""

    average_change: Effect  # from how it would have gone on, over the periods after; n: periods before, periods after
    level_change: Effect  # at the start
    slope_change: Effect
    intercept: float
    slope_before: float  # per period
    lags: int  # of Newey-West
    newey_west_errors: tuple[float, float]  # of level and slope change, before they are widened for a short series
    autocorrelation: float  # between neighbouring periods, freed from the bias of residuals; -0.2 to 0.95
    fitted: tuple[float, ...]
    without: tuple[float, ...]  # the fit with neither change, continued to the end


def segmented_regression(
    values: ArrayLike, first_after: int, *, season: int = 0, lags: int | None = None, level: float = 0.95
) -> Segmented | CannotBeJudged:
    """Fit value = intercept + slope·t + level·after + change of slope·(t - first_after)·after [+ season] to a series.

    values: one per period (T), equally spaced and in order of time, none missing; first_after: place (from 0) of the
    first period with the measure; season: periods of one year (12, 4 …) to fit a dummy for each but the first, or 0;
    lags: of Newey-West, by default the whole part of 4·(T/100)^(2/9).
    Newey-West errors of short series are too small (85 % of nominal 95 % intervals hold at 48 periods). So they are
    widened as Bell and McCaffrey do for clusters: their expectation and degrees of freedom are worked out for a series
    with the same autocorrelation from one period to the next, and t-quantiles are taken.
    `average_change` answers how much lower or higher the periods after lay than the line before would have gone on.
    One series cannot tell the measure from anything else that began then.
    Cannot be judged with fewer than 36 periods, 12 on either side (two whole seasons when the season is fitted),
    autocorrelation above 0.8, or a fit without any remainder. Raises EffectError for other shapes or values.
    Source: Wagner et al. 2002, Journal of Clinical Pharmacy and Therapeutics 27; Newey & West 1987, Econometrica 55;
    Bell & McCaffrey 2002, Survey Methodology 28.

    >>> wave = np.array([0.0, 1.5, -1.0, 0.5, -0.5, -1.5, 1.0, 0.0, 0.8, -0.8])
    >>> s = segmented_regression(20 + np.resize(wave, 48) - 6.0 * (np.arange(48) >= 24), 24)
    >>> round(s.level_change.estimate, 2), s.level_change.excludes_no_effect, s.slope_change.excludes_no_effect
    (-6.17, True, False)
    """
    y = _checked(values, first_after, season, lags)
    checked_level(level)
    if (why := _too_short(len(y), first_after, season)) is not None:
        return why
    x = design(len(y), first_after, season)
    fit = least_squares(x, y)
    if float(np.abs(fit.residuals).max()) <= max(1e-10 * float(np.abs(y).max()), LARGEST**-2):
        return CannotBeJudged(Reason.NO_VARIATION)
    rho = autocorrelation(fit)
    if rho > MAXIMUM_AUTOCORRELATION:
        return CannotBeJudged(Reason.TOO_AUTOCORRELATED, rho, MAXIMUM_AUTOCORRELATION)
    used = math.floor(4.0 * (len(y) / 100.0) ** (2.0 / 9.0)) if lags is None else lags
    errors = np.sqrt(np.diag(newey_west(fit, used)))
    n = (first_after, len(y) - first_after)
    without = fit.x.copy()
    without[:, [LEVEL, SLOPE]] = 0.0
    one = np.eye(x.shape[1])
    average = one[LEVEL] + one[SLOPE] * (len(y) - first_after - 1) / 2.0
    return Segmented(
        average_change=_effect(fit, average, Quantity.AVERAGE_CHANGE, used, rho, level, n),
        level_change=_effect(fit, one[LEVEL], Quantity.LEVEL_CHANGE, used, rho, level, n),
        slope_change=_effect(fit, one[SLOPE], Quantity.SLOPE_CHANGE, used, rho, level, n),
        intercept=float(fit.coefficients[0]),
        slope_before=float(fit.coefficients[1]),
        lags=used,
        newey_west_errors=(float(errors[LEVEL]), float(errors[SLOPE])),
        autocorrelation=rho,
        fitted=tuple((x @ fit.coefficients).tolist()),
        without=tuple((without @ fit.coefficients).tolist()),
    )


def design(n: int, first_after: int, season: int = 0) -> Numbers:
    """The columns (n × K): one, time from 0, after, time since the start of the measure; then seasons but the first.

    >>> design(4, 2)[:, 1:].T.tolist()
    [[0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]]
    """
    time = np.arange(n, dtype=np.float64)
    after = (time >= first_after).astype(np.float64)
    columns = [np.ones(n), time, after, np.maximum(time - first_after, 0.0)]
    columns += [(np.arange(n) % season == s).astype(np.float64) for s in range(1, season)]
    return np.stack(columns, axis=1)


def autocorrelation(fit: Fit) -> float:
    """First-order autocorrelation of the errors: that under which residuals would show what they show; -0.2 to 0.95.

    Residuals are less alike than the errors behind them, the more so the shorter the series. The ratio of expected
    quadratic forms is worked out on a grid and read backwards.

    >>> wave = np.resize([1.0, 1.1, 0.9, -1.0, -1.1, -0.9], 48)
    >>> 0.3 < autocorrelation(least_squares(design(48, 24), wave)) < 0.6
    True
    """
    n = len(fit.residuals)
    keep = np.eye(n) - fit.x @ fit.weights
    # tr(M S M Q) is a polynomial in rho whose coefficients are sums along the diagonals of M Q M.
    neighbours = np.eye(n, k=1) @ keep
    powers = _GRID[:, None] ** np.arange(n)
    shown = (powers @ _by_distance(keep @ neighbours)) / (powers @ _by_distance(keep))
    seen = float(fit.residuals[1:] @ fit.residuals[:-1] / (fit.residuals @ fit.residuals))
    return float(np.interp(seen, shown, _GRID))


def _by_distance(square: Numbers) -> Numbers:
    """Sums along the diagonals (n × n), the two at the same distance from the middle together (n)."""
    n = len(square)
    distance = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return np.asarray(np.bincount(distance.ravel(), weights=square.ravel(), minlength=n), dtype=np.float64)


def _ar1(n: int, rho: float) -> Numbers:
    distance = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return np.where(distance % 2 == 1, np.sign(rho), 1.0) * abs(rho) ** distance.astype(np.float64)


def widened(fit: Fit, contrast: Numbers, lags: int, rho: float) -> tuple[float, float]:
    """Standard error and degrees of freedom of a sum of coefficients: Newey-West's, set right for a short series.

    The variance is a quadratic form e'Ae in residuals e = Mu. Under u with AR(1) correlation S its expectation is
    tr(MAMS) and its variance 2·tr(MAMSMAMS); the true variance is w'Sw. The error is scaled by their ratio, and
    Satterthwaite's degrees of freedom are 2·expectation² / variance.
    """
    n, k = fit.x.shape
    w = contrast @ fit.weights
    correlation = _ar1(n, rho)
    keep = np.eye(n) - fit.x @ fit.weights
    form = n / (n - k) * bartlett(n, lags) * np.outer(w, w)
    product = form @ keep @ correlation @ keep
    expected = float(np.trace(product))
    degrees = expected**2 / float(np.sum(product * product.T))
    seen = float(fit.residuals @ form @ fit.residuals)
    return math.sqrt(seen * float(w @ correlation @ w) / expected), degrees


def _effect(
    fit: Fit, contrast: Numbers, quantity: Quantity, lags: int, rho: float, level: float, n: tuple[int, int]
) -> Effect:
    error, degrees = widened(fit, contrast, lags, rho)
    estimate = float(contrast @ fit.coefficients)
    half = float(stats.t.ppf((1.0 + level) / 2.0, degrees)) * error
    return Effect(
        quantity=quantity,
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        level=level,
        p_value=float(2.0 * stats.t.sf(abs(estimate) / error, degrees)),
        no_effect=0.0,
        method=f"segmented regression, Newey-West with {lags} lags, widened",
        n=n,
    )


def _checked(values: ArrayLike, first_after: int, season: int, lags: int | None) -> Numbers:
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or not (np.abs(y) <= LARGEST).all():
        raise EffectError("values must be one row of finite numbers: a series with holes needs another method")
    if any(number is not None and number % 1 != 0 for number in (first_after, season, lags)):
        raise EffectError("periods, seasons and lags come in whole numbers")
    if not 0 < first_after < len(y):
        raise EffectError("there must be periods before and periods after")
    if season != 0 and season < 2:
        raise EffectError("a season has at least two periods")
    if lags is not None and not 0 <= lags < len(y):
        raise EffectError("lags must be at least 0 and fewer than the periods")
    return y


def _too_short(n: int, first_after: int, season: int) -> CannotBeJudged | None:
    if n < MINIMUM_PERIODS:
        return CannotBeJudged(Reason.TOO_FEW_PERIODS, n, MINIMUM_PERIODS)
    side, needed = min(first_after, n - first_after), max(MINIMUM_PERIODS_EACH_SIDE, SEASONS_BEFORE * season)
    return CannotBeJudged(Reason.TOO_FEW_PERIODS, side, needed) if side < needed else None

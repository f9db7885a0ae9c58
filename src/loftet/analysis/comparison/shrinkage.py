"""Shrinkage: what a small place's own figure is worth, beside what is known of all places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats
from scipy.special import betaln, digamma, expit, gammaln, logit

from ..effect.outcome import CannotBeJudged, Reason
from .funnel import ComparisonError, checked_counts

# Below this the coverage of nominal 95 % intervals leaves 93-97 %: bench/analysis/effect.py, "shrinkage".
MINIMUM_PLACES = 10
_PULLS = (np.arange(40) + 0.5) / 40.0
_STEPS = np.linspace(-4.0, 4.0, 17)
LARGEST_ERROR = 2.0  # on the log scale: a handful of cases in all places says no less
LARGEST_LOG_SIZE = 9.0  # beyond this the prior counts as thousands of places do: places differ by chance alone
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class _Grid:
    """Priors (G) that are weighed against each other."""

    mean: Numbers
    size: Numbers
    log_weight: Numbers  # beforehand
    log_likelihood: Numbers
    common: float
    typical: float  # harmonic mean of the places' sizes


@dataclass(frozen=True, eq=False, slots=True)
class Shrunk:
    """Places (P) in the order given. Never an order of merit: intervals of neighbours in a list overlap."""

    raw: Numbers  # own share or rate
    estimate: Numbers  # drawn towards the common one, the more so the smaller the place
    low: Numbers
    high: Numbers
    weight: Numbers  # 0 … 1: how much the own figure counts; the common one counts the rest
    level: float
    centre: float  # mean of the distribution of places
    size_of_prior: float  # how many people (shares) or how much exposure (rates) the common figure counts as; inf: all
    kind: str  # "shares" or "rates"


def shrunken_rates(counts: ArrayLike, exposure: ArrayLike, *, level: float = 0.95) -> Shrunk | CannotBeJudged:
    """Rates of places as an empirical Bayes estimate, gamma-Poisson.

    counts: whole numbers (P); exposure: inhabitants, days … (P), above 0. The places' true rates are taken to follow a
    gamma distribution, whose mean and spread are fitted by maximum likelihood (a negative binomial); `estimate` is
    the posterior mean, weight·own + (1 - weight)·common. The intervals also carry how little P places say of that
    mean and spread: posteriors are averaged over their likelihood, as in uniform shrinkage, leaning to more spread.
    Cannot be judged with fewer than 10 places. Raises ComparisonError for other shapes or values, or no counts at all.
    Source: Clayton & Kaldor 1987, Biometrics 43; Christiansen & Morris 1997, Journal of the American Statistical
    Association 92 (uniform shrinkage).

    >>> s = shrunken_rates([0, 3, 9, 20, 12, 30, 55, 41, 90, 160], [2, 4, 5, 10, 10, 20, 20, 30, 50, 100])
    >>> s.raw[:3].round(2).tolist(), s.estimate[:3].round(2).tolist()
    ([0.0, 0.75, 1.8], [1.47, 1.47, 1.69])
    """
    y, e = checked_counts(counts, exposure)
    return _shrunk(y, e, level, "rates")


def shrunken_shares(yes: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Shrunk | CannotBeJudged:
    """Shares of places as an empirical Bayes estimate, beta-binomial.

    yes, n: whole numbers (P), 0 ≤ yes ≤ n, n above 0. As `shrunken_rates`, with a beta distribution of true shares.
    Cannot be judged with fewer than 10 places. Raises ComparisonError for other shapes or values, or when all places
    have none or all have all. Source: Clayton & Kaldor 1987; Christiansen & Morris 1997 (uniform shrinkage).

    >>> s = shrunken_shares([1, 4, 9, 20, 12, 30, 50, 41, 90, 60], [2, 5, 30, 40, 40, 50, 100, 120, 180, 150])
    >>> s.raw[:2].tolist(), s.estimate[:2].round(2).tolist()
    ([0.5, 0.8], [0.45, 0.48])
    """
    y, m = checked_counts(yes, n)
    if (m != np.floor(m)).any() or (y > m).any():
        raise ComparisonError("shares need whole numbers, no more yes than answers")
    return _shrunk(y, m, level, "shares")


def _shrunk(y: Numbers, m: Numbers, level: float, kind: str) -> Shrunk | CannotBeJudged:
    if not 0.5 <= level < 1.0:
        raise ComparisonError(f"{level} is not a level of confidence")
    if len(y) < MINIMUM_PLACES:
        return CannotBeJudged(Reason.TOO_FEW_PLACES, len(y), MINIMUM_PLACES)
    common = float(y.sum() / m.sum())
    if common == 0.0 or (kind == "shares" and common == 1.0):
        raise ComparisonError("nothing can be compared when all places have none, or all have all")
    order = np.lexsort((y, m))  # sums then run in the same order whatever the order of the places
    grid = _grid(y[order], m[order], kind)
    centre, size = _fitted(y[order], m[order], kind, grid)
    weight = m / (m + size) if np.isfinite(size) else np.zeros_like(m)
    low, high = _interval(y, m, level, kind, grid)
    estimate = weight * (y / m) + (1.0 - weight) * centre
    return Shrunk(y / m, estimate, low, high, weight, level, centre, size, kind)


def _log_likelihood(y: Numbers, m: Numbers, kind: str, mean: Numbers, size: Numbers) -> Numbers:
    """Of priors (G) with this mean and size, apart from a constant: beta-binomial or negative binomial."""
    a, s = (mean * size)[:, None], size[:, None]
    if kind == "shares":
        b = s - a
        terms = betaln(y + a, m - y + b) - betaln(a, b)
    else:
        terms = gammaln(y + a) - gammaln(a) - a * np.log1p(m / s) - y * np.log(s + m)
    return terms.sum(axis=1)


def _grid(y: Numbers, m: Numbers, kind: str) -> _Grid:
    """Means and sizes of the prior: pulls size/(size + typical) over 0 … 1, means within four errors of the common.

    A pull weighs as its inverse: with even weights the intervals of places that differ much came out short.
    """
    common = float(y.sum() / m.sum())
    typical = float(len(m) / np.sum(1.0 / m))
    pull = np.repeat(_PULLS, len(_STEPS))
    # Error of the mean of all figures, each with its own chance and the spread between places, on the log scale.
    room = 1.0 / (common * (1.0 - common)) if kind == "shares" else 1.0 / common
    error = np.minimum(np.sqrt(room / (typical * pull * len(y))), LARGEST_ERROR)
    step = np.tile(_STEPS, len(_PULLS)) * error
    if kind == "shares":
        mean = expit(logit(common) + step)
    else:
        mean = common * np.exp(step)
    size = typical * pull / (1.0 - pull)
    return _Grid(mean, size, np.log(error / pull), _log_likelihood(y, m, kind, mean, size), common, typical)


def _fitted(y: Numbers, m: Numbers, kind: str, grid: _Grid) -> tuple[float, float]:
    """Maximum-likelihood mean and size of the prior; size is infinite when places differ no more than by chance."""
    best = int(np.argmax(grid.log_likelihood))
    to, back = (logit, expit) if kind == "shares" else (np.log, np.exp)

    def loss(v: Numbers) -> float:
        mean = np.asarray(back(np.clip(v[:1], start[0] - 5.0, start[0] + 5.0)))
        size = grid.typical * np.exp(np.clip(v[1:], -8.0, LARGEST_LOG_SIZE + 1.0))
        return -float(_log_likelihood(y, m, kind, mean, size)[0])

    start = [float(to(grid.mean[best])), float(np.log(grid.size[best] / grid.typical))]
    found = optimize.minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-11}).x
    if found[1] > LARGEST_LOG_SIZE:
        return grid.common, float("inf")
    return _polished(y, m, kind, float(back(found[0])), float(grid.typical * np.exp(found[1])))


def _polished(y: Numbers, m: Numbers, kind: str, mean: float, size: float) -> tuple[float, float]:
    """The same maximum as the root of the gradient: as exact as its sums are, where values alone leave six figures."""

    def slopes(v: Numbers) -> list[float]:
        a, b = np.exp(np.clip(v, start - 1.0, start + 1.0))
        if kind == "shares":
            all_ = digamma(a + b) - digamma(m + a + b)
            return [
                float(a * np.sum(digamma(y + a) - digamma(a) + all_)),
                float(b * np.sum(digamma(m - y + b) - digamma(b) + all_)),
            ]
        by_shape = digamma(y + a) - digamma(a) - np.log1p(m / b)
        return [float(a * np.sum(by_shape)), float(np.sum(a - (a + y) * (b / (b + m))))]

    other = (1.0 - mean) * size if kind == "shares" else size
    start = np.log([mean * size, other])
    found = optimize.root(slopes, start, tol=1e-13)
    if np.abs(found.x - start).max() > 0.01:
        return mean, size
    a, b = (float(v) for v in np.exp(found.x))
    return (a / (a + b), a + b) if kind == "shares" else (a / b, b)


def _interval(y: Numbers, m: Numbers, level: float, kind: str, grid: _Grid) -> tuple[Numbers, Numbers]:
    """Posterior mean and variance averaged over the prior's mean and size, then quantiles of the same family."""
    w = grid.log_likelihood + grid.log_weight
    w = np.exp(w - w.max())
    w /= w.sum()
    total = m + grid.size[:, None]
    own = (y + (grid.mean * grid.size)[:, None]) / total
    variance = own * (1.0 - own) / (total + 1.0) if kind == "shares" else own / total
    mean_of = w @ own
    variance_of = w @ (variance + (own - mean_of) ** 2)
    tails = np.array([(1.0 - level) / 2.0, (1.0 + level) / 2.0])[:, None]
    if kind == "rates":
        limits = stats.gamma.ppf(tails, mean_of**2 / variance_of, scale=variance_of / mean_of)
    else:
        size_of = mean_of * (1.0 - mean_of) / variance_of - 1.0
        limits = stats.beta.ppf(tails, mean_of * size_of, (1.0 - mean_of) * size_of)
    return limits[0], limits[1]

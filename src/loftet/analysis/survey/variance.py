"""The variance of a weighted mean, from what the weighting leaves unexplained."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .weights import Floats


def weighted_mean(values: Floats, weights: Floats) -> float:
    """Σwy / Σw.

    >>> weighted_mean(np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    0.75
    """
    return float(np.sum(weights * values) / np.sum(weights))


def mean_variance(values: Floats, weights: Floats) -> float:
    """The variance of the weighted mean of values (N), by linearisation: n / (n - 1) · Σ(w e)² / (Σw)².

    e is the distance from the mean. Infinite with a single value.
    Source: Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, section 5.7.

    >>> mean_variance(np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))  # p (1 - p) / (n - 1)
    0.08333333333333333
    """
    n = len(values)
    if n < 2:
        return float("inf")
    off = weights * (values - weighted_mean(values, weights))
    return float(n / (n - 1) * np.sum(off**2) / np.sum(weights) ** 2)


def raked_variance(values: Floats, answered: NDArray[np.bool_], weights: Floats, codes: NDArray[np.int64]) -> float:
    """The variance of the weighted mean among those who answered, when everyone (N) was raked: Σ(w e / (1 - h))² / W².

    values: N, anything where nobody answered; answered: N; codes: N × variables, the categories that the weights were
    raked to; W: the weights of those who answered. Raking has taken away the chance differences between the
    categories among *all* who were raked, so e is what a weighted regression on them leaves of the distance from the
    mean, 0 for those who did not answer: how many answered in each category is still chance. h is each one's
    leverage: the regression lies too close to the few of a small category (as in a jackknife; HC3 of regression).
    Source: Deville & Särndal 1992, Calibration estimators in survey sampling; Särndal, Swensson & Wretman 1992,
    section 10.3, for domains; Valliant 2002, Variance estimation for the general regression estimator.

    >>> halves, all_ = np.array([[0], [0], [1], [1]]), np.ones(4, dtype=bool)
    >>> raked_variance(np.array([0.0, 1.0, 0.0, 1.0]), all_, np.ones(4), halves)
    0.25
    """
    total = float(np.sum(weights[answered]))
    off = np.zeros(len(values))
    off[answered] = values[answered] - weighted_mean(values[answered], weights[answered])
    rest, leverage = _regression(off, weights, codes)
    return float(np.sum((weights * rest / np.maximum(1.0 - leverage, 1e-9)) ** 2) / total**2)


def _regression(values: Floats, weights: Floats, codes: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """What the weighted least squares regression on the categories leaves, and each one's leverage."""
    sizes = codes.max(axis=0) + 1
    columns = codes + np.concatenate([[0], np.cumsum(sizes)[:-1]])
    k, variables = int(sizes.sum()), range(codes.shape[1])
    cross, right = np.zeros(k * k), np.zeros(k)
    for a in variables:
        right += np.bincount(columns[:, a], weights=weights * values, minlength=k)
        for b in variables:
            cross += np.bincount(columns[:, a] * k + columns[:, b], weights=weights, minlength=k * k)
    inverse = np.linalg.pinv(cross.reshape(k, k), rcond=1e-10, hermitian=True)
    spread = np.zeros(len(values))
    for a in variables:
        for b in variables:
            spread += inverse[columns[:, a], columns[:, b]]
    return values - (inverse @ right)[columns].sum(axis=1), weights * spread

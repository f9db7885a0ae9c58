"""Least squares with errors that allow for neighbours in time (Newey-West) or for places (clusters)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .outcome import EffectError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """A least-squares fit of y (T) on the columns of x (T × K)."""

    x: Numbers
    coefficients: Numbers  # K
    residuals: Numbers  # T
    weights: Numbers  # K × T: coefficients = weights @ y


def least_squares(x: Numbers, y: Numbers) -> Fit:
    """Fit y (T) on x (T × K). Raises EffectError when the columns of x depend on each other or are too many.

    >>> least_squares(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 3.0, 5.0])).coefficients.round(9)
    array([1., 2.])
    """
    if x.ndim != 2 or y.shape != x.shape[:1] or len(y) <= x.shape[1]:
        raise EffectError("a regression needs more values than columns")
    scale = np.sqrt((x**2).sum(axis=0))
    if (scale == 0.0).any() or np.linalg.matrix_rank(x / scale) < x.shape[1]:
        raise EffectError("the columns of a regression depend on each other")
    weights: Numbers = np.linalg.pinv(x / scale) / scale[:, None]
    coefficients = weights @ y
    return Fit(x, coefficients, y - x @ coefficients, weights)


def bartlett(n: int, lags: int) -> Numbers:
    """Newey-West's weights between all pairs of n periods (n × n): 1 at distance 0, falling to 0 beyond `lags`.

    >>> bartlett(3, 1).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    distance = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return np.maximum(1.0 - distance / (lags + 1.0), 0.0)


def newey_west(fit: Fit, lags: int) -> Numbers:
    """Covariance of the coefficients (K × K), rows in order of time, with the small-sample factor T / (T - K).

    Source: Newey & West 1987, Econometrica 55.

    >>> fit = least_squares(np.ones((4, 1)), np.array([1.0, 2.0, 4.0, 5.0]))
    >>> round(float(newey_west(fit, 1)[0, 0]), 6)
    1.083333
    """
    n, k = fit.x.shape
    scores = fit.weights * fit.residuals
    return n / (n - k) * (scores @ bartlett(n, lags) @ scores.T)


def clustered(fit: Fit, clusters: NDArray[np.int64]) -> Numbers:
    """Covariance of the coefficients (K × K), any dependence allowed within a cluster (labels 0 … G - 1, T).

    With the usual small-sample factor G / (G - 1) · (T - 1) / (T - K), known as CR1.
    Source: Liang & Zeger 1986, Biometrika 73; Cameron & Miller 2015, Journal of Human Resources 50.

    >>> fit = least_squares(np.ones((4, 1)), np.array([1.0, 2.0, 4.0, 5.0]))
    >>> round(float(clustered(fit, np.array([0, 0, 1, 1]))[0, 0]), 6)
    2.25
    """
    n, k = fit.x.shape
    groups = int(clusters.max()) + 1
    sums = np.zeros((k, groups))
    for row, score in zip(sums, fit.weights * fit.residuals, strict=True):
        row += np.bincount(clusters, weights=score, minlength=groups)
    return groups / (groups - 1) * (n - 1) / (n - k) * (sums @ sums.T)

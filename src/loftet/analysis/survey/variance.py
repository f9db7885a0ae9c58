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


def mean_variance(values: Floats, weights: Floats, codes: NDArray[np.int64] | None = None) -> float:
    """The variance of the weighted mean of values (N), by linearisation: n / (n - k) · Σ(w e)² / (Σw)².

    Without codes e is the distance from the mean and k is 1. With the categories that the weights were raked to
    (codes, N × variables) e is what a weighted regression on them leaves, and k its rank: raking has already taken
    away the chance differences between those categories. Infinite when n is not above k.
    Source: Deville & Särndal 1992, Calibration estimators in survey sampling; Deville, Särndal & Sautory 1993.

    >>> mean_variance(np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))  # p (1 - p) / (n - 1)
    0.08333333333333333
    """
    n, total = len(values), float(np.sum(weights))
    if codes is None:
        rest, rank = values - weighted_mean(values, weights), 1
    else:
        rest, rank = _residuals(values, weights, codes)
    if n <= rank:
        return float("inf")
    return float(n / (n - rank) * np.sum((weights * rest) ** 2) / total**2)


def _residuals(values: Floats, weights: Floats, codes: NDArray[np.int64]) -> tuple[Floats, int]:
    """What the weighted least squares regression on the categories leaves, and its rank."""
    sizes = codes.max(axis=0) + 1
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    columns = codes + starts
    k = int(sizes.sum())
    cross = np.zeros((k, k))
    for a in range(codes.shape[1]):
        for b in range(codes.shape[1]):
            pair = np.bincount(columns[:, a] * k + columns[:, b], weights=weights, minlength=k * k)
            cross += pair.reshape(k, k)
    right = np.zeros(k)
    for a in range(codes.shape[1]):
        right += np.bincount(columns[:, a], weights=weights * values, minlength=k)
    solution, _, rank, _ = np.linalg.lstsq(cross, right, rcond=1e-10)
    return values - solution[columns].sum(axis=1), int(rank)

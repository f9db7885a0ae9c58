"""Where marks lie closer than chance would lay them: a spatial scan over discs of hexagons."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import xlogy

LARGEST_PART = 0.25  # of all expected marks: what covers more is not a spot
_BATCH = 100
Numbers = NDArray[np.float64]


def log_likelihood_ratio(counted: Numbers, expected: Numbers, total: float) -> Numbers:
    """How much better "more here than elsewhere" fits than "the same everywhere"; 0 when there is not more here.

    counted, expected: marks in a window, of equal shape, expected above 0; total: marks in the whole area.
    Source: Kulldorff 1997, Communications in Statistics - Theory and Methods 26 (Poisson model).

    >>> log_likelihood_ratio(np.array([12.0, 3.0]), np.array([4.0, 4.0]), 100.0).round(4).tolist()
    [5.5263, 0.0]
    """
    rest, expected_rest = np.maximum(total - counted, 0.0), np.maximum(total - expected, 1e-300)
    ratio = xlogy(counted, counted / np.maximum(expected, 1e-300)) + xlogy(rest, rest / expected_rest)
    return np.where(counted > expected, np.maximum(ratio, 0.0), 0.0)


class Scan:
    """Windows over M cells, and what chance makes of the best of them."""

    def __init__(self, discs: sparse.csr_array, share: Numbers, total: int, minimum: int) -> None:
        """discs: windows × M; share: of all marks that each cell expects (M, sums to 1); total: marks."""
        expected = np.asarray(discs @ share) * total
        fit = np.flatnonzero((expected > 0) & (expected <= LARGEST_PART * total + 1e-9))
        self.windows = fit  # rows of `discs`
        self.discs = discs[fit]
        self.expected: Numbers = expected[fit]
        self.share = share
        self.total = total
        self.minimum = minimum

    def values(self, counts: Numbers) -> Numbers:
        """The ratio of every window for counts (M) or columns of counts (M × B); 0 with fewer than `minimum` marks."""
        counted = self.discs @ counts
        expected = self.expected if counts.ndim == 1 else self.expected[:, None]
        found = log_likelihood_ratio(counted, expected, float(self.total))
        return np.where(counted >= self.minimum - 1e-9, found, 0.0)

    def by_chance(self, rounds: int, seed: int) -> Numbers:
        """The best window's ratio in each of `rounds` maps whose marks fall where chance lets them, sorted."""
        random = np.random.default_rng(seed)
        best = []
        for start in range(0, rounds, _BATCH):
            drawn = random.multinomial(self.total, self.share, size=min(_BATCH, rounds - start))
            best.append(self.values(drawn.T.astype(np.float64)).max(axis=0, initial=0.0))
        return np.sort(np.concatenate(best))


def p_value(value: float, by_chance: Numbers) -> float:
    """(1 + maps by chance at least as extreme) / (1 + maps), by_chance sorted.

    >>> p_value(3.0, np.array([1.0, 2.0, 3.0])), p_value(9.0, np.array([1.0, 2.0, 3.0]))
    (0.5, 0.25)
    """
    as_large = len(by_chance) - int(np.searchsorted(by_chance, value * (1.0 - 1e-12), side="left"))
    return (1 + as_large) / (1 + len(by_chance))

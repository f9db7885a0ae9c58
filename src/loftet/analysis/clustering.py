"""Groups of points in the plane: the same groups every time, in whatever order the points come.

k-means depends on where it starts. Here every start comes from the points themselves and each number of groups is
searched from many starts, so nothing is drawn by lot and nothing remembers an earlier run. Points are first brought to
units of their largest coordinate and rounded to nine decimals, distances to twelve, so that exact ties are decided by
rule and not by the last bit of a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

_ITERATIONS = 200
_BASE_ITERATIONS = 20  # base clusters only make the search smaller: they need not be the best
_STARTS = 10  # distinct solutions of the coarse search that are carried on to all points
_SET_ASIDE = 0.05  # at most this share of the points may be left out while groups are sought
_CHUNK = 20_000


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """N points in k groups, numbered by size (largest first; between equals by position of the centre)."""

    labels: Labels  # N, 0..k-1
    sizes: tuple[int, ...]
    silhouette: float  # mean over the points, -1..1
    standard_error: float  # of that mean
    iterations: int
    converged: bool
    set_aside: int  # points too far from all others to shape a group; they are in the nearest one

    @property
    def k(self) -> int:
        """The number of groups."""
        return len(self.sizes)


def base_clusters(points: Points, limit: int = 100) -> Labels:
    """Cut N points (N × 2) in at most `limit` small clusters; returns a label 0, 1, … per point.

    Up to `limit` distinct points are their own clusters. More are halved at the mean, again and again, always the
    cluster with the largest sum of squares along its widest coordinate, and then settled by k-means.
    Source: Su & Dy 2007, In search of deterministic methods for initializing k-means (Var-Part).

    >>> base_clusters(np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]]), limit=2).tolist()
    [0, 0, 1, 1]
    """
    points = _in_units(points)
    distinct, labels = np.unique(points, axis=0, return_inverse=True)
    if len(distinct) > limit:
        ones = np.ones(len(points))
        labels = _k_means(points, ones, _halved(points, limit), _BASE_ITERATIONS).labels
        labels = np.unique(labels, return_inverse=True)[1]
    return labels.astype(np.int64).ravel()


def partitions(points: Points, ks: Sequence[int], minimum: int, limit: int = 100) -> dict[int, Partition]:
    """The best partition of N points (N × 2) for each number of groups in `ks` that has one.

    A partition counts only if every group has `minimum` points. If the best one has a smaller group, the points in it
    lie too far out to tell groups apart: they are set aside (at most one in twenty) and join the nearest group in
    the end. Among what remains the sum of squared distances is least.
    Source: Likas, Vlassis & Verbeek 2003, The global k-means algorithm, on base clusters, then k-means on all points.

    >>> square = np.array([[x + dx, 0.0] for x in (0, 9) for dx in (0.0, 0.1, 0.2, 0.3, 0.4)])
    >>> {k: p.sizes for k, p in partitions(square, (2, 3), minimum=5).items()}
    {2: (5, 5)}
    """
    points = _in_units(points)
    base = base_clusters(points, limit)
    found: dict[int, Partition] = {}
    first = _searched(points, base, max(ks, default=1), minimum)
    for k in ks:
        if k not in first:
            continue
        solution: _Solution | None = first[k]
        kept = np.ones(len(points), dtype=bool)
        while solution is not None and solution.smallest < minimum:
            too_small = solution.sizes[solution.labels] < minimum
            kept[np.flatnonzero(kept)[too_small]] = False
            if np.sum(~kept) > _SET_ASIDE * len(points):
                solution = None
            else:
                rest = points[kept]
                solution = _searched(rest, base_clusters(rest, limit), k, minimum).get(k)
        if solution is not None:
            found[k] = _finished(points, base, solution, int(np.sum(~kept)))
    return found


def choose(candidates: dict[int, Partition]) -> Partition | None:
    """The fewest groups whose mean silhouette is within one standard error of the best; None without candidates.

    One more group has to earn its place. Source: Rousseeuw 1987, Silhouettes; Breiman et al. 1984 for the rule of one
    standard error.

    >>> choose({}) is None
    True
    """
    if not candidates:
        return None
    best = max(candidates.values(), key=lambda p: (p.silhouette, -p.k))
    enough = best.silhouette - best.standard_error
    return min((p for p in candidates.values() if p.silhouette >= enough), key=lambda p: p.k)


def silhouette(points: Points, labels: Labels, base: Labels) -> tuple[float, float]:
    """Mean silhouette width of N points (N × 2) in groups, and its standard error.

    Each point stands at the mean of those in its base cluster and group, so that the work grows with the number of
    base clusters and not with N². Exact when every base cluster is one distinct point. A group of one counts as 0.
    Source: Rousseeuw 1987.

    >>> xy = np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]])
    >>> [round(x, 4) for x in silhouette(xy, np.array([0, 0, 1, 1]), np.arange(4))]
    [0.8892, 0.0]
    """
    n_groups = int(labels.max()) + 1
    _, cell = np.unique(base * n_groups + labels, return_inverse=True)
    weights, centres = _means(points, cell.ravel(), int(cell.max()) + 1)
    group = np.zeros(len(weights), dtype=np.int64)
    group[cell.ravel()] = labels
    member = (group[:, None] == np.arange(n_groups)) * weights[:, None]
    distance = np.sqrt(_squared_distances(centres, centres))
    to_group = np.stack([np.sum(distance * member[:, g], axis=1) for g in range(n_groups)], axis=1)
    size = member.sum(axis=0)
    here = np.arange(len(weights))
    inside = to_group[here, group] / np.maximum(size[group] - 1.0, 1.0)
    to_group = to_group / size
    to_group[here, group] = np.inf
    outside = to_group.min(axis=1)
    larger = np.maximum(inside, outside)
    width = np.where((size[group] > 1) & (larger > 0), (outside - inside) / np.where(larger > 0, larger, 1.0), 0.0)
    n = float(weights.sum())
    mean = float(np.sum(weights * width) / n)
    spread = float(np.sum(weights * (width - mean) ** 2) / max(n - 1.0, 1.0))
    return mean, float(np.sqrt(spread / n))


@dataclass(frozen=True, eq=False, slots=True)
class _Solution:
    labels: Labels
    centres: Points
    inertia: float
    iterations: int
    converged: bool

    @property
    def sizes(self) -> Labels:
        return np.bincount(self.labels, minlength=len(self.centres))

    @property
    def smallest(self) -> int:
        return int(self.sizes.min())


def _searched(points: Points, base: Labels, k_max: int, minimum: int) -> dict[int, _Solution]:
    """For k = 2, 3, … the solution with least inertia whose groups are large enough; if none is, the least of all."""
    weights, cells = _means(points, base, int(base.max()) + 1) if len(base) else (np.zeros(0), np.zeros((0, 2)))
    ones = np.ones(len(points))
    solutions: dict[int, _Solution] = {}
    centres = np.sum(cells * weights[:, None], axis=0, keepdims=True) / max(len(points), 1)
    for k in range(2, min(k_max, len(cells)) + 1):
        starts = _coarse(cells, weights, centres)
        tried = [_k_means(points, ones, start) for start in starts]
        large_enough = [s for s in tried if s.smallest >= minimum]
        solutions[k] = min(large_enough or tried, key=lambda s: round(s.inertia, 9))
        centres = solutions[k].centres
    return solutions


def _coarse(cells: Points, weights: NDArray[np.float64], centres: Points) -> Points:
    """Add each base cluster in turn as one more centre, run k-means; the best distinct ends (up to 10 × k × 2)."""
    n, k = len(cells), len(centres) + 1
    # Searches × centres, one array for each coordinate: sums over an axis of two are slow.
    moving = [np.column_stack([np.tile(centres[:, d], (n, 1)), cells[:, d]]) for d in (0, 1)]
    labels = np.full((n, n), -1)
    for _ in range(_ITERATIONS):
        across, up = (cells[None, :, d, None] - moving[d][:, None, :] for d in (0, 1))
        squared = np.round(across * across + up * up, 12)
        latest = squared.argmin(axis=2)
        if np.array_equal(latest, labels):
            break
        labels = latest
        member = (labels[:, :, None] == np.arange(k)) * weights[None, :, None]
        size = member.sum(axis=1)
        for d in (0, 1):
            total = np.sum(member * cells[None, :, d, None], axis=1)
            moving[d] = np.where(size > 0, total / np.maximum(size, 1.0), moving[d])
    inertia = np.round(np.sum(squared.min(axis=2) * weights, axis=1), 9)
    _, first = np.unique(inertia, return_index=True)
    return np.stack(moving, axis=2)[first[:_STARTS]]


def _k_means(
    points: Points, weights: NDArray[np.float64], centres: Points, most_iterations: int = _ITERATIONS
) -> _Solution:
    labels = np.full(len(points), -1)
    for iteration in range(1, most_iterations + 1):
        latest, squared = _nearest(points, centres)
        if np.array_equal(latest, labels):
            return _Solution(labels, centres, float(np.sum(weights * squared)), iteration, True)
        labels = latest
        size, means = _means(points, labels, len(centres))
        centres = np.where(size[:, None] > 0, means, centres)
    return _Solution(labels, centres, float(np.sum(weights * squared)), most_iterations, False)


def _finished(points: Points, base: Labels, solution: _Solution, set_aside: int) -> Partition:
    nearest, _ = _nearest(points, solution.centres)
    sizes = np.bincount(nearest, minlength=len(solution.centres))
    across, up = np.round(solution.centres, 9).T
    order = np.lexsort((up, across, -sizes))
    name = np.empty(len(order), dtype=np.int64)
    name[order] = np.arange(len(order))
    labels = name[nearest]
    mean, error = silhouette(points, labels, base)
    return Partition(
        labels=labels,
        sizes=tuple(int(n) for n in sizes[order]),
        silhouette=mean,
        standard_error=error,
        iterations=solution.iterations,
        converged=solution.converged,
        set_aside=set_aside,
    )


def _halved(points: Points, limit: int) -> Points:
    """Centres of at most `limit` clusters, by halving the one with the largest sum of squares."""
    parts = [np.arange(len(points))]
    spread = [_sums_of_squares(points)]
    totals = [np.round(spread[0].sum(), 9)]
    while len(parts) < limit:
        widest = int(np.argmax(totals))
        part, along = parts[widest], int(np.argmax(np.round(spread[widest], 12)))
        if spread[widest].sum() <= 0.0:
            break
        value = points[part, along]
        low = value <= np.round(value.mean(), 12)
        halves = part[low], part[~low]
        sums = [_sums_of_squares(points[half]) for half in halves]
        rounded = [np.round(one.sum(), 9) for one in sums]
        parts[widest], spread[widest], totals[widest] = halves[0], sums[0], rounded[0]
        parts.append(halves[1])
        spread.append(sums[1])
        totals.append(rounded[1])
    return np.array([points[part].mean(axis=0) for part in parts])


def _sums_of_squares(points: Points) -> NDArray[np.float64]:
    return np.sum((points - points.mean(axis=0)) ** 2, axis=0)


def _in_units(points: Points) -> Points:
    largest = float(np.abs(points).max(initial=0.0))
    return np.round(points / largest, 9) if largest > 0 else points


def _means(points: Points, labels: Labels, count: int) -> tuple[NDArray[np.float64], Points]:
    size = np.bincount(labels, minlength=count).astype(np.float64)
    total = np.stack([np.bincount(labels, weights=points[:, d], minlength=count) for d in (0, 1)], axis=1)
    return size, total / np.maximum(size, 1.0)[:, None]


def _nearest(points: Points, centres: Points) -> tuple[Labels, NDArray[np.float64]]:
    labels, squared = np.empty(len(points), dtype=np.int64), np.empty(len(points))
    for start in range(0, len(points), _CHUNK):
        part = slice(start, start + _CHUNK)
        distances = _squared_distances(points[part], centres)
        labels[part] = distances.argmin(axis=1)
        squared[part] = distances.min(axis=1)
    return labels, squared


def _squared_distances(a: Points, b: Points) -> NDArray[np.float64]:
    across = a[:, 0, None] - b[:, 0]
    up = a[:, 1, None] - b[:, 1]
    return np.round(across * across + up * up, 12)

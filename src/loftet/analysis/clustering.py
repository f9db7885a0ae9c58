"""Groups of points in the plane: the same groups every time, in whatever order the points come.

k-means depends on where it starts. Here every start comes from the points themselves and each number of groups is
searched from many starts, so nothing is drawn by lot and nothing remembers an earlier run. Points are first brought to
units of their largest coordinate and rounded to nine decimals, distances to twelve, so that exact ties are decided by
rule and not by the last bit of a sum.

More than some thousand points are first gathered in squares of a fine grid, each standing at the mean of its points
with their number as its weight; groups are sought among these, and at the end each point joins the nearest centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .checked import grouping, plane

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

_ITERATIONS = 200
_BASE_ITERATIONS = 5  # base clusters only make the search smaller: they need not be the best
_SEEDS = 64  # base clusters that are tried as one more centre
_STARTS = 3  # distinct solutions of the coarse search that are carried on to all points
_WHOLE = 2_000  # up to this many points are not gathered
_SQUARES = 64  # of the grid, from the middle to the largest coordinate
_SET_ASIDE = 0.05  # at most this share of the points may be left out while groups are sought
_CHUNK = 20_000  # points compared with all centres at a time
_FEW = 16  # centres up to which it is quicker to take one after the other


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """N points in k groups, numbered by size (largest first; between equals by position of the centre)."""

    labels: Labels  # N, 0..k-1
    sizes: tuple[int, ...]
    centres: Points  # k × 2, in units of the largest coordinate
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
    gathered = _gathered(_in_units(plane(points)))
    return _base(gathered.points, gathered.weights, limit)[gathered.square]


def _base(points: Points, weights: NDArray[np.float64], limit: int) -> Labels:
    distinct, labels = np.unique(points, axis=0, return_inverse=True)
    if len(distinct) > limit:
        labels = _k_means(points, weights, _halved(points, weights, limit), _BASE_ITERATIONS).labels
        labels = np.unique(labels, return_inverse=True)[1]
    return labels.astype(np.int64).ravel()


@dataclass(frozen=True, eq=False, slots=True)
class _Gathered:
    """N points as fewer, weighted ones."""

    points: Points
    weights: NDArray[np.float64]
    square: Labels  # N: which of the fewer points each belongs to


def _gathered(points: Points) -> _Gathered:
    """Points within -1 … 1, as they are or gathered in squares; a square stands at the mean of its points."""
    if len(points) <= _WHOLE:
        return _Gathered(points, np.ones(len(points)), np.arange(len(points)))
    side = 2 * _SQUARES + 1
    across, up = (np.floor(points[:, d] * _SQUARES).astype(np.int32) + np.int32(_SQUARES) for d in (0, 1))
    number = across * np.int32(side) + up
    filled = np.flatnonzero(np.bincount(number, minlength=side * side))
    place = np.zeros(side * side, dtype=np.int64)
    place[filled] = np.arange(len(filled))
    square = place[number]
    weights, means = _means(points, np.ones(len(points)), square, len(filled))
    return _Gathered(np.round(means, 9), weights, square)


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
    return partitions_and_base(points, ks, minimum, limit)[0]


def partitions_and_base(
    points: Points, ks: Sequence[int], minimum: int, limit: int = 100
) -> tuple[dict[int, Partition], Labels]:
    """The same as `partitions`, and the base clusters of the points (N) that were used on the way.

    >>> partitions_and_base(np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]]), (2,), minimum=2)[1].tolist()
    [0, 1, 2, 3]
    """
    points = _in_units(plane(points))
    gathered = _gathered(points)
    base = _base(gathered.points, gathered.weights, limit)
    found: dict[int, Partition] = {}
    first = _searched(gathered.points, gathered.weights, base, max(ks, default=1), minimum)
    for k in ks:
        if k not in first:
            continue
        solution: _Solution | None = first[k]
        kept = np.ones(len(gathered.points), dtype=bool)
        while solution is not None and solution.smallest < minimum:
            too_small = solution.sizes[solution.labels] < minimum
            kept[np.flatnonzero(kept)[too_small]] = False
            if gathered.weights[~kept].sum() > _SET_ASIDE * len(points):
                solution = None
            else:
                rest, weights = gathered.points[kept], gathered.weights[kept]
                solution = _searched(rest, weights, _base(rest, weights, limit), k, minimum).get(k)
        if solution is not None:
            set_aside = int(gathered.weights[~kept].sum())
            found[k] = _finished(gathered, base, solution, set_aside)
    return found, base[gathered.square]


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


def silhouette(
    points: Points, labels: Labels, base: Labels, weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Mean silhouette width of N points (N × 2) in groups, and its standard error; a weight counts as so many points.

    Each point stands at the mean of those in its base cluster and group, so that the work grows with the number of
    base clusters and not with N². Exact when every base cluster is one distinct point. A group of one counts as 0.
    Raises ValueError for fewer than two groups, a group without points, or arrays of other shapes.
    Source: Rousseeuw 1987.

    >>> xy = np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]])
    >>> [round(x, 4) for x in silhouette(xy, np.array([0, 0, 1, 1]), np.arange(4))]
    [0.8892, 0.0]
    """
    points = plane(points)
    labels, base = grouping(labels, len(points)), grouping(base, len(points))
    n_groups = int(labels.max(initial=0)) + 1
    if n_groups < 2 or len(np.unique(labels)) < n_groups:
        raise ValueError("a silhouette is of two groups or more, each with somebody in it")
    _, cell = np.unique(base * n_groups + labels, return_inverse=True)
    given = np.ones(len(points)) if weights is None else weights
    weights, centres = _means(points, given, cell.ravel(), int(cell.max()) + 1)
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
    sizes: NDArray[np.float64]  # sums of weights
    centres: Points
    inertia: float
    iterations: int
    converged: bool

    @property
    def smallest(self) -> float:
        return float(self.sizes.min())


def _searched(
    points: Points, weights: NDArray[np.float64], base: Labels, k_max: int, minimum: int
) -> dict[int, _Solution]:
    """For k = 2, 3, … the solution with least inertia whose groups are large enough; if none is, the least of all."""
    if not len(points):
        return {}
    cell_weights, cells = _means(points, weights, base, int(base.max()) + 1)
    solutions: dict[int, _Solution] = {}
    centres = np.sum(cells * cell_weights[:, None], axis=0, keepdims=True) / cell_weights.sum()
    for k in range(2, min(k_max, len(cells)) + 1):
        starts = _coarse(cells, cell_weights, centres)
        tried = [_k_means(points, weights, start) for start in starts]
        large_enough = [s for s in tried if s.smallest >= minimum]
        solutions[k] = min(large_enough or tried, key=lambda s: round(s.inertia, 9))
        centres = solutions[k].centres
    return solutions


def _coarse(cells: Points, weights: NDArray[np.float64], centres: Points) -> Points:
    """Add base clusters in turn as one more centre, run k-means; the best distinct ends (up to 3 × k × 2).

    Those are tried that would take most of the sum of squares away if all stood at them: the heavy and far ones.
    """
    k = len(centres) + 1
    across, up = np.ascontiguousarray(cells.T)
    gain = np.round(_nearest(cells, centres)[1] * weights, 9)
    seeds = np.lexsort((up, across, -gain))[:_SEEDS]
    n = len(seeds)
    summed = np.column_stack([weights, weights * across, weights * up])
    moving = np.concatenate([np.tile(centres, (n, 1, 1)), cells[seeds, None, :]], axis=1)  # searches × centres × 2
    labels = np.full((n, len(cells)), -1)
    inertia = np.zeros(n)
    going = np.arange(n)
    for _ in range(_ITERATIONS):
        latest, squared = np.zeros((len(going), len(cells)), dtype=np.int64), np.full((len(going), len(cells)), np.inf)
        for g in range(k):
            x, y = moving[going, g].T
            distance = np.round((across - x[:, None]) ** 2 + (up - y[:, None]) ** 2, 12)
            latest[distance < squared] = g
            np.minimum(squared, distance, out=squared)
        inertia[going] = squared @ weights
        moved = (latest != labels[going]).any(axis=1)
        going, latest = going[moved], latest[moved]
        if not len(going):
            break
        labels[going] = latest
        for g in range(k):
            size, x, y = ((latest == g).astype(np.float64) @ summed).T
            filled = size > 0
            moving[going[filled], g] = np.stack([x, y], axis=1)[filled] / size[filled, None]
    _, first = np.unique(np.round(inertia, 9), return_index=True)
    return moving[first[:_STARTS]]


def _k_means(
    points: Points, weights: NDArray[np.float64], centres: Points, most_iterations: int = _ITERATIONS
) -> _Solution:
    labels = np.full(len(points), -1)
    size = np.zeros(len(centres))
    for iteration in range(1, most_iterations + 1):
        latest, squared = _nearest(points, centres)
        if np.array_equal(latest, labels):
            return _Solution(labels, size, centres, float(np.sum(weights * squared)), iteration, True)
        labels = latest
        size, means = _means(points, weights, labels, len(centres))
        centres = np.where(size[:, None] > 0, means, centres)
    return _Solution(labels, size, centres, float(np.sum(weights * squared)), most_iterations, False)


def _finished(gathered: _Gathered, base: Labels, solution: _Solution, set_aside: int) -> Partition:
    in_squares, _ = _nearest(gathered.points, solution.centres)
    sizes = np.bincount(in_squares, weights=gathered.weights, minlength=len(solution.centres)).astype(np.int64)
    across, up = np.round(solution.centres, 9).T
    order = np.lexsort((up, across, -sizes))
    name = np.empty(len(order), dtype=np.int64)
    name[order] = np.arange(len(order))
    mean, error = silhouette(gathered.points, name[in_squares], base, gathered.weights)
    return Partition(
        labels=name[in_squares][gathered.square],
        sizes=tuple(int(n) for n in sizes[order]),
        centres=solution.centres[order],
        silhouette=mean,
        standard_error=error,
        iterations=solution.iterations,
        converged=solution.converged,
        set_aside=set_aside,
    )


def settled(points: Points, partition: Partition, minimum: int) -> Partition:
    """The same partition with each of the N points (N × 2) in the group whose centre is nearest.

    Points that were gathered in squares go to a group together, though a square may lie across the border between two.
    It stays as it is if a group would then have fewer than `minimum` points.

    >>> found = partitions(np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]]), (2,), minimum=2)[2]
    >>> settled(np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]]), found, 2).labels.tolist()
    [0, 0, 1, 1]
    """
    nearest, _ = _nearest(_in_units(plane(points)), partition.centres)
    sizes = np.bincount(nearest, minlength=partition.k)
    if sizes.min() < minimum:
        return partition
    order = np.argsort(-sizes, kind="stable")
    name = np.empty(len(order), dtype=np.int64)
    name[order] = np.arange(len(order))
    return replace(
        partition, labels=name[nearest], sizes=tuple(sizes[order].tolist()), centres=partition.centres[order]
    )


def _halved(points: Points, weights: NDArray[np.float64], limit: int) -> Points:
    """Centres of at most `limit` clusters, by halving the one with the largest sum of squares."""
    parts = [np.arange(len(points))]
    about = [_about(points, weights)]
    while len(parts) < limit:
        widest = max(range(len(parts)), key=lambda i: (about[i].total, -i))
        part, here = parts[widest], about[widest]
        if here.total <= 0.0:
            break
        along = int(np.argmax(np.round(here.spread, 12)))
        low = points[part, along] <= round(float(here.mean[along]), 12)
        halves = part[low], part[~low]
        described = [_about(points[half], weights[half]) for half in halves]
        parts[widest], about[widest] = halves[0], described[0]
        parts.append(halves[1])
        about.append(described[1])
    return np.array([here.mean for here in about])


@dataclass(frozen=True, eq=False, slots=True)
class _About:
    mean: NDArray[np.float64]  # 2
    spread: NDArray[np.float64]  # 2: sums of squares around it
    total: float


def _about(points: Points, weights: NDArray[np.float64]) -> _About:
    mean = weights @ points / weights.sum()
    spread = weights @ np.square(points - mean)
    return _About(mean, spread, round(float(spread[0] + spread[1]), 9))


def _in_units(points: Points) -> Points:
    largest = float(np.abs(points).max(initial=0.0))
    return np.round(points / largest, 9) if largest > 0 else points


def _means(
    points: Points, weights: NDArray[np.float64], labels: Labels, count: int
) -> tuple[NDArray[np.float64], Points]:
    size = np.bincount(labels, weights=weights, minlength=count).astype(np.float64, copy=False)
    total = np.stack([np.bincount(labels, weights=points[:, d] * weights, minlength=count) for d in (0, 1)], axis=1)
    return size, total / np.maximum(size, 1.0)[:, None]


def _nearest(points: Points, centres: Points) -> tuple[Labels, NDArray[np.float64]]:
    """The nearest centre of each point, the first of equally near ones, and the squared distance to it."""
    labels: Labels = np.zeros(len(points), dtype=np.int64)
    squared: NDArray[np.float64] = np.full(len(points), np.inf)
    if len(centres) > _FEW:
        for start in range(0, len(points), _CHUNK):
            part = slice(start, start + _CHUNK)
            distances = _squared_distances(points[part], centres)
            labels[part] = distances.argmin(axis=1)
            squared[part] = np.take_along_axis(distances, labels[part, None], axis=1)[:, 0]
        return labels, squared
    across, up = np.ascontiguousarray(points.T)
    for label, (x, y) in enumerate(centres):
        distance = np.round((across - x) ** 2 + (up - y) ** 2, 12)
        labels[distance < squared] = label
        np.minimum(squared, distance, out=squared)
    return labels, squared


def _squared_distances(a: Points, b: Points) -> NDArray[np.float64]:
    across = a[:, 0, None] - b[:, 0]
    up = a[:, 1, None] - b[:, 1]
    return np.round(across * across + up * up, 12)

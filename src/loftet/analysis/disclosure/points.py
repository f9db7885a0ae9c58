"""Points on a map: never fewer people than the minimum at one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loftet.analysis.checked import grouping, plane

from .small import MINIMUM_CELL


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Participants who lie close to each other on the opinion map, drawn as one point."""

    x: float
    y: float
    size: int
    group: int | None


def base_cluster_points(
    positions: NDArray[np.float64], base: ArrayLike, groups: ArrayLike, *, minimum: int = MINIMUM_CELL
) -> tuple[MapPoint, ...]:
    """The opinion map: positions (N × 2) as clusters of at least `minimum` participants of the same group.

    base: base cluster of each participant (N); groups: group of each (N), -1 for none. A base cluster that holds
    people of several groups is first divided. The smallest cluster then joins the nearest of the same group, again
    and again, until all are large enough; a group with fewer than `minimum` participants is not drawn. A point stands
    at the mean of its participants. Points come largest first. Raises ValueError for arrays of other shapes or values.

    >>> xy = np.array([[0.0, 0.0]] * 4 + [[1.0, 0.0]] * 3 + [[9.0, 0.0]])
    >>> base_cluster_points(xy, [0, 0, 0, 0, 1, 1, 1, 2], [0] * 7 + [1])
    (MapPoint(x=0.42857142857142855, y=0.0, size=7, group=0),)
    """
    positions = plane(positions)
    group_of, base_of = grouping(groups, len(positions), least=-1), grouping(base, len(positions), least=-1)
    points: list[MapPoint] = []
    for group in np.unique(group_of):
        mine = group_of == group
        if int(mine.sum()) >= minimum:
            sizes, sums = _merged(positions[mine], base_of[mine], minimum)
            name = None if group < 0 else int(group)
            points += [
                MapPoint(float(x / n), float(y / n), int(n), name) for n, (x, y) in zip(sizes, sums, strict=True)
            ]
    return tuple(sorted(points, key=lambda p: (-p.size, -1 if p.group is None else p.group, p.x, p.y)))


def _merged(
    positions: NDArray[np.float64], base: NDArray[np.int64], minimum: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sizes and sums of positions of clusters, after the small ones have joined their nearest."""
    _, cluster = np.unique(base, return_inverse=True)
    sizes = np.bincount(cluster).astype(np.float64)
    sums: NDArray[np.float64] = np.stack([np.bincount(cluster, weights=positions[:, d]) for d in (0, 1)], axis=1)
    while sizes.min() < minimum:
        centres = sums / sizes[:, None]
        small = int(np.lexsort((centres[:, 1], centres[:, 0], sizes))[0])
        squared = np.sum((centres - centres[small]) ** 2, axis=1)
        squared[small] = np.inf
        near = int(np.lexsort((sizes, np.round(squared, 12)))[0])
        sizes[near] += sizes[small]
        sums[near] += sums[small]
        sizes, sums = np.delete(sizes, small), np.delete(sums, small, axis=0)
    return sizes, sums

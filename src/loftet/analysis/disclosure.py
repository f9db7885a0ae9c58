"""Rules for small numbers: what may be shown without showing a person.

Only what the opinion groups need. Whether figures from several releases can be subtracted from each other is judged
where releases are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

MINIMUM_CELL = 5
_STEPS = (1, 5, 10, 20)  # percent


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Participants who lie close to each other on the opinion map, drawn as one point."""

    x: float
    y: float
    size: int
    group: int | None


def round_percent(count: int, total: int, *, minimum: int = MINIMUM_CELL) -> int | None:
    """`count` of `total` in percent, never finer than one person; None when `total` is below `minimum`.

    The step is the finest of 1, 5, 10 and 20 percent that is at least 100 / total, so that a single answer never moves
    the figure by more than a step nor can be read from it. Halves are rounded up.
    Raises ValueError when count is not between 0 and total.

    >>> round_percent(154, 212), round_percent(14, 30), round_percent(3, 8), round_percent(2, 3)
    (73, 45, 40, None)
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a share")
    if total < max(minimum, 100 // _STEPS[-1]):
        return None
    step = next(s for s in _STEPS if s * total >= 100)
    return step * ((200 * count + step * total) // (2 * step * total))


def suppress_small(counts: Sequence[int], *, minimum: int = MINIMUM_CELL) -> tuple[int | None, ...]:
    """The counts of one row whose total is known, with None where a figure could point at few people.

    Counts from 1 to `minimum` - 1 are hidden. Then the smallest of the others is hidden too, until at least two are
    hidden and together they make `minimum`: otherwise the total would give them away. A row whose total is below
    `minimum` is hidden whole, unless it is all zeros. Raises ValueError for a negative count.
    Source: Hundepool et al. 2012, Statistical Disclosure Control (primary and secondary suppression).

    >>> suppress_small([40, 12, 3]), suppress_small([40, 12, 0]), suppress_small([2, 1, 0])
    ((40, None, None), (40, 12, 0), (None, None, None))
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count is never negative")
    hidden = {i for i, count in enumerate(counts) if 0 < count < minimum}
    by_size = sorted((i for i in range(len(counts)) if i not in hidden), key=lambda i: (counts[i], i))
    while hidden and by_size and (len(hidden) < 2 or sum(counts[i] for i in hidden) < minimum):
        hidden.add(by_size.pop(0))
    return tuple(None if i in hidden else count for i, count in enumerate(counts))


def base_cluster_points(
    positions: NDArray[np.float64], base: ArrayLike, groups: ArrayLike, *, minimum: int = MINIMUM_CELL
) -> tuple[MapPoint, ...]:
    """The opinion map: positions (N × 2) as clusters of at least `minimum` participants of the same group.

    base: base cluster of each participant (N); groups: group of each (N), -1 for none. A base cluster that holds
    people of several groups is first divided. The smallest cluster then joins the nearest of the same group, again
    and again, until all are large enough; a group with fewer than `minimum` participants is not drawn. A point stands
    at the mean of its participants. Points come largest first.

    >>> xy = np.array([[0.0, 0.0]] * 4 + [[1.0, 0.0]] * 3 + [[9.0, 0.0]])
    >>> base_cluster_points(xy, [0, 0, 0, 0, 1, 1, 1, 2], [0] * 7 + [1])
    (MapPoint(x=0.42857142857142855, y=0.0, size=7, group=0),)
    """
    group_of, base_of = np.asarray(groups, dtype=np.int64), np.asarray(base, dtype=np.int64)
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

"""An area on the map as one or more rings of corners: inside or not, how large, and how much of a hexagon it fills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
_FARTHEST = 1e9  # metres from zero; farther than any place on a map of metres, and squares stay in range
_CHUNK = 2_000_000  # pairs of point and edge handled at a time


class HotSpotError(ValueError):
    """Points, an area or cells that cannot be read as such."""


def read_numbers(values: ArrayLike, problem: str) -> Numbers:
    """Values as an array of numbers. Raises HotSpotError with this message when they cannot be read as one.

    >>> read_numbers([[1, 2], [3]], "rows are of one length")
    Traceback (most recent call last):
    loftet.analysis.hotspots.area.HotSpotError: rows are of one length
    """
    try:
        given = np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)  # what is masked is no number
    except (TypeError, ValueError, OverflowError) as error:
        raise HotSpotError(problem) from error
    return np.asarray(given, dtype=np.float64)


def read_points(points: ArrayLike, problem: str = "points are two finite numbers each, in metres") -> Numbers:
    """Points as an array N × 2, none farther away than a map of metres reaches. Raises HotSpotError for all else.

    >>> read_points([]).shape, read_points([(1, 2)]).tolist()
    ((0, 2), [[1.0, 2.0]])
    """
    at = read_numbers(points, problem)
    if at.size == 0 and at.ndim == 1:
        at = at.reshape(0, 2)
    if at.ndim != 2 or at.shape[1] != 2 or not (np.abs(at) <= _FARTHEST).all():
        raise HotSpotError(problem)
    return at


def check_draws(rounds: int, seed: int) -> None:
    """Raise HotSpotError unless rounds and seed are whole numbers, the seed at least 0: without one, answers differ.

    >>> check_draws(99, None)
    Traceback (most recent call last):
    loftet.analysis.hotspots.area.HotSpotError: rounds and seed are whole numbers, the seed at least 0
    """
    whole = (int, np.integer)
    if not isinstance(rounds, whole) or not isinstance(seed, whole) or seed < 0:
        raise HotSpotError("rounds and seed are whole numbers, the seed at least 0")


class Area:
    """Rings of corners in metres; a place counts as inside when an odd number of rings enclose it.

    So a ring within a ring is a hole, and rings beside each other are parts. Rings must not cross.
    """

    __slots__ = ("_signs", "centre", "edges", "rings", "size")

    def __init__(self, rings: Sequence[ArrayLike]) -> None:
        """Rings: K × 2 corners each, in either direction, the first repeated at the end or not.

        Raises HotSpotError for fewer than three corners, corners that are not finite, or an area of nothing.

        >>> square = Area([[(0, 0), (10, 0), (10, 10), (0, 10)], [(2, 2), (4, 2), (4, 4), (2, 4)]])
        >>> square.size, square.contains([(5, 5), (3, 3), (10, 5), (11, 5)]).tolist()
        (96.0, [True, False, True, False])
        """
        if not isinstance(rings, Iterable):
            raise HotSpotError("an area is a list of rings")
        self.rings = tuple(_checked_ring(ring) for ring in rings)
        if not self.rings:
            raise HotSpotError("an area has at least one ring")
        self.edges = np.concatenate([np.stack([r, _next(r)], axis=1) for r in self.rings])
        self._signs = tuple(self._sign(i) for i in range(len(self.rings)))
        sizes = [sign * abs(_signed_size(r)) for sign, r in zip(self._signs, self.rings, strict=True)]
        self.size = float(sum(sizes))
        extent = float(np.ptp(self.edges.reshape(-1, 2), axis=0).max())
        if not self.size > 1e-9 * extent**2:
            raise HotSpotError("the area encloses nothing")
        self.centre: Numbers = (
            sum((a * _centroid(r) for a, r in zip(sizes, self.rings, strict=True)), np.zeros(2)) / self.size
        )

    def contains(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Which points (N × 2) lie inside or on the border, within a billionth of the area's extent.

        Raises HotSpotError for other shapes or values, as the other questions do.
        """
        p = read_points(points)
        near = 1e-9 * float(np.ptp(self.edges.reshape(-1, 2), axis=0).max())
        return self.encloses(p) | (self.distance_to_border(p) <= near)

    def encloses(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Which points (N × 2) lie inside, with no promise for those on the border: quicker than `contains`."""
        points = read_points(points)
        rows = max(1, _CHUNK // len(self.edges))
        parts = [_crossings(points[i : i + rows], self.edges) % 2 == 1 for i in range(0, len(points), rows)]
        return np.concatenate([*parts, np.zeros(0, dtype=bool)])

    def distance_to_border(self, points: ArrayLike) -> Numbers:
        """Distance of each point (N × 2) to the nearest edge, in metres."""
        p = read_points(points)
        start, along = self.edges[:, 0], self.edges[:, 1] - self.edges[:, 0]
        squared = np.maximum((along**2).sum(axis=1), 1e-300)
        rows = max(1, _CHUNK // len(self.edges))
        parts: list[Numbers] = [np.zeros(0)]
        for q in (p[i : i + rows] for i in range(0, len(p), rows)):
            apart = q[:, None, :] - start
            part = np.clip((apart * along).sum(axis=2) / squared, 0.0, 1.0)
            parts.append(np.sqrt(((apart - part[:, :, None] * along) ** 2).sum(axis=2).min(axis=1)))
        return np.concatenate(parts)

    def within(self, convex: ArrayLike) -> float:
        """How much of the area lies within a convex ring of corners given counterclockwise (M × 2), exactly.

        Source: Sutherland & Hodgman 1974, Communications of the ACM 17; edges that run back along the clip enclose
        nothing, so its result is exact for areas of any shape.
        """
        convex = _checked_ring(convex)
        low, high = convex.min(axis=0), convex.max(axis=0)
        total = 0.0
        for sign, ring in zip(self._signs, self.rings, strict=True):
            if (ring.min(axis=0) < high).all() and (ring.max(axis=0) > low).all():
                total += sign * abs(_signed_size(_clipped(ring, convex)))
        return total

    def _sign(self, ring: int) -> int:
        others = [r for i, r in enumerate(self.rings) if i != ring]
        if not others:
            return 1
        # The middle of an edge is not a corner that two rings may share.
        middle = (self.rings[ring][:1] + self.rings[ring][1:2]) / 2.0
        around = sum(int(_crossings(middle, np.stack([r, _next(r)], axis=1))[0]) % 2 for r in others)
        return 1 if around % 2 == 0 else -1


def box(low_x: float, low_y: float, high_x: float, high_y: float) -> Area:
    """The area of a rectangle along the axes.

    >>> box(0, 0, 20, 10).size
    200.0
    """
    return Area([[(low_x, low_y), (high_x, low_y), (high_x, high_y), (low_x, high_y)]])


def _checked_ring(ring: ArrayLike) -> Numbers:
    corners = read_points(ring, "a ring is a list of corners, two finite numbers each, in metres").copy()
    if len(corners) > 1 and (corners[0] == corners[-1]).all():
        corners = corners[:-1]
    if len(corners) < 3:
        raise HotSpotError("a ring has at least three corners")
    return corners


def _crossings(points: Numbers, edges: Numbers) -> NDArray[np.int64]:
    """How many edges a ray to the right of each point crosses; an edge holds its lower end and not its upper."""
    x, y = points[:, :1], points[:, 1:]
    (x1, y1), (x2, y2) = edges[:, 0].T, edges[:, 1].T
    passes = (y1 > y) != (y2 > y)
    rise = np.where(y2 == y1, 1.0, y2 - y1)
    return (passes & (x < x1 + (y - y1) / rise * (x2 - x1))).sum(axis=1)


def _signed_size(ring: Numbers) -> float:
    if len(ring) < 3:
        return 0.0
    own = ring - ring[0]  # near zero: map coordinates are large, and their products would swallow a small area
    after = _next(own)
    return float((own[:, 0] * after[:, 1] - after[:, 0] * own[:, 1]).sum() / 2.0)


def _centroid(ring: Numbers) -> Numbers:
    own = ring - ring[0]
    after = _next(own)
    cross = own[:, 0] * after[:, 1] - after[:, 0] * own[:, 1]
    total = float(cross.sum())
    if total == 0.0:
        return ring.mean(axis=0)
    return ring[0] + ((own + after) * cross[:, None]).sum(axis=0) / (3.0 * total)


def _clipped(ring: Numbers, convex: Numbers) -> Numbers:
    for a, b in zip(convex, _next(convex), strict=True):
        side = (b[0] - a[0]) * (ring[:, 1] - a[1]) - (b[1] - a[1]) * (ring[:, 0] - a[0])
        within = side >= 0
        if within.all():
            continue
        if not within.any():
            return ring[:0]
        after, side_after = _next(ring), _next(side)
        crosses = within != (side_after >= 0)
        part = np.where(crosses, side / np.where(crosses, side - side_after, 1.0), 0.0)
        both = np.empty((len(ring), 2, 2))
        both[:, 0], both[:, 1] = ring, ring + part[:, None] * (after - ring)
        kept = np.empty((len(ring), 2), dtype=bool)
        kept[:, 0], kept[:, 1] = within, crosses
        ring = both[kept]
    return ring


def _next(row: Numbers) -> Numbers:
    """Each entry's follower, the first after the last."""
    return np.concatenate([row[1:], row[:1]])

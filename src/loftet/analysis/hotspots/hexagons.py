"""Hexagons over an area: which cell holds a point, how much of each lies in the area, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from .area import Area, HotSpotError, read_numbers, read_points

MINIMUM_CELLS, MAXIMUM_CELLS = 20, 20_000
_LEAST_SHARE = 1e-9  # of a hexagon; less is rounding
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]


def hexagon(x: float, y: float, width: float) -> Numbers:
    """The corners (6 × 2) of a hexagon with a corner to the north, counterclockwise; width from side to side, above 0.

    Raises HotSpotError for other numbers.

    >>> hexagon(0.0, 0.0, 3**0.5).round(3).tolist()[0]
    [0.0, 1.0]
    """
    middle = read_points([(x, y)], "a hexagon has a middle of two finite numbers, in metres")
    width = _checked_width(width)
    angle = np.pi / 2.0 + np.arange(6) * np.pi / 3.0
    return middle + width / np.sqrt(3.0) * np.stack([np.cos(angle), np.sin(angle)], axis=1)


@dataclass(frozen=True, eq=False, slots=True)
class Hexagons:
    """M cells, every hexagon that the area reaches. The grid is fixed by the area's centre of gravity and north."""

    width: float  # metres from side to side
    axial: Indices  # M × 2
    centres: Numbers  # M × 2, metres
    inside: Numbers  # M, square metres of the area within each

    @classmethod
    def over(cls, area: Area, width: float) -> Hexagons:
        """Lay cells of this width (metres, above 0) over the area.

        Raises HotSpotError when that makes fewer than 20 cells or more than 20,000, or when rings of the area cross.
        """
        width = _checked_width(width)
        whole = width**2 * np.sqrt(3.0) / 2.0
        corners = np.concatenate(area.rings) - area.centre
        if float(np.prod(np.ptp(corners, axis=0))) / whole > 20 * MAXIMUM_CELLS:
            raise HotSpotError(f"more than {MAXIMUM_CELLS} cells: choose wider ones")
        axial = _candidates(corners, width)
        centres = area.centre + _from_axial(axial, width)
        near = area.distance_to_border(centres) < width / np.sqrt(3.0)
        inside = np.where(area.contains(centres), whole, 0.0)
        for i in np.flatnonzero(near):
            inside[i] = area.within(hexagon(centres[i, 0], centres[i, 1], width))
        if abs(float(inside.sum()) / area.size - 1.0) > 1e-6:
            raise HotSpotError("the rings of the area cross themselves or each other")
        kept = inside > _LEAST_SHARE * whole
        if not MINIMUM_CELLS <= kept.sum() <= MAXIMUM_CELLS:
            raise HotSpotError(f"{int(kept.sum())} cells: choose a width that makes {MINIMUM_CELLS} to {MAXIMUM_CELLS}")
        return cls(width, axial[kept], centres[kept], inside[kept])

    def cell_of(self, points: ArrayLike) -> Indices:
        """The cell (N) of each point (N × 2) of the area: the one with the nearest centre.

        Raises HotSpotError for other shapes or values.
        """
        # A hexagon is the set of points nearest to its centre; a point on the border may touch a cell that is none.
        return np.asarray(cKDTree(self.centres).query(read_points(points))[1], dtype=np.int64)

    def discs(self, reach: int) -> sparse.csr_array:
        """Which cells (M columns) lie within 0 … reach steps of each cell: (reach + 1) · M rows of ones.

        Raises HotSpotError for a reach that is not a whole number from 0 to 10.
        """
        check_reach(reach)
        m = len(self.axial)
        low = self.axial.min(axis=0) - reach
        span = self.axial.max(axis=0) + reach - low + 1
        place = np.full(tuple(span), -1, dtype=np.int64)
        place[tuple((self.axial - low).T)] = np.arange(m)
        steps = np.arange(-reach, reach + 1)
        q, r = (v.ravel() for v in np.meshgrid(steps, steps, indexing="ij"))
        far = np.maximum(np.maximum(np.abs(q), np.abs(r)), np.abs(q + r))
        rows, columns = [], []
        for dq, dr, distance in zip(q[far <= reach], r[far <= reach], far[far <= reach], strict=True):
            other = place[tuple((self.axial - low + [dq, dr]).T)]
            found = np.flatnonzero(other >= 0)
            for ring in range(distance, reach + 1):
                rows.append(found + ring * m)
                columns.append(other[found])
        at = np.concatenate(rows), np.concatenate(columns)
        return sparse.csr_array((np.ones(len(at[0])), at), shape=((reach + 1) * m, m))


def check_reach(reach: int) -> None:
    """Raise HotSpotError for a reach that is not a whole number from 0 to 10.

    >>> check_reach(11)
    Traceback (most recent call last):
    loftet.analysis.hotspots.area.HotSpotError: a spot reaches 0 to 10 hexagons
    """
    if not isinstance(reach, (int, np.integer)) or not 0 <= reach <= 10:
        raise HotSpotError("a spot reaches 0 to 10 hexagons")


def _checked_width(width: float) -> float:
    # Bounds of any map keep squares in range; within them too many or too few cells are named as such.
    number = read_numbers(width, "a cell has a width above 0, in metres")
    if number.ndim or not 1e-6 <= number <= 1e12:
        raise HotSpotError("a cell has a width above 0, in metres")
    return float(number)


def _from_axial(axial: Indices, width: float) -> Numbers:
    q, r = axial.T
    return np.stack([width * (q + r / 2.0), width * np.sqrt(3.0) / 2.0 * r], axis=1)


def _candidates(corners: Numbers, width: float) -> Indices:
    """Cells whose centres lie in the area's rectangle, or one cell outside it."""
    (low_x, low_y), (high_x, high_y) = corners.min(axis=0) - width, corners.max(axis=0) + width
    step = width * np.sqrt(3.0) / 2.0
    r = np.arange(int(np.floor(low_y / step)), int(np.ceil(high_y / step)) + 1)
    found = []
    for row in r.tolist():
        q = np.arange(int(np.floor(low_x / width - row / 2.0)), int(np.ceil(high_x / width - row / 2.0)) + 1)
        found.append(np.stack([q, np.full(len(q), row)], axis=1))
    return np.concatenate(found).astype(np.int64)


def spread_over(cells: Hexagons, places: ArrayLike, weights: ArrayLike, area: Area) -> Numbers:
    """Weights (K) at places (K × 2), such as inhabitants of squares, summed over each cell; outside the area: left out.

    Raises HotSpotError for other shapes, negative or infinite weights, or nothing inside.
    """
    problem = "a background is places (K × 2) and a weight for each"
    at, w = read_points(places, problem), read_numbers(weights, problem)
    if w.shape != at.shape[:1]:
        raise HotSpotError(problem)
    if not (np.isfinite(w).all() and (w >= 0).all()):
        raise HotSpotError("weights of a background are at least 0")
    w = np.ldexp(w, -int(np.frexp(w.max(initial=0.0))[1]))  # exact, to at most 1: only their proportions mean anything
    kept = area.contains(at)
    total = np.bincount(cells.cell_of(at[kept]), weights=w[kept], minlength=len(cells.centres))
    if not total.sum() > 0:
        raise HotSpotError("the background has nothing inside the area")
    return np.asarray(total, dtype=np.float64)

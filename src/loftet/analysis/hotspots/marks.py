"""Marks on the map as people made them: what several by one person near each other count."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .area import Area, HotSpotError, read_points

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """N points in the area, who made each, and which count together."""

    points: Numbers  # N × 2
    people: NDArray[np.int64]  # N, 0 … P - 1
    group: NDArray[np.int64]  # N, 0 … G - 1: points of one person near each other are one mark
    outside: int  # points left out because they lie outside the area

    @property
    def n_people(self) -> int:
        """How many made the points."""
        return len(np.unique(self.people))

    @property
    def n_marks(self) -> int:
        """How many marks the points count as."""
        return int(self.group.max(initial=-1)) + 1

    @property
    def weights(self) -> Numbers:
        """What each point counts (N): those of one mark share it."""
        return 1.0 / np.bincount(self.group)[self.group] if len(self.group) else np.zeros(0)

    @property
    def middles(self) -> Numbers:
        """The middle of each mark (G × 2), in an order of their own."""
        w = self.weights
        x, y = (np.bincount(self.group, weights=self.points[:, d] * w) for d in (0, 1))
        order = np.lexsort((y, x))
        return np.stack([x[order], y[order]], axis=1)


def read_marks(points: ArrayLike, people: Sequence[Hashable] | NDArray[Any] | None, area: Area, near: float) -> Marks:
    """Keep the points in the area, in an order of their own, and join those of one person within `near` metres.

    points: N × 2, metres; people: who made each (N), or None when everyone made one. Chains are joined whole, so that
    a person who walks along a street leaves one mark. Raises HotSpotError for other shapes or values.
    """
    at = read_points(points)
    who = _numbered(people, len(at))
    kept = area.contains(at)
    group = _joined(at[kept], who[kept], near)
    # By place, not by name: the same figures come out whatever the order of rows and however people are called.
    order = np.lexsort((np.bincount(group, minlength=1)[group], at[kept][:, 1], at[kept][:, 0]))
    return Marks(at[kept][order], who[kept][order], group[order], int((~kept).sum()))


def _numbered(people: Sequence[Hashable] | NDArray[Any] | None, n: int) -> NDArray[np.int64]:
    """Who made each of n points, as numbers from 0 on."""
    if people is None:
        return np.arange(n)
    try:
        names: list[Hashable] = list(people)
        # Each NaN is unlike itself: points that nobody is named for would count as so many people.
        if any(name != name for name in names):
            raise HotSpotError("somebody made each point: a person is not NaN")
        first: dict[Hashable, int] = {}
        who = np.array([first.setdefault(name, len(first)) for name in names], dtype=np.int64)
    except (TypeError, ValueError) as error:
        if isinstance(error, HotSpotError):
            raise
        raise HotSpotError("people are a name or number for each point") from error
    if len(who) != n:
        raise HotSpotError(f"{n} points but {len(who)} people")
    return who


def _joined(points: Numbers, who: NDArray[np.int64], near: float) -> NDArray[np.int64]:
    n = len(points)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    # People lie on floors of their own, too far apart for a pair of two people.
    floors = np.column_stack([points - points.min(axis=0), who * 4.0 * near])
    pairs = cKDTree(floors).query_pairs(near, output_type="ndarray")
    links = sparse.coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)

"""Are marks clustered at all? Distances to the nearest neighbour, against points thrown into the same area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from .area import Area, HotSpotError, check_draws, read_points
from .hexagons import Hexagons

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NearestNeighbours:
    """Clark and Evans' ratio: below 1 marks lie closer to each other than by chance, above 1 farther apart."""

    ratio: float  # mean distance over its mean by chance in the same area
    p_clustered: float
    p_dispersed: float
    rounds: int


def nearest_neighbours(
    points: ArrayLike, area: Area, cells: Hexagons, *, rounds: int = 199, seed: int = 0
) -> NearestNeighbours:
    """Mean distance to the nearest neighbour (points N × 2, N at least 2), against `rounds` maps by chance.

    The maps have the same number of points in the same area, so its edge works on both alike and needs no formula.
    Raises HotSpotError for fewer points, other shapes or values, or no rounds.
    Source: Clark & Evans 1954, Ecology 35; Besag & Diggle 1977, Applied Statistics 26 (Monte Carlo).

    >>> from loftet.analysis.hotspots import box
    >>> town = box(0, 0, 1000, 1000)
    >>> crowd = np.random.default_rng(1).normal(500, 20, (60, 2))
    >>> nearest_neighbours(crowd, town, Hexagons.over(town, 100.0), rounds=19).p_clustered
    0.05
    """
    problem = "neighbours need two points of two finite numbers each, and a map by chance"
    points = read_points(points, problem)
    check_draws(rounds, seed)
    if len(points) < 2 or rounds < 1:
        raise HotSpotError(problem)
    random = np.random.default_rng(seed)
    seen = _mean_distance(points)
    chance = np.array([_mean_distance(_thrown(len(points), area, cells, random)) for _ in range(rounds)])
    return NearestNeighbours(
        ratio=seen / float(chance.mean()),
        p_clustered=(1 + int(np.sum(chance <= seen * (1.0 + 1e-12)))) / (1 + rounds),
        p_dispersed=(1 + int(np.sum(chance >= seen * (1.0 - 1e-12)))) / (1 + rounds),
        rounds=rounds,
    )


def _mean_distance(points: Numbers) -> float:
    distances = np.asarray(cKDTree(points).query(points, k=[2])[0])  # the nearest but itself
    return float(distances.mean())


def _thrown(n: int, area: Area, cells: Hexagons, random: np.random.Generator) -> Numbers:
    """Points at random in the area: in hexagons at random, again where one fell outside the area."""
    whole = cells.width**2 * np.sqrt(3.0) / 2.0
    crossed = cells.inside < whole * (1.0 - 1e-9)
    kept: list[Numbers] = []
    missing = n
    while missing:
        cell = random.integers(0, len(cells.centres), size=2 * missing + 16)
        at = cells.centres[cell] + _in_hexagon(len(cell), cells.width, random)
        fine = ~crossed[cell]
        fine[crossed[cell]] = area.encloses(at[crossed[cell]])
        kept.append(at[fine][:missing])
        missing -= len(kept[-1])
    return np.concatenate(kept)


def _in_hexagon(n: int, width: float, random: np.random.Generator) -> Numbers:
    """Points at random in a hexagon around zero: in one of its three rhombi, each spanned by two corners."""
    corner = np.pi / 2.0 + 2.0 * np.pi / 3.0 * np.arange(4)
    corners = width / np.sqrt(3.0) * np.stack([np.cos(corner), np.sin(corner)], axis=1)
    rhombus, part = random.integers(0, 3, size=n), random.random((n, 2))
    return part[:, :1] * corners[rhombus] + part[:, 1:] * corners[rhombus + 1]

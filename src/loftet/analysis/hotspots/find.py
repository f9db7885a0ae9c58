"""Hot spots among marks on a map: found, tested and shown only where enough people stand behind them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..disclosure import MINIMUM_CELL, suppress_small
from .area import Area, HotSpotError, check_draws
from .hexagons import Hexagons, check_reach, spread_over
from .marks import Marks, read_marks
from .nearest import NearestNeighbours, nearest_neighbours
from .scan import Scan, p_value

MINIMUM_MARKS, MINIMUM_PEOPLE = 20, 10
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """A hexagon that may be shown, by its centre in metres."""

    x: float
    y: float
    people: int
    per_square_kilometre: float  # people, over the part of the hexagon that lies in the area
    hot: bool


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A disc of hexagons in which marks lie closer than chance would lay them.

    Its people are rounded down to whole steps of the smallest number that may be shown, and those of its hidden cells
    are counted only when there are at least so many: a hidden cell cannot be worked out by subtraction.
    """

    x: float
    y: float
    steps: int  # from the middle hexagon to the outermost
    cells: tuple[tuple[float, float], ...]  # centres of its hexagons in the area
    people: int  # at least
    times_expected: float  # at least: `people` over the marks that chance would lay there
    p_value: float  # of the best such disc anywhere in the area, by chance alone


@dataclass(frozen=True, slots=True)
class HotSpots:
    """What the marks show. No spots is a result: nothing stands out from what chance does."""

    spots: tuple[HotSpot, ...]  # the one that stands out most first; they do not overlap
    cells: tuple[Cell, ...]  # only those that may be shown, from south to north
    p_value: float  # of the disc that stands out most
    threshold: float  # of the log-likelihood ratio, that a disc must exceed
    level: float  # chance of any spot at all when there is none
    nearest: NearestNeighbours | None  # of the whole map; None with a background
    width: float  # of a hexagon, metres from side to side
    n_people: int
    n_marks: int
    n_cells: int
    outside: int  # points outside the area
    without_background: int  # points where the background has nothing
    rounds: int
    seed: int


@dataclass(frozen=True, slots=True)
class TooFewMarks:
    """A result: too few marks or people to tell a hot spot from chance."""

    n_people: int
    n_marks: int
    needed_people: int = MINIMUM_PEOPLE
    needed_marks: int = MINIMUM_MARKS


def find_hot_spots(
    points: ArrayLike,
    area: Area,
    *,
    people: Sequence[Hashable] | NDArray[Any] | None = None,
    width: float = 200.0,
    reach: int = 3,
    background: tuple[ArrayLike, ArrayLike] | None = None,
    minimum: int = MINIMUM_CELL,
    level: float = 0.05,
    rounds: int = 999,
    seed: int = 0,
) -> HotSpots | TooFewMarks:
    """Find where marks lie closer than chance would lay them, in a disc of any size up to `reach` hexagons.

    points: N × 2 in metres (SWEREF 99 TM), border included, those outside the area left out and counted; people: who
    made each point (N); points of one person within a hexagon's width of each other count as one mark. width: of a
    hexagon, in metres. background: places (K × 2) and weights (K), such as inhabitants of squares; marks are then
    compared with them instead of with square metres, and points where there are none are left out and counted.
    minimum: people behind anything shown. A disc is a hot spot when its log-likelihood ratio exceeds that of the best
    disc in all but `level` of `rounds` maps with as many marks thrown at random: so the chance of any false spot on a
    map without one is at most `level`. The same points, in any order, and the same seed give the same answer.
    Raises HotSpotError for other shapes or values. Fewer than 20 marks or 10 people give TooFewMarks.
    Source: Kulldorff 1997, Communications in Statistics - Theory and Methods 26 (spatial scan statistic); Dwass 1957,
    Annals of Mathematical Statistics 28 (Monte Carlo test); Clark & Evans 1954, Ecology 35 (`nearest`).

    >>> from loftet.analysis.hotspots import box
    >>> random = np.random.default_rng(1)
    >>> marks = np.vstack([random.uniform(0, 3000, (80, 2)), random.normal(1000, 60, (30, 2))])
    >>> found = find_hot_spots(marks, box(0, 0, 3000, 3000), rounds=199)
    >>> [(spot.people, spot.times_expected > 5, spot.p_value) for spot in found.spots]
    [(20, True, 0.005)]
    """
    _check(reach, minimum, level, rounds, seed)
    cells = Hexagons.over(area, width)
    marks = read_marks(points, people, area, near=width)
    outside, placed = marks.outside, len(marks.points)
    share, marks = _ground(cells, marks, area, background)
    if marks.n_marks < MINIMUM_MARKS or marks.n_people < MINIMUM_PEOPLE:
        return TooFewMarks(marks.n_people, marks.n_marks)
    scan = Scan(cells.discs(reach), share, marks.n_marks, minimum)
    by_chance, shown = scan.by_chance(rounds, seed), _people_shown(cells, marks, minimum)
    spots, strongest = _spots(scan, cells, marks, shown, by_chance, level)
    return HotSpots(
        spots=spots,
        cells=_cells(cells, shown, spots),
        p_value=strongest,
        threshold=float(by_chance[-_allowed(level, rounds)]),
        level=level,
        nearest=None if background is not None else _overall(marks, area, cells, rounds, seed),
        width=float(width),
        n_people=marks.n_people,
        n_marks=marks.n_marks,
        n_cells=len(cells.centres),
        outside=outside,
        without_background=placed - len(marks.points),
        rounds=rounds,
        seed=seed,
    )


def _check(reach: int, minimum: int, level: float, rounds: int, seed: int) -> None:
    check_reach(reach)
    check_draws(rounds, seed)
    # NaN is below nothing: every cell would be shown.
    if not isinstance(minimum, (int, np.integer)) or minimum < 1:
        raise HotSpotError("at least one person, in whole numbers, must stand behind what is shown")
    if not isinstance(level, (int, float)) or not 0.0 < level < 0.5 or _allowed(level, rounds) < 1:
        raise HotSpotError(f"{rounds} rounds cannot tell a chance of {level}")


def _allowed(level: float, rounds: int) -> int:
    """How many of all maps, the one that was seen among them, may be as extreme."""
    return math.floor(level * (1 + rounds) + 1e-9)


def _ground(
    cells: Hexagons, marks: Marks, area: Area, background: tuple[ArrayLike, ArrayLike] | None
) -> tuple[Numbers, Marks]:
    """The share of all marks that each cell expects (M), and the marks that lie where anything is expected."""
    if background is None:
        return cells.inside / cells.inside.sum(), marks
    if not isinstance(background, (tuple, list)) or len(background) != 2:
        raise HotSpotError("a background is places (K × 2) and a weight for each")
    weights = spread_over(cells, *background, area)
    if len(marks.points):
        seen = weights[cells.cell_of(marks.points)] > 0
        marks = read_marks(marks.points[seen], marks.people[seen], area, near=cells.width)
    return weights / weights.sum(), marks


def _overall(marks: Marks, area: Area, cells: Hexagons, rounds: int, seed: int) -> NearestNeighbours:
    return nearest_neighbours(marks.middles, area, cells, rounds=min(rounds, 199), seed=seed)


def _people_shown(cells: Hexagons, marks: Marks, minimum: int) -> dict[int, int]:
    """People in each cell that may be shown. Cells with nobody look like those with too few: both are left out."""
    pairs = np.unique(np.stack([cells.cell_of(marks.points), marks.people], axis=1), axis=0)
    filled, counts = np.unique(pairs[:, 0], return_counts=True)
    shown = suppress_small(counts.tolist(), minimum=minimum)
    return {int(i): count for i, count in zip(filled, shown, strict=True) if count is not None}


def _spots(
    scan: Scan, cells: Hexagons, marks: Marks, shown: dict[int, int], by_chance: Numbers, level: float
) -> tuple[tuple[HotSpot, ...], float]:
    """Discs beyond the threshold, the best first and no two with a cell in common; and the best disc's p-value."""
    m, at = len(cells.centres), cells.cell_of(marks.points)
    counts = np.asarray(np.bincount(at, weights=marks.weights, minlength=m), dtype=np.float64)
    value = scan.values(counts)
    # Of equals the smaller disc; of those the southernmost. Rounding: a sum's last bit must not decide.
    order = np.lexsort((scan.windows % m, scan.windows // m, -np.round(value, 9)))
    taken, open_ = np.zeros(m, dtype=bool), np.isin(at, list(shown))
    spots: list[HotSpot] = []
    strongest = 1.0
    for window in order:
        p = p_value(float(value[window]), by_chance)
        if value[window] <= 0.0 or (p > level and strongest < 1.0):
            break
        members = np.sort(scan.discs[[window]].indices).astype(np.int64)
        here = np.isin(at, members)
        people = len(np.unique(marks.people[here]))
        if people < scan.minimum or taken[members].any():
            continue
        strongest = min(strongest, p)
        if p > level:
            break
        taken[members] = True
        told = _told(people, len(np.unique(marks.people[here & open_])), scan.minimum)
        spots.append(_spot(scan, cells, int(window), members, told, p))
    return tuple(spots), strongest


def _told(people: int, in_shown_cells: int, minimum: int) -> int:
    """People of a spot in whole steps; those of its hidden cells count only when they are enough to hide in.

    >>> _told(26, 22, 5), _told(29, 22, 5), _told(9, 0, 5)
    (20, 25, 5)
    """
    safe = people if people - in_shown_cells >= minimum else in_shown_cells
    return minimum * (safe // minimum)


def _spot(scan: Scan, cells: Hexagons, window: int, members: NDArray[np.int64], told: int, p: float) -> HotSpot:
    steps, middle = divmod(int(scan.windows[window]), len(cells.centres))
    return HotSpot(
        x=float(cells.centres[middle, 0]),
        y=float(cells.centres[middle, 1]),
        steps=steps,
        cells=tuple((float(x), float(y)) for x, y in cells.centres[members]),
        people=told,
        times_expected=told / float(scan.expected[window]),
        p_value=p,
    )


def _cells(cells: Hexagons, shown: dict[int, int], spots: tuple[HotSpot, ...]) -> tuple[Cell, ...]:
    hot = {centre for spot in spots for centre in spot.cells}
    found = []
    for i, people in shown.items():
        x, y = (float(v) for v in cells.centres[i])
        found.append(Cell(x, y, people, 1e6 * people / float(cells.inside[i]), (x, y) in hot))
    return tuple(found)

"""Hot spots: planted ones are found, chance makes few, and neither the order of rows nor where the map lies matters."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from loftet.analysis.hotspots import (
    Area,
    Hexagons,
    HotSpotError,
    HotSpots,
    TooFewMarks,
    box,
    find_hot_spots,
    hexagon,
    nearest_neighbours,
)
from loftet.analysis.hotspots.marks import read_marks
from loftet.analysis.hotspots.scan import Scan, log_likelihood_ratio, p_value

TOWN = np.array([661_000.0, 6_607_000.0])  # where a town may lie in SWEREF 99 TM
BAY = [(0, 0), (3000, 200), (2800, 2600), (1700, 2700), (1500, 1200), (1300, 2800), (100, 2500)]
AREA = box(0, 0, 3000, 3000)
HOLE = [(400, 400), (900, 450), (800, 900), (380, 800)]


def uniform(n: int, seed: int, area: Area) -> np.ndarray:
    random = np.random.default_rng(seed)
    low, high = (f(area.edges.reshape(-1, 2), axis=0) for f in (np.min, np.max))
    points = random.uniform(low, high, (40 * n, 2))
    return points[area.contains(points)][:n]


def planted(seed: int = 3) -> np.ndarray:
    """Two hundred marks anywhere, thirty at one corner, twenty-five at another."""
    random = np.random.default_rng(seed)
    return np.vstack(
        [
            uniform(200, seed, Area([BAY])),
            random.normal((800, 800), 60, (30, 2)),
            random.normal((2300, 1800), 60, (25, 2)),
        ]
    )


@cache
def found_in_bay(rounds: int) -> HotSpots:
    """What is found among the planted marks: several tests compare with it."""
    return find_hot_spots(planted(), Area([BAY]), rounds=rounds)


def summary(found: HotSpots) -> list:
    return [(s.steps, len(s.cells), s.people, round(s.times_expected, 6), s.p_value) for s in found.spots]


# --- Geometry, against shapely -------------------------------------------------------------------------------------
def test_area_as_shapely() -> None:
    area, reference = Area([BAY, HOLE]), shapely.Polygon(BAY, [HOLE])
    assert area.size == pytest.approx(reference.area)
    assert area.centre == pytest.approx(np.array(reference.centroid.coords[0]))
    points = np.random.default_rng(1).uniform(-200, 3200, (4000, 2))
    assert (area.contains(points) == shapely.contains_xy(reference, points)).all()
    for x, y in points[:60]:
        piece = hexagon(x, y, 700.0)
        assert area.within(piece) == pytest.approx(reference.intersection(shapely.Polygon(piece)).area, abs=1e-3)
    distances = [reference.boundary.distance(shapely.Point(p)) for p in points[:200]]
    assert area.distance_to_border(points[:200]) == pytest.approx(distances)


def test_parts_and_islands_in_holes() -> None:
    rings = [[(0, 0), (9, 0), (9, 9), (0, 9)], [(2, 2), (7, 2), (7, 7), (2, 7)], [(4, 4), (5, 4), (5, 5), (4, 5)]]
    area = Area([*rings, [(20, 0), (22, 0), (22, 2), (20, 2)]])
    assert area.size == 81 - 25 + 1 + 4
    assert area.contains([(1, 1), (3, 3), (4.5, 4.5), (21, 1), (15, 1)]).tolist() == [True, False, True, True, False]


@given(st.booleans(), st.booleans(), st.floats(-1e6, 1e7), st.floats(-1e6, 1e7))
def test_direction_closing_and_place_of_a_ring_never_matter(back: bool, closed: bool, x: float, y: float) -> None:
    ring = BAY[::-1] if back else BAY
    shift = np.array([x, y])
    area = Area([np.array([*ring, ring[0]] if closed else ring) + shift])
    assert area.size == pytest.approx(Area([BAY]).size, rel=1e-6)
    assert area.contains(np.array([(1000, 1000), (1500, 2600)]) + shift).tolist() == [True, False]


def test_corners_and_borders_are_inside() -> None:
    area = Area([np.array(BAY) + TOWN])
    corners = area.rings[0]
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    assert area.contains(corners).all()
    assert area.contains(middles).all()


@pytest.mark.parametrize("width", [150.0, 333.0])
def test_hexagons_cover_the_area_once(width: float) -> None:
    area = Area([BAY, HOLE])
    cells = Hexagons.over(area, width)
    assert cells.inside.sum() == pytest.approx(area.size, rel=1e-9)
    points = uniform(500, 2, area)
    at = cells.cell_of(points)
    assert (at == cdist(points, cells.centres).argmin(axis=1)).all()
    for point, cell in zip(points[:100], at[:100], strict=True):
        assert shapely.Polygon(hexagon(*cells.centres[cell], width)).buffer(1e-6).contains(shapely.Point(point))


def test_discs_are_the_cells_within_so_many_steps() -> None:
    cells = Hexagons.over(Area([BAY, HOLE]), 150.0)
    discs = cells.discs(3).toarray()
    m = len(cells.centres)
    q, r = cells.axial[:, None, 0] - cells.axial[None, :, 0], cells.axial[:, None, 1] - cells.axial[None, :, 1]
    steps = np.maximum(np.maximum(np.abs(q), np.abs(r)), np.abs(q + r))
    for reach in range(4):
        assert (discs[reach * m : (reach + 1) * m] == (steps <= reach)).all()


# --- Finding -------------------------------------------------------------------------------------------------------
def test_planted_spots_are_found_where_they_were_planted() -> None:
    found = found_in_bay(199)
    assert len(found.spots) == 2
    for x, y in ((800, 800), (2300, 1800)):
        assert min(np.hypot(s.x - x, s.y - y) for s in found.spots) < 250
    assert found.p_value == 0.005
    assert found.nearest.ratio < 0.95
    assert found.nearest.p_clustered <= 0.05
    taken = [cell for s in found.spots for cell in s.cells]
    assert len(taken) == len(set(taken))
    assert {(c.x, c.y) for c in found.cells if c.hot} <= set(taken)


def test_no_hot_spot_is_a_result() -> None:
    found = find_hot_spots(uniform(250, 8, Area([BAY])), Area([BAY]), rounds=199)
    assert found.spots == ()
    assert found.p_value > 0.05
    assert 0.9 < found.nearest.ratio < 1.1
    assert not any(cell.hot for cell in found.cells)


@pytest.mark.long
def test_chance_makes_a_hot_spot_on_at_most_one_map_in_twenty() -> None:
    """Three hundred maps without any; one in twenty is 15, and 23 is beyond the 98th percentile of that."""
    area = Area([BAY, HOLE])
    hot = clustered = 0
    for seed in range(300):
        found = find_hot_spots(uniform(120, seed, area), area, width=250.0, rounds=99, seed=seed)
        hot += bool(found.spots)
        clustered += found.nearest.p_clustered <= 0.05
    assert hot <= 23
    assert 5 <= clustered <= 26


@pytest.mark.long
def test_chance_makes_no_more_of_people_who_leave_trails() -> None:
    """Forty people with six marks each in a row: without joining them nearly every map would have a hot spot."""
    area, random = Area([BAY]), np.random.default_rng(5)
    hot = 0
    for seed in range(60):
        starts = uniform(40, seed, area)
        trail = (starts[:, None, :] + np.cumsum(random.normal(0, 60, (40, 6, 2)), axis=1)).reshape(-1, 2)
        found = find_hot_spots(trail, area, people=np.repeat(np.arange(40), 6), width=250.0, rounds=99, seed=seed)
        hot += bool(found.spots)
    assert hot <= 6


@pytest.mark.long
def test_chance_makes_few_spots_where_people_mark_where_they_live() -> None:
    homes, random = uniform(300, 1, Area([BAY])), np.random.default_rng(2)
    living = random.gamma(0.5, 200.0, 300)
    hot = 0
    for seed in range(200):
        marks = homes[random.choice(300, 150, p=living / living.sum())]
        hot += bool(find_hot_spots(marks, Area([BAY]), background=(homes, living), rounds=99, seed=seed).spots)
    assert hot <= 17  # ten expected


def test_more_people_are_expected_where_more_people_live() -> None:
    area, random = box(0, 0, 3000, 3000), np.random.default_rng(4)
    marks = np.vstack([random.uniform(0, 3000, (60, 2)), random.normal(1000, 150, (60, 2))])
    homes = np.stack([v.ravel() for v in np.meshgrid(np.arange(50, 3000, 100), np.arange(50, 3000, 100))], axis=1)
    even = find_hot_spots(marks, area, rounds=99)
    crowd = 1.0 + 64.0 * np.exp(-((homes - 1000) ** 2).sum(axis=1) / (2 * 150**2))
    uneven = find_hot_spots(marks, area, background=(homes, crowd), rounds=99)
    assert len(even.spots) >= 1
    assert uneven.spots == ()
    assert uneven.nearest is None
    half = homes[homes[:, 0] < 1500]
    west = find_hot_spots(marks, area, background=(half, np.ones(len(half))), rounds=19)
    assert west.without_background > 0
    assert west.n_marks + west.without_background == 120


# --- What never matters --------------------------------------------------------------------------------------------
@settings(max_examples=3)
@given(st.integers(0, 10**6))
def test_order_of_rows_and_names_of_people_never_matter(seed: int) -> None:
    points, random = planted(), np.random.default_rng(seed)
    people = np.arange(len(points)) // 2
    order = random.permutation(len(points))
    plain = find_hot_spots(points, Area([BAY]), people=people, rounds=39)
    named = [f"p{i}" for i in random.permutation(len(points))[people[order]]]
    assert find_hot_spots(points[order], Area([BAY]), people=named, rounds=39) == plain


@pytest.mark.parametrize("shift", [TOWN])
def test_the_place_of_the_map_never_matters(shift: np.ndarray) -> None:
    plain = found_in_bay(99)
    moved = find_hot_spots(planted() + shift, Area([np.array(BAY) + shift]), rounds=99)
    assert summary(moved) == summary(plain) != []
    assert moved.nearest.ratio == pytest.approx(plain.nearest.ratio, rel=1e-6)
    for a, b in zip(moved.spots, plain.spots, strict=True):
        assert (a.x - shift[0], a.y - shift[1]) == pytest.approx((b.x, b.y), abs=1e-5)


@pytest.mark.parametrize("degrees", [17.0, 133.0])
def test_turned_maps_have_the_same_spots(degrees: float) -> None:
    """The grid follows north, so figures of single hexagons move; where the spots lie does not, nor what is tested."""
    turn = np.deg2rad(degrees)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    plain = found_in_bay(99)
    turned = find_hot_spots(planted() @ matrix, Area([np.array(BAY) @ matrix]), rounds=99)
    assert turned.n_marks == plain.n_marks
    assert len(turned.spots) == len(plain.spots) == 2
    for spot in plain.spots:
        there = np.array([spot.x, spot.y]) @ matrix
        assert min(np.hypot(s.x - there[0], s.y - there[1]) for s in turned.spots) < 300
    assert turned.nearest.ratio == pytest.approx(plain.nearest.ratio, abs=0.03)


def test_arguments_are_left_as_they_were() -> None:
    points, ring = planted(), np.array(BAY, dtype=float)
    before = points.copy(), ring.copy()
    points.setflags(write=False)
    ring.setflags(write=False)
    find_hot_spots(points, Area([ring]), width=300.0, rounds=19)
    assert np.array_equal(points, before[0])
    assert np.array_equal(ring, before[1])


# --- People, duplicates, borders -----------------------------------------------------------------------------------
def test_one_person_alone_makes_no_hot_spot() -> None:
    area, random = Area([BAY]), np.random.default_rng(6)
    points = np.vstack([uniform(60, 6, area), random.normal((800, 800), 30, (40, 2))])
    alone = np.r_[np.arange(60), np.full(40, 60)]
    assert find_hot_spots(points, area, people=alone, rounds=39).spots == ()
    assert len(find_hot_spots(points, area, rounds=39).spots) == 1
    four = np.r_[np.arange(60), 60 + np.arange(40) % 4]
    assert find_hot_spots(points, area, people=four, rounds=39).spots == ()


def test_marks_of_one_person_join_in_chains_and_of_two_people_never() -> None:
    line = np.stack([np.arange(100.0, 2000.0, 100.0), np.full(19, 600.0)], axis=1)
    area = Area([BAY])
    chain = read_marks(line, np.zeros(19, dtype=int), area, near=100.0)
    assert (chain.n_marks, chain.n_people, chain.weights.sum()) == (1, 1, pytest.approx(1.0))
    assert chain.middles[0] == pytest.approx((1000.0, 600.0))
    assert read_marks(line, np.zeros(19, dtype=int), area, near=99.0).n_marks == 19
    assert read_marks(line, np.arange(19), area, near=100.0).n_marks == 19


def test_points_outside_are_left_out_and_on_the_border_kept() -> None:
    area = box(0, 0, 2000, 2000)
    inside = uniform(40, 1, area)
    border = np.array([(0, 0), (2000, 2000), (0, 700), (2000, 5), (1234.5, 2000)])
    found = find_hot_spots(np.vstack([inside, border, [(2001, 5), (-1, 9)]]), area, rounds=19)
    assert (found.n_marks, found.outside) == (45, 2)


def test_all_points_equal() -> None:
    found = find_hot_spots(np.tile([[700.0, 700.0]], (40, 1)), Area([BAY]), rounds=99)
    assert len(found.spots) == 1
    assert (found.spots[0].steps, found.spots[0].people) == (0, 40)
    assert found.nearest.ratio == 0.0
    assert [(cell.people, cell.hot) for cell in found.cells] == [(40, True)]
    same = find_hot_spots(np.tile([[700.0, 700.0]], (40, 1)), Area([BAY]), people=np.zeros(40), rounds=99)
    assert same == TooFewMarks(1, 1)


@pytest.mark.parametrize("n", [0, 1, 19])
def test_too_few_marks_is_a_result(n: int) -> None:
    assert find_hot_spots(uniform(40, 1, Area([BAY]))[:n], Area([BAY])) == TooFewMarks(n, n)
    assert find_hot_spots([], Area([BAY])) == TooFewMarks(0, 0)
    few = find_hot_spots(uniform(40, 1, Area([BAY])), Area([BAY]), people=np.arange(40) % 9)
    assert isinstance(few, TooFewMarks)


def test_no_cell_is_shown_with_fewer_people_than_asked_and_none_follows_from_the_others() -> None:
    area = box(0, 0, 2400, 2400)
    random = np.random.default_rng(9)
    points = random.uniform(0, 2400, (300, 2))
    people = random.integers(0, 150, 300)
    found = find_hot_spots(points, area, people=people, rounds=19)
    cells = Hexagons.over(area, 200.0)
    at = cells.cell_of(points)
    truth = {tuple(cells.centres[i]): len(np.unique(people[at == i])) for i in np.unique(at)}
    assert found.cells
    assert all(cell.people == truth[(cell.x, cell.y)] >= 5 for cell in found.cells)
    assert all(cell.people < 2400 * cell.per_square_kilometre for cell in found.cells)
    stricter = find_hot_spots(points, area, people=people, rounds=19, minimum=8)
    assert all(cell.people >= 8 for cell in stricter.cells)
    # With a single cell too small to show, another goes with it: the total would give it away.
    two = np.vstack([np.tile([[300.0, 300.0]], (30, 1)), np.tile([[1500.0, 1500.0]], (20, 1)), [[900.0, 900.0]]])
    assert [cell.people for cell in find_hot_spots(two, area, rounds=19).cells] == [30]


@pytest.mark.parametrize(("hidden", "told"), [((2, 1), 50), ((4, 3), 55), ((0, 0), 50)])
def test_a_spot_gives_no_hidden_cell_away(hidden: tuple[int, int], told: int) -> None:
    """A ring of cells around twenty people: four with eight each, two that may not be shown."""
    cells = Hexagons.over(AREA, 200.0)
    middle = int(np.argmin(np.abs(cells.centres - 1000).sum(axis=1)))
    ring = np.argsort(np.hypot(*(cells.centres - cells.centres[middle]).T))[1:7]
    counts = np.zeros(len(cells.centres), dtype=int)
    counts[middle], counts[ring] = 20, [8, 8, 8, 8, *hidden]
    counts[np.flatnonzero(np.hypot(*(cells.centres - cells.centres[middle]).T) > 900)[::4]] = 1
    found = find_hot_spots(np.repeat(cells.centres, counts, axis=0), AREA, reach=1, rounds=39)
    assert [(spot.steps, spot.people) for spot in found.spots] == [(1, told)]
    assert len(found.cells) == 5
    expected = found.n_marks * 7 * 200.0**2 * 3**0.5 / 2 / AREA.size
    assert found.spots[0].times_expected == pytest.approx(told / expected)


# --- The scan itself -----------------------------------------------------------------------------------------------
@given(st.integers(1, 99), st.floats(0.5, 60.0))
def test_ratio_by_its_definition(counted: int, expected: float) -> None:
    """The likelihood of counted of 100 at its own share against the expected one."""
    got = float(log_likelihood_ratio(np.array([float(counted)]), np.array([expected]), 100.0)[0])
    p, q = counted / 100, expected / 100
    ratio = counted * np.log(p / q) + (100 - counted) * np.log((1 - p) / (1 - q))
    assert got == pytest.approx(ratio if counted > expected else 0.0, abs=1e-9)


def test_discs_of_more_than_a_quarter_are_no_spots() -> None:
    cells = Hexagons.over(box(0, 0, 1000, 1000), 200.0)
    share = cells.inside / cells.inside.sum()
    scan = Scan(cells.discs(10), share, 100, 5)
    assert scan.expected.max() <= 25
    assert len(scan.windows) >= len(cells.centres)
    assert (np.diff(scan.by_chance(50, 1)) >= 0).all()


def test_p_values_count_the_map_itself() -> None:
    assert p_value(2.0, np.array([1.0, 1.5, 2.0, 3.0])) == 3 / 5
    assert p_value(9.0, np.array([1.0, 1.5, 2.0, 3.0])) == 1 / 5


def test_marks_kept_apart_are_told() -> None:
    area = box(0, 0, 2000, 2000)
    grid = np.stack([v.ravel() for v in np.meshgrid(np.arange(100, 2000, 200), np.arange(100, 2000, 200))], axis=1)
    got = nearest_neighbours(grid.astype(float), area, Hexagons.over(area, 200.0))
    assert got.ratio > 1.5
    assert (got.p_dispersed, got.p_clustered) == (0.005, 1.0)


# --- Refusals ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Area([]), "at least one ring"),
        (lambda: Area([[(0, 0), (1, 1)]]), "three corners"),
        (lambda: Area([[(0, 0), (1, 1), (2, 2)]]), "encloses nothing"),
        (lambda: Area([[(0, 0), (1, 0), (np.nan, 2)]]), "finite"),
        (lambda: Area([[0, 1, 2]]), "two finite numbers"),
        (lambda: find_hot_spots([[1.0, 2.0, 3.0]], box(0, 0, 3000, 3000)), "two finite numbers"),
        (lambda: nearest_neighbours(np.zeros((1, 2)), AREA, Hexagons.over(AREA, 200.0)), "two points"),
        (lambda: nearest_neighbours(np.full((3, 2), np.nan), AREA, Hexagons.over(AREA, 200.0)), "two points"),
        (lambda: find_hot_spots([[1.0, np.inf]], box(0, 0, 3000, 3000)), "two finite numbers"),
        (lambda: find_hot_spots([[1.0, 2.0]], box(0, 0, 3000, 3000), people=[1, 2]), "1 points but 2 people"),
        (lambda: find_hot_spots([], Area([[(0, 0), (3000, 3000), (3000, 500), (0, 2000)]])), "cross"),
        (lambda: find_hot_spots([], Area([BAY, np.array(BAY) + 1800.0 * np.array([1, 0])])), "cross"),
        (lambda: find_hot_spots([], box(0, 0, 300, 300)), "choose a width"),
        (lambda: find_hot_spots([], box(0, 0, 3e6, 3e6)), "choose wider"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), width=0.0), "width above 0"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), reach=-1), "0 to 10"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), minimum=0), "at least one person"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), rounds=9), "cannot tell"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), background=([[1, 2]], [1, 2])), "a weight for each"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), background=([[1, 2]], [-1])), "at least 0"),
        (lambda: find_hot_spots([], box(0, 0, 3000, 3000), background=([[-9, 2]], [1])), "nothing inside"),
    ],
)
def test_wrong_arguments_are_named(call, says: str) -> None:
    with pytest.raises(HotSpotError, match=says):
        call()

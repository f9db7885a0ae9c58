"""Any input to the public functions of hot spots: left as it was, read in any order, and answered or refused in words.

Who made a point and in which order points come is held for `find_hot_spots` in the tests on maps.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.hotspots import (
    Area,
    Hexagons,
    HotSpotError,
    TooFewMarks,
    box,
    find_hot_spots,
    hexagon,
    nearest_neighbours,
)

TOWN = box(0, 0, 2000, 2000)
CELLS = Hexagons.over(TOWN, 250.0)
POINTS = np.random.default_rng(1).uniform(0, 2000, (50, 2))
RING = np.array([(0, 0), (2000, 0), (2000, 1500), (0, 2000)], dtype=np.float64)
NAN, INF = float("nan"), float("inf")


def find(points=POINTS, area=TOWN, **options):
    """Hot spots of a small map by few rounds."""
    return find_hot_spots(points, area, width=250.0, **{"rounds": 19, **options})


@given(st.permutations(range(50)))
def test_each_point_is_answered_by_itself_and_arguments_are_unchanged(order: list[int]) -> None:
    points = POINTS * 1.5 - 400
    before = points.copy()
    assert np.array_equal(TOWN.contains(points[order]), TOWN.contains(points)[order])
    assert np.array_equal(TOWN.encloses(points[order]), TOWN.encloses(points)[order])
    np.testing.assert_allclose(TOWN.distance_to_border(points[order]), TOWN.distance_to_border(points)[order])
    assert np.array_equal(CELLS.cell_of(points[order]), CELLS.cell_of(points)[order])
    assert np.array_equal(points, before)


@given(st.permutations(range(50)), st.integers(0, 3))
def test_neighbours_do_not_know_the_order_of_points(order: list[int], seed: int) -> None:
    before = POINTS.copy()
    one, other = (nearest_neighbours(p, TOWN, CELLS, rounds=3, seed=seed) for p in (POINTS, POINTS[order]))
    assert other.ratio == pytest.approx(one.ratio, rel=1e-9)
    assert (other.p_clustered, other.p_dispersed) == (one.p_clustered, one.p_dispersed)
    assert np.array_equal(POINTS, before)


@given(st.integers(0, 3), st.booleans())
def test_an_area_does_not_know_where_its_ring_begins_or_which_ring_comes_first(start: int, swapped: bool) -> None:
    hole = np.array([(500, 500), (900, 500), (700, 900)], dtype=np.float64)
    rings = [np.roll(RING, start, axis=0), hole][:: -1 if swapped else 1]
    before = [ring.copy() for ring in rings]
    area, plain = Area(rings), Area([RING, hole])
    assert area.size == pytest.approx(plain.size, rel=1e-9)
    assert area.centre == pytest.approx(plain.centre, rel=1e-9)
    piece = hexagon(700.0, 600.0, 400.0)
    assert area.within(piece) == pytest.approx(plain.within(piece), rel=1e-9)
    cells, same = Hexagons.over(area, 300.0), Hexagons.over(plain, 300.0)
    assert np.array_equal(cells.axial, same.axial)
    assert cells.inside == pytest.approx(same.inside, abs=1e-6)
    assert all(np.array_equal(ring, was) for ring, was in zip(rings, before, strict=True))


def test_the_order_and_unit_of_a_background_never_matter() -> None:
    weights = np.random.default_rng(2).gamma(1.0, 10.0, 50)
    plain = find(background=(POINTS, weights))
    order = np.random.default_rng(3).permutation(50)
    for unit in (1.0, 2.0**-900, 2.0**900):
        other = find(background=(POINTS[order], unit * weights[order]))
        assert other.p_value == plain.p_value
        assert other.threshold == pytest.approx(plain.threshold, rel=1e-9)


@pytest.mark.parametrize("weights", [np.full(50, 1e308), np.full(50, 5e-324), np.r_[np.ones(49), 5e-324]])
def test_weights_at_the_ends_of_the_range_have_a_result(weights: np.ndarray) -> None:
    assert np.isfinite(find(background=(POINTS, weights)).threshold)


def test_what_is_little_or_all_alike_has_a_result() -> None:
    none = np.zeros(0, dtype=bool)
    assert np.array_equal(TOWN.contains([]), none)
    assert np.array_equal(TOWN.encloses([]), none)
    assert TOWN.distance_to_border([]).shape == CELLS.cell_of([]).shape == (0,)
    assert find([(5, 5)]) == find([(5, 5)], people=["a"]) == TooFewMarks(1, 1)
    assert find(POINTS, people=[None] * 50).n_people == 1
    assert nearest_neighbours([(5, 5)] * 3, TOWN, CELLS, rounds=3).ratio == 0.0
    assert find(minimum=10**9).cells == ()
    assert find(POINTS.tolist(), people=[Fraction(i) for i in range(50)]).n_people == 50


NO_POINTS = [
    None, 3.0, "ab", [["a", "b"]], [[1, 2], [3]], [[1j, 2]], [1.0, 2.0], np.zeros((3, 4)), np.zeros((1, 3, 2)),
    [[NAN, 1]], [[INF, 1]], [[1e300, 1]], [[10**400, 1]], np.ma.masked_all((3, 2)),
]  # fmt: skip


@pytest.mark.parametrize("points", NO_POINTS)
def test_what_is_no_points_is_refused_everywhere(points) -> None:
    for call in (
        find,
        TOWN.contains,
        TOWN.encloses,
        TOWN.distance_to_border,
        TOWN.within,
        CELLS.cell_of,
        lambda given: nearest_neighbours(given, TOWN, CELLS),
        lambda given: Area([given]),
        lambda given: find(background=(given, [1.0])),
    ):
        with pytest.raises(HotSpotError):
            call(points)


@pytest.mark.parametrize("width", [NAN, INF, 0.0, -1.0, 1e-300, 1e300, "a", None, [200.0]])
def test_what_is_no_width_is_refused(width) -> None:
    for call in (lambda: Hexagons.over(TOWN, width), lambda: hexagon(0.0, 0.0, width)):
        with pytest.raises(HotSpotError, match="width above 0"):
            call()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"people": [NAN] * 50}, "not NaN"),
        ({"people": np.full(50, np.nan)}, "not NaN"),
        ({"people": [[1]] * 50}, "people are"),
        ({"people": np.zeros((50, 2))}, "people are"),
        ({"people": 3}, "people are"),
        ({"reach": 2.5}, "0 to 10"),
        ({"reach": NAN}, "0 to 10"),
        ({"reach": "1"}, "0 to 10"),
        ({"minimum": NAN}, "whole numbers"),
        ({"minimum": 2.5}, "whole numbers"),
        ({"level": NAN}, "cannot tell"),
        ({"level": "a"}, "cannot tell"),
        ({"rounds": NAN}, "rounds and seed"),
        ({"rounds": 99.5}, "rounds and seed"),
        ({"rounds": -1}, "cannot tell"),
        ({"seed": -1}, "rounds and seed"),
        ({"seed": 1.5}, "rounds and seed"),
        ({"seed": None}, "rounds and seed"),
        ({"background": (None, None)}, "a weight for each"),
        ({"background": (POINTS,)}, "a weight for each"),
        ({"background": (POINTS, ["a"] * 50)}, "a weight for each"),
        ({"background": (POINTS, [1.0])}, "a weight for each"),
        ({"background": (POINTS, [INF] * 50)}, "at least 0"),
        ({"background": (POINTS, [NAN] * 50)}, "at least 0"),
        ({"background": ([], [])}, "nothing inside"),
    ],
)
def test_what_cannot_be_counted_with_is_refused(options: dict, says: str) -> None:
    with pytest.raises(HotSpotError, match=says):
        find(**options)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Area(None),
        lambda: Area(["abc"]),
        lambda: Area([[(1, 1)] * 4]),
        lambda: Area([RING, RING]),
        lambda: box(0, 0, NAN, 1),
        lambda: box(0, 0, 1e200, 1e200),
        lambda: box(0, 0, 1e-200, 1e-200),
        lambda: box("a", 0, 1, 1),
        lambda: hexagon(NAN, 0.0, 1.0),
        lambda: CELLS.discs(-1),
        lambda: CELLS.discs(1.5),
        lambda: TOWN.within(np.zeros((0, 2))),
        lambda: nearest_neighbours(POINTS, TOWN, CELLS, rounds=0),
        lambda: nearest_neighbours(POINTS, TOWN, CELLS, seed=-1),
    ],
)
def test_what_is_no_area_or_place_is_refused(call) -> None:
    with pytest.raises(HotSpotError):
        call()

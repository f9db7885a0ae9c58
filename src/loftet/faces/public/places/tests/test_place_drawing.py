"""Small drawings: short paths on a whole-number grid where neighbours still meet."""

from __future__ import annotations

import json
import re

import shapely
from hypothesis import given
from hypothesis import strategies as st

from loftet.faces.public.places import drawing, maps


def corners(path: str) -> list[set[tuple[int, int]]]:
    """The corners of each ring, read back from path data."""
    rings = []
    for ring in re.findall(r"M[^Mz]+z", path):
        start, steps = re.fullmatch(r"M([^l]+)l([^z]+)z", ring).groups()
        x, y = map(int, start.split())
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        points = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(set(points))
    return rings


def test_a_square_north_up():
    frame = drawing.Frame(west=0, north=10, scale=2, width=20, height=20)
    assert drawing.path_of(shapely.box(0, 0, 10, 10), frame) == "M20 20l0-20-20 0 0 20z"
    assert drawing.path_of(shapely.box(0, 9, 1, 10), frame) == "M2 2l0-2-2 0 0 2z"


def test_a_hole_is_drawn_and_a_speck_is_not():
    frame = drawing.Frame(west=0, north=10, scale=1, width=10, height=10)
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    assert len(corners(drawing.path_of(ring, frame))) == 2
    assert drawing.path_of(shapely.box(0, 0, 0.2, 0.2), frame) == ""


def test_the_frame_holds_everything_with_a_margin():
    frame = drawing.frame_around([shapely.box(100, 200, 110, 240)], width=100, height=84)
    assert (frame.width, frame.height, frame.scale) == (24, 84, 2.0)
    assert frame.point(100, 240) == (2, 2)
    assert frame.point(110, 200) == (22, 82)


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(3, 60), st.integers(3, 60))
def test_neighbours_share_their_corners_on_the_grid(x, y, width, height):
    left, right = shapely.box(x, y, x + width, y + height), shapely.box(x + width, y, x + 2 * width, y + height)
    frame = drawing.frame_around([left, right], width=300, height=300)
    (one,), (other,) = corners(drawing.path_of(left, frame)), corners(drawing.path_of(right, frame))
    assert len(one & other) == 2


def test_the_map_of_sweden_draws_every_municipality_and_county_inside_its_frame():
    drawn = json.loads(maps.OUTLINES.read_text(encoding="utf-8"))
    assert (len(drawn["municipalities"]), len(drawn["counties"])) == (290, 21)
    for code, path in {**drawn["municipalities"], **drawn["counties"]}.items():
        rings = corners(path)
        assert rings, code
        points = set.union(*rings)
        assert all(0 <= x <= drawn["width"] and 0 <= y <= drawn["height"] for x, y in points), code


def test_on_the_map_a_countys_border_runs_along_its_municipalities():
    drawn = json.loads(maps.OUTLINES.read_text(encoding="utf-8"))
    for code, path in drawn["counties"].items():
        own = set.union(*(set.union(*corners(p)) for c, p in drawn["municipalities"].items() if c.startswith(code)))
        assert set.union(*corners(path)) <= own, code

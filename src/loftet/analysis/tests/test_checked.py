"""Looking at what is given: groupings, places and counts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from loftet.analysis.checked import LARGEST, counted_in, grouping, plane


@pytest.mark.parametrize("labels", [[0.5], [math.nan], [math.inf], [-2], ["a"], [[0]], [None], [10**13]])
def test_what_is_no_grouping_is_refused(labels: list) -> None:
    with pytest.raises(ValueError, match=r"a group is 0, 1|groups for"):
        grouping(labels, least=-1)


def test_a_grouping_of_others_is_refused() -> None:
    with pytest.raises(ValueError, match="3 participants but groups for 2"):
        grouping([0, 1], 3)
    with pytest.raises(ValueError, match=r"a group is 0, 1, …$"):
        grouping([0, -1])


def test_a_grouping_of_nobody_is_one() -> None:
    assert grouping([], 0).shape == (0,)


@pytest.mark.parametrize("points", [[1.0, 2.0], [[1.0]], [["a", "b"]], [[math.nan, 0.0]], [[1e13, 0.0]], [[None, 1]]])
def test_what_is_no_place_is_refused(points: list) -> None:
    with pytest.raises(ValueError, match=r"two numbers|two finite numbers"):
        plane(points)


@pytest.mark.parametrize(
    ("parts", "wholes"),
    [([-1.0], [2.0]), ([3.0], [2.0]), ([math.nan], [2.0]), ([1.0], [math.inf]), ([1.0, 2.0], [3.0, 3.0, 3.0])],
)
def test_what_is_no_part_of_a_whole_is_refused(parts: list, wholes: list) -> None:
    with pytest.raises(ValueError, match="count"):
        counted_in(parts, wholes)


def test_arguments_come_back_as_they_were() -> None:
    given = np.array([0, 1, 1])
    assert grouping(given).tolist() == given.tolist() == [0, 1, 1]
    assert math.inf > LARGEST**2

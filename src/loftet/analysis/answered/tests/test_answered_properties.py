"""Limits are met exactly where they are said to be, arguments stay, and odd numbers are refused by name."""

from __future__ import annotations

import copy
import math

import pytest

from loftet.analysis.answered import (
    AnsweredError,
    Part,
    bounds,
    compare_with_population,
    dissimilarity,
    r_indicator,
    tipping_point,
)


@pytest.mark.parametrize("heard", range(1, 10))
@pytest.mark.parametrize("needed", range(11))
def test_thirty_points_are_extreme_from_either_side(heard: int, needed: int) -> None:
    """A hundred heard, a hundred silent, tenths of yes: rounding must not decide what 30 points are."""
    found = tipping_point([Part("all", 200, 100, 10 * heard)], threshold=(10 * heard + 10 * needed) / 200)
    assert found.share == pytest.approx(needed / 10)
    assert found.verdict == ("extreme" if abs(heard - needed) >= 3 else "plausible")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -1, 1.5], ids=str)
def test_numbers_of_people_that_are_none_are_refused(value: float) -> None:
    for call in (
        lambda: bounds([Part("a", value, 1, 1)]),
        lambda: bounds([Part("a", 5, value, 1)]),
        lambda: tipping_point([Part("a", 5, 3, value)]),
        lambda: tipping_point([Part("a", 5, 3, 1)], threshold=value),
        lambda: compare_with_population({"a": value}, {"a": 9}),
        lambda: compare_with_population({"a": 1}, {"a": value}),
        lambda: dissimilarity({"a": value}, {"a": 9}),
        lambda: r_indicator({"a": 1}, {"a": 9, "b": value}),
    ):
        with pytest.raises(AnsweredError):
            call()


def test_arguments_stay_as_they_were() -> None:
    counts, people = {"w": 60, "m": 40}, {"m": 500, "w": 700, "x": 0}
    parts, among = [Part("young", 400, 20, 8), Part("old", 600, 300, 210)], ["young"]
    before = copy.deepcopy((counts, people, parts, among))
    compare_with_population(counts, people)
    dissimilarity(counts, people)
    r_indicator(counts, people)
    bounds(parts)
    tipping_point(parts, among=among)
    assert (counts, people, parts, among) == before
    assert list(people) == ["m", "w", "x"]


def test_everyone_alike_and_one_group_alone() -> None:
    assert dissimilarity({"a": 3}, {"a": 9}) == 0.0
    assert r_indicator({"a": 3}, {"a": 9}) == 1.0
    assert r_indicator({}, {"a": 9, "b": 9}) == 1.0
    assert bounds([Part("a", 1, 1, 1)]) == bounds([Part("b", 1, 1, 1)])
    assert tipping_point([Part("a", 1, 1, 1)], threshold=1.0).verdict == "already there"

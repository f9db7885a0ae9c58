"""Bounds and tipping points against every way the silent could have answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.answered import AnsweredError, Part, bounds, tipping_point


@st.composite
def some_parts(draw):
    parts = []
    for name in range(draw(st.integers(1, 4))):
        population = draw(st.integers(1, 200))
        answered = draw(st.integers(1, population))
        parts.append(Part(name, population, answered, draw(st.integers(0, answered))))
    return parts


@given(some_parts(), st.floats(0, 1))
def test_at_the_tipping_point_the_population_stands_at_the_threshold(parts, threshold):
    asked = [parts[0].name]
    found = tipping_point(parts, threshold=threshold, among=asked)
    people = sum(p.population for p in parts)
    others = sum(p.population * p.yes / p.answered for p in parts[1:])
    silent = parts[0].population - parts[0].answered
    if found.share is None:
        ends = [(others + parts[0].yes + silent * x) / people for x in (0, 1)]
        assert silent == 0 or not ends[0] <= threshold <= ends[1]
    else:
        assert (others + parts[0].yes + silent * found.share) / people == pytest.approx(threshold, abs=1e-8)


def test_bounds_are_those_of_all_completions():
    parts = [Part("a", 6, 3, 2), Part("b", 5, 1, 0)]
    shares = [(2 + 0 + a + b) / 11 for a in range(4) for b in range(5)]
    found = bounds(parts)
    assert (found.low, found.high) == (min(shares), max(shares))
    assert found.high - found.low == pytest.approx(1 - found.answered)


@given(some_parts())
def test_a_threshold_outside_the_bounds_cannot_be_reached_and_one_inside_can(parts):
    limits = bounds(parts)
    if limits.low > 0.02:
        assert tipping_point(parts, threshold=limits.low - 0.01).verdict == "impossible"
    if limits.high - limits.low > 0.01:
        middle = tipping_point(parts, threshold=(limits.low + limits.high) / 2)
        assert middle.share == pytest.approx(0.5, abs=1e-6)


@given(some_parts(), st.randoms())
def test_order_and_names_of_groups_do_not_matter(parts, chance):
    other = [Part(f"g{p.name}", p.population, p.answered, p.yes) for p in parts]
    chance.shuffle(other)
    one, two = tipping_point(parts), tipping_point(other)
    assert (one.share is None) == (two.share is None)
    assert one.standing == pytest.approx(two.standing)
    assert one.bounds == two.bounds


@pytest.mark.parametrize(
    ("part", "verdict", "share"),
    [
        (Part("all", 1000, 600, 550), "impossible", None),
        (Part("all", 1000, 300, 290), "extreme", 0.3),
        (Part("all", 1000, 300, 160), "plausible", 340 / 700),
        (Part("all", 100, 100, 50), "already there", None),
        (Part("all", 100, 100, 51), "impossible", None),
        (Part("all", 100, 0, 0), "plausible", 0.5),
    ],
)
def test_verdicts_are_numbers_and_not_guesses(part, verdict, share):
    found = tipping_point([part])
    assert found.verdict == verdict
    assert found.share == (None if share is None else pytest.approx(share))
    assert found.threshold == 0.5


def test_a_group_in_which_nobody_answered_can_be_asked_about_but_not_filled_in():
    parts = [Part("young", 400, 0, 0), Part("old", 600, 300, 240)]
    found = tipping_point(parts, among=["young"])
    assert found.share == pytest.approx((500 - 480) / 400)
    assert (found.heard, found.distance, found.standing, found.verdict) == (None, None, None, "plausible")
    with pytest.raises(AnsweredError, match="nobody answered in 'young'"):
        tipping_point(parts, among=["old"])
    assert tipping_point([*parts, Part("none", 0, 0, 0)], among=["young"]).share == found.share


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Part("a", 5, 6, 1)],
        [Part("a", 5, 3, 4)],
        [Part("a", 5, 1, 1)] * 2,
        [Part("a", 0, 0, 0)],
        [Part("a", 5, 2.5, 1)],
    ],
)
def test_counts_that_do_not_hold_together_are_refused(parts):
    with pytest.raises(AnsweredError):
        bounds(parts)


def test_thresholds_and_groups_that_are_none_are_refused():
    part = Part("a", 5, 3, 1)
    for wrong in ({"threshold": 1.5}, {"threshold": float("nan")}, {"among": ["b"]}, {"among": []}):
        with pytest.raises(AnsweredError):
            tipping_point([part], **wrong)

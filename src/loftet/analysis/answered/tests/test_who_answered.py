"""Who answered beside who lives there, and that nothing public points at few."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.answered import AnsweredError, compare_with_population, dissimilarity, r_indicator
from loftet.analysis.survey import Estimate

numbers = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 500)), min_size=1, max_size=8)


@given(numbers)
def test_nothing_public_shows_fewer_than_five(pairs):
    counts, population = {i: a for i, (a, _) in enumerate(pairs)}, {i: b for i, (_, b) in enumerate(pairs)}
    found = compare_with_population(counts, population)
    for group in found.groups:
        if 0 < group.count < 5 or found.n < 5:
            assert group.public is group.public_difference is group.public_ratio is None
    hidden = [g.count for g in found.groups if g.public is None]
    assert not hidden or len(hidden) >= 2 or found.n < 5 or len(pairs) == 1
    assert found.hidden == len(hidden)


@given(numbers, st.randoms())
def test_order_and_names_of_groups_do_not_matter(pairs, chance):
    order = list(range(len(pairs)))
    chance.shuffle(order)
    first = compare_with_population({i: a for i, (a, _) in enumerate(pairs)}, {i: b for i, (_, b) in enumerate(pairs)})
    second = compare_with_population({f"g{i}": pairs[i][0] for i in order}, {f"g{i}": pairs[i][1] for i in order})
    of_first = {f"g{g.name}": (g.observed_share, g.difference, g.ratio) for g in first.groups}
    assert {g.name: (g.observed_share, g.difference, g.ratio) for g in second.groups} == of_first
    assert second.dissimilarity == (None if first.dissimilarity is None else pytest.approx(first.dissimilarity))


def test_shares_differences_and_ratios_are_what_they_say():
    found = compare_with_population({"65+": 50, "18-64": 50}, {"18-64": 3000, "65+": 1000})
    working, old = found.groups
    assert (working.name, old.name) == ("18-64", "65+")
    assert (old.observed_share, old.population_share, old.difference, old.ratio) == (0.5, 0.25, 25.0, 2.0)
    assert (old.public, old.population_percent, old.public_difference, old.public_ratio) == (50, 25.0, 25.0, 2.0)
    assert found.dissimilarity == 0.25


def test_a_comparison_has_neither_interval_nor_weight():
    names = {f.name for f in dataclasses.fields(compare_with_population({"a": 5}, {"a": 9}))}
    assert not names & {f.name for f in dataclasses.fields(Estimate) if f.name in ("interval", "effective_n")}


def test_the_index_is_0_when_alike_and_nears_1_when_only_a_small_group_answers():
    assert dissimilarity({"a": 10, "b": 30}, {"a": 100, "b": 300}) == 0.0
    assert dissimilarity({"a": 7, "b": 0}, {"a": 1, "b": 999}) == pytest.approx(0.999)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=6))
def test_the_index_is_how_many_would_have_to_change_group(counts):
    """With a population of equal groups: the surplus above the mean, over all."""
    n = sum(counts)
    surplus = sum(max(0.0, c - n / len(counts)) for c in counts) / n
    found = dissimilarity(dict(enumerate(counts)), dict.fromkeys(range(len(counts)), 100))
    assert found == pytest.approx(surplus)
    assert 0.0 <= found < 1.0


def test_the_r_indicator_is_one_less_twice_the_deviation_of_each_persons_rate():
    counts, population = {"a": 10, "b": 60, "c": 0}, {"a": 100, "b": 80, "c": 20}
    rates = np.repeat([0.1, 0.75, 0.0], [100, 80, 20])
    assert r_indicator(counts, population) == pytest.approx(1 - 2 * rates.std())
    with pytest.raises(AnsweredError, match="more answered"):
        r_indicator({"a": 2}, {"a": 1})


def test_nobody_and_one_are_defined():
    empty = compare_with_population({}, {"a": 10, "b": 10})
    assert (empty.n, empty.dissimilarity, [g.public for g in empty.groups]) == (0, None, [None, None])
    one = compare_with_population({"a": 1}, {"a": 10, "b": 0})
    assert [g.public for g in one.groups] == [None, None]
    assert one.groups[1].ratio is None


@pytest.mark.parametrize(
    ("counts", "population", "words"),
    [
        ({"a": -1}, {"a": 5}, "answers of 'a'"),
        ({"a": float("nan")}, {"a": 5}, "answers of 'a'"),
        ({"a": 1.5}, {"a": 5}, "answers of 'a'"),
        ({"a": 1}, {"a": -5}, "population of 'a'"),
        ({"a": 1}, {}, "no population"),
        ({"b": 1}, {"a": 5}, "'b', where nobody lives"),
    ],
)
def test_what_cannot_be_compared_is_named(counts, population, words):
    with pytest.raises(AnsweredError, match=words):
        compare_with_population(counts, population)
    with pytest.raises(AnsweredError, match="nobody answered"):
        dissimilarity({}, {"a": 1})

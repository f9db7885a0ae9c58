"""What a reader may rely on: figures that agree with each other, and no answer that rounding or a gap made up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.effect import (
    CannotBeJudged,
    EffectError,
    Reason,
    difference_in_differences,
    difference_of_shares,
    dispersion,
    judge,
    mcnemar_p,
    mean_change,
    mean_difference,
    placebo_test,
    segmented_regression,
)

LATER = np.array([False, False, True, True])


@given(st.integers(19, 45), st.integers(0, 10**6), st.floats(-3, 3))
def test_placebo_effects_are_those_that_were_counted(n: int, seed: int, effect: float) -> None:
    """Each place in turn against the mean of all the rest, written out; and as many as large as the p-value says."""
    values = np.random.default_rng(seed).normal(size=(n + 1, 2))
    values[0, 1] += effect
    got = placebo_test(values, np.arange(n + 1) == 0, np.array([False, True]))
    change = values[:, 1] - values[:, 0]
    alone = [change[i] - np.delete(change, i).mean() for i in range(n + 1)]
    assert got.effect.estimate == pytest.approx(alone[0])
    assert got.placebo_effects == pytest.approx(sorted(alone[1:]))
    assert got.as_large == sum(abs(e) >= abs(alone[0]) for e in alone[1:])
    assert got.effect.p_value == (1 + got.as_large) / (1 + n)


def test_rounding_is_no_variation() -> None:
    """0.3 and 0.1 + 0.2 differ by what a computer cannot write, not by what people answered."""
    same = [0.3] * 10 + [0.1 + 0.2] * 10
    assert mean_difference(same, [0.5] * 20) == CannotBeJudged(Reason.NO_VARIATION)
    assert mean_difference(same, [v + 1.0 for v in same]) == CannotBeJudged(Reason.NO_VARIATION)
    assert not isinstance(mean_difference(same, np.resize([1.0, 2.0, 3.0], 20)), CannotBeJudged)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=12), st.integers(1, 20))
def test_places_where_nothing_was_counted_do_not_calm_the_others(counts: list[int], empty: int) -> None:
    names = ["a"] * len(counts) + ["none"] * empty
    assert dispersion(counts + [0] * empty, groups=names) == dispersion(counts)
    with pytest.raises(EffectError, match="at least two periods"):
        dispersion([5] + [0] * empty, groups=["a"] + ["none"] * empty)


def test_chance_alone_has_dispersion_one_also_where_little_is_counted() -> None:
    """Four places with one case in ten periods and one with five a period: counting empty places gave 0.56."""
    random, groups = np.random.default_rng(0), np.repeat(np.arange(5), 6)
    drawn = random.poisson(np.repeat([0.1, 0.1, 0.1, 0.1, 5.0], 6), (1500, 30))
    assert np.mean([dispersion(counts, groups=groups).factor for counts in drawn]) == pytest.approx(1.0, abs=0.05)


@given(st.permutations(range(24)), st.integers(0, 10**6))
def test_order_of_places_and_names_of_groups_do_not_matter(order: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    values, treated = random.normal(20, 3, (24, 4)), np.arange(24) < 9
    plain = difference_in_differences(values, treated, LATER)
    turned = difference_in_differences(values[order], treated[order], LATER)
    assert (plain.effect, plain.slope_gap_p) == (turned.effect, turned.slope_gap_p)
    other = difference_in_differences(values, ~treated, LATER).effect
    assert (other.low, other.high) == pytest.approx((-plain.effect.high, -plain.effect.low), abs=1e-9)
    alone = np.arange(24) == 3
    one, two = (placebo_test(values[o], alone[o], LATER) for o in (np.arange(24), np.array(order)))
    assert one == two
    counts = random.poisson(30, 24)
    groups = np.arange(24) % 3
    found = dispersion(counts, groups=groups)
    named = dispersion(counts[order], groups=np.array(["x", "y", "z"])[groups][order])
    assert (found.factor, found.degrees, found.p_value) == pytest.approx((named.factor, named.degrees, named.p_value))


@pytest.mark.parametrize("interval", ["t", "bootstrap-t"])
@given(order=st.permutations(range(40)), seed=st.integers(0, 10**6))
def test_order_of_people_does_not_matter(interval: str, order: list[int], seed: int) -> None:
    before, after = np.random.default_rng(seed).normal(size=(2, 40))
    before[0] = np.nan
    kept = before.copy(), after.copy()
    plain = mean_change(before, after, interval=interval, rounds=99)
    assert plain == mean_change(before[order], after[order], interval=interval, rounds=99)
    assert np.array_equal(before, kept[0], equal_nan=True)
    assert np.array_equal(after, kept[1])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: mcnemar_p(1, 7, "wald"), "no test 'wald'"),
        (lambda: mean_change([1.0] * 40, [2.0] * 40, rounds=math.nan), "rounds must be a whole number"),
        (lambda: mean_change([1.0] * 40, [2.0] * 40, seed=-1), "seed must be a whole number"),
        (lambda: mean_difference([1e308] * 20, [1e308] * 20), "finite"),
        (lambda: segmented_regression(np.sin(np.arange(48.0)), 20.5), "whole numbers"),
        (lambda: segmented_regression(np.sin(np.arange(48.0)), 20, season=math.nan), "whole numbers"),
        (lambda: segmented_regression(np.sin(np.arange(48.0)), 20, lags=2.5), "whole numbers"),
        (lambda: judge(difference_of_shares(48, 80, 56, 70), good="up", matters=math.inf), "and a number"),
        (lambda: judge(difference_of_shares(48, 80, 56, 70), good="up", matters=math.nan), "and a number"),
    ],
)
def test_what_used_to_slip_through_is_refused_in_words(call, says: str) -> None:
    with pytest.raises(EffectError, match=says):
        call()

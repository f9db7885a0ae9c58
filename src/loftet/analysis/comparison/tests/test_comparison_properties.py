"""What holds of every comparison: order, units, turned answers, and estimates that lie within their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.comparison import (
    Standing,
    funnel_limits,
    funnel_of_rates,
    funnel_of_shares,
    shrunken_rates,
    shrunken_shares,
)


def places(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    n = random.integers(8, 300, 14)
    return random.binomial(n, random.beta(8, 12, 14)), n


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_no_is_the_other_side_of_yes(seed: int) -> None:
    yes, n = places(seed)
    one, other = funnel_of_shares(yes, n), funnel_of_shares(n - yes, n)
    np.testing.assert_allclose(one.z, -other.z, atol=1e-7)
    assert one.dispersion == pytest.approx(other.dispersion)
    raised, lowered = shrunken_shares(yes, n), shrunken_shares(n - yes, n)
    np.testing.assert_allclose(raised.estimate, 1 - lowered.estimate, atol=1e-6)
    np.testing.assert_allclose(raised.low, 1 - lowered.high, atol=1e-6)


@settings(max_examples=5)
@given(st.integers(0, 10**6), st.sampled_from([0.01, 7.0, 1000.0]))
def test_another_unit_of_exposure_moves_rates_and_nothing_else(seed: int, unit: float) -> None:
    counts, size = places(seed)
    one, other = funnel_of_rates(counts, size), funnel_of_rates(counts, size * unit)
    assert one.standing == other.standing
    np.testing.assert_allclose(one.limits.high_95, other.limits.high_95 * unit, rtol=1e-9)
    drawn, again = shrunken_rates(counts, size), shrunken_rates(counts, size * unit)
    np.testing.assert_allclose(drawn.estimate, again.estimate * unit, rtol=1e-6)
    np.testing.assert_allclose(drawn.high, again.high * unit, rtol=1e-6)


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.permutations(range(14)))
def test_estimates_lie_within_intervals_and_order_and_arguments_do_not_matter(seed: int, order: list[int]) -> None:
    counts, size = places(seed)
    kept = counts.copy(), size.copy()
    for shrink in (shrunken_rates, shrunken_shares):
        plain, turned = shrink(counts, size), shrink(counts[order], size[order])
        assert ((plain.low <= plain.estimate) & (plain.estimate <= plain.high)).all()
        for name in ("raw", "estimate", "low", "high", "weight"):
            np.testing.assert_allclose(getattr(turned, name), getattr(plain, name)[order], rtol=1e-9)
    for compare in (funnel_of_rates, funnel_of_shares):
        plain, turned = compare(counts, size), compare(counts[order], size[order])
        assert turned.standing == tuple(plain.standing[i] for i in order)
        np.testing.assert_allclose(turned.z, plain.z[order], rtol=1e-9, atol=1e-9)
        assert turned.dispersion == pytest.approx(plain.dispersion, rel=1e-9)
    assert np.array_equal(counts, kept[0])
    assert np.array_equal(size, kept[1])


def test_limits_of_one_place_do_not_depend_on_the_others() -> None:
    together = funnel_limits([10.0, 90.0, 4000.0], 0.2, "shares")
    for place, size in enumerate((10.0, 90.0, 4000.0)):
        alone = funnel_limits([size], 0.2, "shares")
        assert alone.low_998[0] == together.low_998[place]
        assert alone.high_95[0] == together.high_95[place]


def test_one_place_is_its_own_centre() -> None:
    for alone in (funnel_of_shares([4], [10]), funnel_of_rates([4], [10.0])):
        assert alone.standing == (Standing.INSIDE,)
        assert alone.dispersion_estimate is None

"""What can be shown with so many answers, told before anyone answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.effect import (
    CannotBeJudged,
    EffectError,
    detectable_difference_of_shares,
    detectable_mean_change,
    detectable_paired_difference,
    detectable_rate_ratio,
    difference_of_shares,
)


@given(st.integers(20, 2000), st.floats(0.05, 0.95))
def test_more_answers_show_smaller_changes(n: int, base: float) -> None:
    few, many = detectable_difference_of_shares(n, n, base), detectable_difference_of_shares(4 * n, 4 * n, base)
    if few.increase is not None:
        assert many.increase < few.increase <= 1 - base
    if few.decrease is not None:
        assert -base <= few.decrease < many.decrease < 0


@given(st.integers(30, 2000), st.floats(0.05, 0.95))
def test_rise_of_yes_is_fall_of_no(n: int, base: float) -> None:
    for told in (detectable_difference_of_shares, lambda a, b, p: detectable_paired_difference(a, p)):
        yes, no = told(n, n, base), told(n, n, 1 - base)
        assert (yes.increase is None) == (no.decrease is None)
        if yes.increase is not None:
            assert yes.increase == pytest.approx(-no.decrease, abs=1e-8)


def test_the_same_people_show_more_than_two_samples_and_weights_show_less() -> None:
    two = detectable_difference_of_shares(300, 300, 0.4)
    assert detectable_paired_difference(300, 0.4).increase < two.increase
    assert detectable_difference_of_shares(300, 300, 0.4, design_effect=1.5).increase > two.increase
    halved = detectable_difference_of_shares(600, 600, 0.4, design_effect=2.0)
    assert halved.increase == pytest.approx(two.increase)


def test_what_no_change_can_show_is_told_as_none() -> None:
    assert detectable_difference_of_shares(5, 5, 0.95).increase is None
    assert detectable_difference_of_shares(300, 300, 1.0).increase is None
    assert detectable_difference_of_shares(300, 300, 0.0).decrease is None
    assert detectable_rate_ratio(4).decrease is None  # even none at all afterwards would not show
    assert detectable_paired_difference(3, 0.5).increase is None


@pytest.mark.parametrize("count", [12.0, 60.0, 500.0])
def test_unrest_and_short_exposure_hide_changes_of_rates(count: float) -> None:
    calm = detectable_rate_ratio(count)
    for harder in (detectable_rate_ratio(count, dispersion=2.0), detectable_rate_ratio(count, exposure_ratio=0.5)):
        assert harder.increase > calm.increase > 1
        assert harder.decrease is None or harder.decrease < calm.decrease < 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: detectable_difference_of_shares(0, 9, 0.5),
        lambda: detectable_difference_of_shares(9, 9, 1.5),
        lambda: detectable_difference_of_shares(9, 9, float("nan")),
        lambda: detectable_difference_of_shares(9, 9, 0.5, power=0.2),
        lambda: detectable_difference_of_shares(9, 9, 0.5, level=0.2),
        lambda: detectable_difference_of_shares(9, 9, 0.5, design_effect=0.9),
        lambda: detectable_paired_difference(9, 0.5, agreement=1.5),
        lambda: detectable_mean_change(1, 1.0),
        lambda: detectable_mean_change(9, 0.0),
        lambda: detectable_mean_change(9, float("inf")),
        lambda: detectable_rate_ratio(0.0),
        lambda: detectable_rate_ratio(9.0, exposure_ratio=float("inf")),
        lambda: detectable_rate_ratio(9.0, dispersion=float("nan")),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(EffectError):
        call()


@pytest.mark.parametrize("n", [15, 10**6])
def test_any_number_of_people_who_can_be_judged_has_a_detectable_mean_change(n: int) -> None:
    assert 0 < detectable_mean_change(n, 1.0).increase < 20


def test_nothing_is_promised_that_could_not_be_judged_afterwards() -> None:
    for n_before, n_after in ((20, 20), (29, 400), (400, 29)):
        found = detectable_difference_of_shares(n_before, n_after, 0.4)
        assert (found.increase, found.decrease) == (None, None)
        assert isinstance(difference_of_shares(n_before // 4, n_before, n_after, n_after), CannotBeJudged)
    assert detectable_difference_of_shares(30, 30, 0.4).increase is not None
    assert detectable_paired_difference(29, 0.4).increase is None
    assert detectable_paired_difference(300, 0.4).increase is not None
    assert detectable_mean_change(14, 1.0).increase is None
    assert detectable_mean_change(15, 1.0).increase is not None

"""What every method of effect owes: refusals, defined results at the edges, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.effect import (
    CannotBeJudged,
    Dispersion,
    Effect,
    EffectError,
    Reason,
    difference_in_differences,
    difference_of_shares,
    dispersion,
    judge,
    mcnemar_p,
    mean_change,
    mean_difference,
    newcombe,
    paired_newcombe,
    paired_shares,
    placebo_test,
    rate_ratio,
    segmented_regression,
    wilson,
)

COUNT = st.integers(0, 60)
FIFTEEN = np.resize([1.0, 2.0, 4.0, 3.0], 15)


def panel(places: int = 12, periods: int = 6, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(20, 5, (places, 1)) + random.normal(0, 1, (places, periods))


# --- Arguments that are not what they should be --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: difference_of_shares(5, 4, 1, 4), "more answers of one kind"),
        (lambda: difference_of_shares(-1, 40, 1, 40), "yes_before must be a whole number"),
        (lambda: difference_of_shares(1.5, 40, 1, 40), "yes_before must be a whole number"),
        (lambda: difference_of_shares(float("nan"), 40, 1, 40), "yes_before must be a whole number"),
        (lambda: difference_of_shares(9, 40, 9, 40, level=1.0), "not a level of confidence"),
        (lambda: paired_shares(1, 2, -3, 4), "after_only must be a whole number"),
        (lambda: paired_shares(9, 9, 9, 9, test="wald"), "no test 'wald'"),
        (lambda: wilson(3, 0), "the whole above 0"),
        (lambda: wilson([3, 5], [9, 4]), "a part no more than its whole"),
        (lambda: newcombe(1, 2, 3, float("nan")), "counts must be at least 0"),
        (lambda: paired_newcombe(0, 0, 0, 0), "the whole above 0"),
        (lambda: paired_newcombe(3, -1, 3, 4), "counts must be at least 0"),
        (lambda: mcnemar_p(-1, 4), "before_only must be a whole number"),
        (lambda: mean_change(FIFTEEN, FIFTEEN, rounds=3), "at least 39 rounds"),
        (lambda: mean_change([1.0], [1.0, 2.0]), "1 values before but 2 after"),
        (lambda: mean_change([np.inf] * 20, [1.0] * 20), "finite"),
        (lambda: mean_change(FIFTEEN, FIFTEEN, interval="wald"), "no interval 'wald'"),
        (lambda: mean_difference([[1.0]], [1.0]), "one row"),
        (lambda: rate_ratio(3, 4.5), "count_after must be a whole number"),
        (lambda: rate_ratio(30, 40, exposure_before=0.0), "exposures must be above 0"),
        (lambda: rate_ratio(30, 40, exposure_after=float("nan")), "exposures must be above 0"),
        (lambda: rate_ratio(30, 40, interval="wald"), "no interval 'wald'"),
        (lambda: rate_ratio(30, 40, spread=Dispersion(float("nan"), 9, 0.5)), "a dispersion has a factor"),
        (lambda: dispersion([1, 2, 2.5]), "whole numbers"),
        (lambda: dispersion([0, 0, 0]), "something counted"),
        (lambda: dispersion([3]), "at least two periods"),
        (lambda: dispersion([]), "at least two periods"),
        (lambda: dispersion([1, 2], [1.0]), "equal length"),
        (lambda: dispersion([1, 2], [1.0, 0.0]), "exposures must be above 0"),
        (lambda: difference_in_differences(panel(), [True], [True] * 6), "places × periods"),
        (lambda: difference_in_differences(panel(), [1] * 12, [0, 0, 0, 1, 1, 1]), "true or false"),
        (lambda: difference_in_differences(panel(), np.arange(12) > 5, [True] * 6), "periods before"),
        (lambda: placebo_test(panel(), np.arange(12) > 5, np.arange(6) > 2), "exactly one"),
        (lambda: segmented_regression([1.0, np.nan] * 20, 20), "holes"),
        (lambda: segmented_regression(np.arange(40.0), 40), "periods before and periods after"),
        (lambda: segmented_regression(np.arange(40.0), 20, season=1), "at least two periods"),
        (lambda: segmented_regression(np.arange(40.0), 20, lags=40), "fewer than the periods"),
    ],
)
def test_wrong_arguments_are_named(call, says: str) -> None:
    with pytest.raises(EffectError, match=says):
        call()


# --- What cannot be judged -----------------------------------------------------------------------------------------
UNLIKE = np.vstack([np.tile([0.0, 60.0, 0.0, 60.0, 30.0, 30.0], (1, 1)), panel(25)])


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: difference_of_shares(10, 29, 50, 100), Reason.TOO_FEW_ANSWERS),
        (lambda: difference_of_shares(0, 0, 0, 0), Reason.TOO_FEW_ANSWERS),
        (lambda: difference_of_shares(2, 100, 7, 100), Reason.TOO_FEW_CASES),
        (lambda: difference_of_shares(100, 100, 95, 100), Reason.TOO_FEW_CASES),
        (lambda: paired_shares(0, 0, 0, 0), Reason.TOO_FEW_ANSWERS),
        (lambda: paired_shares(40, 4, 5, 40), Reason.TOO_FEW_CASES),
        (lambda: mean_change([], []), Reason.TOO_FEW_ANSWERS),
        (lambda: mean_change([np.nan] * 40, [1.0] * 40), Reason.TOO_FEW_ANSWERS),
        (lambda: mean_change(FIFTEEN, FIFTEEN + 0.1), Reason.NO_VARIATION),
        (lambda: mean_change([0.0] * 40, [0.0] * 39 + [1.0]), Reason.TOO_SKEWED),
        (lambda: mean_change([0.0] * 40, [0.0] * 39 + [1.0], interval="bootstrap-t"), Reason.TOO_SKEWED),
        (lambda: mean_change(FIFTEEN, FIFTEEN[::-1], interval="bootstrap-t"), Reason.TOO_FEW_ANSWERS),
        (lambda: mean_difference([3.0] * 20, [4.0] * 20), Reason.NO_VARIATION),
        (lambda: mean_difference(FIFTEEN, FIFTEEN[:9]), Reason.TOO_FEW_ANSWERS),
        (lambda: rate_ratio(4, 5), Reason.TOO_FEW_CASES),
        (lambda: rate_ratio(0, 0), Reason.TOO_FEW_CASES),
        (lambda: rate_ratio(90, 5, spread=Dispersion(1.0, 20, 0.5)), Reason.TOO_FEW_CASES),
        (lambda: rate_ratio(90, 50, spread=Dispersion(6.0, 20, 0.0)), Reason.TOO_OVERDISPERSED),
        (lambda: rate_ratio(90, 50, spread=Dispersion(2.0, 5, 0.1)), Reason.TOO_FEW_PERIODS),
        (lambda: difference_in_differences(panel(), np.arange(12) < 4, np.arange(6) > 2), Reason.TOO_FEW_PLACES),
        (lambda: difference_in_differences(np.ones((12, 6)), np.arange(12) < 6, np.arange(6) > 2), Reason.NO_VARIATION),
        (lambda: placebo_test(panel(), np.arange(12) < 1, np.arange(6) > 2), Reason.TOO_FEW_PLACES_FOR_PLACEBO),
        (lambda: placebo_test(np.ones((30, 6)), np.arange(30) < 1, np.arange(6) > 2), Reason.NO_VARIATION),
        (lambda: placebo_test(UNLIKE, np.arange(26) < 1, np.arange(6) > 3), Reason.UNLIKE_THE_OTHERS),
        (lambda: segmented_regression(np.sin(np.arange(35.0)), 17), Reason.TOO_FEW_PERIODS),
        (lambda: segmented_regression(np.sin(np.arange(80.0)), 5), Reason.TOO_FEW_PERIODS),
        (lambda: segmented_regression(np.sin(np.arange(60.0)), 20, season=12), Reason.TOO_FEW_PERIODS),
        (lambda: segmented_regression(np.ones(60), 20), Reason.NO_VARIATION),
        (lambda: segmented_regression(np.arange(60.0) * 2 + 7, 20), Reason.NO_VARIATION),
        (lambda: segmented_regression(np.sin(np.arange(60.0) / 6), 30), Reason.TOO_AUTOCORRELATED),
    ],
)
def test_what_cannot_be_judged_says_why(call, reason: Reason) -> None:
    outcome = call()
    assert isinstance(outcome, CannotBeJudged)
    assert outcome.reason is reason
    if outcome.needed is not None and reason not in (Reason.TOO_AUTOCORRELATED,):
        assert outcome.had < outcome.needed


# --- Shares --------------------------------------------------------------------------------------------------------
@given(COUNT, COUNT, COUNT, COUNT)
def test_difference_of_shares_turns_with_time_and_with_the_answer(a: int, b: int, c: int, d: int) -> None:
    m, k = 40 + a + b, 40 + c + d
    there, back = difference_of_shares(a, m, c, k), difference_of_shares(c, k, a, m)
    other = difference_of_shares(m - a, m, k - c, k)
    if isinstance(there, CannotBeJudged):
        assert there == back == other
        return
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert (there.low, there.high) == pytest.approx((-other.high, -other.low), abs=1e-12)
    assert -1 <= there.low <= there.estimate <= there.high <= 1
    assert there.p_value == pytest.approx(back.p_value, abs=1e-12)


@given(COUNT, COUNT, COUNT, COUNT)
def test_paired_shares_turn_with_time(a: int, b: int, c: int, d: int) -> None:
    there, back = paired_shares(a, b, c, d), paired_shares(a, c, b, d)
    if isinstance(there, CannotBeJudged):
        assert there == back
        return
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert -1 <= there.low <= there.estimate <= there.high <= 1
    assert there.p_value == back.p_value <= paired_shares(a, b, c, d, test="exact").p_value


@given(st.integers(0, 40), st.integers(0, 40))
def test_exact_mcnemar_is_never_bolder_than_mid_p(b: int, c: int) -> None:
    assert 0 < mcnemar_p(b, c) <= mcnemar_p(b, c, "exact") <= 1


# --- Rates ---------------------------------------------------------------------------------------------------------
@given(st.integers(0, 80), st.integers(0, 80), st.floats(0.1, 10.0))
def test_rate_ratio_turns_with_time(x: int, y: int, exposed: float) -> None:
    there, back = rate_ratio(x, y, exposure_after=exposed), rate_ratio(y, x, exposure_before=exposed)
    if isinstance(there, CannotBeJudged):
        assert there == back
        return
    for one, other in ((there.low, back.high), (there.high, back.low), (there.estimate, back.estimate)):
        assert one == pytest.approx(1 / other if other else np.inf, rel=1e-6)
    exact = rate_ratio(x, y, exposure_after=exposed, interval="exact")
    assert exact.low <= there.low <= there.estimate <= there.high <= exact.high
    assert there.excludes_no_effect == (there.p_value < 0.05)


def test_a_count_of_none_leaves_one_side_open() -> None:
    gone, new = rate_ratio(30, 0), rate_ratio(0, 30)
    assert (gone.estimate, gone.low) == (0.0, 0.0)
    assert 0 < gone.high < 0.2
    assert (new.estimate, new.high) == (np.inf, np.inf)
    assert 5 < new.low < np.inf


def test_unrest_widens_and_its_name_is_told() -> None:
    calm, unruly = (rate_ratio(120, 84, spread=Dispersion(f, 23, 0.5)) for f in (0.4, 3.0))
    assert unruly.low < calm.low < calm.high < unruly.high
    assert "dispersion 1.00" in calm.method
    assert "dispersion 3.00" in unruly.method
    assert "Poisson" in rate_ratio(120, 84).method


def test_dispersion_by_hand_and_over_groups() -> None:
    assert dispersion([8, 12]).factor == pytest.approx(0.8)
    assert dispersion([10, 20], [1.0, 2.0]).factor == 0.0
    both = dispersion([8, 12, 80, 120], groups=["a", "a", "b", "b"])
    assert (both.factor, both.degrees) == (pytest.approx((0.8 + 8.0) / 2), 2)
    assert dispersion([120, 8, 80, 12], groups=[0, 1, 0, 1]).factor == pytest.approx(both.factor)
    assert dispersion([0, 0, 8, 12], groups=[0, 0, 1, 1]).factor == pytest.approx(0.8)  # nothing counted says nothing


# --- Means ---------------------------------------------------------------------------------------------------------
@given(st.permutations(range(30)), st.floats(-5, 5), st.floats(0.1, 10))
def test_mean_change_knows_no_order_and_moves_with_the_scale(order: list[int], shift: float, scale: float) -> None:
    random = np.random.default_rng(1)
    before, after = random.normal(size=30), random.normal(0.4, 1, 30)
    for interval in ("t", "bootstrap-t"):
        plain = mean_change(before, after, interval=interval, rounds=99)
        assert mean_change(before[order], after[order], interval=interval, rounds=99) == plain
        moved = mean_change(before * scale, after * scale + shift, interval=interval, rounds=99)
        assert (moved.low, moved.high) == pytest.approx(
            (plain.low * scale + shift, plain.high * scale + shift), abs=1e-8
        )


def test_missing_answers_are_dropped_and_counted() -> None:
    before, after = np.r_[FIFTEEN, np.nan, 3.0], np.r_[FIFTEEN[::-1], 2.0, np.nan]
    kept, plain = mean_change(before, after), mean_change(FIFTEEN, FIFTEEN[::-1])
    assert (kept.estimate, kept.n, kept.dropped) == (plain.estimate, (15,), 2)
    assert mean_difference(before, after).dropped == 2


# --- Places --------------------------------------------------------------------------------------------------------
@given(st.permutations(range(12)))
def test_order_of_places_never_matters(order: list[int]) -> None:
    values, treated, after = panel(), np.arange(12) < 5, np.arange(6) >= 3
    assert difference_in_differences(values[order], treated[order], after) == difference_in_differences(
        values, treated, after
    )
    one, many = np.arange(24) == 0, panel(24)
    turned = [*range(12, 24), *order]
    assert placebo_test(many[turned], one[turned], after) == placebo_test(many, one, after)


def test_what_all_places_share_and_what_each_has_of_its_own_cancels() -> None:
    values, treated, after = panel(), np.arange(12) < 5, np.arange(6) >= 3
    plain = difference_in_differences(values, treated, after).effect
    moved = values + np.arange(12)[:, None] * 7 + np.arange(6) ** 2 + 4.0 * np.outer(treated, after)
    assert difference_in_differences(moved, treated, after).effect.estimate == pytest.approx(plain.estimate + 4.0)


def test_a_slope_before_is_told() -> None:
    values, treated, after = panel(), np.arange(12) < 5, np.arange(6) >= 3
    plain = difference_in_differences(values, treated, after)
    steeper = difference_in_differences(values + 3.0 * np.outer(treated, np.arange(6)), treated, after)
    assert steeper.slope_gap_before == pytest.approx(plain.slope_gap_before + 3.0)
    assert steeper.slope_gap_p < 0.01
    single = difference_in_differences(values, treated, np.arange(6) >= 1)
    assert (single.slope_gap_before, single.slope_gap_p) == (None, None)


def test_places_with_holes_are_dropped_and_counted() -> None:
    values, treated, after = panel(14), np.arange(14) < 6, np.arange(6) >= 3
    values[[0, 13], 2] = np.nan
    got = difference_in_differences(values, treated, after).effect
    assert (got.n, got.dropped) == ((5, 7), 2)
    with pytest.raises(EffectError, match="treated place has missing"):
        placebo_test(values, np.arange(14) == 0, after)


def test_placebo_by_hand() -> None:
    """Nineteen places change by 1 … 19 above ten; the treated by 25 below: none is as far out."""
    changes = np.r_[-25.0, np.arange(1.0, 20.0)]
    values = np.stack([np.zeros(20), changes], axis=1)
    got = placebo_test(values, np.arange(20) == 0, np.array([False, True]))
    assert (got.effect.estimate, got.effect.p_value, got.as_large) == (-35.0, 0.05, 0)
    assert (got.smallest_p, got.attained_level, got.unrest_rank) == (0.05, 0.95, None)
    # The farthest other place lies 9 from their mean, or seen against the treated one 9 · 20 / 18.
    assert (got.effect.low, got.effect.high) == pytest.approx((-35.0 - 10.0, -35.0 + 10.0))


@given(st.integers(19, 45), st.integers(0, 10**6), st.floats(-3, 3))
def test_placebo_interval_holds_what_would_not_be_remarkable(n: int, seed: int, effect: float) -> None:
    """Taking an effect away and ranking anew gives p above 0.05 inside the interval and at most 0.05 outside."""
    random = np.random.default_rng(seed)
    values = random.normal(size=(n + 1, 2))
    treated, after = np.arange(n + 1) == 0, np.array([False, True])
    got = placebo_test(values, treated, after).effect
    change = values[:, 1] - values[:, 0]
    for aside, inside in ((1e-6, True), (-1e-6, False)):
        for end in (got.low + aside, got.high - aside):
            tried = change - end * treated
            size = np.abs(tried - tried.mean())
            p = np.mean(size >= size[0])
            assert (p > 0.05) == inside


# --- Series --------------------------------------------------------------------------------------------------------
def test_segmented_regression_finds_what_was_planted() -> None:
    random = np.random.default_rng(2)
    t = np.arange(72)
    values = 50 + 0.1 * t - 8.0 * (t >= 36) - 0.3 * (t - 36) * (t >= 36) + random.normal(0, 1, 72)
    values += 5 * np.sin(2 * np.pi * t / 12)
    got = segmented_regression(values, 36, season=12)
    assert got.level_change.estimate == pytest.approx(-8.0, abs=1.5)
    assert got.slope_change.estimate == pytest.approx(-0.3, abs=0.1)
    assert got.level_change.excludes_no_effect
    assert got.slope_change.excludes_no_effect
    assert len(got.fitted) == len(got.without) == 72
    apart = np.subtract(got.fitted, got.without)[36:]
    assert got.average_change.estimate == pytest.approx(apart.mean())
    assert got.average_change.estimate == pytest.approx(-13.25, abs=2)
    assert got.fitted[:36] == pytest.approx(got.without[:36])


@given(st.floats(0.01, 100), st.floats(-50, 50))
def test_segmented_regression_moves_with_the_scale(scale: float, shift: float) -> None:
    values = np.random.default_rng(3).normal(10, 2, 48)
    plain, moved = segmented_regression(values, 24), segmented_regression(values * scale + shift, 24)
    assert (moved.level_change.low, moved.level_change.high) == pytest.approx(
        (plain.level_change.low * scale, plain.level_change.high * scale), rel=1e-6, abs=1e-9
    )
    assert moved.autocorrelation == pytest.approx(plain.autocorrelation, abs=1e-6)


def test_a_short_series_is_given_wider_errors_than_newey_west() -> None:
    values = np.random.default_rng(4).normal(10, 2, 48)
    got = segmented_regression(values, 24)
    assert got.level_change.high - got.level_change.low > 2 * 1.96 * got.newey_west_errors[0]


# --- Judgements ----------------------------------------------------------------------------------------------------
def interval(low: float, high: float, none: float = 0.0) -> Effect:
    plain = rate_ratio(50, 50) if none else difference_of_shares(20, 40, 20, 40)
    return Effect(plain.quantity, (low + high) / 2, low, high, 0.95, 0.5, none, "by hand", (40, 40))


@pytest.mark.parametrize(
    ("low", "high", "good", "matters", "says"),
    [
        (0.02, 0.10, "up", None, "better"),
        (0.02, 0.10, "down", None, "worse"),
        (-0.10, -0.02, "down", None, "better"),
        (-0.02, 0.10, "up", None, "unclear"),
        (-0.02, 0.03, "up", 0.05, "no change that matters"),
        (0.01, 0.03, "up", 0.05, "no change that matters"),
        (-0.02, 0.05, "up", 0.05, "unclear"),
        (0.02, 0.10, "up", 0.05, "better"),
    ],
)
def test_judgements_follow_from_the_interval(low, high, good, matters, says) -> None:
    assert judge(interval(low, high), good=good, matters=matters).direction.value == says


def test_ratios_are_judged_by_ratios() -> None:
    assert judge(interval(0.6, 0.8, 1.0), good="down").direction.value == "better"
    assert judge(interval(0.95, 1.05, 1.0), good="down", matters=1.1).direction.value == "no change that matters"
    assert judge(interval(0.85, 1.05, 1.0), good="down", matters=1.1).direction.value == "unclear"
    with pytest.raises(EffectError, match=r"must be above 1\.0"):
        judge(interval(0.85, 1.05, 1.0), good="down", matters=0.9)
    with pytest.raises(EffectError, match="good is up or down"):
        judge(interval(0.85, 1.05, 1.0), good="sideways")


def test_what_was_counted_otherwise_or_by_looking_harder_is_not_judged() -> None:
    clear = interval(0.1, 0.2)
    assert judge(clear, good="up", measurement_changed=True).reason is Reason.CHANGED_MEASUREMENT
    assert judge(clear, good="up", enforcement_driven=True).reason is Reason.ENFORCEMENT_DRIVEN
    few = difference_of_shares(1, 9, 2, 9)
    assert judge(few, good="up") == few


def test_arguments_are_left_as_they_were() -> None:
    rows = [panel(24), np.arange(24) < 8, np.arange(6) >= 3, np.random.default_rng(1).normal(size=48), FIFTEEN.copy()]
    copies = [r.copy() for r in rows]
    for r in rows:
        r.setflags(write=False)
    difference_in_differences(rows[0], rows[1], rows[2])
    placebo_test(rows[0], np.arange(24) == 3, rows[2])
    segmented_regression(rows[3], 24)
    mean_change(rows[4], rows[4][::-1])
    dispersion(np.arange(9), np.ones(9))
    assert all(np.array_equal(r, c) for r, c in zip(rows, copies, strict=True))

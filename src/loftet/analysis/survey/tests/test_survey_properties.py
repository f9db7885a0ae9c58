"""What every estimate owes: rows and names do not matter, arguments stay, and odd numbers are refused by name."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.survey import (
    CannotBeJudged,
    Estimate,
    OpenDesign,
    RandomDesign,
    SurveyError,
    categories,
    design_effect,
    effective_n,
    exact,
    jeffreys,
    mean,
    proportion,
    rake,
    wilson,
    with_finite_population,
)
from loftet.analysis.survey.variance import mean_variance, raked_variance

RANDOM, MEETING = RandomDesign(), OpenDesign("meeting", 900)
PEOPLE = 240


def people(seed, missing=0.2):
    generator = np.random.default_rng(seed)
    age = np.r_[0, 1, 2, generator.choice(3, PEOPLE - 3, p=[0.3, 0.4, 0.3])]
    values = 1.0 + (generator.random(PEOPLE) < 0.2 + 0.2 * age) + age
    return age, np.where(generator.random(PEOPLE) < missing, np.nan, values)


def raked(age, names=(0, 1, 2)):
    return rake(RANDOM, {"age": [names[a] for a in age]}, {"age": dict(zip(names, (0.3, 0.3, 0.4), strict=True))})


def same(one, other):
    assert type(one) is type(other)
    assert (one.value, one.n, one.dropped) == (pytest.approx(other.value, rel=1e-9), other.n, other.dropped)
    if isinstance(one, Estimate):
        assert one.interval.method == other.interval.method
        assert (one.interval.low, one.interval.high, one.effective_n) == pytest.approx(
            (other.interval.low, other.interval.high, other.effective_n), rel=1e-9
        )


@given(st.integers(0, 10**6))
def test_rows_and_names_do_not_matter_and_arguments_stay(seed):
    age, values = people(seed)
    said = np.where(np.isnan(values), np.nan, values > 2)
    order = np.random.default_rng(seed + 1).permutation(PEOPLE)
    kept = [a.copy() for a in (age, values, said)]
    for weights, others in (
        (None, None),
        (raked(age), raked(age[order], ("old", "young", "between"))),
        (1.0 + age, (1.0 + age)[order]),
    ):
        same(mean(values, RANDOM, weights=weights), mean(values[order], RANDOM, weights=others))
        same(proportion(said, RANDOM, weights=weights), proportion(said[order], RANDOM, weights=others))
    for ask in (mean, proportion):
        given_to = values if ask is mean else said
        assert ask(given_to[order], MEETING) == ask(given_to, MEETING)
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip((age, values, said), kept, strict=True))


@given(st.integers(0, 10**6))
def test_other_names_of_categories_give_the_same_shares(seed):
    age, _ = people(seed)
    weights = raked(age)
    plain = categories(age.tolist(), RANDOM, among=[0, 1, 2], weights=weights)
    named = categories(["abc"[a] for a in age], RANDOM, among=["c", "a", "b"], weights=weights)
    for number, name in enumerate("abc"):
        assert plain[number] == named[name]


@given(st.integers(0, 10**6), st.floats(0.001, 1000), st.floats(-50, 50))
def test_means_move_with_the_unit(seed, scale, shift):
    age, values = people(seed)
    plain, moved = (mean(v, RANDOM, weights=raked(age)) for v in (values, values * scale + shift))
    ends = [plain.interval.low * scale + shift, plain.interval.high * scale + shift]
    assert [moved.interval.low, moved.interval.high] == pytest.approx(ends, rel=1e-7, abs=1e-9)


@given(st.integers(0, 10**6), st.floats(0.0, 0.6))
def test_the_variance_after_raking_is_near_the_jackknife(seed, missing):
    """Leaving one out at a time and raking anew, by what was left out: the linear form comes within a tenth of it."""
    age, values = people(seed, missing)
    answered = ~np.isnan(values)
    target = np.array([0.3, 0.3, 0.4])
    without = []
    for out in range(PEOPLE):
        stay = np.arange(PEOPLE) != out
        w = (target / np.bincount(age[stay], minlength=3))[age] * (stay & answered)
        without.append(np.sum((w * values)[answered]) / np.sum(w))
    jackknife = (PEOPLE - 1) / PEOPLE * np.sum((np.array(without) - np.mean(without)) ** 2)
    weights = raked(age)
    found = raked_variance(values, answered, weights.weights, weights.codes)
    assert found == pytest.approx(jackknife, rel=0.1)


def test_who_left_a_question_out_adds_chance_that_raking_cannot_take_away():
    """Answers are the age itself: known without error when all answer, and not when half do."""
    age, _ = people(1)
    weights = raked(age)
    all_answer = raked_variance(age.astype(float), np.ones(PEOPLE, bool), weights.weights, weights.codes)
    half = np.random.default_rng(2).random(PEOPLE) < 0.5
    with_gaps = raked_variance(age.astype(float), half, weights.weights, weights.codes)
    assert all_answer == pytest.approx(0.0, abs=1e-20)
    unraked = mean_variance(age[half].astype(float), weights.weights[half])
    assert 0.3 * unraked < with_gaps < unraked * 1.2


def test_raking_that_carries_no_interval_says_why():
    each = rake(RANDOM, {"area": list(range(40))}, {"area": dict.fromkeys(range(40), 1)})
    apart = {"a": ["x", "x", "y"] * 40, "b": ["u", "u", "v"] * 40}
    unreached = rake(RANDOM, apart, {"a": {"x": 1, "y": 1}, "b": {"u": 9, "v": 1}}, max_rounds=50)
    for ask in (mean, proportion):
        for weights, words in (
            (each, "below 10 for each of 40"),
            (unreached, "is 40 points off"),
        ):
            found = ask(np.arange(weights.n) % 2, RANDOM, weights=weights)
            assert isinstance(found, CannotBeJudged)
            assert words in found.reason
            assert found.value == pytest.approx(0.5, abs=0.2)


NO_NUMBERS = (math.nan, math.inf, -math.inf, -1.0, 0.0, 1e308)


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda v: str(v)[:5])
def test_odd_numbers_give_a_result_or_this_folders_own_error(value):
    sexes = {"sex": ["w", "m"] * 20}
    for call in (
        lambda: mean([value] * 40, RANDOM),
        lambda: mean([1.0, value] * 20, RANDOM),
        lambda: mean([1.0, 2.0] * 20, RANDOM, weights=[value, 1.0] * 20),
        lambda: mean([1.0, 2.0] * 20, RandomDesign(value)),
        lambda: mean([1.0, 2.0], MEETING, limits=(value, 5.0)),
        lambda: mean([1.0, 2.0], MEETING, limits=(1.0, value)),
        lambda: proportion([value] * 40, RANDOM),
        lambda: proportion([1, 0] * 20, RANDOM, weights=[value, 1.0] * 20),
        lambda: proportion([1, 0] * 20, RANDOM, level=value),
        lambda: design_effect([value, 1.0]),
        lambda: effective_n([value, 1.0]),
        lambda: rake(RANDOM, sexes, {"sex": {"w": value, "m": 1}}),
        lambda: rake(RANDOM, sexes, {"sex": {"w": 1, "m": 1}}, largest=value),
        lambda: rake(RANDOM, sexes, {"sex": {"w": 1, "m": 1}}, tolerance=value),
        lambda: exact(1, 2, population=value),
        lambda: with_finite_population(value, 5, 10),
    ):
        try:
            found = call()
        except SurveyError:
            continue
        if isinstance(found, Estimate):
            assert math.isfinite(found.interval.low)
            assert math.isfinite(found.interval.high)


def test_what_used_to_slip_through_is_refused_in_words():
    for call, words in (
        (lambda: exact(1, 2, population=math.nan), "population of nan is none"),
        (lambda: exact(1, 5, population=7.5), "population of 7.5 is none"),
        (lambda: with_finite_population(math.nan, 5, 10), "no number of people"),
        (lambda: rake(RANDOM, {"a": ["x"]}, {"a": {"x": "many"}}), "targets of 'a' are not numbers"),
        (lambda: rake(RANDOM, {"a": ["x"]}, {"a": {"x": 1}}, max_rounds=math.nan), "at least one round"),
        (lambda: mean([], MEETING, limits=(5, 1)), "no answer lies from 5 to 1"),
        (lambda: mean([10**400], RANDOM), "not numbers"),
    ):
        with pytest.raises(SurveyError, match=words):
            call()


@pytest.mark.parametrize("formula", [wilson, jeffreys, exact])
@given(st.integers(1, 400), st.floats(0, 1), st.floats(0.5, 0.999))
def test_intervals_turn_with_the_answer_and_hold_the_share(formula, n, part, level):
    count = round(part * n)
    yes, no = formula(count, n, level=level), formula(n - count, n, level=level)
    assert (yes.low, yes.high) == pytest.approx((1 - no.high, 1 - no.low), abs=1e-9)
    assert 0.0 <= yes.low <= count / n + 1e-12
    assert count / n - 1e-12 <= yes.high <= 1.0

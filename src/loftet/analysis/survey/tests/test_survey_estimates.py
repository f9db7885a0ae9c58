"""What each design may conclude, and what it may not."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from loftet.analysis.survey import (
    CannotBeJudged,
    Estimate,
    OpenAnswers,
    OpenDesign,
    RandomDesign,
    SurveyError,
    categories,
    design,
    mean,
    proportion,
    rake,
    wilson,
)

RANDOM = RandomDesign()


def yes(count, n):
    return [1] * count + [0] * (n - count)


@pytest.mark.parametrize("kind", ["self_selected", "meeting"])
def test_open_answers_have_no_interval_and_take_no_weights(kind):
    fields = {field.name for field in dataclasses.fields(OpenAnswers)}
    assert not fields & {"interval", "effective_n", "design_effect", "level"}
    open_design = design(kind)
    assert isinstance(proportion([1, 0], open_design), OpenAnswers)
    for call in (
        lambda: proportion([1, 0], open_design, weights=[1, 1]),
        lambda: mean([1, 0], open_design, weights=[1, 1]),
        lambda: categories(["a"], open_design, among=["a"], weights=[1]),
    ):
        with pytest.raises(SurveyError, match="weights need a random sample"):
            call()


def test_open_answers_are_bounded_by_what_the_others_might_say():
    found = proportion(yes(30, 40), OpenDesign("self_selected", population=100))
    assert (found.value, found.lowest, found.highest) == (0.75, 0.3, 0.9)
    rated = mean([5, 4, math.nan], OpenDesign("meeting", population=10), limits=(1, 5))
    assert (rated.value, rated.n, rated.dropped, rated.lowest, rated.highest) == (4.5, 2, 1, 1.7, 4.9)
    assert proportion([], OpenDesign("meeting")).value is None


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (0, 50), (50, 50), (0, 1000), (1000, 1000), (3, 1000)])
def test_none_all_and_one_are_defined(count, n):
    found = proportion(yes(count, n), RANDOM)
    assert isinstance(found, Estimate)
    assert found.interval.method == "exact"
    assert found.interval.low <= count / n <= found.interval.high
    assert found.interval.low < found.interval.high


def test_enough_answers_are_given_wilsons_interval():
    found = proportion(yes(120, 400), RANDOM)
    assert found.interval == wilson(120, 400)
    assert not found.at_least
    assert proportion(yes(200, 600), RANDOM, method="jeffreys").interval.method == "jeffreys"
    assert proportion(yes(200, 400), RANDOM, method="jeffreys").interval.method == "exact"


def test_a_finite_population_narrows_and_a_design_effect_widens():
    plain = proportion(yes(200, 500), RANDOM).interval
    finite = proportion(yes(200, 500), RandomDesign(5000)).interval
    clustered = proportion(yes(200, 500), RandomDesign(design_effect=1.5)).interval
    assert plain.low < finite.low < finite.high < plain.high
    assert clustered == wilson(200 / 1.5, 500 / 1.5)
    everyone = proportion(yes(2, 5), RandomDesign(5))
    assert (everyone.interval.low, everyone.interval.high, everyone.interval.method) == (0.4, 0.4, "census")


def test_weights_that_are_equal_change_nothing_but_the_divisor():
    found = proportion(yes(160, 401), RANDOM, weights=np.full(401, 3.0))
    assert found.effective_n == pytest.approx(400.0)  # n - 1, as a variance has
    assert found.value == pytest.approx(160 / 401)
    assert found.interval.method == "wilson"


@pytest.mark.parametrize(
    ("weights", "words"),
    [([1.0] * 29, "below 30"), ([1.0] * 99 + [200.0], "too unequal")],
)
def test_small_and_extreme_weighting_cannot_be_judged(weights, words):
    for found in (
        proportion(yes(10, len(weights)), RANDOM, weights=weights),
        mean(np.arange(len(weights)), RANDOM, weights=weights),
    ):
        assert isinstance(found, CannotBeJudged)
        assert words in found.reason
        assert not hasattr(found, "interval")


def test_raked_margins_take_away_the_variance_that_they_explain():
    sex = np.array([0] * 240 + [1] * 360)
    said = np.concatenate([yes(220, 240), yes(30, 360)])
    raked = rake(RANDOM, {"sex": sex}, {"sex": {0: 1, 1: 1}})
    explained = proportion(said, RANDOM, weights=raked)
    unexplained = proportion(said, RANDOM, weights=raked.weights)
    assert explained.value == pytest.approx((220 / 240 + 30 / 360) / 2)
    # Post-stratified, each stratum by the jackknife: Σ W² · p q / n · (n / (n - 1))².
    by_strata = 0.25 * (220 * 20 / (240 * 239**2) + 30 * 330 / (360 * 359**2))
    assert explained.value * (1 - explained.value) / explained.effective_n == pytest.approx(by_strata)
    assert explained.effective_n > 2 * unexplained.effective_n


def test_nobody_equal_answers_and_skewed_answers_cannot_be_judged():
    assert proportion([math.nan], RANDOM) == CannotBeJudged(None, 0, 1, 0.0, "nobody answered")
    assert mean([], RANDOM).reason == "nobody answered"
    assert "equal" in mean([4.0] * 50, RANDOM).reason
    assert "skewed" in mean([1.0] * 49 + [1000.0], RANDOM).reason
    assert "weigh nothing" in proportion([1, math.nan], RANDOM, weights=[0, 1]).reason


def test_means_are_as_the_textbook_says():
    values = np.random.default_rng(4).integers(1, 6, 100).astype(float)
    found = mean(values, RandomDesign(400))
    half = 1.9842169515 * values.std(ddof=1) / 10 * math.sqrt(300 / 399)
    assert found.interval.high - found.value == pytest.approx(half)


def test_a_whole_population_needs_no_interval_and_no_weights():
    whole = proportion(yes(50, 100), RandomDesign(100), weights=[2.0] * 100)
    assert (whole.interval.low, whole.interval.high, whole.interval.method) == (0.5, 0.5, "census")
    rated = mean([1, 2, 3, 4, 5] * 20, RandomDesign(100))
    assert (rated.interval.low, rated.interval.high) == (3.0, 3.0)
    for found in (
        proportion(yes(50, 100), RandomDesign(100), weights=[1, 2] * 50),
        mean([1, 2, 3, 4, 5] * 20, RandomDesign(100), weights=[1, 2] * 50),
    ):
        assert found.reason == "all have answered: there is nothing to weight"


def test_huge_values_are_refused_and_tiny_weights_are_not():
    with pytest.raises(SurveyError, match="too large"):
        mean([1e200, -1e200] * 20, RANDOM)
    tiny = proportion(yes(30, 60), RANDOM, weights=[1e-300] * 60)
    assert tiny == proportion(yes(30, 60), RANDOM, weights=[1.0] * 60)
    near = proportion(yes(10, 30), RANDOM, weights=np.linspace(1, 1.01, 30))
    assert near.reason == "an effective n of 29.9 is below 30"


def test_categories_are_judged_each_by_itself():
    found = categories(["a"] * 200 + ["b"] * 150 + ["c"] * 50 + [None], RANDOM, among=["c", "b", "a", "d"])
    assert list(found) == ["c", "b", "a", "d"]
    assert sum(each.value for each in found.values()) == pytest.approx(1.0)
    assert found["b"] == proportion([*yes(150, 400), math.nan], RANDOM)
    with pytest.raises(SurveyError, match="row 0: 'x'"):
        categories(["x"], RANDOM, among=["a"])


def test_what_is_no_answer_or_design_is_refused():
    for answers in ([2], ["ja"], [[1]], [math.inf]):
        with pytest.raises(SurveyError):
            proportion(answers, RANDOM)
    for call in (
        lambda: design("panel"),
        lambda: RandomDesign(0),
        lambda: RandomDesign(design_effect=0.5),
        lambda: OpenDesign("random"),
        lambda: proportion([1], "random"),
        lambda: proportion([1] * 6, RandomDesign(5)),
        lambda: proportion([1] * 6, OpenDesign("meeting", 5)),
        lambda: proportion([1], RANDOM, weights=[1, 1]),
        lambda: mean([math.inf], RANDOM),
        lambda: mean([7], OpenDesign("meeting"), limits=(1, 5)),
    ):
        with pytest.raises(SurveyError):
            call()


def test_the_order_of_rows_does_not_matter_and_arguments_stay():
    generator = np.random.default_rng(8)
    said, weights = generator.integers(0, 2, 700).astype(float), generator.uniform(0.5, 2, 700)
    kept, order = said.copy(), generator.permutation(700)
    first = proportion(said, RANDOM, weights=weights)
    second = proportion(said[order], RANDOM, weights=weights[order])
    assert first.interval.low == pytest.approx(second.interval.low, abs=1e-12)
    assert (said == kept).all()

"""Every design that is let through covers the truth as often as it says, over a thousand simulated samples."""

from __future__ import annotations

import pytest

from loftet.analysis.survey.tests.survey_coverage import (
    finite_raked_coverage,
    finite_raked_mean_coverage,
    mean_coverage,
    paired_coverage,
    paired_mean_coverage,
    raked_coverage,
    raked_mean_coverage,
    share_coverage,
    unequal_coverage,
    unequal_mean_coverage,
)

pytestmark = pytest.mark.long
EVEN, UNEVEN, EXTREME = (0.3, 0.5, 0.8, 1.0), (0.15, 0.4, 0.7, 1.0), (0.05, 0.2, 0.6, 1.0)


def holds(found, least=0.93, most=0.97):
    """Between the limits, or at least the lower one where intervals say that they cover at least their level."""
    return least <= found.covered <= (1.0 if found.at_least > 0.05 else most)


@pytest.mark.parametrize("p", [0.02, 0.1, 0.3, 0.5, 0.98])
@pytest.mark.parametrize(
    ("n", "population"),
    [*((n, None) for n in (1, 5, 30, 150, 300, 400, 1000)), (20, 60), (100, 300), (300, 1500), (400, 2400), (400, 600)],
)
def test_simple_random_samples_cover(n, population, p):
    found = share_coverage(n, p, population=population)
    assert found.not_judged == 0
    assert holds(found)
    assert (found.at_least < 1.0) == (n >= 300 and (population is None or n <= population / 5))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("n", [40, 500, 800])
def test_jeffreys_covers(n, p):
    found = share_coverage(n, p, method="jeffreys")
    assert holds(found)
    assert (found.at_least < 1.0) == (n >= 500)


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("n", [60, 200, 600])
def test_samples_with_a_known_design_effect_cover(n, p):
    assert holds(paired_coverage(n, p, alike=0.5))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("n", [100, 600])
def test_samples_with_unequal_chances_cover(n, p):
    assert holds(unequal_coverage(n, p))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5])
@pytest.mark.parametrize(("n", "population"), [(100, 300), (400, 1200)])
def test_raked_samples_from_finite_populations_cover(n, population, p):
    assert holds(finite_raked_coverage(n, p, population=population))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.5])
@pytest.mark.parametrize("strength", [0.0, 1.5])
@pytest.mark.parametrize(("n", "response"), [(60, EVEN), (400, EVEN), (800, UNEVEN)])
def test_raked_samples_cover(n, response, strength, p):
    found = raked_coverage(n, p, strength=strength, response=response)
    assert found.not_judged < 0.05 * found.runs
    assert holds(found)


@pytest.mark.parametrize("n", [60, 800])
def test_raking_that_rests_on_few_cannot_be_judged(n):
    found = raked_coverage(n, 0.5, strength=0.7, response=EXTREME, runs=200)
    assert found.not_judged > 0.9 * found.runs


@pytest.mark.parametrize("population", [None, 1000])
@pytest.mark.parametrize(
    ("n", "shares"),
    [(30, [0.2] * 5), (400, [0.2] * 5), (60, [0.3, 0.3, 0.2, 0.1, 0.1]), (400, [0.6, 0.2, 0.1, 0.05, 0.05])],
)
def test_means_cover(n, shares, population):
    assert holds(mean_coverage(n, shares, population=population))


def test_means_of_few_skewed_answers_cannot_be_judged():
    assert mean_coverage(60, [0.9, 0.05, 0.02, 0.02, 0.01]).not_judged == 1000


def both_ways(found):
    """Means never claim to cover more than their level, so both limits hold."""
    return found.at_least == 0.0 and 0.93 <= found.covered <= 0.97


@pytest.mark.parametrize("strength", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("missing", [0.0, 0.5])
@pytest.mark.parametrize(("n", "response"), [(160, EVEN), (400, EVEN), (800, UNEVEN)])
def test_raked_means_cover_also_when_half_leave_the_question_out(n, response, missing, strength):
    found = raked_mean_coverage(n, strength=strength, response=response, missing=missing)
    assert found.not_judged < 0.05 * found.runs
    assert both_ways(found)


@pytest.mark.parametrize("n", [60, 100])
def test_raked_means_of_few_cover(n):
    found = raked_mean_coverage(n, strength=1.0, response=EVEN)
    assert found.not_judged < 0.10 * found.runs
    assert both_ways(found)


@pytest.mark.parametrize(("n", "missing"), [(100, 0.0), (600, 0.0), (600, 0.4)])
def test_raked_means_of_a_scale_cover(n, missing):
    assert both_ways(raked_mean_coverage(n, strength=0.7, response=EVEN, missing=missing, scale=True))


@pytest.mark.parametrize(("n", "areas"), [(150, 8), (400, 30), (800, 60)])
def test_raked_means_with_many_categories_cover(n, areas):
    found = raked_mean_coverage(n, strength=1.0, response=(0.8, 0.9, 1.0, 1.0), areas=areas)
    assert found.not_judged == 0
    assert both_ways(found)


@pytest.mark.parametrize(("n", "areas"), [(60, 20), (400, 50), (600, 300)])
def test_raking_to_more_categories_than_the_answers_carry_cannot_be_judged(n, areas):
    found = raked_mean_coverage(n, strength=1.0, response=(0.8, 0.9, 1.0, 1.0), areas=areas, runs=50)
    assert found.not_judged == 50


@pytest.mark.parametrize("n", [60, 800])
def test_means_that_rest_on_few_after_raking_cannot_be_judged(n):
    found = raked_mean_coverage(n, strength=1.0, response=EXTREME, runs=200)
    assert found.not_judged > 0.9 * found.runs


@pytest.mark.parametrize(("n", "population"), [(100, 300), (400, 1200), (400, 600)])
def test_raked_means_from_finite_populations_cover(n, population):
    assert both_ways(finite_raked_mean_coverage(n, population=population))


@pytest.mark.parametrize("tied", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("n", [60, 200, 600])
def test_means_of_samples_with_unequal_chances_cover(n, tied):
    assert both_ways(unequal_mean_coverage(n, tied=tied))


@pytest.mark.parametrize("n", [80, 300, 800])
def test_weighted_means_with_a_known_design_effect_cover(n):
    assert both_ways(paired_mean_coverage(n, alike=0.5))

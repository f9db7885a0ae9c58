"""Every design that is let through covers the truth as often as it says, over a thousand simulated samples."""

from __future__ import annotations

import pytest

from loftet.analysis.survey.tests.survey_coverage import (
    finite_raked_coverage,
    mean_coverage,
    paired_coverage,
    raked_coverage,
    raked_mean_coverage,
    share_coverage,
    unequal_coverage,
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


@pytest.mark.parametrize("p", [0.1, 0.5])
@pytest.mark.parametrize("strength", [0.0, 1.5])
@pytest.mark.parametrize(("n", "response"), [(60, EVEN), (400, EVEN), (800, UNEVEN)])
def test_raked_means_cover(n, response, strength, p):
    found = raked_mean_coverage(n, p, strength=strength, response=response)
    assert n == 60 or found.not_judged < 0.05 * found.runs
    assert (found.at_least == 1.0) == (n == 60)
    assert holds(found)


def test_raked_means_that_rest_on_few_cannot_be_judged():
    found = raked_mean_coverage(60, 0.5, strength=0.7, response=EXTREME, runs=200)
    assert found.not_judged > 0.9 * found.runs


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

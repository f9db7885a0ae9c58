"""Intervals against statsmodels, a textbook table and the definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from loftet.analysis.survey import SurveyError, exact, jeffreys, t_interval, wilson, with_finite_population

COUNTS = [(0, 1), (1, 1), (0, 10), (10, 10), (1, 20), (7, 30), (81, 263), (20, 1000), (123.4, 456.7)]


@pytest.mark.parametrize(("count", "n"), COUNTS)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize(("ours", "theirs"), [(wilson, "wilson"), (jeffreys, "jeffreys"), (exact, "beta")])
def test_intervals_agree_with_statsmodels(count, n, level, ours, theirs):
    low, high = proportion_confint(count, n, alpha=1 - level, method=theirs)
    if theirs == "jeffreys":  # ours reach the ends at none and all, as Brown, Cai and DasGupta advise
        low, high = (0.0 if count == 0 else low), (1.0 if count == n else high)
    found = ours(count, n, level=level)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_in_newcombes_table_of_1998(count, n, low, high):
    found = wilson(count, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_the_finite_interval_is_what_its_definition_says():
    for n, population in [(7, 20), (12, 13), (1, 5)]:
        for count in range(n + 1):
            allowed = [
                yes
                for yes in range(count, population - n + count + 1)
                if stats.hypergeom.sf(count - 1, population, yes, n) > 0.025
                and stats.hypergeom.cdf(count, population, yes, n) > 0.025
            ]
            found = exact(count, n, population=population)
            assert (found.low, found.high) == (min(allowed) / population, max(allowed) / population)


def test_the_finite_interval_nears_clopper_pearson_in_a_large_population():
    near, far = exact(30, 200, population=5_000_000), exact(30, 200)
    assert (near.low, near.high) == pytest.approx((far.low, far.high), abs=1e-4)


def test_t_is_as_in_statsmodels():
    values = np.random.default_rng(3).normal(3, 1, 40)
    found = t_interval(values.mean(), values.std(ddof=1) / math.sqrt(40), 39)
    assert (found.low, found.high) == pytest.approx(DescrStatsW(values).tconfint_mean(), abs=1e-10)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, 0), (math.nan, 5), (1, math.inf)])
def test_what_is_not_a_share_is_refused(count, n):
    for formula in (wilson, jeffreys, exact):
        with pytest.raises(SurveyError, match="is not a share"):
            formula(count, n)


def test_levels_populations_and_spreads_that_are_none_are_refused():
    with pytest.raises(SurveyError, match="level"):
        wilson(1, 2, level=1.0)
    with pytest.raises(SurveyError, match="population"):
        exact(1, 5, population=4)
    with pytest.raises(SurveyError, match="whole"):
        exact(1.5, 5, population=40)
    with pytest.raises(SurveyError, match="standard error"):
        t_interval(1.0, -1.0, 3)
    with pytest.raises(SurveyError, match="population"):
        with_finite_population(5, 5, 4)

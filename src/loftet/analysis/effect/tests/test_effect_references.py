"""Effects held against statsmodels, SciPy and published tables."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats as sps
from statsmodels.stats import proportion, weightstats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.power import TTestPower
from statsmodels.stats.rates import test_poisson_2indep as poisson_two_rates

from loftet.analysis.effect import (
    detectable_difference_of_shares,
    detectable_mean_change,
    difference_in_differences,
    difference_of_shares,
    dispersion,
    mcnemar_p,
    mean_change,
    mean_difference,
    newcombe,
    paired_newcombe,
    rate_ratio,
    segmented_regression,
    wilson,
)
from loftet.analysis.effect.regression import clustered, least_squares, newey_west
from loftet.analysis.effect.segmented import design

TIGHT = {"rel": 1e-8, "abs": 1e-10}


# --- Published tables ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_in_newcombe_1998_table_one(yes: int, n: int, low: float, high: float) -> None:
    assert wilson(yes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_difference_as_in_newcombe_1998_table_two(one: tuple, other: tuple, low: float, high: float) -> None:
    assert newcombe(*other, *one) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((36, 12, 2, 0), 0.0569, 0.3404),  # Newcombe 1998, Statistics in Medicine 17:2635-2650
        ((14, 5, 0, 22), 0.011, 0.226),  # Altman et al. 2000, Statistics with Confidence, table 6.2
        ((1, 1, 7, 12), -0.507, -0.026),  # Fagerland, Lydersen & Laake 2014, Statistics in Medicine 33:2850-2875
    ],
)
def test_paired_difference_as_published(table: tuple, low: float, high: float) -> None:
    """The papers take before minus after."""
    got = paired_newcombe(*table)
    assert (-got.high, -got.low) == pytest.approx((low, high), abs=5e-4)


def test_mcnemar_as_in_fagerland_2013() -> None:
    assert mcnemar_p(1, 7, "exact") == pytest.approx(0.070, abs=5e-4)
    assert mcnemar_p(1, 7, "mid-p") == pytest.approx(0.039, abs=5e-4)


def test_exact_rate_ratio_as_in_the_manual_of_r() -> None:
    """R's poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878))."""
    got = rate_ratio(21, 11, exposure_before=1083 + 1050 + 878, exposure_after=800, interval="exact")
    assert (got.estimate, got.low, got.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), abs=5e-7)


# --- statsmodels and SciPy, to 1e-8 --------------------------------------------------------------------------------
@pytest.mark.parametrize(("x", "m", "y", "k"), [(48, 80, 56, 70), (30, 300, 41, 280), (5, 60, 50, 60)])
def test_difference_of_shares_as_statsmodels(x: int, m: int, y: int, k: int) -> None:
    got = difference_of_shares(x, m, y, k)
    assert (got.low, got.high) == pytest.approx(
        proportion.confint_proportions_2indep(y, k, x, m, method="newcomb", compare="diff"), **TIGHT
    )
    assert got.p_value == pytest.approx(proportion.proportions_ztest([y, x], [k, m])[1], **TIGHT)


@pytest.mark.parametrize(("b", "c"), [(8, 22), (3, 17), (10, 10), (0, 12)])
def test_exact_mcnemar_as_statsmodels(b: int, c: int) -> None:
    assert mcnemar_p(b, c, "exact") == pytest.approx(mcnemar([[40, b], [c, 30]], exact=True).pvalue, **TIGHT)


@pytest.mark.parametrize(("x", "y", "exposed"), [(41, 15, 1.0), (120, 84, 1.0), (9, 30, 2.0), (0, 14, 0.5)])
def test_exact_rate_ratio_as_statsmodels(x: int, y: int, exposed: float) -> None:
    """The conditional interval is Clopper-Pearson's of the later count among both, turned into odds."""
    got = rate_ratio(x, y, exposure_after=exposed, interval="exact")
    low, high = proportion.proportion_confint(y, x + y, method="beta")
    odds = [low / (1 - low) / exposed, high / (1 - high) / exposed if high < 1 else np.inf]
    assert (got.low, got.high) == pytest.approx(tuple(odds), rel=1e-8)
    if exposed == 1.0:  # otherwise statsmodels adds up the less likely outcomes instead of doubling a tail
        assert got.p_value == pytest.approx(poisson_two_rates(y, 1, x, 1, method="exact-cond").pvalue, **TIGHT)
        # statsmodels takes half of the observed outcome from the p-value, we half of it from each of the two tails.
        midp, half = rate_ratio(x, y, exposure_after=exposed), 0.5 * sps.binom.pmf(y, x + y, 0.5)
        theirs = poisson_two_rates(y, 1, x, 1, method="cond-midp").pvalue
        assert midp.p_value == pytest.approx(theirs - half, **TIGHT)


def test_mid_p_rate_ratio_puts_half_the_tail_outside() -> None:
    """No package at hand has this interval: its ends are held against the equation that defines them."""
    got = rate_ratio(41, 15, exposure_after=0.7)
    for ratio, tail in ((got.low, lambda law: law.sf(15)), (got.high, lambda law: law.cdf(14))):
        law = sps.binom(56, ratio * 0.7 / (1 + ratio * 0.7))
        assert tail(law) + 0.5 * law.pmf(15) == pytest.approx(0.025, rel=1e-8)


def test_quasi_poisson_as_statsmodels() -> None:
    random = np.random.default_rng(3)
    before, after = random.negative_binomial(6, 0.25, 24), random.negative_binomial(5, 0.25, 12)
    days = np.r_[np.resize([31, 28, 31, 30], 24), np.resize([31, 30], 12)].astype(float)
    later = np.arange(36) >= 24
    spread = dispersion(np.r_[before, after], days, later)
    got = rate_ratio(
        int(before.sum()),
        int(after.sum()),
        exposure_before=days[:24].sum(),
        exposure_after=days[24:].sum(),
        spread=spread,
    )
    x = np.column_stack([np.ones(36), later])
    fit = sm.GLM(np.r_[before, after], x, family=sm.families.Poisson(), exposure=days).fit(
        scale="X2", use_t=True, tol=1e-14
    )
    assert spread.factor > 1
    assert (spread.factor, spread.degrees) == (pytest.approx(fit.scale, **TIGHT), fit.df_resid)
    assert np.log([got.estimate, got.low, got.high]) == pytest.approx([fit.params[1], *fit.conf_int()[1]], **TIGHT)
    assert got.p_value == pytest.approx(fit.pvalues[1], **TIGHT)


def test_means_as_statsmodels() -> None:
    random = np.random.default_rng(4)
    before, after = random.normal(3, 1, 40), random.normal(3.4, 2, 55)
    got = mean_difference(before, after)
    reference = weightstats.CompareMeans.from_data(after, before)
    assert (got.low, got.high) == pytest.approx(reference.tconfint_diff(usevar="unequal"), **TIGHT)
    assert got.p_value == pytest.approx(reference.ttest_ind(usevar="unequal")[1], **TIGHT)
    paired = mean_change(before, after[:40])
    change = weightstats.DescrStatsW(after[:40] - before)
    assert (paired.low, paired.high) == pytest.approx(change.tconfint_mean(), **TIGHT)
    assert paired.p_value == pytest.approx(change.ttest_mean()[1], **TIGHT)


@pytest.mark.parametrize(("periods", "season", "lags"), [(48, 0, None), (72, 12, None), (60, 4, 6), (36, 0, 0)])
def test_segmented_regression_as_statsmodels(periods: int, season: int, lags: int | None) -> None:
    random = np.random.default_rng(periods)
    values = 30 + 0.2 * np.arange(periods) + random.normal(0, 3, periods)
    got = segmented_regression(values, periods // 2, season=season, lags=lags)
    model = sm.OLS(values, design(periods, periods // 2, season))
    fit = model.fit(cov_type="HAC", cov_kwds={"maxlags": got.lags, "use_correction": True})
    estimates = (got.intercept, got.slope_before, got.level_change.estimate, got.slope_change.estimate)
    assert estimates == pytest.approx(tuple(fit.params[:4]), **TIGHT)
    assert got.newey_west_errors == pytest.approx(tuple(fit.bse[2:4]), **TIGHT)
    assert got.fitted == pytest.approx(tuple(fit.fittedvalues), **TIGHT)
    average = np.zeros(len(fit.params))
    average[2:4] = 1.0, (periods - periods // 2 - 1) / 2
    assert got.average_change.estimate == pytest.approx(float(fit.t_test(average).effect[0]), **TIGHT)


def test_covariances_as_statsmodels() -> None:
    random = np.random.default_rng(5)
    x = np.column_stack([np.ones(60), random.normal(size=(60, 2)) * [1, 100]])
    y, places = x @ [1, 2, 0.03] + random.normal(size=60), np.repeat(np.arange(12), 5)
    fit, model = least_squares(x, y), sm.OLS(y, x)
    hac = model.fit(cov_type="HAC", cov_kwds={"maxlags": 5, "use_correction": True}).cov_params()
    cluster = model.fit(cov_type="cluster", cov_kwds={"groups": places}).cov_params()
    np.testing.assert_allclose(newey_west(fit, 5), hac, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(clustered(fit, places), cluster, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize(("treated", "untreated"), [(5, 5), (6, 20)])
def test_difference_in_differences_as_statsmodels(treated: int, untreated: int) -> None:
    random = np.random.default_rng(6)
    with_it, after = np.arange(treated + untreated) < treated, np.arange(7) >= 4
    values = random.normal(0, 2, (len(with_it), 7)) + random.normal(0, 5, (len(with_it), 1))
    got = difference_in_differences(values, with_it, after)
    g, t = np.repeat(with_it, 7).astype(float), np.tile(after, len(with_it)).astype(float)
    places = np.repeat(np.arange(len(with_it)), 7)
    fit = sm.OLS(values.ravel(), np.column_stack([np.ones_like(g), g, t, g * t])).fit(
        cov_type="cluster", cov_kwds={"groups": places}
    )
    assert got.effect.estimate == pytest.approx(fit.params[3], **TIGHT)
    assert got.clustered_error == pytest.approx(fit.bse[3], **TIGHT)
    change = values[:, after].mean(axis=1) - values[:, ~after].mean(axis=1)
    welch = weightstats.CompareMeans.from_data(change[with_it], change[~with_it])
    assert (got.effect.low, got.effect.high) == pytest.approx(welch.tconfint_diff(usevar="unequal"), **TIGHT)


def test_detectable_changes_as_statsmodels() -> None:
    got = detectable_difference_of_shares(300, 200, 0.4)
    for change in (got.increase, got.decrease):
        power = proportion.power_proportions_2indep(change, 0.4, 200, ratio=1.5, return_results=False)
        assert power == pytest.approx(0.8, abs=2e-3)  # it leaves out the far tail and pools with its own weights
    paired = detectable_mean_change(60, 1.7).increase / 1.7
    assert TTestPower().power(paired, 60, 0.05) == pytest.approx(0.8, **TIGHT)

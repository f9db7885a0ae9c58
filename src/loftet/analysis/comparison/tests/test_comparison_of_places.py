"""Funnel limits and shrinkage: against exact laws, statsmodels and their own theorems."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from loftet.analysis.comparison import (
    ComparisonError,
    Shrunk,
    Standing,
    funnel_limits,
    funnel_of_rates,
    funnel_of_shares,
    shrunken_rates,
    shrunken_shares,
)
from loftet.analysis.effect import CannotBeJudged, Reason


def places(seed: int = 0, n: int = 40, spread: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    size = random.uniform(5, 80, n)
    return random.poisson(random.gamma(1 / spread**2, spread**2, n) * size), size


# --- Funnel --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "centre"), [("shares", 0.3), ("rates", 0.3), ("shares", 0.97)])
def test_limits_lie_between_the_counts_that_the_exact_law_names(kind: str, centre: float) -> None:
    sizes = np.array([5.0, 20.0, 150.0, 4000.0])
    limits = funnel_limits(sizes, centre, kind)
    law = stats.binom(sizes, centre) if kind == "shares" else stats.poisson(sizes * centre)
    for limit, p in (
        (limits.low_998, 0.001),
        (limits.low_95, 0.025),
        (limits.high_95, 0.975),
        (limits.high_998, 0.999),
    ):
        r = law.ppf(p)
        assert (limit * sizes <= r + 1e-9).all()
        assert (limit * sizes >= np.maximum(r - 1, 0) - 1e-9).all()


def test_limits_of_a_poisson_mean_of_ten_by_table() -> None:
    """P(X ≤ 3) = 0.01034 and P(X ≤ 4) = 0.02925; P(X ≤ 16) = 0.97296 and P(X ≤ 17) = 0.98572."""
    limits = funnel_limits([10.0], 1.0, "rates")
    assert limits.low_95[0] * 10 == pytest.approx(4 - (0.02925 - 0.025) / (0.02925 - 0.01034), abs=2e-3)
    assert limits.high_95[0] * 10 == pytest.approx(17 - (0.98572 - 0.975) / (0.98572 - 0.97296), abs=2e-3)


def test_large_places_have_the_normal_limits() -> None:
    limits = funnel_limits([1e6], 0.3, "shares", dispersion=4.0)
    error = np.sqrt(0.3 * 0.7 / 1e6)
    assert limits.high_95[0] == pytest.approx(0.3 + 1.96 * 2 * error, abs=0.01 * error)
    assert limits.low_998[0] == pytest.approx(0.3 - 3.09 * 2 * error, abs=0.02 * error)


@given(st.floats(1.0, 6.0), st.floats(1.0, 500.0), st.floats(0.02, 0.95))
def test_unrest_never_narrows_the_funnel(dispersion: float, size: float, centre: float) -> None:
    for kind in ("shares", "rates"):
        whole = np.array([np.ceil(size)])
        calm, wide = (funnel_limits(whole, centre, kind, dispersion=d) for d in (1.0, dispersion))
        assert wide.low_998 <= wide.low_95 <= calm.low_95 <= calm.high_95 <= wide.high_95 <= wide.high_998
        assert wide.low_998 >= 0
        assert kind == "rates" or wide.high_998 <= 1


def test_chance_alone_puts_few_places_outside_and_asks_for_no_widening() -> None:
    random = np.random.default_rng(1)
    size = random.integers(60, 900, 400)
    calm = funnel_of_shares(random.binomial(size, 0.4), size)
    outside = sum(s is not Standing.INSIDE for s in calm.standing)
    assert calm.dispersion == 1.0
    assert 8 <= outside <= 32  # 20 expected
    assert sum(s in (Standing.VERY_LOW, Standing.VERY_HIGH) for s in calm.standing) <= 3
    assert calm.expected_outside_95 == 20


def test_places_that_differ_more_than_chance_widen_the_funnel() -> None:
    counts, size = places(n=200)
    funnel = funnel_of_rates(counts, size)
    assert funnel.dispersion == funnel.dispersion_estimate > 2
    narrow = funnel_limits(size, funnel.centre, "rates")
    assert (funnel.limits.high_95 > narrow.high_95).all()
    assert sum(s is not Standing.INSIDE for s in funnel.standing) < 30


def test_dispersion_is_winsorised_as_spiegelhalter_does() -> None:
    counts, size = places(n=50)
    z = np.sort(funnel_of_rates(counts, size).z)
    z[:5], z[-5:] = z[5], z[-6]
    assert funnel_of_rates(counts, size).dispersion_estimate == pytest.approx(np.mean(z**2))
    assert funnel_of_rates(counts[:9], size[:9]).dispersion_estimate is None


def test_one_extreme_place_widens_nothing_and_has_a_finite_z() -> None:
    counts = np.r_[np.full(30, 20), 2000]
    funnel = funnel_of_rates(counts, np.full(31, 20.0), centre=1.0)
    assert np.isfinite(funnel.z).all()
    assert funnel.dispersion == 1.0
    assert funnel.standing[-1] is Standing.VERY_HIGH


# --- Shrinkage -----------------------------------------------------------------------------------------------------
def test_prior_of_rates_as_statsmodels_negative_binomial() -> None:
    counts, size = places(n=120)
    got = shrunken_rates(counts, size)
    model = sm.NegativeBinomial(counts, np.ones(120), exposure=size)
    fit = model.fit(disp=0, maxiter=500)
    shape = got.centre * got.size_of_prior
    mine = np.array([np.log(got.centre), 1 / shape])
    assert mine == pytest.approx(fit.params, rel=1e-4)  # its search stops early
    assert model.score(mine) == pytest.approx([0.0, 0.0], abs=1e-6)  # and ours is where its own score is nothing
    assert got.estimate == pytest.approx((counts + shape) / (size + got.size_of_prior), rel=1e-12)


def test_prior_of_shares_is_where_the_beta_binomial_is_likeliest() -> None:
    random = np.random.default_rng(2)
    n = random.integers(10, 200, 80)
    yes = random.binomial(n, random.beta(6, 14, 80))
    got = shrunken_shares(yes, n)

    def likelihood(mean: float, size: float) -> float:
        return float(stats.betabinom.logpmf(yes, n, mean * size, (1 - mean) * size).sum())

    best = likelihood(got.centre, got.size_of_prior)
    for mean, size in ((1.001, 1), (0.999, 1), (1, 1.01), (1, 0.99)):
        assert likelihood(got.centre * mean, got.size_of_prior * size) < best
    assert got.estimate == pytest.approx((yes + got.centre * got.size_of_prior) / (n + got.size_of_prior))


def test_small_places_are_drawn_furthest_and_nobody_past_the_centre() -> None:
    counts, size = places()
    got = shrunken_rates(counts, size)
    order = np.argsort(size)
    assert (np.diff(got.weight[order]) >= 0).all()
    between = (got.estimate - got.raw) * (got.centre - got.raw)
    assert (between >= 0).all()
    assert (np.abs(got.estimate - got.centre) <= np.abs(got.raw - got.centre) + 1e-12).all()
    assert (got.low < got.estimate).all()
    assert (got.estimate < got.high).all()


def test_places_that_differ_by_chance_alone_share_one_estimate() -> None:
    size = np.full(30, 50.0)
    got = shrunken_rates(np.resize([49, 50, 51], 30), size)
    assert (got.size_of_prior, got.weight.max()) == (np.inf, 0.0)
    assert got.estimate == pytest.approx(np.ones(30))
    assert ((got.low < 1) & (got.high > 1)).all()


def test_shrinkage_errs_less_than_the_raw_figures() -> None:
    """Stein's theorem at work: less squared error in sum, over places of all sizes."""
    random = np.random.default_rng(3)
    raw = shrunk = 0.0
    for _ in range(10):
        size = random.uniform(3, 40, 60)
        true = random.gamma(16, 1 / 16, 60)
        got = shrunken_rates(random.poisson(true * size), size)
        raw += float(np.sum((got.raw - true) ** 2))
        shrunk += float(np.sum((got.estimate - true) ** 2))
    assert shrunk < 0.6 * raw


# --- Both ----------------------------------------------------------------------------------------------------------
@settings(max_examples=5)
@given(st.permutations(range(12)))
def test_order_of_places_never_matters(order: list[int]) -> None:
    counts, size = places(n=12)
    yes, n = np.minimum(counts, size.astype(int)), size.astype(int)
    for compare, a, b in ((funnel_of_rates, counts, size), (funnel_of_shares, yes, n)):
        plain, turned = compare(a, b), compare(a[order], b[order])
        assert turned.standing == tuple(plain.standing[i] for i in order)
        np.testing.assert_allclose(turned.limits.high_998, plain.limits.high_998[order], rtol=1e-12)
    for shrink, a, b in ((shrunken_rates, counts, size), (shrunken_shares, yes, n)):
        np.testing.assert_allclose(shrink(a[order], b[order]).estimate, shrink(a, b).estimate[order], rtol=1e-12)


@pytest.mark.parametrize("compare", [funnel_of_shares, funnel_of_rates, shrunken_shares, shrunken_rates])
@pytest.mark.parametrize(
    ("counts", "sizes"),
    [
        ([], []),
        ([1, 2], [3]),
        ([[1]], [[2]]),
        ([1.5] * 12, [3] * 12),
        ([-1] * 12, [3] * 12),
        ([np.nan] * 12, [3] * 12),
        ([1] * 12, [0] * 12),
        ([1] * 12, [np.inf] * 12),
        ([0] * 12, [5] * 12),
    ],
)
def test_figures_that_cannot_be_compared_are_refused(compare, counts: list, sizes: list) -> None:
    with pytest.raises(ComparisonError):
        compare(counts, sizes)


@pytest.mark.parametrize("compare", [funnel_of_shares, shrunken_shares])
def test_shares_have_no_more_yes_than_answers(compare) -> None:
    for yes, n in (([6] * 12, [5] * 12), ([5] * 12, [5] * 12), ([2] * 12, [5.5] * 12)):
        with pytest.raises(ComparisonError):
            compare(yes, n)


def test_few_places_cannot_be_shrunk_and_arguments_stay_as_they_were() -> None:
    few = shrunken_rates([1, 2, 3], [4, 5, 6])
    assert few == CannotBeJudged(Reason.TOO_FEW_PLACES, 3, 10)
    counts, size = places(n=12)
    before = counts.copy(), size.copy()
    counts.setflags(write=False)
    size.setflags(write=False)
    assert isinstance(shrunken_rates(counts, size), Shrunk)
    funnel_of_rates(counts, size)
    assert np.array_equal(counts, before[0])
    assert np.array_equal(size, before[1])


def test_limits_out_of_range_are_refused() -> None:
    for arguments in (
        ([0.0], 0.3, "shares"),
        ([5.0], 1.0, "shares"),
        ([5.0], 0.0, "rates"),
        ([5.0], 0.3, "odds"),
        ([5.5], 0.3, "shares"),
    ):
        with pytest.raises(ComparisonError):
            funnel_limits(*arguments)
    with pytest.raises(ComparisonError):
        funnel_limits([5.0], 0.3, "rates", dispersion=0.5)
    with pytest.raises(ComparisonError):
        funnel_of_rates([1, 2], [3, 4], centre=float("nan"))
    with pytest.raises(ComparisonError):
        shrunken_rates([1] * 12, [3] * 12, level=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_extreme_figures_have_finite_results(seed: int) -> None:
    """One case among a hundred thousand, places of a millionth of an inhabitant, variances of thousands of means."""
    random = np.random.default_rng(seed)
    n = random.integers(1, 10**5, 15)
    rare = np.zeros(15, dtype=int)
    rare[seed] = 1
    wild = random.poisson(random.lognormal(5, 4, 15))
    wild[0] += 1
    for got in (shrunken_shares(rare, n), shrunken_shares(n - rare, n), shrunken_rates(wild, random.random(15) * 1e-6)):
        assert isinstance(got, Shrunk)
        assert np.isfinite([got.estimate, got.low, got.high]).all()
    for funnel in (funnel_of_shares(rare, n), funnel_of_rates(wild, np.ones(15))):
        assert np.isfinite([funnel.limits.low_998, funnel.limits.high_998, funnel.z]).all()

"""Nominal 95 % intervals hold the truth in 93 to 97 of 100 simulated studies, in every design that is let through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from loftet.analysis.effect import (
    detectable_difference_of_shares,
    detectable_paired_difference,
    detectable_rate_ratio,
    newcombe,
)
from loftet.analysis.effect.paired import MINIMUM_CHANGES, mcnemar_p
from loftet.analysis.effect.proportions import MINIMUM_ANSWERS, MINIMUM_CASES
from loftet.analysis.effect.tests.coverage_designs import (
    MEANS,
    PLACES,
    RATES,
    SERIES,
    SHARES,
    Design,
    coverage,
    panel,
    shrinkage_coverage,
)

pytestmark = pytest.mark.long


@pytest.mark.parametrize("design", [*SHARES, *RATES, *MEANS, *PLACES, *SERIES], ids=lambda d: d.name)
def test_intervals_hold_what_they_say(design: Design) -> None:
    got = coverage(design)
    assert got.judged >= 0.5  # a design that is hardly ever judged is not let through, and says nothing here
    assert 0.93 <= got.held <= (1.0 if design.exact else 0.97)


@pytest.mark.parametrize("n", [(30, 30), (30, 100), (100, 100), (300, 200)])
def test_newcombe_by_adding_up_every_outcome(n: tuple[int, int]) -> None:
    """No simulation: all pairs of counts, weighted by their probability, those not judged left out."""
    x, y = np.arange(n[0] + 1)[:, None], np.arange(n[1] + 1)[None, :]
    low, high = newcombe(x, n[0], y, n[1])
    judged = np.minimum(x + y, sum(n) - x - y) >= MINIMUM_CASES
    for p in (0.05, 0.1, 0.2, 0.35, 0.5):
        for change in (0.0, 0.05, 0.1, 0.2):
            chance = stats.binom.pmf(x, n[0], p) * stats.binom.pmf(y, n[1], p + change) * judged
            held = chance[(low <= change) & (change <= high)].sum() / chance.sum()
            # Where a sample expects fewer than five of one answer the interval is wider than it need be.
            rare = min(n) * p < 5
            assert chance.sum() < 0.5 or 0.93 <= held <= (0.99 if rare else 0.97)
    assert min(n) >= MINIMUM_ANSWERS


def test_fewer_places_than_let_through_would_not_hold() -> None:
    """The limit of five places is not caution for its own sake."""
    random = np.random.default_rng(8)
    change = random.normal(size=(2000, 43))
    few, many = change[:, :3], change[:, 3:]
    a, b = few.var(axis=1, ddof=1) / 3, many.var(axis=1, ddof=1) / 40
    degrees = (a + b) ** 2 / (a**2 / 2 + b**2 / 39)
    held = np.abs(few.mean(axis=1) - many.mean(axis=1)) <= stats.t.ppf(0.975, degrees) * np.sqrt(a + b)
    assert held.mean() < 0.93
    assert coverage(Design("3 and 40", panel(3, 40)), runs=20).judged == 0.0


@pytest.mark.parametrize(("kind", "places", "spread"), [("rates", 10, 0.5), ("rates", 20, 0.2), ("shares", 40, 0.2)])
def test_shrunken_intervals_hold_what_they_say(kind: str, places: int, spread: float) -> None:
    assert 0.93 <= shrinkage_coverage(kind, places, spread, runs=100, seed=2) <= 0.97


# --- The power told beforehand is the power had afterwards ---------------------------------------------------------
@pytest.mark.parametrize(("n", "m", "base"), [(300, 300, 0.4), (100, 100, 0.2), (500, 200, 0.7)])
def test_power_of_two_samples_by_adding_up_every_outcome(n: int, m: int, base: float) -> None:
    x, y = np.arange(n + 1)[:, None], np.arange(m + 1)[None, :]
    low, high = newcombe(x, n, y, m)
    told = detectable_difference_of_shares(n, m, base)
    for change in (told.increase, told.decrease):
        chance = stats.binom.pmf(x, n, base) * stats.binom.pmf(y, m, base + change)
        assert chance[(low > 0) | (high < 0)].sum() == pytest.approx(0.8, abs=0.03)


def test_power_of_pairs_and_of_rates_by_simulation() -> None:
    random = np.random.default_rng(9)
    told = detectable_paired_difference(300, 0.4)
    q = 0.4 + told.increase
    both = 0.4 * q + 0.5 * np.sqrt(0.4 * 0.6 * q * (1 - q))
    drawn = random.multinomial(300, [both, 0.4 - both, q - both, 1 - 0.4 - q + both], size=2000)
    assert (drawn[:, 1] + drawn[:, 2] >= MINIMUM_CHANGES).all()
    assert np.mean([mcnemar_p(int(b), int(c)) < 0.05 for _, b, c, _ in drawn]) == pytest.approx(0.8, abs=0.03)
    ratio = detectable_rate_ratio(200, dispersion=2.0).decrease
    before, after = random.negative_binomial(200, 0.5, 4000), random.negative_binomial(200 * ratio, 0.5, 4000)
    z = np.abs(np.log(after / before)) / np.sqrt(2.0 * (1 / before + 1 / after))
    assert np.mean(z > stats.norm.ppf(0.975)) == pytest.approx(0.8, abs=0.03)

"""Simulated studies with a known truth: how often do nominal 95 % intervals hold it, in designs that are let through?

Used by the long tests and by the benchmark, so that both speak of the same runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loftet.analysis.comparison import Shrunk, shrunken_rates, shrunken_shares
from loftet.analysis.effect import (
    CannotBeJudged,
    Effect,
    difference_in_differences,
    difference_of_shares,
    dispersion,
    mean_change,
    mean_difference,
    paired_shares,
    placebo_test,
    rate_ratio,
    segmented_regression,
)

Random = np.random.Generator
Run = Callable[[Random], tuple[Effect | CannotBeJudged, float]]


@dataclass(frozen=True)
class Design:
    """One way of studying an effect. `exact` methods may hold more often than they say, never less than 93 %."""

    name: str
    run: Run
    exact: bool = False


@dataclass(frozen=True)
class Coverage:
    """How often the interval held the truth among the runs that were judged, and how many were."""

    held: float
    judged: float


def coverage(design: Design, runs: int = 1000, seed: int = 1) -> Coverage:
    """Run a design again and again."""
    random = np.random.default_rng(seed)
    judged = held = 0
    for _ in range(runs):
        outcome, truth = design.run(random)
        if isinstance(outcome, Effect):
            judged += 1
            held += outcome.low <= truth <= outcome.high
    return Coverage(held / max(judged, 1), judged / runs)


def shares(n: int, m: int, p: float, q: float) -> Run:
    return lambda r: (difference_of_shares(int(r.binomial(n, p)), n, int(r.binomial(m, q)), m), q - p)


def paired(n: int, both: float, before: float, after: float) -> Run:
    law = [both, before, after, 1.0 - both - before - after]
    return lambda r: (paired_shares(*(int(v) for v in r.multinomial(n, law))), after - before)


def rates(before: float, ratio: float, exposed: float = 1.0, interval: str = "mid-p") -> Run:
    return lambda r: (
        rate_ratio(
            int(r.poisson(before)),
            int(r.poisson(before * ratio * exposed)),
            exposure_after=exposed,
            interval=interval,
        ),
        ratio,
    )


def unruly(periods: int, later: int, mean: float, factor: float, ratio: float) -> Run:
    """Counts of variance `factor` times their mean; the dispersion is estimated from the periods before."""

    def count(r: Random, size: int, m: float) -> np.ndarray:
        return r.poisson(m, size) if factor == 1 else r.negative_binomial(m / (factor - 1), 1 / factor, size)

    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        before, after = count(r, periods, mean), count(r, later, mean * ratio)
        return rate_ratio(
            int(before.sum()),
            int(after.sum()),
            exposure_before=periods,
            exposure_after=later,
            spread=dispersion(before),
        ), ratio

    return run


def steps_of_five(r: Random, n: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Answers 1 to 5, the same people twice: two in three answer as before."""
    law = np.array([0.1, 0.2, 0.3, 0.25, 0.15])
    later = np.array([0.05, 0.1, 0.2, 0.4, 0.25])
    before, after = r.choice(5, n, p=law), r.choice(5, n, p=later)
    after = np.where(r.random(n) < 2 / 3, before, after)
    return before, after, float(np.arange(5) @ (later - law)) / 3


def answers(n: int) -> Run:
    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        before, after, truth = steps_of_five(r, n)
        return mean_change(before, after), truth

    return run


def two_samples(n: int, m: int) -> Run:
    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        return mean_difference(r.normal(0.0, 1.0, n), r.normal(0.5, 2.0, m)), 0.5

    return run


def skewed(n: int, interval: str) -> Run:
    return lambda r: (
        mean_change(np.zeros(n), r.exponential(1.0, n), interval=interval, rounds=499),
        1.0,
    )


def autoregressive(r: Random, shape: tuple[int, int], rho: float) -> np.ndarray:
    noise = r.normal(size=shape)
    noise[:, 0] /= np.sqrt(1.0 - rho**2)
    for t in range(1, shape[1]):
        noise[:, t] += rho * noise[:, t - 1]
    return noise


def panel(treated: int, untreated: int, *, wider: float = 1.0, rho: float = 0.5, periods: int = 8) -> Run:
    """Places with their own level and a common path; those treated may vary more."""

    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        with_it = np.arange(treated + untreated) < treated
        after = np.arange(periods) >= periods // 2
        values = autoregressive(r, (len(with_it), periods), rho) * np.where(with_it, wider, 1.0)[:, None]
        values += r.normal(0, 5, (len(with_it), 1)) + r.normal(0, 2, (1, periods)) - 3.0 * np.outer(with_it, after)
        outcome = difference_in_differences(values, with_it, after)
        return (outcome if isinstance(outcome, CannotBeJudged) else outcome.effect), -3.0

    return run


def one_place(untreated: int, draw: Callable[[Random, tuple[int, int]], np.ndarray]) -> Run:
    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        with_it, after = np.arange(untreated + 1) == 0, np.arange(8) >= 4
        values = draw(r, (untreated + 1, 8)) - 2.0 * np.outer(with_it, after)
        outcome = placebo_test(values, with_it, after)
        return (outcome if isinstance(outcome, CannotBeJudged) else outcome.effect), -2.0

    return run


def series(periods: int, first: int, rho: float, *, season: int = 0, change: str = "level") -> Run:
    def run(r: Random) -> tuple[Effect | CannotBeJudged, float]:
        values = autoregressive(r, (1, periods), rho)[0]
        if season:
            values += 2.0 * np.sin(2 * np.pi * np.arange(periods) / season)
        outcome = segmented_regression(values, first, season=season)
        if isinstance(outcome, CannotBeJudged):
            return outcome, 0.0
        return getattr(outcome, f"{change}_change"), 0.0

    return run


SHARES = (
    Design("300 and 300 answers, 40 % to 45 %", shares(300, 300, 0.40, 0.45)),
    Design("100 and 100 answers, 20 % to 35 %", shares(100, 100, 0.20, 0.35)),
    Design("50 and 200 answers, 60 % to 60 %", shares(50, 200, 0.60, 0.60)),
    Design("30 and 30 answers, 50 % to 70 %", shares(30, 30, 0.50, 0.70)),
    Design("300 people twice, 30 % to 38 %", paired(300, 0.22, 0.08, 0.16)),
    Design("100 people twice, no change", paired(100, 0.30, 0.15, 0.15)),
    Design("40 people twice, 40 % to 60 %", paired(40, 0.30, 0.10, 0.30)),
)
RATES = (
    Design("120 before, 0.7 times", rates(120, 0.7)),
    Design("40 before, 0.5 times, half the time", rates(40, 0.5, 0.5)),
    Design("15 before, no change", rates(15, 1.0)),
    Design("120 before, 0.7 times, exact", rates(120, 0.7, interval="exact"), exact=True),
    Design("15 before, no change, exact", rates(15, 1.0, interval="exact"), exact=True),
    Design("36 months of 10, dispersion 2", unruly(36, 12, 10, 2, 0.8)),
    Design("24 months of 30, dispersion 4", unruly(24, 12, 30, 4, 0.8)),
    Design("12 months of 30, dispersion 8", unruly(12, 12, 30, 8, 0.8)),
    Design("9 quarters of 30, dispersion 4", unruly(9, 9, 30, 4, 0.8)),
    # The factor is held at 1 and the t-quantile is wide: more than 95 % when chance alone is at work.
    Design("12 months of 10, chance alone", unruly(12, 12, 10, 1, 0.8), exact=True),
)
MEANS = (
    Design("50 people twice, answers 1 to 5", answers(50)),
    Design("100 people twice, answers 1 to 5", answers(100)),
    Design("20 and 80 people, unequal spread", two_samples(20, 80)),
    Design("120 people twice, skewed", skewed(120, "t")),
    Design("40 people twice, skewed, bootstrap-t", skewed(40, "bootstrap-t")),
)
PLACES = (
    Design("5 and 5 places", panel(5, 5)),
    Design("5 and 40 places", panel(5, 40)),
    Design("8 and 20 places, the treated twice as unruly", panel(8, 20, wider=2.0)),
    Design("20 and 20 places", panel(20, 20, rho=0.8)),
    Design("1 and 19 places, placebo", one_place(19, lambda r, s: autoregressive(r, s, 0.5)), exact=True),
    Design("1 and 39 places, placebo", one_place(39, lambda r, s: autoregressive(r, s, 0.0)), exact=True),
    Design("1 and 60 places, placebo, skewed", one_place(60, lambda r, s: r.exponential(1.0, s)), exact=True),
)
SERIES = (
    Design("36 months, no autocorrelation, level", series(36, 18, 0.0)),
    Design("36 months, autocorrelation 0.3, slope", series(36, 24, 0.3, change="slope")),
    Design("48 months, autocorrelation 0.5, level", series(48, 36, 0.5)),
    Design("72 months, autocorrelation 0.5, slope", series(72, 36, 0.5, change="slope")),
    Design("60 months with season, autocorrelation 0.3, level", series(60, 36, 0.3, season=12)),
    Design("48 months, autocorrelation 0.3, average", series(48, 30, 0.3, change="average")),
)


def shrinkage_coverage(kind: str, places: int, spread: float, runs: int = 200, seed: int = 1) -> float:
    """Share of places whose true rate or share lies within its interval; spread: how places differ, over the mean."""
    random = np.random.default_rng(seed)
    held = 0.0
    for _ in range(runs):
        if kind == "rates":
            size = random.uniform(5.0, 60.0, places)
            true = random.gamma(1 / spread**2, spread**2, places)
            outcome = shrunken_rates(random.poisson(true * size), size)
        else:
            n = random.integers(10, 120, places)
            strength = 0.7 / (0.3 * spread**2) - 1.0
            true = random.beta(0.3 * strength, 0.7 * strength, places)
            outcome = shrunken_shares(random.binomial(n, true), n)
        assert isinstance(outcome, Shrunk)
        held += float(np.mean((outcome.low <= true) & (true <= outcome.high)))
    return held / runs

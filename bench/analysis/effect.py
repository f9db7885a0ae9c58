"""How often intervals of effect hold the truth, beside what statsmodels gives for the same data, and what they cost.

`python -m bench.analysis.effect` also prints every simulated design, the ones behind the limits in the code.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
import statsmodels.api as sm
from scipy import stats

from loftet.analysis.comparison import shrunken_rates
from loftet.analysis.effect import (
    CannotBeJudged,
    difference_in_differences,
    newcombe,
    segmented_regression,
)
from loftet.analysis.effect.segmented import design
from loftet.analysis.effect.tests.coverage_designs import (
    MEANS,
    PLACES,
    RATES,
    SERIES,
    SHARES,
    autoregressive,
    coverage,
    shrinkage_coverage,
)

from .figures import Figure

GROUPS = {"shares": SHARES, "rate ratio": RATES, "means": MEANS, "places": PLACES, "segmented": SERIES}
STATSMODELS = f"statsmodels {version('statsmodels')}"
RUNS = 1000


def measure() -> list[Figure]:
    """Coverage of every design that is let through, and the rivals'."""
    worst = [(d, coverage(d, RUNS)) for group in GROUPS.values() for d in group if not d.exact]
    low, high = min(c.held for _, c in worst), max(c.held for _, c in worst)
    exact = min(coverage(d, RUNS).held for group in GROUPS.values() for d in group if d.exact)
    bar = "0.93 to 0.97 in every design that is let through"
    return [
        Figure("effect", "lowest coverage of 95 % intervals", low, "share", "limit", 0.93, bar, low >= 0.93),
        Figure("effect", "highest coverage of 95 % intervals", high, "share", "limit", 0.97, bar, high <= 0.97),
        Figure(
            "effect", "lowest coverage of exact methods", exact, "share", "limit", 0.93, "at least 0.93", exact >= 0.93
        ),
        _segmented_coverage(),
        _places_coverage(),
        _shares_coverage(),
        _shrinkage_error(),
        _segmented_cost(),
    ]


def _segmented_coverage() -> Figure:
    """48 months, autocorrelation 0.4: ours, and Newey-West's errors with t-quantiles as they come."""
    random, x = np.random.default_rng(11), design(48, 24)
    ours, theirs = [], []
    for values in autoregressive(random, (RUNS, 48), 0.4):
        got = segmented_regression(values, 24)
        if isinstance(got, CannotBeJudged):
            continue
        ours.append(got.level_change.low <= 0 <= got.level_change.high)
        fit = sm.OLS(values, x).fit(cov_type="HAC", cov_kwds={"maxlags": got.lags, "use_correction": True}, use_t=True)
        low, high = fit.conf_int()[2]
        theirs.append(low <= 0 <= high)
    what = "coverage of a level change, 48 months, autocorrelation 0.4"
    held = float(np.mean(ours))
    return Figure(
        "effect",
        what,
        held,
        "share",
        f"{STATSMODELS}, HAC",
        float(np.mean(theirs)),
        "0.93 to 0.97",
        0.93 <= held <= 0.97,
    )


def _places_coverage() -> Figure:
    """Five places with a measure and twenty without: ours, and clustered errors as they come."""
    random = np.random.default_rng(12)
    treated, after = np.arange(25) < 5, np.arange(8) >= 4
    g, t = np.repeat(treated, 8).astype(float), np.tile(after, 25).astype(float)
    x, places = np.column_stack([np.ones(200), g, t, g * t]), np.repeat(np.arange(25), 8)
    ours, theirs = [], []
    for _ in range(RUNS):
        values = autoregressive(random, (25, 8), 0.5)
        effect = difference_in_differences(values, treated, after).effect
        ours.append(effect.low <= 0 <= effect.high)
        fit = sm.OLS(values.ravel(), x).fit(cov_type="cluster", cov_kwds={"groups": places}, use_t=True)
        low, high = fit.conf_int()[3]
        theirs.append(low <= 0 <= high)
    what = "coverage of difference in differences, 5 and 20 places"
    held = float(np.mean(ours))
    return Figure(
        "effect",
        what,
        held,
        "share",
        f"{STATSMODELS}, clustered",
        float(np.mean(theirs)),
        "0.93 to 0.97",
        0.93 <= held <= 0.97,
    )


def _shares_coverage() -> Figure:
    """The lowest coverage over shares of 2 to 50 % and rises of 0 to 20 points, every outcome added up."""
    x, y = np.arange(101)[:, None], np.arange(61)[None, :]
    spread = np.sqrt(x * (100 - x) / 100**3 + y * (60 - y) / 60**3)
    wald = y / 60 - x / 100 - 1.96 * spread, y / 60 - x / 100 + 1.96 * spread
    lowest = [1.0, 1.0]
    for p in (0.02, 0.05, 0.1, 0.3, 0.5):
        for rise in (0.0, 0.05, 0.1, 0.2):
            chance = stats.binom.pmf(x, 100, p) * stats.binom.pmf(y, 60, p + rise)
            for i, (low, high) in enumerate((newcombe(x, 100, y, 60), wald)):
                lowest[i] = min(lowest[i], float(chance[(low <= rise) & (rise <= high)].sum()))
    what = "lowest coverage of a difference of shares, 100 and 60 answers, 2 to 70 %"
    return Figure("effect", what, lowest[0], "share", "Wald's interval", lowest[1], "at least 0.93", lowest[0] >= 0.93)


def _shrinkage_error() -> Figure:
    """Root mean squared error of places' rates, shrunken and raw."""
    random = np.random.default_rng(13)
    raw = shrunk = 0.0
    for _ in range(50):
        size = random.uniform(3, 40, 60)
        true = random.gamma(16, 1 / 16, 60)
        got = shrunken_rates(random.poisson(true * size), size)
        raw += float(np.mean((got.raw - true) ** 2)) / 50
        shrunk += float(np.mean((got.estimate - true) ** 2)) / 50
    what = "error of the rates of 60 places, shrunken"
    ours, theirs = float(np.sqrt(shrunk)), float(np.sqrt(raw))
    return Figure("comparison", what, ours, "rate", "the raw rates", theirs, "less than raw", ours < theirs)


def _segmented_cost() -> Figure:
    values, x = np.random.default_rng(14).normal(size=60), design(60, 30)

    def theirs() -> None:
        sm.OLS(values, x).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}).conf_int()

    ours_s, theirs_s = _cpu(lambda: segmented_regression(values, 30)), _cpu(theirs)
    what = "one segmented regression of 60 months"
    return Figure(
        "effect",
        what,
        ours_s,
        "s CPU",
        f"{STATSMODELS}, HAC as it comes",
        theirs_s,
        "at most 0.05 s",
        ours_s <= 0.05,
    )


def _cpu(call: Callable[[], object], times: int = 50) -> float:
    call()
    began = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - began) / times


def main() -> None:
    """Print every design, then the figures."""
    for name, group in GROUPS.items():
        for d in group:
            got = coverage(d, RUNS)
            print(f"{name:12} {d.name:58} held {got.held:.3f}  judged {got.judged:.2f}")
    for kind in ("rates", "shares"):
        for places in (10, 20, 60):
            for spread in (0.1, 0.2, 0.5):
                held = shrinkage_coverage(kind, places, spread)
                print(f"{'shrinkage':12} {places} places, {kind} that differ by {spread:.0%} {held:.3f}")
    for figure in measure():
        print(figure)


if __name__ == "__main__":
    main()

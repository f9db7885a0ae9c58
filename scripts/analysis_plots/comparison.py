"""Places of different size: the funnel, and what shrinkage makes of the small ones."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from loftet.analysis.comparison import Shrunk, Standing, funnel_limits, funnel_of_shares, shrunken_shares


def draw(figure: Figure) -> None:
    """Sixty made-up areas asked whether they feel safe; one truly differs, small ones differ by chance."""
    random = np.random.default_rng(7)
    n = np.round(np.exp(random.uniform(np.log(12), np.log(600), 60))).astype(int)
    true = random.beta(0.7 * 300, 0.3 * 300, 60)
    n[0], true[0] = 220, 0.52
    yes = random.binomial(n, true)
    funnel, shrunk = funnel_of_shares(yes, n), shrunken_shares(yes, n)
    assert isinstance(shrunk, Shrunk)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    sizes = np.arange(10, 620)
    limits = funnel_limits(sizes, funnel.centre, "shares", dispersion=funnel.dispersion)
    for low, high, style, name in (
        (limits.low_95, limits.high_95, "-", "95 %"),
        (limits.low_998, limits.high_998, "--", "99.8 %"),
    ):
        left.plot(sizes, 100 * low, style, color="#005ea2", linewidth=1.1, label=f"{name} limits")
        left.plot(sizes, 100 * high, style, color="#005ea2", linewidth=1.1)
    left.axhline(100 * funnel.centre, color="#999", linewidth=1)
    out = np.array([s is not Standing.INSIDE for s in funnel.standing])
    left.plot(n[~out], 100 * funnel.observed[~out], "o", color="#555", markersize=3.5)
    left.plot(n[out], 100 * funnel.observed[out], "o", color="#b5490b", markersize=4.5, label="outside")
    left.set_xscale("log")
    left.set_xticks([10, 30, 100, 300], ["10", "30", "100", "300"])
    left.minorticks_off()
    left.set_ylim(20, 102)
    left.set_xlabel("answers")
    left.set_ylabel("feel safe, per cent")
    left.legend(frameon=False, fontsize=8, loc="lower right")
    for place in range(len(n)):
        right.plot([0, 1], 100 * np.array([shrunk.raw[place], shrunk.estimate[place]]), color="#777", linewidth=0.7)
    right.set_xticks([0, 1], ["own share", "shrunken"])
    right.set_ylim(left.get_ylim())
    right.set_xlim(-0.1, 1.1)

"""A series before and after a measure: segmented regression, and what would have gone on without."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from loftet.analysis.effect import Segmented, segmented_regression


def draw(figure: Figure) -> None:
    """Sixty months with a season; in month 36 the lights on the footpath are mended."""
    random = np.random.default_rng(20)
    t = np.arange(60)
    values = 26 + 0.05 * t + 4 * np.cos(2 * np.pi * t / 12) - 6.0 * (t >= 36) + random.normal(0, 2, 60)
    got = segmented_regression(values, 36, season=12)
    assert isinstance(got, Segmented)
    axes = figure.add_subplot()
    axes.plot(t, values, "o", color="#555", markersize=3.5, label="reports a month (made up)")
    axes.plot(t, got.fitted, color="#005ea2", linewidth=2, label="fit with season")
    axes.plot(t[36:], got.without[36:], "--", color="#b5490b", linewidth=1.6, label="as it would have gone on")
    axes.axvline(35.5, color="#999", linewidth=1)
    axes.text(35.9, axes.get_ylim()[1], "measure begins", va="top", fontsize=9, color="#555")
    change = got.average_change
    title = f"On average {change.estimate:.1f} a month, 95 % interval {change.low:.1f} to {change.high:.1f}"
    axes.set_title(title.replace("-", "−"), loc="left", fontsize=10)
    axes.set_xlabel("month")
    axes.set_ylabel("reports")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=9, loc="lower left")

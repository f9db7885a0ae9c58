"""How the number of themes is found in 1,500 argumentation sentences, and the themes they fall into."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from loftet.analysis.themes import NumberOfThemes, Themes, find_themes
from loftet.analysis.themes.tests.theme_data import argumentation

SENTENCES, SEED = 1_500, 7
OURS, CHANCE, QUIET = "#1b5e8c", "#b0522a", "#8a8a8a"


def draw(figure: Figure) -> None:
    """Draw stability over the number of themes, and the size of each theme found."""
    sentences, _ = argumentation()
    rows = np.random.Generator(np.random.PCG64(SEED)).permutation(len(sentences))[:SENTENCES]
    found = find_themes({int(i): sentences[i] for i in rows})
    assert found.number is not None
    left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
    _stability(left, found.number)
    _sizes(right, found)


def _stability(axes, number: NumberOfThemes) -> None:
    tried, chance = np.array(number.tried), np.array(number.by_chance)
    spread = np.array(number.chance_error)
    axes.fill_between(tried, chance - 2 * spread, np.minimum(chance + 2 * spread, 1), color=CHANCE, alpha=0.15, lw=0)
    axes.plot(tried, chance, color=CHANCE, lw=1.2, label="words dealt out by lot (±2 sd)")
    axes.errorbar(tried, number.stability, 2 * np.array(number.error), color=OURS, marker="o", ms=4, lw=1.5, capsize=2)
    chosen = number.tried.index(number.chosen)
    axes.plot(number.chosen, number.stability[chosen], "o", ms=11, mfc="none", mec=OURS, mew=1.5)
    axes.annotate(
        f"{number.chosen} themes chosen", (number.chosen, number.stability[chosen]), (0.55, 0.97),
        textcoords="axes fraction", color=OURS, va="top", arrowprops={"arrowstyle": "-", "color": OURS, "lw": 0.8},
    )  # fmt: skip
    axes.text(0.03, 0.04, "words dealt out by lot (±2 sd)", transform=axes.transAxes, color=CHANCE, fontsize=9)
    axes.set(xlabel="number of themes", ylabel="stability (overlap of themes)", ylim=(0, 1.08), xticks=tried)


def _sizes(axes, found: Themes) -> None:
    bars = [(theme.name, theme.size, theme.found_again) for theme in found.themes]
    for row, (name, size, again) in enumerate(bars):
        axes.barh(row, size, 0.42, color=OURS)
        axes.text(0, row - 0.3, f"{name}", va="bottom", fontsize=9)
        axes.text(size, row, f" {size} · comes back {again:.2f}", va="center", fontsize=8, color=QUIET)
    axes.barh(len(bars), len(found.other), 0.42, color=QUIET)
    axes.text(0, len(bars) - 0.3, "övrigt (other)", va="bottom", fontsize=9)
    axes.text(len(found.other), len(bars), f" {len(found.other)}", va="center", fontsize=8, color=QUIET)
    axes.set(xlabel="sentences", yticks=[], ylim=(len(bars) + 0.4, -0.75), xlim=(0, 1.6 * max(b[1] for b in bars)))
    axes.spines["left"].set_visible(False)

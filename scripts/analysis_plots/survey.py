"""Shares with intervals in two samples: a random one, raked, and the answers of a meeting, which have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from loftet.analysis.survey import Estimate, OpenDesign, RandomDesign, proportion, rake

if TYPE_CHECKING:
    from matplotlib.figure import Figure

QUESTIONS = {
    "Belysning på Stortorget": (0.55, 0.75),
    "Fler cykelställ": (0.35, 0.3),
    "Trygg vid stationen": (0.5, 0.62),
}


def draw(figure: Figure) -> None:
    """Three questions, each as answered, as raked, and at a meeting."""
    axes = figure.subplots()
    generator = np.random.default_rng(2)
    old = (generator.random(640) < 0.62).astype(int)
    weights = rake(RandomDesign(), {"age": old}, {"age": {0: 70, 1: 30}})
    for row, (young_share, old_share) in enumerate(QUESTIONS.values()):
        said = generator.random(640) < np.where(old == 1, old_share, young_share)
        plain, raked = proportion(said, RandomDesign()), proportion(said, RandomDesign(), weights=weights)
        meeting = proportion(generator.random(38) < old_share + 0.1, OpenDesign("meeting"))
        for offset, found, colour, label in (
            (-0.2, plain, "#8a8a8a", "slumpurval, som svarat (n = 640)"),
            (0.0, raked, "#1b5e8c", f"slumpurval, vägt efter ålder (effektivt n = {weights.effective_n:.0f})"),
        ):
            if isinstance(found, Estimate):
                ends = [100 * found.interval.low, 100 * found.interval.high]
                axes.plot(ends, [row + offset] * 2, color=colour, linewidth=2)
                axes.plot(100 * found.value, row + offset, "o", color=colour, label=label if row == 0 else None)
        label = f"möte (n = {meeting.n}): inget intervall"
        axes.plot(
            100 * (meeting.value or 0.0),
            row + 0.2,
            "D",
            color="#b3541e",
            mfc="white",
            label=label if row == 0 else None,
        )
    axes.set_yticks(range(len(QUESTIONS)), list(QUESTIONS))
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("procent ja, med 95 procents intervall")
    figure.legend(loc="outside upper left", frameon=False, fontsize=9)

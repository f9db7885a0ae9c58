"""How the priority of a statement falls with the votes it has had."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from opinion_groups import COLOURS

from loftet.analysis.routing import Standing


def draw(figure: Figure) -> None:
    """One line for each way of answering, up to forty votes; one statement at the centre and one far out."""
    axes = figure.subplots()
    ways = {"all agree": (1,), "half agree": (1, -1), "all pass": (0,)}
    for colour, (name, votes) in zip(COLOURS, ways.items(), strict=False):
        for extremity, style in ((0.0, "-"), (1.0, "--")):
            none = np.zeros(1)
            standing = Standing({1: 0}, none, none, none, np.array([extremity]), np.zeros(1, dtype=bool))
            line = [standing.priority(1)]
            for i in range(40):
                standing = standing.with_vote(1, votes[i % len(votes)])
                line.append(standing.priority(1))
            axes.plot(line, style, color=colour, label=f"{name}, extremity {extremity:g}")
    axes.set(yscale="log", xlabel="votes on the statement", ylabel="priority", ylim=(1e-4, 100))
    axes.legend(frameon=False, fontsize=8, loc="lower right")

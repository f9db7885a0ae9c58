"""What protecting a table costs, beside hiding whole rows."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from opinion_groups import COLOURS

from loftet.analysis.disclosure import protect_table


def draw(figure: Figure) -> None:
    """Share of the cells that say something that is hidden, by the minimum; twenty areas by five answers."""
    rng = np.random.Generator(np.random.PCG64(7))
    table = rng.poisson(rng.gamma(2.0, 8.0, (20, 1)) * [0.4, 0.25, 0.2, 0.1, 0.05])
    minimums = range(2, 11)
    primary, hidden, rows = [], [], []
    for minimum in minimums:
        released = protect_table(table, minimum=minimum)
        says = released.counts > 0
        primary.append(100 * released.primary[says].mean())
        hidden.append(100 * released.dropped)
        small = ((table > 0) & (table < minimum)).any(axis=1)
        rows.append(100 * (says[:-1][small].sum()) / says.sum())
    axes = figure.subplots()
    axes.plot(
        minimums,
        rows,
        linestyle="--",
        color=COLOURS[4],
        label="whole rows with something small",
    )
    axes.plot(minimums, hidden, marker="o", color=COLOURS[0], label="hidden so that nothing small can be worked out")
    axes.plot(minimums, primary, marker="s", color=COLOURS[1], label="small counts themselves")
    axes.set(xlabel="minimum", ylabel="% of the figures", ylim=(0, 100), xticks=minimums)
    axes.legend(frameon=False, fontsize=8, loc="upper left")

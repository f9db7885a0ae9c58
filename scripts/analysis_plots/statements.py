"""Shares of agree votes by group: what is shared and what divides."""

from __future__ import annotations

from _camps import camps
from matplotlib.figure import Figure
from opinion_groups import COLOURS

from loftet.analysis.opinion import analyse_opinions


def draw(figure: Figure) -> None:
    """The five most widely shared statements above, the five most divisive below."""
    result = analyse_opinions(camps())
    shared = [s for s in result.consensus if s.direction == "agree"][:5]
    rows = [(f"shared: statement {s.statement}", [g.p_success for g in s.by_group]) for s in shared]
    rows += [
        (f"divisive: statement {d.statement}", [g.p_success for g in d.agree_by_group]) for d in result.divisive[:5]
    ]
    axes = figure.subplots()
    for place, (_, shares) in enumerate(rows):
        axes.plot([min(shares), max(shares)], [place, place], color="#bbbbbb", zorder=1)
        axes.scatter(shares, [place] * len(shares), color=COLOURS[: len(shares)], zorder=2, s=36)
    for group in range(len(result.groups)):
        axes.scatter([], [], color=COLOURS[group], label=f"group {group}")
    axes.axvline(0.5, color="#999999", linestyle=":", linewidth=1)
    axes.set(yticks=range(len(rows)), yticklabels=[name for name, _ in rows], xlim=(0, 1), xlabel="share that agrees")
    axes.invert_yaxis()
    axes.legend(frameon=False, fontsize=8, loc="upper left")

"""The opinion map, and how sure the number of groups is."""

from __future__ import annotations

from _camps import camps
from matplotlib.figure import Figure

from loftet.analysis.axes import axes_and_positions
from loftet.analysis.opinion import analyse_opinions

COLOURS = ("#0b5563", "#c4622d", "#7a8f2a", "#6b4a8b", "#555555")


def draw(figure: Figure) -> None:
    """Participants by group on the left; silhouette and agreement in parts by number of groups on the right."""
    votes = camps()
    result = analyse_opinions(votes)
    where = axes_and_positions(votes)[1]
    on_the_map, by_k = figure.subplots(1, 2, width_ratios=[1.2, 1])
    for group in range(len(result.groups)):
        mine = [i for i, label in enumerate(result.labels) if label == group]
        on_the_map.scatter(*where[mine].T, s=6, color=COLOURS[group], label=f"group {group}: {len(mine)}")
    on_the_map.set(title="Participants on the two axes", xlabel="first axis", ylabel="second axis")
    on_the_map.legend(frameon=False, fontsize=8, markerscale=2, loc="upper left", bbox_to_anchor=(0.32, 0.99))
    found = result.diagnostics
    assert found.certainty is not None
    assert found.certainty.stability is not None
    ks = [tried.k for tried in found.tried]
    by_k.errorbar(
        ks,
        [tried.silhouette for tried in found.tried],
        yerr=[tried.standard_error for tried in found.tried],
        marker="o",
        color=COLOURS[0],
        label="mean silhouette ± one standard error",
    )
    again = found.certainty.stability.by_k
    by_k.plot(ks, [one.agreement for one in again], marker="s", color=COLOURS[1], label="agreement in parts (ARI)")
    by_k.axvline(found.k, color="#999999", linestyle=":", linewidth=1)
    by_k.set(title=f"Number of groups: {found.k} chosen", xlabel="groups", xticks=ks, ylim=(0, 1.05))
    by_k.legend(frameon=False, fontsize=8, loc="lower left")

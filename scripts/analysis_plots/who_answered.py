"""Who answered beside who lives there, and what the silent would have to think to overturn a conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from loftet.analysis.answered import Part, compare_with_population, tipping_point

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POPULATION = {"18–29": 5200, "30–44": 7100, "45–64": 8300, "65–79": 5400, "80+": 2000}
ANSWERED = {"18–29": 96, "30–44": 240, "45–64": 610, "65–79": 620, "80+": 74}


def draw(figure: Figure) -> None:
    """To the left the composition, to the right the population's share as the silent young think otherwise."""
    left, right = figure.subplots(1, 2)
    found = compare_with_population(ANSWERED, POPULATION)
    for row, group in enumerate(found.groups):
        if group.public is not None:
            left.plot([group.population_percent, group.public], [row, row], color="#c9c9c9", linewidth=2, zorder=1)
            left.scatter(group.public, row, color="#1b5e8c", zorder=2, label="svarade" if row == 0 else None)
        left.scatter(
            group.population_percent, row, color="#b3541e", marker="|", s=150, label="bor här" if row == 0 else None
        )
    left.set_yticks(range(len(POPULATION)), list(POPULATION))
    left.set_xlim(0, 45)
    left.set_xlabel("procent")
    index = f"{found.dissimilarity or 0.0:.2f}".replace(".", ",")
    left.set_title(f"Olikhet {index} (0 = som befolkningen)", fontsize=10, loc="left")
    left.legend(frameon=False, fontsize=9, loc="lower right")
    parts = [Part("under 45", 12300, 336, 155), Part("45 och äldre", 15700, 1304, 800)]
    tipping = tipping_point(parts, among=["under 45"])
    x = np.array([0.0, 1.0])
    fixed = 15700 * 800 / 1304 + 155
    right.plot(100 * x, 100 * (fixed + x * tipping.missing) / 28000, color="#1b5e8c")
    right.axhline(50, color="#8a8a8a", linewidth=1)
    right.plot(100 * (tipping.share or 0.0), 50, "o", color="#b3541e")
    words = f"vänder vid {100 * (tipping.share or 0.0):.0f} %\n(de som svarade: {100 * (tipping.heard or 0.0):.0f} %)"
    right.annotate(words, (100 * (tipping.share or 0.0), 50), (38, 36), fontsize=9)
    right.set_xlabel("procent ja bland tysta under 45")
    right.set_ylabel("procent ja i hela befolkningen")
    right.set_xlim(0, 100)
    right.set_ylim(20, 100)

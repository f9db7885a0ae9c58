"""Marks of a made-up town on hexagons: what may be shown, and which spots stand out."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from loftet.analysis.hotspots import Area, HotSpots, find_hot_spots, hexagon

TOWN = [(0, 0), (3000, 200), (2800, 2600), (1700, 2700), (1500, 1200), (1300, 2800), (100, 2500)]


def draw(figure: Figure) -> None:
    """A town around a bay, 260 marks, 60 of them near the station and the square."""
    random, area = np.random.default_rng(4), Area([TOWN])
    anywhere = random.uniform((0, 0), (3000, 2800), (600, 2))
    marks = np.vstack(
        [
            anywhere[area.contains(anywhere)][:200],
            random.normal((800, 800), 90, (35, 2)),
            random.normal((2300, 1700), 70, (25, 2)),
        ]
    )
    found = find_hot_spots(marks, area, width=300.0)
    assert isinstance(found, HotSpots)
    left, right = figure.subplots(1, 2)
    left.plot(*marks.T, ".", color="#555", markersize=3)
    left.set_title("Marks, never published one by one", loc="left", fontsize=9)
    most = max(cell.people for cell in found.cells)
    for cell in found.cells:
        shade = 0.15 + 0.75 * cell.people / most
        right.add_patch(Polygon(hexagon(cell.x, cell.y, found.width), facecolor=(0.0, 0.37, 0.64, shade)))
        right.text(
            cell.x,
            cell.y,
            str(cell.people),
            ha="center",
            va="center",
            fontsize=7,
            color="white" if shade > 0.5 else "black",
        )
    for spot in found.spots:
        for x, y in spot.cells:
            right.add_patch(Polygon(hexagon(x, y, found.width), fill=False, edgecolor="#b5490b", linewidth=1.6))
    right.set_title("What may be shown: cells of five or more", loc="left", fontsize=9)
    for axes in (left, right):
        axes.add_patch(Polygon(TOWN, fill=False, edgecolor="#999"))
        axes.set_xlim(-100, 3100)
        axes.set_ylim(-100, 2900)
        axes.set_aspect("equal")
        axes.set_axis_off()

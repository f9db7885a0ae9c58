"""Hot spots: how often chance makes one, how often a planted one is found, and what a map of Sweden's size costs."""

from __future__ import annotations

import time

import numpy as np
from scipy import stats

from loftet.analysis.hotspots import Area, Hexagons, HotSpots, box, find_hot_spots

from .figures import Figure

TOWN = [(0, 0), (3000, 200), (2800, 2600), (1700, 2700), (1500, 1200), (1300, 2800), (100, 2500)]
MAPS = 400


def measure() -> list[Figure]:
    """False alarms beside the habit of colouring cells that stand out one by one, findings, and cost."""
    area = Area([TOWN])
    cells = Hexagons.over(area, 200.0)
    share = cells.inside / cells.inside.sum()
    alarms = naive = found = 0
    for seed in range(MAPS):
        points = _uniform(120, seed, area)
        alarms += bool(_spots(find_hot_spots(points, area, rounds=99, seed=seed)))
        counts = np.bincount(cells.cell_of(points), minlength=len(share))
        naive += bool((stats.binom.sf(counts - 1, 120, share) < 0.05).any())
        planted = np.vstack([points, np.random.default_rng(seed).normal((800, 800), 80, (10, 2))])
        spots = _spots(find_hot_spots(planted, area, rounds=99, seed=seed))
        found += any(np.hypot(s.x - 800, s.y - 800) < 300 for s in spots)
    cost = _cost()
    return [
        Figure(
            "hot spots",
            "maps of 120 marks by chance that show a hot spot",
            alarms / MAPS,
            "share",
            "each cell tested alone at 5 %",
            naive / MAPS,
            "at most 0.05, and what 400 maps leave open: 0.07",
            alarms / MAPS <= 0.07,
        ),
        Figure(
            "hot spots",
            "maps with ten marks more within a block that show it",
            found / MAPS,
            "share",
            "limit",
            0.8,
            "at least 0.8",
            found / MAPS >= 0.8,
        ),
        Figure(
            "hot spots",
            "20,000 marks on 7,500 cells, 999 maps by chance",
            cost,
            "s CPU",
            "limit",
            30.0,
            "at most 30 s",
            cost <= 30.0,
        ),
    ]


def _spots(found: object) -> tuple:
    return found.spots if isinstance(found, HotSpots) else ()


def _uniform(n: int, seed: int, area: Area) -> np.ndarray:
    points = np.random.default_rng(seed).uniform((0, 0), (3000, 2800), (4 * n, 2))
    return points[area.contains(points)][:n]


def _cost() -> float:
    points = np.random.default_rng(1).uniform(0, 8000, (20_000, 2))
    began = time.process_time()
    find_hot_spots(points, box(0, 0, 8000, 8000), width=100.0)
    return time.process_time() - began


if __name__ == "__main__":
    for figure in measure():
        print(figure)

"""Disclosure control: what is lost against the best there is, and against hiding whole rows; and how long it takes."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
from bench.analysis.figures import Figure

from loftet.analysis.disclosure import attainable, protect_table
from loftet.analysis.disclosure.tables import ProtectedTable

TOPIC = "disclosure control"
MINIMUM = 5


def measure() -> list[Figure]:
    """All figures of this topic."""
    ours, best, tables = 0, 0, 0
    rng = np.random.Generator(np.random.PCG64(11))
    while tables < 12:
        table = rng.poisson(9, (3, 3))
        small = int(((table > 0) & (table < MINIMUM)).sum())
        if not 1 <= small <= 2:
            continue
        tables += 1
        released = protect_table(table)
        ours += int(released.hidden.sum())
        best += fewest_hidden(released)
    long = np.random.Generator(np.random.PCG64(1))
    table = long.poisson(long.gamma(1.0, 30.0, (290, 1)) * long.dirichlet(np.ones(8), 1))
    began = time.process_time()
    released = protect_table(table)
    took = time.process_time() - began
    says = released.counts > 0
    small = ((table > 0) & (table < MINIMUM)).any(axis=1)
    return [
        Figure(
            TOPIC,
            f"cells hidden in {tables} tables of 3 × 3",
            ours,
            "cells",
            "the fewest possible (all choices tried)",
            best,
            "at most a quarter more",
            ours <= 1.25 * best,
        ),
        Figure(
            TOPIC,
            "290 municipalities × 8 answers: figures hidden",
            100 * released.dropped,
            "%",
            "whole rows with something small",
            100 * float(says[:-1][small].sum() / says.sum()),
            "less than whole rows",
            100 * released.dropped < 100 * float(says[:-1][small].sum() / says.sum()),
        ),
        Figure(TOPIC, "290 municipalities × 8 answers", took, "s CPU", "a limit", 20.0, "under 20 s", took < 20),
    ]


def fewest_hidden(released: ProtectedTable) -> int:
    """The least number of hidden cells, margins too, with which every small count is open by the minimum."""
    places = [tuple(place) for place in np.argwhere(~released.primary).tolist()]
    primary = [tuple(place) for place in np.argwhere(released.primary).tolist()]
    for more in range(int(released.hidden.sum()) - len(primary) + 1):
        for chosen in combinations(places, more):
            hidden = released.primary.copy()
            for place in chosen:
                hidden[place] = True
            if is_safe(released, hidden, primary):
                return len(primary) + more
    return int(released.hidden.sum())


def is_safe(released: ProtectedTable, hidden: np.ndarray, primary: list) -> bool:
    """Whether each small count is open, with these cells hidden."""
    other = ProtectedTable((), released.counts, hidden, released.primary, MINIMUM, 0.0, False)
    for place in primary:
        low, high = attainable([other], 0, place)
        if high - low < MINIMUM:
            return False
    return True

"""Linear programmes over hidden cells: what can be worked out, and the cheapest shift that changes nothing shown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[int, ...]
_OPTIMAL, _UNBOUNDED = 0, 3


@dataclass(eq=False, slots=True)
class Relations:
    """Unknown counts, never negative, and what ties them together."""

    in_whole_numbers: bool
    number: dict[Hashable, int] = field(default_factory=dict)
    true: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)  # terms, least, most
    _beside: dict[int, list[int]] = field(default_factory=dict)  # rows of each unknown

    def add(self, name: Hashable, true: float) -> None:
        """One more unknown, with its true value (for the producer alone: what is shown fits it)."""
        self.number[name] = len(self.number)
        self.true.append(true)

    def equal(self, terms: dict[int, float], value: float) -> None:
        """A sum that is known."""
        self._row(terms, value, value)

    def at_most(self, terms: dict[int, float], value: float) -> None:
        """A sum that is known to be no more."""
        self._row(terms, -np.inf, value)

    def _row(self, terms: dict[int, float], least: float, most: float) -> None:
        for unknown in terms:
            self._beside.setdefault(unknown, []).append(len(self.rows))
        self.rows.append((terms, least, most))

    def about(self, unknowns: Sequence[int]) -> tuple[list[int], list[int]]:
        """The unknowns and rows that are tied, however far, to these: the rest can't tell anything of them."""
        seen, rows, waiting = set(unknowns), set[int](), list(unknowns)
        while waiting:
            for row in self._beside.get(waiting.pop(), ()):
                if row not in rows:
                    rows.add(row)
                    fresh = self.rows[row][0].keys() - seen
                    seen |= fresh
                    waiting += fresh
        return sorted(seen), sorted(rows)


def range_of(relations: Relations, terms: dict[int, float]) -> tuple[float, float]:
    """The least and the most that a sum of unknowns can be; infinite where nothing bounds it.

    Sums in one table with one or two axes are at their bounds in whole numbers by themselves (the relations are totally
    unimodular); otherwise whole numbers are demanded. An end that the solver does not settle is taken to be the true
    sum, which is always possible: what is not proved open counts as closed.
    """
    unknowns, rows = relations.about(list(terms))
    place = {unknown: i for i, unknown in enumerate(unknowns)}
    cost = np.zeros(len(unknowns))
    for unknown, sign in terms.items():
        cost[place[unknown]] = sign
    constraints = []
    if rows:
        entries = [(i, place[u], sign) for i, row in enumerate(rows) for u, sign in relations.rows[row][0].items()]
        at, column, sign_of = zip(*entries, strict=True)
        matrix = sparse.csr_array((sign_of, (at, column)), shape=(len(rows), len(unknowns)))
        least = [relations.rows[row][1] for row in rows]
        most = [relations.rows[row][2] for row in rows]
        constraints = [LinearConstraint(matrix, least, most)]
    true = sum(sign * relations.true[unknown] for unknown, sign in terms.items())
    whole = np.full(len(unknowns), relations.in_whole_numbers)
    ends = []
    for sign in (1.0, -1.0):
        found = solved(sign * cost, constraints, Bounds(0.0, np.inf), np.zeros_like(whole))
        # With whole numbers in the relations, what has no end in parts has none in whole numbers either.
        if found.status == _OPTIMAL and whole.any():
            found = solved(sign * cost, constraints, Bounds(0.0, np.inf), whole)
        if found.status == _OPTIMAL and found.fun is not None:
            ends.append(sign * float(found.fun))
        else:
            ends.append(-sign * np.inf if found.status == _UNBOUNDED else true)
    return round(ends[0], 6) + 0.0, round(ends[1], 6) + 0.0


def solved(cost: NDArray[np.float64], constraints: Any, bounds: Bounds, whole: NDArray[np.bool_]) -> Any:
    """The solver's answer to a linear programme, some of whose unknowns are whole numbers.

    HiGHS (in SciPy 1.17) simplifies programmes in whole numbers before it solves them in a way that can
    lose the best solutions and still call the answer optimal; so that step is left out there.
    """
    return milp(
        cost,
        constraints=constraints,
        bounds=bounds,
        integrality=whole.astype(np.int64),
        options={"presolve": not whole.any()},
    )


def shift_within(
    lines: Sequence[tuple[list[Cell], Cell]],
    cost: NDArray[np.float64],
    spare: NDArray[np.float64],
    place: Cell,
    by: float,
    among: NDArray[np.bool_] | None,
) -> NDArray[np.bool_] | None:
    """The cells that change in the cheapest shift that moves one cell up by `by` and keeps every sum true.

    cost: of changing each cell by one. spare: how much each may shrink. among: the cells that may change, None for all.
    None when no shift does it. With three axes the shift is in whole numbers; with fewer it is so by itself.
    """
    movable = np.ones(cost.shape, dtype=bool) if among is None else among
    number = np.full(cost.shape, -1)
    number[movable] = np.arange(movable.sum())
    entries = [
        (i, int(number[cell]), sign)
        for i, (inside, margin) in enumerate(lines)
        for cell, sign in [*((cell, 1.0) for cell in inside), (margin, -1.0)]
        if movable[cell]
    ]
    rows, columns, signs = zip(*entries, strict=True)
    n = int(movable.sum())
    sums = sparse.csr_array((signs, (rows, columns)), shape=(len(lines), n))
    sums = sums[np.flatnonzero(np.diff(sums.indptr))]
    upper = np.concatenate([np.full(n, np.inf), spare[movable]])
    lower = np.zeros(2 * n)
    target = int(number[place])
    lower[target], upper[n + target] = by, 0.0
    costs = cost[movable]
    found = solved(
        # A cell that shrinks is dearer by a hair than one that grows, so that of equally cheap shifts one is taken.
        np.concatenate([costs, costs * (1.0 + 1e-6)]),
        LinearConstraint(sparse.hstack([sums, -sums]).tocsr(), 0.0, 0.0),
        Bounds(lower, upper),
        np.full(2 * n, cost.ndim > 2),
    )
    if found.status != _OPTIMAL or found.x is None:
        return None
    moved = np.zeros(cost.shape, dtype=bool)
    moved[movable] = np.abs(found.x[:n] - found.x[n:]) > 1e-6
    return moved

"""Tables rounded so that rows and columns still add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint

from .programming import solved
from .tables import TableError, _lines, with_margins


@dataclass(frozen=True, eq=False, slots=True)
class RoundedTable:
    """A table in steps of `base`, with its margins."""

    counts: NDArray[np.int64]  # with margins
    base: int
    adds_up: bool  # every margin is the sum of what is shown; else each figure was rounded on its own
    largest_change: int


def round_table(counts: ArrayLike, *, base: int = 5) -> RoundedTable:
    """Round every count and margin to a multiple of `base` next to it, so that all sums hold and little is changed.

    A figure goes to the multiple below or above it, and stays when it is one (zero-restricted controlled rounding); of
    all such tables, the one with the least sum of changes. With one or two axes there always is one; with three there
    may be none, and then each figure is rounded on its own, halves up, and `adds_up` is false.
    Rounding alone does not hide that someone is there: a rounded 5 may be 1 to 9.
    Raises TableError for what is no table of counts, or a base below 2.
    Source: Cox & Ernst 1982, Controlled rounding; Hundepool et al. 2012, section 5.4.

    >>> round_table([[1, 7], [6, 3]]).counts.tolist()
    [[0, 5, 5], [5, 5, 10], [5, 10, 15]]
    """
    if base < 2:
        raise TableError("the base is at least 2")
    table = with_margins(counts)
    below = table // base * base
    rest = (table - below).ravel()
    n = table.size
    number = np.arange(n).reshape(table.shape)
    rows, columns, signs, known = [], [], [], []
    for i, (inside, margin) in enumerate(_lines(table.shape)):
        rows += [i] * (len(inside) + 1)
        columns += [int(number[place]) for place in [*inside, margin]]
        signs += [1.0] * len(inside) + [-1.0]
        known.append(float(below[margin] - sum(int(below[place]) for place in inside)) / base)
    sums = sparse.csr_array((signs, (rows, columns)), shape=(len(known), n))
    found = solved(
        (base - 2.0 * rest) + 1e-7 * np.arange(n) / n,  # what going up changes, less what going down does
        LinearConstraint(sums, known, known),
        Bounds(0.0, (rest > 0).astype(np.float64)),
        np.ones(n, dtype=np.bool_),
    )
    adds_up = found.status == 0 and found.x is not None
    up = 2 * rest >= base if found.x is None else np.round(found.x)
    rounded = below + base * np.asarray(up, dtype=np.int64).reshape(table.shape)
    return RoundedTable(rounded, base, adds_up, int(np.abs(rounded - table).max()))

"""An order of participants and statements that comes from the votes alone.

Floating-point sums depend on the order of their terms, and a tie has to be broken by something. If both follow the
votes and not the ids, then a result cannot depend on who happened to be called what: when every participant and
statement gets another name, the first sum is still taken over the same matrix, cell by cell. Only among those whom
the votes cannot tell apart do names decide, and there it makes no difference beyond rounding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .votes import VoteMatrix

_ROUNDS = 6


def canonical_order(votes: VoteMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (N) and columns (D) in an order that the votes decide, most answered first.

    Ties in the number of votes are broken by colour refinement: every participant and statement gets a number that
    sums up its votes, then those of the ones it voted with, and so on. What is still tied has the same place in the
    web of votes (for participants: in practice the very same votes) and may change places without anything changing;
    it keeps the order of ids.
    Source: Weisfeiler & Leman 1968, colour refinement of a graph, here of the graph of votes.

    >>> a = VoteMatrix.from_arrays("xyyz", [1, 1, 2, 2], [1, 1, -1, 0])
    >>> b = VoteMatrix.from_arrays("cbba", [9, 9, 3, 3], [1, 1, -1, 0])  # the same votes, other names
    >>> [[m.participants[i] for i in canonical_order(m)[0]] for m in (a, b)]
    [['y', 'z', 'x'], ['b', 'a', 'c']]
    """
    n_rows, n_columns = votes.cells.shape
    rows, columns = votes.rows, votes.cells.indices.astype(np.int64)
    value = votes.cells.data.astype(np.int64).view(np.uint64)
    row_colour = np.zeros(n_rows, dtype=np.uint64)
    start = votes.moderated.astype(np.uint64) + np.uint64(2) * votes.meta.astype(np.uint64)
    column_colour = _mixed(start)
    for _ in range(_ROUNDS):
        row_colour = _refined(row_colour, rows, column_colour[columns], value)
        column_colour = _refined(column_colour, columns, row_colour[rows], value)
    return (
        np.lexsort((row_colour, -np.bincount(rows, minlength=n_rows))),
        np.lexsort((column_colour, -np.bincount(columns, minlength=n_columns))),
    )


def _refined(
    own: NDArray[np.uint64], place: NDArray[np.int64], neighbour: NDArray[np.uint64], value: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    total = np.zeros(len(own), dtype=np.uint64)
    np.add.at(total, place, _mixed(neighbour ^ _mixed(value)))  # whole numbers: the sum has no order
    return _mixed(own ^ _mixed(total))


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter the bits of whole numbers, so that sums of different sets differ (the finaliser of splitmix64)."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))

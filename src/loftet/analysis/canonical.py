"""An order of participants and statements that comes from the votes alone.

Floating-point sums depend on the order of their terms, and a tie has to be broken by something. If both follow the
votes and not the ids, then a result cannot depend on who happened to be called what: when every participant and
statement gets another name, the first sum is still taken over the same matrix, cell by cell. Only among those whom
the votes cannot tell apart do names decide, and there it makes no difference beyond rounding.

Beyond some millions of votes participants and statements keep the order of their ids: two of them tie only where they
have the very same counts, and moving all votes would cost more than most of what is done with them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .votes import VoteMatrix

_ROUNDS = 6
_MANY = 5_000_000  # votes beyond which nothing is moved


def canonical(votes: VoteMatrix) -> tuple[VoteMatrix, NDArray[np.int64] | None]:
    """The same votes in the order of `canonical_order`, and which row went where; above 5 million as they are (None).

    >>> ordered, rows = canonical(VoteMatrix.from_arrays("abb", [1, 1, 2], [1, 1, 0]))
    >>> ordered.participants, rows.tolist()
    (('b', 'a'), [1, 0])
    """
    if votes.n_votes > _MANY:
        return votes, None
    rows, columns = canonical_order(votes)
    return votes.reordered(rows, columns), rows


def canonical_order(votes: VoteMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (N) and columns (D) in an order that the votes decide, most answered first.

    Ties in the number of votes are broken by colour refinement: every statement gets a number that sums up the votes
    on it, every participant one that sums up theirs on those statements, and so on. What is still tied has the same
    place in the web of votes (for participants: in practice the very same votes) and may change places without
    anything changing; it keeps the order of ids.
    Source: Weisfeiler & Leman 1968, colour refinement of a graph, here of the graph of votes.

    >>> a = VoteMatrix.from_arrays("xyyz", [1, 1, 2, 2], [1, 1, -1, 0])
    >>> b = VoteMatrix.from_arrays("cbba", [9, 9, 3, 3], [1, 1, -1, 0])  # the same votes, other names
    >>> [[m.participants[i] for i in canonical_order(m)[0]] for m in (a, b)]
    [['y', 'x', 'z'], ['b', 'c', 'a']]
    """
    column_colour, cast = _statement_colours(votes)
    row_colour = _mixed(np.zeros(len(votes.participants), dtype=np.uint64))
    told_apart = 0
    for _ in range(_ROUNDS):
        row_colour = _participants_refined(votes, row_colour, column_colour)
        statements = len(np.unique(column_colour))
        if statements == len(column_colour):
            break  # participants who still share a colour have cast the very same votes
        before, told_apart = told_apart, statements + len(np.unique(row_colour))
        if told_apart == before:
            break  # another round would tell no more of them apart
        column_colour = _statements_refined(votes, column_colour, row_colour)
    return _order(row_colour, votes.votes_per_participant()), _order(column_colour, cast)


def _order(colour: NDArray[np.uint64], cast: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.lexsort((colour, -cast))


def _statement_colours(votes: VoteMatrix) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A number for each statement from its counts and marks, and how many have voted on it."""
    agree, disagree, cast = votes.counts
    colour = _mixed(votes.moderated.astype(np.uint64) + np.uint64(2) * votes.meta.astype(np.uint64))
    for count in (agree, disagree, cast):
        colour = _mixed(colour ^ _mixed(count.astype(np.uint64)))
    return colour, cast


def _participants_refined(
    votes: VoteMatrix, own: NDArray[np.uint64], statement_colour: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    answer = _mixed(statement_colour[:, None] ^ _ANSWERS).ravel()  # 3 × D: one number for each possible answer
    total = np.zeros(len(own), dtype=np.uint64)
    cells = votes.cells
    if cells.nnz:
        filled = np.flatnonzero(np.diff(cells.indptr))
        numbers = answer[votes.answers(slice(None))]
        total[filled] = np.add.reduceat(numbers, cells.indptr[filled])  # whole numbers: the sum has no order
    return _mixed(own ^ _mixed(total))


def _statements_refined(
    votes: VoteMatrix, own: NDArray[np.uint64], participant_colour: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    total = np.zeros(len(own), dtype=np.uint64)
    answer = _ANSWERS[votes.cells.data + np.int8(1)]
    np.add.at(total, votes.cells.indices, _mixed(participant_colour[votes.rows] ^ answer))
    return _mixed(own ^ _mixed(total))


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter the bits of whole numbers, so that sums of different sets differ (the finaliser of splitmix64)."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


_ANSWERS = _mixed(np.arange(3, dtype=np.uint64))  # disagree, pass, agree

"""Counts per group and statement, and what follows from them alone.

The z-values here order statements by how much they stand out. Groups are found in the same votes that are then
compared, so a z-value is not a test of anything and must never be called significant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .checked import counted_in, grouping
from .votes import VoteMatrix

Z_90 = 1.2816  # the 90th percentile of the normal distribution: the published threshold
NO_GROUP = -1
_PART = 500_000  # votes counted at a time
Counts = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Tallies:
    """How G groups voted on D statements."""

    sizes: NDArray[np.int64]  # G, participants in each group
    agree: Counts  # G × D
    disagree: Counts  # G × D
    votes: Counts  # G × D, passes included

    @property
    def total(self) -> Tallies:
        """All groups taken together, as one group."""
        return Tallies(
            sizes=self.sizes.sum(keepdims=True),
            agree=self.agree.sum(axis=0, keepdims=True),
            disagree=self.disagree.sum(axis=0, keepdims=True),
            votes=self.votes.sum(axis=0, keepdims=True),
        )

    @property
    def p_agree(self) -> Counts:
        """Share of agree votes (G × D), (A + 1) / (S + 2): one half where nobody has voted."""
        return (self.agree + 1.0) / (self.votes + 2.0)

    @property
    def p_disagree(self) -> Counts:
        """Share of disagree votes (G × D), (D + 1) / (S + 2)."""
        return (self.disagree + 1.0) / (self.votes + 2.0)


@dataclass(frozen=True, eq=False, slots=True)
class GroupStatistics:
    """For each of G groups and D statements: shares, z against one half, ratio and z against all other groups."""

    p_agree: Counts
    p_disagree: Counts
    z_agree: Counts
    z_disagree: Counts
    ratio_agree: Counts
    ratio_disagree: Counts
    ratio_z_agree: Counts
    ratio_z_disagree: Counts


def tally(votes: VoteMatrix, groups: ArrayLike) -> Tallies:
    """Count the votes of each group on each statement.

    groups: one whole number per participant (N): 0, 1, … for the group, -1 for none. Closed statements are counted
    too. Raises ValueError when the length is not N or a number is below -1.

    >>> votes = VoteMatrix.from_arrays("aabc", [1, 2, 1, 1], [1, 0, -1, 1])
    >>> t = tally(votes, [0, 1, -1])
    >>> t.agree.tolist(), t.disagree.tolist(), t.votes.tolist()
    ([[1.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [1.0, 0.0]], [[1.0, 1.0], [1.0, 0.0]])
    """
    labels = grouping(groups, len(votes.participants), least=NO_GROUP)
    return _counted(votes, labels, int(labels.max(initial=NO_GROUP)) + 1)


def tally_everyone(votes: VoteMatrix) -> Tallies:
    """Count the votes of all participants, as one group.

    >>> tally_everyone(VoteMatrix.from_arrays("abc", [1, 1, 1], [1, 1, 0])).agree.tolist()
    [[2.0]]
    """
    agree, disagree, cast = votes.counts.astype(np.float64)
    return Tallies(np.array([len(votes.participants)]), agree[None], disagree[None], cast[None])


def _counted(votes: VoteMatrix, labels: NDArray[np.int64], n_groups: int) -> Tallies:
    n_columns, cells = len(votes.statements), votes.cells
    width = 3 * n_columns
    found = np.zeros((n_groups + 1) * width, dtype=np.int64)  # the last for those without a group
    offset = np.where(labels == NO_GROUP, n_groups, labels) * width
    cast = np.diff(cells.indptr)
    rows_at_a_time = max(1, int(_PART * len(labels) / max(cells.nnz, 1)))
    for start in range(0, len(labels), rows_at_a_time):
        rows = slice(start, start + rows_at_a_time)
        part = slice(cells.indptr[start], cells.indptr[min(start + rows_at_a_time, len(labels))])
        found += np.bincount(np.repeat(offset[rows], cast[rows]) + votes.answers(part), minlength=len(found))
    by_answer = found[: n_groups * width].reshape(n_groups, n_columns, 3).astype(np.float64)
    return Tallies(
        sizes=np.bincount(labels[labels != NO_GROUP], minlength=n_groups),
        agree=by_answer[:, :, 2].copy(),
        disagree=by_answer[:, :, 0].copy(),
        votes=by_answer.sum(axis=2),
    )


def one_proportion_z(successes: ArrayLike, trials: ArrayLike) -> Counts:
    """z of a share against one half, with one success and one trial added: 2·√(S+1)·((A+1)/(S+1) - ½).

    Source: the reference implementation of the field's method.

    >>> float(one_proportion_z(3, 3))
    2.0
    """
    successes, trials = counted_in(successes, trials)
    a, n = successes + 1.0, trials + 1.0
    return 2.0 * np.sqrt(n) * (a / n - 0.5)


def two_proportion_z(successes: ArrayLike, trials: ArrayLike, others: ArrayLike, other_trials: ArrayLike) -> Counts:
    """z of the difference between two shares, with one added to all four counts; 0 when all are successes.

    Source: the reference implementation of the field's method (pooled two-proportion z).

    >>> round(float(two_proportion_z(9, 9, 0, 9)), 4), float(two_proportion_z(4, 4, 9, 9))
    (4.0452, 0.0)
    """
    successes, trials = counted_in(successes, trials)
    others, other_trials = counted_in(others, other_trials)
    if 1 < successes.size != others.size > 1:
        raise ValueError(f"{successes.size} shares against {others.size}")
    a, n, b, m = successes + 1.0, trials + 1.0, others + 1.0, other_trials + 1.0
    pooled = (a + b) / (n + m)
    error = np.sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m))
    return np.where(error > 0, (a / n - b / m) / np.where(error > 0, error, 1.0), 0.0)


def group_statistics(tallies: Tallies) -> GroupStatistics:
    """Shares, ratios and z-values of each group against all other groups together (arrays G × D).

    >>> votes = VoteMatrix.from_arrays("abcd", [1, 1, 1, 1], [1, 1, -1, -1])
    >>> s = group_statistics(tally(votes, [0, 0, 1, 1]))
    >>> s.p_agree.ravel().tolist(), s.ratio_agree.ravel().round(4).tolist()
    ([0.75, 0.25], [3.0, 0.3333])
    """
    t, all_groups = tallies, tallies.total
    agree, disagree, votes = all_groups.agree - t.agree, all_groups.disagree - t.disagree, all_groups.votes - t.votes
    return GroupStatistics(
        p_agree=t.p_agree,
        p_disagree=t.p_disagree,
        z_agree=one_proportion_z(t.agree, t.votes),
        z_disagree=one_proportion_z(t.disagree, t.votes),
        ratio_agree=t.p_agree / ((agree + 1.0) / (votes + 2.0)),
        ratio_disagree=t.p_disagree / ((disagree + 1.0) / (votes + 2.0)),
        ratio_z_agree=two_proportion_z(t.agree, t.votes, agree, votes),
        ratio_z_disagree=two_proportion_z(t.disagree, t.votes, disagree, votes),
    )

"""Which statements speak for a group, which all groups share, and which divide them.

Everything here follows from counts, so it can be checked by hand. Statements that are moderated out or about the
person are never chosen. Where two statements are equal, the one that comes first in the vote matrix comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .tallies import (
    Z_90,
    Counts,
    GroupStatistics,
    Tallies,
    group_statistics,
    one_proportion_z,
    tally,
    tally_everyone,
    two_proportion_z,
)
from .votes import Id, VoteMatrix

Direction = Literal["agree", "disagree"]
BestAgreeRule = Literal["published", "order-free"]
DIRECTIONS: tuple[Direction, Direction] = ("agree", "disagree")


@dataclass(frozen=True, slots=True)
class Support:
    """How many in one direction, out of how many votes (passes included), as counts and share."""

    n_success: int
    n_trials: int
    p_success: float  # (n_success + 1) / (n_trials + 2)
    p_test: float  # z against one half; for ordering only


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that tells a group from the others. Direction says how the group differs, not how it leans."""

    statement: Id
    direction: Direction
    support: Support  # in that direction
    repness: float  # share in the group over share among the others
    repness_test: float  # z of that difference; for ordering only
    best_agree: bool  # chosen so that the list has something the group agrees with
    n_agree: int
    n_disagree: int


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """One group, its size and the statements that speak for it."""

    group: int
    size: int
    n_sufficient: int  # statements that stand out enough, before the list was cut
    best_agree: Id | None
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class MajorityStatement:
    """A statement on which most of all voters take the same side, whatever their group."""

    statement: Id
    direction: Direction
    support: Support  # all voters


@dataclass(frozen=True, slots=True)
class SharedStatement:
    """A statement on which every group takes the same side."""

    statement: Id
    direction: Direction
    group_aware: float  # product over the groups of their share on that side
    everyone: Support
    by_group: tuple[Support, ...]  # group 0, 1, …


@dataclass(frozen=True, slots=True)
class DivisiveStatement:
    """A statement on which two groups differ."""

    statement: Id
    difference: float  # share of agree votes in `most` minus that in `least`
    z: float  # of that difference; for ordering only
    most: int  # the group that agrees most
    least: int
    agree_by_group: tuple[Support, ...]
    disagree_by_group: tuple[Support, ...]


def representative_statements(
    votes: VoteMatrix,
    groups: ArrayLike,
    *,
    limit: int = 5,
    best_agree: BestAgreeRule = "published",
    minimum_votes: int = 0,
    tallies: Tallies | None = None,
) -> tuple[GroupProfile, ...]:
    """At most `limit` statements for each group: one it agrees with, then those that stand out most; agrees first.

    groups: one whole number per participant (N), -1 for none. A statement stands out when the group's share on one
    side is above one half and above that of the others, both with z > 1.2816; they are ordered by the product of
    share, ratio and both z. best_agree: "published" walks through the statements in the order of the matrix and keeps
    a running winner, as the reference implementation does, so that the outcome depends on that order (and may be
    something the group agrees with *less* than others do); "order-free" takes the statement with the highest product
    among those that more than half of the group, and more than among the others, agree with. minimum_votes: how many
    in the group must have voted on a statement for it to be chosen; the reference implementation asks for none.
    tallies: what `tally` gives for these votes and groups, if they have been counted already.
    Source: the reference implementation of the field's method.

    >>> votes = VoteMatrix.from_arrays("abcdefgh", [1] * 8, [1, 1, 1, 1, -1, -1, -1, -1])
    >>> for profile in representative_statements(votes, [0, 0, 0, 0, 1, 1, 1, 1]):
    ...     print(profile.size, [(r.statement, r.direction) for r in profile.representative])
    4 [(1, 'agree')]
    4 [(1, 'disagree')]
    """
    tallies = tally(votes, groups) if tallies is None else tallies
    statistics = group_statistics(tallies)
    winner = _running_best_agree if best_agree == "published" else _best_agree
    profiles = []
    for group, size in enumerate(tallies.sizes):
        sides = _Sides.of(tallies, statistics, group)
        open_ = ~votes.closed & (tallies.votes[group] >= minimum_votes)
        best = winner(sides, open_)
        chosen, n_sufficient = _chosen(sides, open_, best, limit)
        profiles.append(
            GroupProfile(
                group=group,
                size=int(size),
                n_sufficient=n_sufficient,
                best_agree=None if best is None else votes.statements[best],
                representative=tuple(_representative(votes, sides, j, j == best) for j in chosen),
            )
        )
    return tuple(profiles)


def majority_consensus(votes: VoteMatrix, *, limit: int = 5) -> tuple[MajorityStatement, ...]:
    """Statements that most of all voters agree with, then those most disagree with, at most `limit` of each.

    Share above one half and z > 1.2816, ordered by share · z. Groups play no part: what a large group wants may stand
    here although a smaller one is against it. Source: the reference implementation of the field's method.

    >>> votes = VoteMatrix.from_arrays("abcd", [1] * 4, [1, 1, 1, 1])
    >>> [(m.statement, m.direction, m.support.n_success) for m in majority_consensus(votes)]
    [(1, 'agree', 4)]
    """
    everyone = tally_everyone(votes)
    found: list[MajorityStatement] = []
    for direction in DIRECTIONS:
        success = getattr(everyone, direction)[0]
        share, z = getattr(everyone, f"p_{direction}")[0], one_proportion_z(success, everyone.votes[0])
        fit = np.flatnonzero((share > 0.5) & (z > Z_90) & ~votes.closed)
        best = fit[np.argsort(-(share * z)[fit], kind="stable")][:limit]
        found += [MajorityStatement(votes.statements[j], direction, support(everyone, direction, 0, j)) for j in best]
    return tuple(found)


def group_aware_consensus(tallies: Tallies) -> tuple[Counts, Counts]:
    """Product over the groups of their share of agree votes, and of disagree votes (D each), 0..1.

    A group that has not voted on a statement counts one half. Source: Small et al. 2021, Polis: Scaling deliberation
    by mapping high dimensional opinion spaces.

    >>> votes = VoteMatrix.from_arrays("ab", [1, 1], [1, -1])
    >>> [c.round(4).tolist() for c in group_aware_consensus(tally(votes, [0, 1]))]
    [[0.2222], [0.2222]]
    """
    return np.prod(tallies.p_agree, axis=0), np.prod(tallies.p_disagree, axis=0)


def shared_statements(
    votes: VoteMatrix,
    groups: ArrayLike,
    *,
    limit: int = 10,
    minimum_votes: int = 5,
    tallies: Tallies | None = None,
) -> tuple[SharedStatement, ...]:
    """At most `limit` statements on which every group takes the same side, the most widely shared first.

    In every group at least `minimum_votes` have voted and the share on that side is above one half; over all groups
    z > 1.2816. Ordered by group-aware consensus, then by number of votes. Without groups there are none.
    tallies: as in `representative_statements`.

    >>> votes = VoteMatrix.from_arrays("abcdefghij", [1] * 10, [1] * 9 + [0])
    >>> [(s.statement, s.direction) for s in shared_statements(votes, [0] * 5 + [1] * 5)]
    [(1, 'agree')]
    """
    tallies, everyone = tally(votes, groups) if tallies is None else tallies, tally_everyone(votes)
    if not len(tallies.sizes):
        return ()
    heard = (tallies.votes >= minimum_votes).all(axis=0) & ~votes.closed
    found: list[SharedStatement] = []
    for direction, product in zip(DIRECTIONS, group_aware_consensus(tallies), strict=True):
        share = getattr(tallies, f"p_{direction}")
        z = one_proportion_z(getattr(tallies.total, direction)[0], tallies.total.votes[0])
        for j in np.flatnonzero(heard & (share > 0.5).all(axis=0) & (z > Z_90)).tolist():
            by_group = tuple(support(tallies, direction, g, j) for g in range(len(tallies.sizes)))
            all_voters = support(everyone, direction, 0, j)
            found.append(SharedStatement(votes.statements[j], direction, float(product[j]), all_voters, by_group))
    found.sort(key=lambda s: (-s.group_aware, -s.everyone.n_trials))
    return tuple(found[:limit])


def divisive_statements(
    votes: VoteMatrix,
    groups: ArrayLike,
    *,
    limit: int = 10,
    minimum_votes: int = 5,
    tallies: Tallies | None = None,
) -> tuple[DivisiveStatement, ...]:
    """At most `limit` statements on which two groups differ, the largest difference first.

    The difference is that between the shares of agree votes of the two groups that differ most, among pairs where
    both groups have `minimum_votes` and the z of the difference is above 1.2816. tallies: as in
    `representative_statements`.

    >>> votes = VoteMatrix.from_arrays("abcdefghij", [1] * 10, [1] * 5 + [-1] * 5)
    >>> [(d.statement, round(d.difference, 3), d.most, d.least) for d in divisive_statements(votes, [0] * 5 + [1] * 5)]
    [(1, 0.714, 0, 1)]
    """
    t = tally(votes, groups) if tallies is None else tallies
    best = np.zeros(len(votes.statements))
    pair = np.zeros((2, len(votes.statements)), dtype=np.int64)
    strength = np.zeros(len(votes.statements))
    for g, h in combinations(range(len(t.sizes)), 2):
        z = two_proportion_z(t.agree[g], t.votes[g], t.agree[h], t.votes[h])
        difference = t.p_agree[g] - t.p_agree[h]
        seen = (t.votes[g] >= minimum_votes) & (t.votes[h] >= minimum_votes) & ~votes.closed
        gain = seen & (np.abs(z) > Z_90) & (z * difference > 0) & (np.abs(difference) > best)
        best = np.where(gain, np.abs(difference), best)
        strength = np.where(gain, np.abs(z), strength)
        pair = np.where(gain, np.where(difference > 0, [[g], [h]], [[h], [g]]), pair)
    ranked = np.lexsort((-t.votes.sum(axis=0), -strength, -best))
    return tuple(
        DivisiveStatement(
            statement=votes.statements[j],
            difference=float(best[j]),
            z=float(strength[j]),
            most=int(pair[0, j]),
            least=int(pair[1, j]),
            agree_by_group=tuple(support(t, "agree", g, j) for g in range(len(t.sizes))),
            disagree_by_group=tuple(support(t, "disagree", g, j) for g in range(len(t.sizes))),
        )
        for j in ranked[:limit]
        if best[j] > 0
    )


def support(tallies: Tallies, direction: Direction, group: int, column: int) -> Support:
    """The support in one group for one side of the statement in one column.

    >>> votes = VoteMatrix.from_arrays("abc", [1, 1, 1], [1, 1, 1])
    >>> support(tally_everyone(votes), "agree", 0, 0)
    Support(n_success=3, n_trials=3, p_success=0.8, p_test=2.0)
    """
    counts = {"agree": tallies.agree, "disagree": tallies.disagree}.get(direction)
    if counts is None or group not in range(counts.shape[0]) or column not in range(counts.shape[1]):
        raise ValueError(f"there is no {direction!r} of group {group!r} on the statement in column {column!r}")
    success, trials = counts[group, column], tallies.votes[group, column]
    return Support(
        n_success=int(success),
        n_trials=int(trials),
        p_success=float((success + 1.0) / (trials + 2.0)),
        p_test=float(one_proportion_z(success, trials)),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Sides:
    """One group's statistics (D each), and on which side each statement stands out more."""

    tallies: Tallies
    statistics: GroupStatistics
    group: int
    agrees: NDArray[np.bool_]  # stands out more by agreement than by disagreement
    score: Counts  # share · ratio · both z, on the side that stands out
    sufficient: NDArray[np.bool_]

    @classmethod
    def of(cls, tallies: Tallies, statistics: GroupStatistics, group: int) -> _Sides:
        s = statistics
        agrees = s.ratio_z_agree[group] > s.ratio_z_disagree[group]
        score = np.where(
            agrees,
            s.ratio_agree[group] * s.ratio_z_agree[group] * s.p_agree[group] * s.z_agree[group],
            s.ratio_disagree[group] * s.ratio_z_disagree[group] * s.p_disagree[group] * s.z_disagree[group],
        )
        by_agreeing = (s.ratio_z_agree[group] > Z_90) & (s.z_agree[group] > Z_90)
        by_disagreeing = (s.ratio_z_disagree[group] > Z_90) & (s.z_disagree[group] > Z_90)
        return cls(tallies, s, group, agrees, score, by_agreeing | by_disagreeing)


def _best_agree(sides: _Sides, open_: NDArray[np.bool_]) -> int | None:
    """The statement with the highest score among those that most in the group, and more than elsewhere, agree with."""
    s, g = sides.statistics, sides.group
    fit = open_ & sides.agrees & (s.p_agree[g] > 0.5) & (s.ratio_agree[g] > 1.0) & (s.ratio_z_agree[g] > 0.0)
    if not fit.any():
        return None
    return int(np.argmax(np.where(fit, sides.score, -np.inf)))


def _running_best_agree(sides: _Sides, open_: NDArray[np.bool_]) -> int | None:
    """The reference implementation's running winner, in the order of the matrix."""
    s, t, g = sides.statistics, sides.tallies, sides.group
    ratio, share, z = s.ratio_agree[g], s.p_agree[g], s.z_agree[g]
    weak = share * z
    strong = ratio * s.ratio_z_agree[g] * weak
    best: int | None = None
    for j in np.flatnonzero(open_ & (t.agree[g] + t.disagree[g] > 0)):
        if best is None:
            better = z[j] > Z_90 or (ratio[j] > 1.0 and share[j] > 0.5)
        else:
            measure = strong if ratio[best] > 1.0 else weak
            better = measure[j] > measure[best]
        if better:
            best = int(j)
    return best


def _chosen(sides: _Sides, open_: NDArray[np.bool_], best: int | None, limit: int) -> tuple[Sequence[int], int]:
    """Columns of the statements to show, in order, and how many stood out."""
    sufficient = np.flatnonzero(sides.sufficient & open_)
    ranked = sufficient[np.argsort(-sides.score[sufficient], kind="stable")]
    chosen = ([] if best is None else [best]) + [int(j) for j in ranked if j != best]
    if not chosen and open_.any():
        s, g = sides.statistics, sides.group
        largest = np.maximum(s.ratio_z_agree[g], s.ratio_z_disagree[g])
        chosen = [int(np.argmax(np.where(open_, largest, -np.inf)))]
    shown = chosen[:limit]
    return sorted(shown, key=lambda j: not sides.agrees[j]), len(sufficient)


def _representative(votes: VoteMatrix, sides: _Sides, column: int, is_best_agree: bool) -> Representative:
    s, t, g = sides.statistics, sides.tallies, sides.group
    direction = DIRECTIONS[0] if sides.agrees[column] else DIRECTIONS[1]
    return Representative(
        statement=votes.statements[column],
        direction=direction,
        support=support(t, direction, g, column),
        repness=float(getattr(s, f"ratio_{direction}")[g, column]),
        repness_test=float(getattr(s, f"ratio_z_{direction}")[g, column]),
        best_agree=is_best_agree,
        n_agree=int(t.agree[g, column]),
        n_disagree=int(t.disagree[g, column]),
    )

"""Groups of participants who vote alike, found the same way every time.

The steps: put votes in an order of their own (`canonical`), find the two axes along which participants differ most
(`axes`), ask whether they are more than chance (`association`), place each participant, cut the plane in groups
(`clustering`), and see which statements unite and divide them (`statements`, `routing`).

"Too few answers" and "no clear groups" are results like any other. Groups are a description of votes on these
statements by those who came; they are not a test, and say nothing about anyone who did not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .association import Association, association
from .axes import Axes, axes_and_positions, extremity
from .canonical import canonical
from .clustering import Partition, choose, partitions_and_base, settled
from .disclosure import MapPoint, base_cluster_points
from .opinion_result import (
    Diagnostics,
    Dropped,
    OpinionParameters,
    OpinionResult,
    Outcome,
    Reason,
    TriedPartition,
)
from .routing import META_PRIORITY, NEW_PRIORITY, priorities
from .stability import Certainty, certainty_of, group_stability
from .statements import (
    SharedStatement,
    divisive_statements,
    majority_consensus,
    representative_statements,
    shared_statements,
)
from .tallies import NO_GROUP, Tallies, tally, tally_everyone
from .votes import Id, Statement, VoteMatrix, natural_order

Progress = Callable[[str, int, int], None]
_STEPS = ("axes", "association", "groups", "stability", "statements")


def analyse_opinions(
    votes: VoteMatrix,
    *,
    statements: Sequence[Statement] = (),
    parameters: OpinionParameters = OpinionParameters(),  # noqa: B008 - frozen
    progress: Progress | None = None,
) -> OpinionResult:
    """Find the opinion groups among the participants, and what unites and divides them.

    votes: the vote matrix. statements: if given, says which are moderated out or about the person, in place of what
    the matrix says; those without votes only get a priority. progress: called after a step with its name, how many
    of the steps are done, and how many there are. Raises VoteError when there are votes on a statement that is not
    among `statements`. The same votes give the same result whatever the order of rows and whatever the ids.

    >>> camp = {"a": 1, "b": -1}
    >>> rows = [(f"{c}{i}", j, camp[c] if j % 5 != i % 5 else 0) for c in camp for i in range(8) for j in range(10)]
    >>> result = analyse_opinions(VoteMatrix.from_arrays(*zip(*rows)))
    >>> [g.size for g in result.groups], result.diagnostics.outcome
    ([8, 8], 'groups')
    >>> analyse_opinions(VoteMatrix.from_arrays([], [], [])).diagnostics.reason
    'few_participants'
    """
    given = votes.with_statements(statements) if statements else votes
    ordered, rows = canonical(given)
    report = _reporter(progress)
    axes, positions = axes_and_positions(ordered)
    report("axes")
    placed = _placed(ordered, parameters)
    found = _find_groups(ordered, positions, axes, placed, parameters, report)
    certainty = _certainty(ordered, placed, found, parameters)
    report("stability")
    tallies = tally(ordered, found.labels)
    least = parameters.minimum_group_votes
    result = OpinionResult(
        ids=given.participants,
        labels=_as_given(found.labels, rows),
        groups=representative_statements(
            ordered,
            found.labels,
            limit=parameters.representative,
            best_agree=parameters.best_agree,
            minimum_votes=least,
            tallies=tallies,
        ),
        consensus=_consensus(ordered, found, tallies, parameters),
        divisive=divisive_statements(
            ordered, found.labels, limit=parameters.divisive, minimum_votes=least, tallies=tallies
        ),
        majority=majority_consensus(ordered),
        priorities=_priorities(ordered, axes, placed, tallies if found.partition else None, statements),
        extremity=_by_id(dict(zip(ordered.statements, extremity(axes).tolist(), strict=True))),
        map_points=found.points,
        diagnostics=_diagnostics(ordered, axes, placed, found, certainty, parameters),
    )
    report("statements")
    return result


def _as_given(labels: NDArray[np.int64], rows: NDArray[np.int64] | None) -> tuple[int, ...]:
    """Labels in the order in which the participants were given."""
    if rows is None:
        return tuple(labels.tolist())
    given = np.empty_like(labels)
    given[rows] = labels
    return tuple(given.tolist())


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """Labels of all participants (N, -1 for none), and how they were reached."""

    labels: NDArray[np.int64]
    reason: Reason | None = None
    partition: Partition | None = None
    tried: tuple[Partition, ...] = ()
    association: Association | None = None
    n_base_clusters: int = 0
    points: tuple[MapPoint, ...] = ()


def _find_groups(
    votes: VoteMatrix,
    positions: NDArray[np.float64],
    axes: Axes,
    placed: NDArray[np.bool_],
    parameters: OpinionParameters,
    report: Callable[[str], None],
) -> _Found:
    labels = np.full(len(placed), NO_GROUP, dtype=np.int64)
    if placed.sum() < parameters.minimum_participants:
        return _Found(labels, "few_participants")
    if axes.n_varied < 2:
        return _Found(labels, "nothing_to_separate")
    check = association(votes, rounds=parameters.shuffles, seed=parameters.seed)
    report("association")
    here = positions[placed]
    minimum = max(parameters.minimum_group, math.ceil(parameters.minimum_group_share * len(here)))
    ks = range(2, parameters.most_groups + 1)
    tried, base = partitions_and_base(here, ks, minimum, parameters.base_clusters)
    best = choose(tried)
    report("groups")
    reason = _reason_against(check, best, parameters)
    if reason is None and best is not None:
        best = settled(here, best, minimum)
        labels[placed] = best.labels
    return _Found(
        labels=labels,
        reason=reason,
        partition=best if reason is None else None,
        tried=tuple(tried.values()),
        association=check,
        n_base_clusters=int(base.max()) + 1,
        points=base_cluster_points(here, base, labels[placed]),
    )


def _certainty(
    votes: VoteMatrix, placed: NDArray[np.bool_], found: _Found, parameters: OpinionParameters
) -> Certainty | None:
    """How sure the number of groups is; None when there are no groups."""
    if found.partition is None:
        return None
    if not parameters.parts:
        return certainty_of(found.partition, found.tried, None)
    stability = group_stability(
        votes if placed.all() else votes.taken(np.flatnonzero(placed)),
        {p.k: p.labels for p in found.tried},
        rounds=parameters.parts,
        seed=parameters.seed,
        minimum=parameters.minimum_group,
        base_clusters=parameters.base_clusters,
    )
    return certainty_of(found.partition, found.tried, stability)


def _reason_against(check: Association, best: Partition | None, parameters: OpinionParameters) -> Reason | None:
    if not check.stands_out:
        return "votes_not_associated"
    if best is None:
        return "no_partition"
    if best.silhouette < parameters.minimum_silhouette:
        return "weak_separation"
    return None


def _placed(votes: VoteMatrix, parameters: OpinionParameters) -> NDArray[np.bool_]:
    """Who can be placed (N): enough votes, closed statements included as in the field's method, and one open one."""
    enough = votes.votes_per_participant() >= min(parameters.minimum_votes, len(votes.statements))
    return enough & (votes.votes_per_participant(~votes.closed) > 0)


def _consensus(
    votes: VoteMatrix, found: _Found, tallies: Tallies, parameters: OpinionParameters
) -> tuple[SharedStatement, ...]:
    """What every group shares; without groups, what most share of all who have voted."""
    limit, least = parameters.consensus, parameters.minimum_group_votes
    if found.partition:
        return shared_statements(votes, found.labels, limit=limit, minimum_votes=least, tallies=tallies)
    together = np.zeros_like(found.labels)
    shared = shared_statements(votes, together, limit=limit, minimum_votes=least, tallies=tally_everyone(votes))
    return tuple(replace(s, by_group=()) for s in shared)


def _priorities(
    votes: VoteMatrix,
    axes: Axes,
    placed: NDArray[np.bool_],
    tallies: Tallies | None,
    statements: Sequence[Statement],
) -> tuple[tuple[Id, float], ...]:
    counted = None if tallies is None else tallies.total  # with groups, everyone placed has one
    weights = priorities(votes, placed, extremity(axes), tallies=counted).tolist()
    found = {
        name: weight for name, weight, out in zip(votes.statements, weights, votes.moderated, strict=True) if not out
    }
    voted = set(votes.statements)
    for s in statements:
        if s.id not in voted and not s.moderated_out:
            found[s.id] = META_PRIORITY if s.is_meta else NEW_PRIORITY
    return _by_id(found)


def _by_id(values: dict[Id, float]) -> tuple[tuple[Id, float], ...]:
    return tuple((name, values[name]) for name in sorted(values, key=natural_order))


def _diagnostics(
    votes: VoteMatrix,
    axes: Axes,
    placed: NDArray[np.bool_],
    found: _Found,
    certainty: Certainty | None,
    parameters: OpinionParameters,
) -> Diagnostics:
    enough = votes.votes_per_participant() >= min(parameters.minimum_votes, len(votes.statements))
    dropped = (
        Dropped("too_few_votes", int(np.sum(~enough))),
        Dropped("no_vote_on_open_statement", int(np.sum(enough & ~placed))),
    )
    chosen = found.partition
    return Diagnostics(
        outcome=_outcome(found.reason),
        reason=found.reason,
        n_participants=len(votes.participants),
        n_placed=int(placed.sum()),
        n_statements=len(votes.statements),
        n_moderated_out=int(votes.moderated.sum()),
        n_meta=int(votes.meta.sum()),
        n_votes=votes.n_votes,
        dropped=tuple(d for d in dropped if d.participants),
        explained_variance=tuple(axes.explained.tolist()),
        axes_residual=axes.residual,
        association=found.association,
        n_base_clusters=found.n_base_clusters,
        k=None if chosen is None else chosen.k,
        tried=tuple(_tried(p) for p in found.tried),
        certainty=certainty,
        iterations=0 if chosen is None else chosen.iterations,
        converged=all(p.converged for p in found.tried),
        parameters=parameters,
    )


def _tried(p: Partition) -> TriedPartition:
    return TriedPartition(p.k, p.sizes, p.silhouette, p.standard_error, p.iterations, p.converged, p.set_aside)


def _outcome(reason: Reason | None) -> Outcome:
    if reason is None:
        return "groups"
    return "too_few_answers" if reason in ("few_participants", "nothing_to_separate") else "no_clear_groups"


def _reporter(progress: Progress | None) -> Callable[[str], None]:
    def report(step: str) -> None:
        if progress is not None:
            progress(step, _STEPS.index(step) + 1, len(_STEPS))

    return report

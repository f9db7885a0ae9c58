"""Which statement to show a participant next: those that say most about the map, and those few have seen."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .checked import LARGEST
from .tallies import Tallies, tally
from .votes import Id, VoteMatrix, natural_order

META_PRIORITY = 49.0  # 7², the published constant for statements about the person
NEW_PRIORITY = 5.0625  # the formula below for a statement without votes: (½ · ½ · 9)²


def priorities(
    votes: VoteMatrix,
    members: NDArray[np.bool_],
    statement_extremity: NDArray[np.float64],
    *,
    tallies: Tallies | None = None,
) -> NDArray[np.float64]:
    """Priority of each statement (D), > 0: the weight with which it is drawn.

    members: mask (N) of the participants whose votes count, those with a group or all with enough votes.
    statement_extremity: from `axes.extremity` (D). With S votes of members on a statement, A agreeing and P passing:
    importance = (1 - (P+1)/(S+2)) · (1 + extremity) · (A+1)/(S+2), priority = (importance · (1 + 8·2^(-S/5)))².
    Statements about the person get 49. Raises ValueError for masks or extremities of other lengths or values.
    tallies: the members' votes as one group, if counted already.
    Source: the reference implementation of the field's method.

    >>> votes = VoteMatrix.from_arrays("abc", [1, 1, 2], [1, 1, 0])
    >>> priorities(votes, np.array([True, True, True]), np.zeros(2)).round(4).tolist()
    [15.7836, 0.7831]
    """
    extremity = np.asarray(statement_extremity, dtype=np.float64)
    if extremity.shape != (len(votes.statements),) or not ((extremity >= 0) & (extremity <= LARGEST)).all():
        raise ValueError("each statement has an extremity of at least 0")
    everyone_in = np.where(np.asarray(members, dtype=bool), 0, -1)
    if not (everyone_in == 0).any():
        return np.where(votes.meta, META_PRIORITY, NEW_PRIORITY)
    t = tally(votes, everyone_in) if tallies is None else tallies
    return np.where(votes.meta, META_PRIORITY, _priority(t.agree[0], t.disagree[0], t.votes[0], extremity))


def _priority(
    agree: NDArray[np.float64], disagree: NDArray[np.float64], cast: NDArray[np.float64], extremity: NDArray[np.float64]
) -> NDArray[np.float64]:
    passed = cast - agree - disagree
    importance = (1.0 - (passed + 1.0) / (cast + 2.0)) * (1.0 + extremity) * (agree + 1.0) / (cast + 2.0)
    return (importance * (1.0 + 8.0 * 2.0 ** (-cast / 5.0))) ** 2


@dataclass(frozen=True, eq=False, slots=True)
class Standing:
    """How the statements stand between two analyses: counts that follow each vote, extremities of the last analysis.

    A vote changes the counts of one statement and nothing else, so its priority can be had at once; where statements
    lie on the map moves slowly and waits for the next analysis.
    """

    place: Mapping[Id, int]
    agree: NDArray[np.float64]  # D
    disagree: NDArray[np.float64]  # D
    cast: NDArray[np.float64]  # D, passes included
    extremity: NDArray[np.float64]  # D
    meta: NDArray[np.bool_]  # D

    @classmethod
    def after(cls, votes: VoteMatrix, members: NDArray[np.bool_], statement_extremity: NDArray[np.float64]) -> Standing:
        """The standing after an analysis; arguments as of `priorities`.

        >>> votes = VoteMatrix.from_arrays("abc", [1, 1, 2], [1, 1, 0])
        >>> Standing.after(votes, np.array([True, True, True]), np.zeros(2)).cast.tolist()
        [2.0, 1.0]
        """
        everyone_in = np.where(np.asarray(members, dtype=bool), 0, -1)
        t = tally(votes, everyone_in) if (everyone_in == 0).any() else None
        none = np.zeros((1, len(votes.statements)))
        agree, disagree, cast = (none, none, none) if t is None else (t.agree, t.disagree, t.votes)
        place = {name: j for j, name in enumerate(votes.statements)}
        return cls(place, agree[0], disagree[0], cast[0], np.array(statement_extremity, dtype=float), votes.meta)

    def with_vote(self, statement: Id, vote: int, before: int | None = None) -> Standing:
        """The standing when a participant has voted: 1 agree, 0 pass, -1 disagree. Nothing is counted anew.

        before: the participant's earlier vote on the statement, if there was one; it no longer counts. A statement
        that has come since the analysis is added, with extremity 0. Raises ValueError for any other vote.

        >>> votes = VoteMatrix.from_arrays("abc", [1, 1, 2], [1, 1, 0])
        >>> standing = Standing.after(votes, np.array([True, True, True]), np.zeros(2))
        >>> round(standing.priority(2), 4), round(standing.with_vote(2, 1).priority(2), 4)
        (0.7831, 3.1178)
        """
        if vote not in (1, 0, -1) or before not in (1, 0, -1, None):
            raise ValueError(f"the vote {vote if vote not in (1, 0, -1) else before!r} is not 1, 0 or -1")
        here = self if statement in self.place else self._with_statement(statement)
        j = here.place[statement]
        had = {1: here.agree[j], -1: here.disagree[j], 0: here.cast[j] - here.agree[j] - here.disagree[j]}
        if before is not None and had[before] < 1:
            raise ValueError(f"statement {statement!r} has no vote {before!r} to take back")
        agree, disagree, cast = here.agree.copy(), here.disagree.copy(), here.cast.copy()
        for value, by in ((vote, 1.0), (before, -1.0)):
            if value is not None:
                agree[j] += by * (value == 1)
                disagree[j] += by * (value == -1)
                cast[j] += by
        return replace(here, agree=agree, disagree=disagree, cast=cast)

    def _with_statement(self, statement: Id) -> Standing:
        longer = {name: np.append(getattr(self, name), 0) for name in ("agree", "disagree", "cast", "extremity")}
        return replace(
            self, place={**self.place, statement: len(self.cast)}, meta=np.append(self.meta, False), **longer
        )

    def priority(self, statement: Id) -> float:
        """The priority of one statement, > 0; of one that is not known, that of a new one.

        >>> Standing.after(VoteMatrix.from_arrays([], [], []), np.zeros(0, bool), np.zeros(0)).priority("new")
        5.0625
        """
        if statement not in self.place:
            return NEW_PRIORITY
        j = [self.place[statement]]
        if self.meta[j[0]]:
            return META_PRIORITY
        return float(_priority(self.agree[j], self.disagree[j], self.cast[j], self.extremity[j])[0])

    def priorities(self) -> dict[Id, float]:
        """The priority of every statement that is known.

        >>> Standing.after(VoteMatrix.from_arrays("a", [1], [0]), np.array([True]), np.zeros(1)).priorities()
        {1: 0.7831078906305028}
        """
        values = np.where(self.meta, META_PRIORITY, _priority(self.agree, self.disagree, self.cast, self.extremity))
        return {name: float(values[j]) for name, j in self.place.items()}


def draw_next(
    priorities: Mapping[Id, float],
    seen: Collection[Id],
    rng_seed: int | Sequence[int],
    *,
    candidates: Iterable[Id] | None = None,
) -> Id | None:
    """Draw the next statement among those not seen, with chances in proportion to priority; None when all are seen.

    candidates: the statements that may be shown now, if other than those with a priority; one that has come since the
    priorities were computed counts as a statement without votes. The same seed and the same statements draw the same.
    Raises ValueError when a priority is not a positive number.

    >>> draw_next({"a": 1.0, "b": 3.0}, seen={"b"}, rng_seed=7)
    'a'
    >>> draw_next({"a": 1.0}, seen={"a"}, rng_seed=7) is None
    True
    """
    unseen = set(priorities if candidates is None else candidates) - set(seen)
    if not unseen:
        return None
    ordered = sorted(unseen, key=natural_order)
    weights = [float(priorities.get(name, NEW_PRIORITY)) for name in ordered]
    for name, weight in zip(ordered, weights, strict=True):
        if not (math.isfinite(weight) and weight > 0.0):
            raise ValueError(f"the priority of statement {name!r} is {weight}, not a positive number")
    upper = np.cumsum(weights)
    point = np.random.Generator(np.random.PCG64(rng_seed)).random() * upper[-1]
    return ordered[min(int(np.searchsorted(upper, point, side="right")), len(ordered) - 1)]

"""Which statement to show a participant next: those that say most about the map, and those few have seen."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

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
    Statements about the person get 49. tallies: the members' votes as one group, if counted already.
    Source: the reference implementation of the field's method.

    >>> votes = VoteMatrix.from_arrays("abc", [1, 1, 2], [1, 1, 0])
    >>> priorities(votes, np.array([True, True, True]), np.zeros(2)).round(4).tolist()
    [15.7836, 0.7831]
    """
    everyone_in = np.where(np.asarray(members, dtype=bool), 0, -1)
    if not (everyone_in == 0).any():
        return np.where(votes.meta, META_PRIORITY, NEW_PRIORITY)
    t = tally(votes, everyone_in) if tallies is None else tallies
    agree, disagree, cast = t.agree[0], t.disagree[0], t.votes[0]
    passed = cast - agree - disagree
    importance = (1.0 - (passed + 1.0) / (cast + 2.0)) * (1.0 + statement_extremity) * (agree + 1.0) / (cast + 2.0)
    priority = (importance * (1.0 + 8.0 * 2.0 ** (-cast / 5.0))) ** 2
    return np.where(votes.meta, META_PRIORITY, priority)


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

"""How sure the number of groups is: what becomes of them when only some of the participants are asked.

A number of groups is a description, and another may describe the votes nearly as well. Here that is told in two ways:
how much better the chosen number separates than the next best, and how often the same groups are found again in
parts of the participants. Neither is a test, for the same votes made the groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .axes import axes_and_positions
from .checked import grouping
from .clustering import Partition, choose, partitions
from .votes import VoteMatrix

_SHARE = 0.8  # of the participants in each part (Ben-Hur, Elisseeff & Guyon 2002)
_MOST = 2_000  # participants in a part: more make groups look more stable than a decision can lean on
_FOUND_AGAIN, _CHOSEN_AGAIN = 0.8, 0.8

Doubt = Literal[
    "next_is_close",  # another number separates as well within one standard error
    "often_another_number",  # parts of the participants would often have another number
    "not_found_again",  # parts of the participants are divided otherwise
]


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """One number of groups, in parts of the participants."""

    k: int
    agreement: float  # mean adjusted Rand index between the groups of a part and of all; 0 where it had no such groups
    least_agreement: float  # the 10th percentile
    chosen: int  # parts in which this number would have been chosen


@dataclass(frozen=True, slots=True)
class Stability:
    """What became of the groups in parts of the participants."""

    rounds: int
    participants: int  # in each part
    by_k: tuple[FoundAgain, ...]
    without_groups: int  # parts in which no number of groups was possible


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the chosen number of groups is."""

    next_k: int | None  # the best of the other numbers
    lead: float | None  # its silhouette below that of the chosen: negative when it separates better
    lead_in_errors: float | None  # the same in standard errors of the chosen
    stability: Stability | None
    doubts: tuple[Doubt, ...]

    @property
    def is_uncertain(self) -> bool:
        """Whether there is a reason to doubt the number."""
        return bool(self.doubts)


def certainty_of(chosen: Partition, tried: Sequence[Partition], stability: Stability | None) -> Certainty:
    """How sure the number of groups in `chosen` is, among all that were `tried`, with `stability` if it was measured.

    Doubted when the silhouette of another number is within one standard error, when less than four in five parts of
    the participants would have the same number, or when the mean agreement of their groups with those of all is
    below 0.8. Source: Breiman et al. 1984 for one standard error; Ben-Hur, Elisseeff & Guyon 2002 and Hennig 2007 for
    stability and its limits.

    >>> xy = np.array([[0.0, 0], [0, 1], [9, 0], [9, 1], [0, 9], [1, 9]])
    >>> tried = partitions(xy, (2, 3), minimum=2)
    >>> certainty_of(tried[3], tuple(tried.values()), None).next_k
    2
    """
    others = [p for p in tried if p.k != chosen.k]
    after = max(others, key=lambda p: (p.silhouette, -p.k), default=None)
    lead = None if after is None else chosen.silhouette - after.silhouette
    in_errors = None if lead is None or chosen.standard_error <= 0.0 else lead / chosen.standard_error
    doubts: list[Doubt] = []
    if lead is not None and lead <= chosen.standard_error:
        doubts.append("next_is_close")
    again = next((a for a in stability.by_k if a.k == chosen.k), None) if stability else None
    if stability and (again is None or again.chosen < _CHOSEN_AGAIN * stability.rounds):
        doubts.append("often_another_number")
    if again is not None and again.agreement < _FOUND_AGAIN:
        doubts.append("not_found_again")
    return Certainty(None if after is None else after.k, lead, in_errors, stability, tuple(doubts))


def group_stability(
    votes: VoteMatrix,
    groupings: Mapping[int, ArrayLike],
    *,
    rounds: int = 20,
    seed: int = 0,
    minimum: int = 5,
    base_clusters: int = 100,
) -> Stability:
    """Divide parts of the participants anew and compare with the groups of all.

    votes: of those who were placed (N participants). groupings: for each number of groups, the group of each
    participant (N whole numbers). Each part is four in five of the participants, at most 2,000, drawn without
    replacement by `seed`; axes and groups are found in it from the start. minimum: participants in a group of a part.
    Raises ValueError when a grouping is not of N participants, or for fewer than two rounds.
    Source: Ben-Hur, Elisseeff & Guyon 2002, A stability based method for discovering structure in clustered data.

    >>> people, statements = np.divmod(np.arange(800), 20)  # forty people, two camps
    >>> sides = np.where(people < 20, 1, -1) * (statements != people % 20)
    >>> votes = VoteMatrix.from_arrays(people, statements, sides)
    >>> found = group_stability(votes, {2: np.repeat([0, 1], 20)}, rounds=4)
    >>> found.by_k[0].agreement, found.by_k[0].chosen, found.participants
    (1.0, 4, 32)
    """
    if rounds < 2:
        raise ValueError("rounds must be at least 2")
    n = len(votes.participants)
    labels = {k: grouping(groupings[k], n, least=-1) for k in sorted(groupings)}
    size = min(int(_SHARE * n), _MOST)
    generator = np.random.Generator(np.random.PCG64(seed))
    agreements: dict[int, list[float]] = {k: [] for k in labels}
    chosen: list[int | None] = []
    for _ in range(rounds):
        part = np.sort(generator.permutation(n)[:size])
        _, here = axes_and_positions(votes.taken(part))
        found = partitions(here, tuple(labels), minimum, base_clusters)
        best = choose(found)
        chosen.append(None if best is None else best.k)
        for k, of_all in labels.items():
            agreements[k].append(adjusted_rand(of_all[part], found[k].labels) if k in found else 0.0)
    return Stability(
        rounds=rounds,
        participants=size,
        by_k=tuple(_found_again(k, agreements[k], chosen) for k in labels),
        without_groups=chosen.count(None),
    )


def _found_again(k: int, agreements: list[float], chosen: list[int | None]) -> FoundAgain:
    return FoundAgain(
        k=k,
        agreement=float(np.mean(agreements)),
        least_agreement=float(np.quantile(agreements, 0.1)),
        chosen=chosen.count(k),
    )


def adjusted_rand(a: ArrayLike, b: ArrayLike) -> float:
    """The adjusted Rand index of two groupings of the same things (whole numbers ≥ 0): 1 when they are the same.

    About 0 when only chance makes them alike, and 1 when neither divides anything. Names of groups do not matter.
    Raises ValueError when they are not of the same length. Source: Hubert & Arabie 1985.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]), round(adjusted_rand([0, 0, 1, 1], [0, 1, 1, 1]), 4)
    (1.0, 0.0)
    """
    one, other = grouping(a), grouping(b)
    if len(one) != len(other):
        raise ValueError(f"groupings of {one.size} and {other.size} things cannot be compared")
    # Names may be any numbers: what is counted is who stands together.
    one, other = (np.unique(labels, return_inverse=True)[1] for labels in (one, other))
    width = int(other.max(initial=0)) + 1
    together = _pairs(np.bincount(one * width + other))
    in_one, in_other, in_all = _pairs(np.bincount(one)), _pairs(np.bincount(other)), one.size * (one.size - 1) / 2
    if in_all == 0:
        return 1.0
    expected = in_one * in_other / in_all
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float(np.sum(sizes * (sizes - 1)) / 2)

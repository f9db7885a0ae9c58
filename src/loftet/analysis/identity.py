"""Groups keep their names from one run of a dialogue to the next, as votes come in.

A run numbers groups by size, so that the numbers may change places though the groups are the same. Here they get
names that last: a group is the one it shares most participants with, and a name is never given to another group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from .votes import Id

_KIN = 0.5  # share of the participants of either group that must be common for it to be the same group


@dataclass(frozen=True, slots=True)
class Identities:
    """The lasting name of each group of a run."""

    names: tuple[int, ...]  # by the run's own number of the group
    kept: tuple[int, ...]  # names that have come back
    new: tuple[int, ...]
    gone: tuple[int, ...]  # names of the earlier run that no group has now
    overlap: tuple[float, ...]  # by the run's own number: Jaccard index with the earlier group; 0 for a new one
    compared: int  # participants with a group in both runs


def lasting_names(earlier: Mapping[Id, int], now: Mapping[Id, int | None], *, used: Collection[int] = ()) -> Identities:
    """Give the groups of a run the names of the earlier groups that they go on from.

    earlier: the lasting name of each participant's group in the run before (those without one left out). now: each
    participant's group in this run, numbered 0, 1, … or None. used: every name that has been given in the dialogue,
    so that the name of a group that went away is not given to another. Groups are matched so that as many
    participants as possible keep their name (an optimal assignment, independent of order); a pair counts only if at
    least half of all participants of the two groups who were in both runs are in both groups. New groups get the
    least numbers that are free. Raises ValueError when a group is not a whole number from 0.
    Source: Kuhn 1955, The Hungarian method; Jaccard 1912; Hennig 2007 for one half as the limit of a found group.

    >>> first = lasting_names({}, {"a": 0, "b": 0, "c": 1})
    >>> lasting_names({"a": 0, "b": 0, "c": 1, "d": 1}, {"a": 1, "b": 1, "c": 0, "d": 0, "e": 0, "f": 2}).names
    (1, 0, 2)
    """
    groups = {name: group for name, group in now.items() if group is not None}
    if any(
        isinstance(g, bool) or not isinstance(g, (int, np.integer)) or g < 0
        for g in (*groups.values(), *earlier.values())
    ):
        raise ValueError("a group is a whole number from 0")
    count = max(groups.values(), default=-1) + 1
    old = sorted(set(earlier.values()))
    shared, total_now, total_old = _common(earlier, groups, old, count)
    union = total_now[:, None] + total_old[None, :] - shared
    overlap = np.where(union > 0, shared / np.maximum(union, 1), 0.0)
    rows, columns = linear_sum_assignment(-np.where(overlap >= _KIN, shared, 0.0))
    pairs = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if overlap[i, j] >= _KIN}
    taken = {*old, *used}
    free = (name for name in range(len(taken) + count) if name not in taken)
    names = tuple(old[pairs[i]] if i in pairs else next(free) for i in range(count))
    kept = sorted(old[j] for j in pairs.values())
    return Identities(
        names=names,
        kept=tuple(kept),
        new=tuple(sorted(set(names) - set(kept))),
        gone=tuple(sorted(set(old) - set(kept))),
        overlap=tuple(float(overlap[i, pairs[i]]) if i in pairs else 0.0 for i in range(count)),
        compared=int(shared.sum()),
    )


def _common(earlier: Mapping[Id, int], now: Mapping[Id, int], old: list[int], count: int) -> tuple:
    """How many are in each pair of groups, and in each group, of those who are in both runs."""
    place = {name: j for j, name in enumerate(old)}
    shared = np.zeros((count, len(old)))
    for name, group in now.items():
        if name in earlier:
            shared[group, place[earlier[name]]] += 1
    return shared, shared.sum(axis=1), shared.sum(axis=0)

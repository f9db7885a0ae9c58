"""Votes of participants who belong to planted groups, so that it is known what an analysis should find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROWS = 100_000  # participants drawn at a time, so that the drawing itself needs little memory


@dataclass(frozen=True, eq=False, slots=True)
class Planted:
    """One row per vote, in the order of participants, and the group of each participant."""

    participants: NDArray[np.int32]
    statements: NDArray[np.int32]
    votes: NDArray[np.int8]
    group: NDArray[np.int64]


def planted(
    n_participants: int, n_statements: int, *, n_groups: int = 3, mean_votes: float = 50.0, seed: int = 0
) -> Planted:
    """Groups of about equal size; each has for every statement a share that agrees, drawn from Beta(1.5, 1.5).

    A participant draws Poisson(`mean_votes`) statements with equal chance (the same one twice counts once), passes on
    one in ten, and agrees with the others as often as their group does.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    agrees = rng.beta(1.5, 1.5, size=(n_groups, n_statements))
    group = rng.integers(0, n_groups, n_participants)
    parts = [_cast(rng, agrees, group[at : at + _ROWS], at, mean_votes) for at in range(0, n_participants, _ROWS)]
    people, statements, votes = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return Planted(people, statements, votes, group)


def _cast(
    rng: np.random.Generator, agrees: NDArray[np.float64], group: NDArray[np.int64], first: int, mean: float
) -> tuple:
    n_statements = agrees.shape[1]
    drawn = rng.poisson(mean, len(group))
    cell = np.repeat(np.arange(len(group)), drawn) * n_statements + rng.integers(0, n_statements, int(drawn.sum()))
    people, statements = np.divmod(np.unique(cell), n_statements)
    chance = agrees[group[people], statements]
    votes = np.where(rng.random(len(people)) < chance, 1, -1)
    votes[rng.random(len(people)) < 0.1] = 0
    return (people + first).astype(np.int32), statements.astype(np.int32), votes.astype(np.int8)

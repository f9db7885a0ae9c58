"""Votes of three planted groups, for the plots."""

from __future__ import annotations

import numpy as np

from loftet.analysis.votes import VoteMatrix


def camps(n: int = 600, n_statements: int = 40, seed: int = 5) -> VoteMatrix:
    """Three groups of unlike size; each statement has a share that agrees in each of them."""
    rng = np.random.Generator(np.random.PCG64(seed))
    group = rng.choice(3, size=n, p=[0.5, 0.3, 0.2])
    agrees = rng.beta(0.8, 0.8, size=(3, n_statements))
    agrees[:, :5] = rng.uniform(0.75, 0.95, size=(3, 5))  # what all share
    people, statements = np.nonzero(rng.random((n, n_statements)) < 0.6)
    votes = np.where(rng.random(len(people)) < agrees[group[people], statements], 1, -1)
    votes[rng.random(len(people)) < 0.1] = 0
    return VoteMatrix.from_arrays(people, statements, votes.astype(np.int8))

"""Do the votes hang together more than chance would make them?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from .axes import centre, largest_eigenvalue
from .votes import VoteMatrix

_MARGIN = 3.0  # standard deviations of the shuffles
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Association:
    """How much the first axis explains, beside what it explains when the votes are shuffled. Shares of variance."""

    observed: float
    shuffled_mean: float
    shuffled_deviation: float
    rounds: int

    @property
    def stands_out(self) -> bool:
        """The first axis explains more than the shuffles do on average plus three of their standard deviations."""
        limit = self.shuffled_mean + _MARGIN * self.shuffled_deviation
        return self.observed > limit * (1.0 + _ROUNDING)


def association(votes: VoteMatrix, *, rounds: int = 20, seed: int = 0) -> Association:
    """Compare the first axis with that of votes shuffled among those who voted on each statement.

    The shuffle keeps who voted on what and how many agreed with each statement; it only breaks the tie between one
    person's votes on different statements. Without such ties there are no groups that answer alike, yet clustering
    would find some. rounds: number of shuffles, at least 2; seed: of the shuffles. The same votes in the same order
    and the same seed give the same answer.
    Source: Horn 1965, parallel analysis; Buja & Eyuboglu 1992 for its permutation form.

    >>> votes = VoteMatrix.from_arrays("aabbccddeeff", [1, 2] * 6, [1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1])
    >>> association(votes).stands_out
    True
    """
    _, centred = centre(votes)
    variance = float(np.sum(centred.data**2))
    if variance == 0.0:
        return Association(0.0, 0.0, 0.0, rounds)
    generator = np.random.Generator(np.random.PCG64(seed))
    shuffled = [_first_share(_shuffled(centred, generator), variance) for _ in range(rounds)]
    return Association(
        observed=_first_share(centred, variance),
        shuffled_mean=float(np.mean(shuffled)),
        shuffled_deviation=float(np.std(shuffled, ddof=1)),
        rounds=rounds,
    )


def _first_share(centred: sparse.csr_array, variance: float) -> float:
    return largest_eigenvalue(centred) / variance


def _shuffled(centred: sparse.csr_array, generator: np.random.Generator) -> sparse.csr_array:
    by_column = centred.tocsc()
    values = by_column.data.copy()
    for start, end in pairwise(by_column.indptr):
        generator.shuffle(values[start:end])
    return sparse.csc_array((values, by_column.indices, by_column.indptr), shape=centred.shape).tocsr()

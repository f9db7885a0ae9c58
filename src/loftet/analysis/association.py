"""Do the votes hang together more than chance would make them?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .axes import centre, first_value
from .votes import VoteMatrix

_MARGIN = 3.0  # standard deviations of the shuffles
_ROUNDING = 1e-9
_FEW, _PLAIN = 6, 12.0  # shuffles after which what is so many standard deviations out is believed
_MOST = 1_000  # participants looked at: what hangs together among many shows among these


@dataclass(frozen=True, slots=True)
class Association:
    """How much the first axis explains, beside what it explains when the votes are shuffled. Shares of variance."""

    observed: float
    shuffled_mean: float
    shuffled_deviation: float
    rounds: int
    participants: int  # looked at: all, or a part drawn by the seed

    @property
    def stands_out(self) -> bool:
        """The first axis explains more than the shuffles do on average plus three of their standard deviations."""
        limit = self.shuffled_mean + _MARGIN * self.shuffled_deviation
        return self.observed > limit * (1.0 + _ROUNDING)


def association(votes: VoteMatrix, *, rounds: int = 20, seed: int = 0) -> Association:
    """Compare the first axis with that of votes shuffled among those who voted on each statement.

    The shuffle keeps who voted on what and how many agreed with each statement; it only breaks the tie between one
    person's votes on different statements. Without such ties there are no groups that answer alike, yet clustering
    would find some. rounds: number of shuffles at most, at least 2, fewer where the answer is plain; seed: of the
    shuffles. The same votes in the same order and the same seed give the same answer.
    Source: Horn 1965, parallel analysis; Buja & Eyuboglu 1992 for its permutation form.

    >>> people, statements = np.divmod(np.arange(40), 4)  # ten people, four statements, two camps
    >>> votes = VoteMatrix.from_arrays(people, statements, np.where(people < 5, 1, -1))
    >>> association(votes).stands_out
    True
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    looked_at = len(votes.participants)
    if looked_at > _MOST:
        drawn = np.sort(generator.permutation(looked_at)[:_MOST])
        votes, looked_at = votes.taken(drawn), _MOST
    _, centred = centre(votes)
    variance = float(np.sum(centred.data**2))
    if variance == 0.0:
        return Association(0.0, 0.0, 0.0, rounds, looked_at)
    by_column = centred.tocsc()
    observed, shuffled = _first_share(centred, variance), list[float]()
    while len(shuffled) < rounds and not _is_plain(observed, shuffled):
        shuffled.append(_first_share(_shuffled(by_column, generator), variance))
    return Association(
        observed=observed,
        shuffled_mean=float(np.mean(shuffled)),
        shuffled_deviation=float(np.std(shuffled, ddof=1)),
        rounds=len(shuffled),
        participants=looked_at,
    )


def _is_plain(observed: float, shuffled: list[float]) -> bool:
    """Whether more shuffles could hardly change the answer: far above the limit, or below their mean."""
    if len(shuffled) < _FEW:
        return False
    mean, deviation = float(np.mean(shuffled)), float(np.std(shuffled, ddof=1))
    return observed > mean + _PLAIN * deviation or observed < mean


def _first_share(centred: sparse.csr_array, variance: float) -> float:
    return first_value(centred) / variance


def _shuffled(by_column: sparse.csc_array, generator: np.random.Generator) -> sparse.csr_array:
    """The same matrix with the values of each column in another order, drawn with equal chance."""
    column = np.repeat(np.arange(by_column.shape[1]), np.diff(by_column.indptr))
    order = np.argsort(column + generator.random(len(column)))
    return sparse.csc_array((by_column.data[order], by_column.indices, by_column.indptr), shape=by_column.shape).tocsr()

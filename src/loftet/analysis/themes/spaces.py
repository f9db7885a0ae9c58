"""Where themes are sought: among weighted words, or among vectors that someone else's model gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .factors import factorise, leading_singular, turned_axes, unit_length, varimax
from .result import ThemeError
from .vectors import Lexicon, TextVectors, WordCounts, text_vectors, unit_rows

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Embed = Callable[[Sequence[str]], NDArray[np.float64]]

_MOST_ROUNDS = 100
_TINY = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """k themes of n texts: how much of each text each theme explains, and how alike they are.

    The cosine of a text takes all its words into account, also those that no other text has.
    """

    parts: Floats  # n × k, at least 0; only their proportions within a row mean something
    strengths: Floats  # n × k, cosine, 0..1
    iterations: int
    converged: bool
    objective: float


@dataclass(frozen=True, eq=False, slots=True)
class WordSpace:
    """Texts as counted words. Themes are non-negative factors of their weighted dictionary forms and n-grams."""

    counts: WordCounts
    lexicon: Lexicon
    vectors: TextVectors

    @classmethod
    def of(cls, counts: WordCounts, lexicon: Lexicon) -> WordSpace:
        """Weigh counted words. A term must stand in two texts, in large sets in one of a thousand, to join any."""
        n = counts.counts.shape[0]
        return cls(counts, lexicon, text_vectors(counts, lexicon, min_texts=max(2, -(-n // 1000))))

    @property
    def n_texts(self) -> int:
        """How many texts there are."""
        return int(self.vectors.matrix.shape[0])

    @property
    def rank(self) -> int:
        """The largest number of themes that can be sought at all."""
        return min(self.vectors.matrix.shape)

    def part(self, rows: Labels) -> WordSpace:
        """These texts alone, weighed anew."""
        return self if len(rows) == self.n_texts else WordSpace.of(self.counts.of(rows), self.lexicon)

    def labels(self, rows: Labels, ks: Sequence[int]) -> list[Labels]:
        """For each number of themes, the turned singular axis that each of these texts (rows) lies furthest along."""
        return _turned_labels(self.vectors.matrix[rows], ks)

    @property
    def has_chance(self) -> bool:
        """Whether there is anything to deal out: not where most texts are one word, which is then their theme."""
        return float(np.mean(self.counts.n_words > 1)) >= 0.5

    def by_chance(self, rng: np.random.Generator) -> WordSpace:
        """The same words as often in all, and as many in each text, but dealt out by lot."""
        counts = self.counts.counts
        rows = np.repeat(np.arange(counts.shape[0]), self.counts.n_words)
        dealt = rng.permutation(np.repeat(counts.indices, counts.data))
        mixed = sparse.csr_array((np.ones(len(dealt), dtype=np.int64), (rows, dealt)), shape=counts.shape)
        mixed.sum_duplicates()
        return WordSpace.of(WordCounts(mixed, self.counts.words), self.lexicon)

    def fit(self, k: int) -> Fit:
        """k themes as non-negative factors. A theme's part in a text is the length of what it adds to its vector."""
        matrix = self.vectors.matrix
        factors = factorise(matrix, k)
        lengths = np.linalg.norm(factors.terms, axis=1)
        directions = factors.terms / np.maximum(lengths, _TINY)[:, None]
        return Fit(
            parts=factors.texts * lengths,
            strengths=np.clip((unit_rows(matrix) @ directions.T) * self.vectors.shared[:, None], 0.0, 1.0),
            iterations=factors.iterations,
            converged=factors.converged,
            objective=factors.objective,
        )


@dataclass(frozen=True, eq=False, slots=True)
class EmbeddingSpace:
    """Texts as dense vectors around their mean. Themes are groups of directions (spherical k-means)."""

    directions: Floats  # n × d, rows of length one or zero
    centred: Floats  # n × d

    @classmethod
    def of(cls, vectors: Floats) -> EmbeddingSpace:
        """Centre vectors: what all texts share tells none apart.

        Source: Mu & Viswanath 2018, All-but-the-top.
        """
        largest = np.abs(vectors).max(initial=0.0)
        scaled = vectors / largest if largest > 0 else vectors
        centred = scaled - scaled.mean(axis=0) if len(scaled) else scaled
        centred[np.abs(centred) <= _TINY] = 0.0  # what is left of equal vectors is rounding, not a direction
        return cls(unit_length(centred), centred)

    @property
    def n_texts(self) -> int:
        """How many texts there are."""
        return len(self.directions)

    @property
    def rank(self) -> int:
        """The largest number of themes that can be sought at all."""
        return min(self.n_texts, self.directions.shape[1] + 1)

    def part(self, rows: Labels) -> EmbeddingSpace:
        """These texts alone."""
        return EmbeddingSpace(self.directions[rows], self.centred[rows])

    def labels(self, rows: Labels, ks: Sequence[int]) -> list[Labels]:
        """For each number of themes, the group of each of these texts (rows)."""
        points = self.directions[rows]
        return [_k_means(points, start, k)[0] for start, k in zip(_corner_labels(points, ks), ks, strict=True)]

    @property
    def has_chance(self) -> bool:
        """Vectors can always be compared with a cloud."""
        return True

    def by_chance(self, rng: np.random.Generator) -> EmbeddingSpace:
        """Directions from one normal cloud with the same covariance: a cloud has no groups.

        Source: Tibshirani, Walther & Hastie 2001, Estimating the number of clusters via the gap statistic, for a
        reference without groups in the principal axes of the data.
        """
        left, values, right = np.linalg.svd(self.centred, full_matrices=False)
        cloud = (rng.standard_normal(left.shape) * (values / np.sqrt(max(self.n_texts, 1)))) @ right
        return EmbeddingSpace.of(cloud)

    def fit(self, k: int) -> Fit:
        """k groups of directions; a theme's part in a text is the cosine with the group's direction, if positive."""
        start = _corner_labels(self.directions, [k])[0]
        _, centres, rounds, converged = _k_means(self.directions, start, k)
        cosines = np.clip(self.directions @ centres.T, 0.0, 1.0)
        loss = 1.0 - float(np.mean(cosines.max(axis=1))) if len(cosines) else 0.0
        return Fit(cosines, cosines, rounds, converged, loss)


def embedded(embed: Embed, texts: Sequence[str]) -> Floats:
    """The vectors (n × d) that a callable gives for texts; ThemeError when they are not n finite rows."""
    given = _as_array(embed(list(texts)))
    if given.ndim != 2 or given.shape[0] != len(texts) or given.shape[1] == 0:
        raise ThemeError(f"the embedding gave an array of shape {given.shape} for {len(texts)} texts")
    if given.dtype.kind not in "iuf":
        raise ThemeError("the embedding did not give numbers")
    with np.errstate(over="ignore"):  # a longer kind of number may be endless in this one: refused below
        vectors = given.astype(np.float64)
    if not np.all(np.isfinite(vectors)):
        raise ThemeError("the embedding gave numbers that are not finite")
    return vectors


def _as_array(given: object) -> NDArray:
    if np.ma.is_masked(given):
        raise ThemeError("the embedding gave numbers that are not finite")
    try:
        return np.asarray(given)
    except (TypeError, ValueError, OverflowError) as error:
        raise ThemeError("the embedding gave rows of different lengths, or what is no array") from error


def _turned_labels(matrix: sparse.csr_array, ks: Sequence[int]) -> list[Labels]:
    left, values, _ = leading_singular(matrix, max(ks))
    return [np.argmax(np.round(turned_axes(left, values, k)[0], 9), axis=1) for k in ks]


def _corner_labels(points: Floats, ks: Sequence[int]) -> list[Labels]:
    """For each k a first guess at k groups of directions around zero.

    k directions as far apart as possible span only k - 1 dimensions (the corners of a simplex). One more coordinate,
    1/√(k-1) for all, makes them orthogonal, so that each can lie along an axis of its own.
    """
    left, values, _ = leading_singular(sparse.csr_array(points), max(ks) - 1)
    found = []
    for k in ks:
        lifted = np.column_stack((np.full(len(points), (k - 1.0) ** -0.5), left[:, : k - 1] * values[: k - 1]))
        rows = unit_length(lifted)
        found.append(np.argmax(np.round(rows @ varimax(rows), 9), axis=1))
    return found


def _k_means(points: Floats, labels: Labels, k: int) -> tuple[Labels, Floats, int, bool]:
    """Labels, centres (k × d, length one), rounds and whether it settled. Source: Dhillon & Modha 2001."""
    for rounds in range(1, _MOST_ROUNDS + 1):
        sums = (labels[:, None] == np.arange(k)).T.astype(np.float64) @ points
        centres = unit_length(sums)
        latest = np.argmax(np.round(points @ centres.T, 9), axis=1)
        if np.array_equal(latest, labels):
            return labels, centres, rounds, True
        labels = latest
    return labels, centres, _MOST_ROUNDS, False

"""How many themes there are: the number at which texts drawn anew fall into the same themes.

With the right number, two samples of the texts give the same themes. With too many, themes are split now here and now
there, and every such theme counts as much as a large one. Numbers that the texts do not tell from the most stable one
are all plausible; of these the largest is taken, since a person can join two themes but not take one apart. And since
common words alone also give stable heaps, a number must stand better than it does where the same words are dealt out
to the texts by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from .result import NO_DIFFERENCE, NumberOfThemes

Labels = NDArray[np.int64]

_SEED = 1958
_JUDGED = 1800  # texts that are judged at most: more change the time and hardly the number
_SAMPLES = 10
_SAMPLE_SHARE = 2.0 / 3.0
_CHANCE_DRAWS = 6
_CHANCE_SAMPLES = 3
_ERRORS = 2.0


class Space(Protocol):
    """Texts among which themes can be sought, and the same texts with their subjects mixed up."""

    @property
    def n_texts(self) -> int:
        """How many texts there are."""

    def labels(self, rows: Labels, ks: Sequence[int]) -> list[Labels]:
        """For each number of themes, the theme of each of these texts."""

    def part(self, rows: Labels) -> Space:
        """These texts alone."""

    @property
    def has_chance(self) -> bool:
        """Whether mixing up changes anything."""

    def by_chance(self, rng: np.random.Generator) -> Space:
        """Texts of the same kind without subjects."""


def number_of_themes(space: Space, ks: Sequence[int]) -> NumberOfThemes:
    """Judge each number of themes in `ks` (ascending, each at least 2) by its stability, and choose one or none.

    Source: Ben-Hur, Elisseeff & Guyon 2002, A stability based method for discovering structure in clustered data;
    Greene, O'Callaghan & Cunningham 2014, How many topics? Stability analysis for topic models, for the matching;
    Lange et al. 2004, Stability-based validation of clustering solutions, for the comparison with chance; Efron &
    Stein 1981 for the jackknife.

    >>> from .spaces import EmbeddingSpace
    >>> corners = np.repeat(np.eye(5), 8, axis=0)
    >>> number_of_themes(EmbeddingSpace.of(corners), range(2, 7)).chosen
    5
    """
    rng = np.random.Generator(np.random.PCG64(_SEED))
    rows = np.sort(rng.permutation(space.n_texts)[:_JUDGED])
    judged = space.part(rows)
    agreement = _agreements(judged, ks, _SAMPLES, rng)
    stability, error = _jackknife(agreement)
    # One heap that holds every text comes back whole, and k - 1 empty ones never: 1/k says nothing.
    draws = np.tile(1.0 / np.asarray(ks, dtype=np.float64), (_CHANCE_DRAWS, 1))
    for draw in draws if judged.has_chance else ():
        draw[:] = _pair_mean(_agreements(judged.by_chance(rng), ks, _CHANCE_SAMPLES, rng))
    spread = _with_neighbours(np.var(draws, axis=0, ddof=1)) ** 0.5
    found = NumberOfThemes(
        chosen=None,
        plausible=(),
        tried=tuple(ks),
        stability=tuple(float(x) for x in stability),
        error=tuple(float(x) for x in error),
        by_chance=tuple(float(x) for x in draws.mean(axis=0)),
        chance_error=tuple(float(x) for x in spread),
        against_chance=judged.has_chance,
        n_texts=len(rows),
        n_samples=_SAMPLES,
    )
    return _chosen(found)


def _chosen(found: NumberOfThemes) -> NumberOfThemes:
    clear = [i for i, is_clear in enumerate(found.clear) if is_clear]
    if not clear:
        return found
    best = max(clear, key=lambda i: found.stability[i])
    enough = found.stability[best] - max(_ERRORS * found.error[best], NO_DIFFERENCE)
    plausible = tuple(found.tried[i] for i in clear if found.stability[i] >= enough)
    return replace(found, chosen=max(plausible), plausible=plausible)


def found_again(space: Space, themes: Labels, k: int) -> NDArray[np.float64]:
    """For each of k themes, how much of it comes back when themes are sought in samples of the texts (k, 0..1).

    themes: the theme of each text, 0..k-1. It is the overlap (Jaccard) with the theme that matches it, on average
    over the samples. Source: Hennig 2007, Cluster-wise assessment of cluster stability.

    >>> from .spaces import EmbeddingSpace
    >>> corners = np.repeat(np.eye(3), 20, axis=0)
    >>> found_again(EmbeddingSpace.of(corners), np.repeat([0, 1, 2], 20), 3).tolist()
    [1.0, 1.0, 1.0]
    """
    rng = np.random.Generator(np.random.PCG64(_SEED))
    rows = np.sort(rng.permutation(space.n_texts)[:_JUDGED])
    samples = [rows[sample] for sample in _samples(len(rows), _SAMPLES, rng)]
    return np.mean([matched_overlap(themes[s], space.labels(s, [k])[0], k) for s in samples], axis=0)


def _agreements(space: Space, ks: Sequence[int], n_samples: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Mean overlap of themes in each pair of samples on the texts they share (samples × samples × numbers tried)."""
    samples = _samples(space.n_texts, n_samples, rng)
    labels = [space.labels(sample, ks) for sample in samples]
    table = np.full((n_samples, n_samples, len(ks)), np.nan)
    for a in range(n_samples):
        for b in range(a):
            _, in_a, in_b = np.intersect1d(samples[a], samples[b], assume_unique=True, return_indices=True)
            for i, k in enumerate(ks):
                overlap = matched_overlap(labels[a][i][in_a], labels[b][i][in_b], k)
                table[a, b, i] = table[b, a, i] = overlap.mean()
    return table


def _samples(n: int, n_samples: int, rng: np.random.Generator) -> list[Labels]:
    size = int(np.ceil(_SAMPLE_SHARE * n))
    return [np.sort(rng.permutation(n)[:size]) for _ in range(n_samples)]


def _with_neighbours(variance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each number's variance and those beside it: that of a few draws alone is too unsure."""
    padded = np.pad(variance, 1, mode="edge")
    return (padded[:-2] + padded[1:-1] + padded[2:]) / 3.0


def _pair_mean(table: NDArray[np.float64]) -> NDArray[np.float64]:
    below = np.tril_indices(len(table), -1)
    return table[below].mean(axis=0)


def _jackknife(table: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean over the pairs, and its standard error by leaving out each sample in turn."""
    n = len(table)
    without = np.stack([_pair_mean(np.delete(np.delete(table, i, axis=0), i, axis=1)) for i in range(n)])
    return _pair_mean(table), np.sqrt((n - 1) / n * np.sum((without - without.mean(axis=0)) ** 2, axis=0))


def matched_overlap(one: Labels, other: Labels, k: int) -> NDArray[np.float64]:
    """How much each of k groups of one partition overlaps the group of another that it is matched with (k, 0..1).

    one, other: 0..k-1 for each of the same n things. Groups are matched one to one so that the overlaps, shared
    members by members of either (Jaccard), have the largest sum. A group that is empty in both partitions overlaps
    nothing. Source: Kuhn 1955, The Hungarian method for the assignment problem.

    >>> matched_overlap(np.array([0, 0, 1, 1, 1]), np.array([1, 1, 0, 0, 1]), 2).round(3).tolist()
    [0.667, 0.667]
    """
    shared = np.bincount(one * k + other, minlength=k * k).reshape(k, k).astype(np.float64)
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    overlap = shared / np.maximum(either, 1.0)
    rows, columns = linear_sum_assignment(-overlap)
    return overlap[rows, columns]

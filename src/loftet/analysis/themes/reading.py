"""The words by which a person knows a theme: whole words, as people write them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .result import OTHER, ThemeWord
from .vectors import Parts, WordCounts
from .words import lemma_of, spelt_words

MOST_WORDS = 8
_BALANCE = 0.6  # between how common a word is in the theme and how much commoner than elsewhere
_LEAST_TEXTS, _ENOUGH_TEXTS = 2, 5
_LEAST_PART = 1.0 / 8.0


def telling_words(
    texts: Sequence[str], counts: WordCounts, lemmas: Parts, main: NDArray[np.int64], k: int
) -> tuple[list[tuple[ThemeWord, ...]], NDArray[np.int64]]:
    """For each of k themes at most eight words, the most telling first; and how many of them each text has (n × k).

    texts (n), their counted words with the dictionary forms of these, and the main theme of each text (n, -1 for
    none). A word must be commoner in the theme than in all texts and stand in an eighth of the theme's texts (at least
    two; five are enough). Shown is the commonest spelling in the theme of any of its forms.
    Source: Sievert & Shirley 2014, LDAvis, for the measure: 0.6 · ln p(word | theme) + 0.4 · ln (p(word | theme) /
    p(word)), here with shares of texts.

    >>> from .vectors import Lexicon, count_words
    >>> texts = ["Parken är mörk", "Mörkt i parken", "Bussen är sena", "Sena bussar"]
    >>> counts = count_words(texts)
    >>> words, had = telling_words(texts, counts, Lexicon.of(counts.words).lemmas, np.array([0, 0, 1, 1]), 2)
    >>> [[w.word for w in theme] for theme in words]
    [['mörk', 'parken'], ['bussar', 'sena']]
    >>> had.tolist()
    [[2, 0], [2, 0], [0, 2], [0, 2]]
    """
    matrix = lemmas.counted(counts)
    present = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    member = sparse.csr_array((main[:, None] == np.arange(k)).astype(np.float64))
    inside = np.asarray((member.T @ present).todense())  # k × lemmas
    everywhere: NDArray[np.float64] = np.asarray(present.sum(axis=0)).ravel()
    size = np.maximum(np.asarray(member.sum(axis=0)).ravel(), 1.0)[:, None]
    here, overall = inside / size, everywhere / max(len(texts), 1)
    spellings = _spellings(texts, main)
    found = []
    had = np.zeros((len(texts), k), dtype=np.int64)
    for theme in range(k):
        least = min(max(_LEAST_PART * size[theme, 0], _LEAST_TEXTS), _ENOUGH_TEXTS)
        usable = np.flatnonzero((inside[theme] >= least) & (here[theme] > overall))
        logs = np.log(here[theme, usable])
        score = np.round(_BALANCE * logs + (1.0 - _BALANCE) * (logs - np.log(overall[usable])), 9)
        best = usable[np.argsort(-score, kind="stable")[:MOST_WORDS]]
        found.append(
            tuple(
                ThemeWord(
                    _commonest(spellings[theme, lemmas.terms[i]]),
                    int(inside[theme, i]),
                    int(everywhere[i] - inside[theme, i]),
                )
                for i in best
            )
        )
        had[:, theme] = np.asarray(present[:, best].sum(axis=1)).ravel()
    return found, had


def _spellings(texts: Sequence[str], main: NDArray[np.int64]) -> dict[tuple[int, str], Counter[tuple[str, bool]]]:
    """How often each lemma of each theme is spelt how, and whether the word began a sentence."""
    found: dict[tuple[int, str], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for text, theme in zip(texts, main.tolist(), strict=True):
        if theme != OTHER:
            for word, begins in spelt_words(text):
                found[theme, lemma_of(word.lower())][word, begins] += 1
    return found


def _commonest(spellings: Counter[tuple[str, bool]]) -> str:
    """The commonest form, in the commonest spelling inside sentences; a first word's capital says nothing."""
    forms: Counter[str] = Counter()
    for (word, _), n in spellings.items():
        forms[word.lower()] += n
    form = min(forms, key=lambda word: (-forms[word], word))
    inside: Counter[str] = Counter()
    for (word, begins), n in spellings.items():
        if word.lower() == form and not begins:
            inside[word] += n
    return min(inside, key=lambda word: (-inside[word], word)) if inside else form

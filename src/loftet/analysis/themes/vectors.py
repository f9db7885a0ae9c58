"""Texts as sparse vectors: dictionary forms and character n-grams, weighted by how much they tell texts apart.

Everything is counted over distinct words: a text is a row of word counts, a word is a row of n-grams, and their
product is the n-grams of the text. No text is cut in n-grams twice for the same word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .words import lemma_of, words_of

SHORTEST_GRAM, LONGEST_GRAM = 4, 6
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class WordCounts:
    """How often each of W distinct words, in the order of letters, stands in each of n texts."""

    counts: sparse.csr_array  # n × W
    words: tuple[str, ...]

    @property
    def n_words(self) -> NDArray[np.int64]:
        """The number of words in each text (n), stop words left out."""
        return np.asarray(self.counts.sum(axis=1)).ravel().astype(np.int64)

    def of(self, rows: NDArray[np.int64]) -> WordCounts:
        """The same words counted in some of the texts."""
        return WordCounts(self.counts[rows], self.words)


def count_words(texts: Sequence[str]) -> WordCounts:
    """Count the words of each text, stop words left out.

    >>> c = count_words(["Mörkt i parken", "Parken är för mörk och parken är ful"])
    >>> c.words, c.counts.toarray().tolist()
    (('ful', 'mörk', 'mörkt', 'parken'), [[0, 0, 1, 1], [1, 1, 0, 2]])
    """
    found = [words_of(text) for text in texts]
    words = tuple(sorted({word for words in found for word in words}))
    place = {word: i for i, word in enumerate(words)}
    columns = np.fromiter((place[word] for words in found for word in words), dtype=np.int64)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(words) for words in found], out=starts[1:])
    ones = np.ones(len(columns), dtype=np.int64)
    counts = sparse.csr_array((ones, columns, starts), shape=(len(texts), len(words)))
    counts.sum_duplicates()
    return WordCounts(counts, words)


def grams_of(word: str) -> list[str]:
    """The n-grams of 4, 5 and 6 characters of a word between blanks; the whole of it when it is shorter.

    >>> grams_of("bil"), grams_of("a")
    ([' bil', 'bil ', ' bil '], [' a '])
    """
    padded = f" {word} "
    if len(padded) <= SHORTEST_GRAM:
        return [padded]
    sizes = range(SHORTEST_GRAM, min(LONGEST_GRAM, len(padded)) + 1)
    return [padded[i : i + n] for n in sizes for i in range(len(padded) - n + 1)]


@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """Which terms each of W distinct words consists of: W × m counts, and the m terms in the order of letters."""

    of_words: sparse.csr_array
    terms: tuple[str, ...]

    def counted(self, counts: WordCounts) -> sparse.csr_array:
        """How often each term stands in each text (n × m)."""
        matrix = sparse.csr_array(counts.counts @ self.of_words)
        matrix.sum_duplicates()
        return matrix


def parts_of(words: Sequence[str], cut: Callable[[str], Sequence[str]]) -> Parts:
    """Cut distinct words in terms.

    >>> c = count_words(["bilar", "bil bilen"])
    >>> parts = parts_of(c.words, lambda word: [lemma_of(word)])
    >>> parts.terms, parts.counted(c).toarray().tolist()
    (('bil',), [[1], [2]])
    """
    found = [cut(word) for word in words]
    terms = tuple(sorted({term for each in found for term in each}))
    place = {term: i for i, term in enumerate(terms)}
    columns = np.fromiter((place[term] for each in found for term in each), dtype=np.int64)
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in found], out=starts[1:])
    ones = np.ones(len(columns), dtype=np.int64)
    return Parts(sparse.csr_array((ones, columns, starts), shape=(len(words), len(terms))), terms)


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """What is known about distinct words: their dictionary forms and their n-grams."""

    lemmas: Parts
    grams: Parts

    @classmethod
    def of(cls, words: Sequence[str]) -> Lexicon:
        """Look up words and cut them in n-grams."""
        return cls(parts_of(words, lambda word: (lemma_of(word),)), parts_of(words, grams_of))


def tf_idf(counts: sparse.csr_array) -> sparse.csr_array:
    """Weigh counts (n × m): (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), each row then of length one (or zero).

    Source: Salton & Buckley 1988, Term-weighting approaches in automatic text retrieval, with the smoothed idf of
    scikit-learn, whose TfidfVectorizer(sublinear_tf=True) it equals.

    >>> tf_idf(sparse.csr_array(np.array([[1, 0], [1, 1]]))).toarray().round(4).tolist()
    [[1.0, 0.0], [0.5797, 0.8148]]
    """
    weighted = sparse.csr_array(counts.astype(np.float64))
    weighted.eliminate_zeros()
    idf = 1.0 + np.log((1.0 + counts.shape[0]) / (1.0 + _in_texts(weighted)))
    weighted.data = (1.0 + np.log(weighted.data)) * idf[weighted.indices]
    return unit_rows(weighted)


def common_terms(weighted: sparse.csr_array, min_texts: int) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """The columns that at least `min_texts` rows have (of n × m), and which they are.

    >>> part, kept = common_terms(sparse.csr_array(np.array([[1.0, 0.0], [0.6, 0.8]])), 2)
    >>> part.toarray().tolist(), kept.tolist()
    ([[1.0], [0.6]], [0])
    """
    kept = np.flatnonzero(_in_texts(weighted) >= min_texts)
    return sparse.csr_array(weighted[:, kept]), kept


def _in_texts(matrix: sparse.csr_array) -> NDArray[np.int64]:
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def row_lengths(matrix: sparse.csr_array) -> Floats:
    """The length of each row (n).

    >>> row_lengths(sparse.csr_array(np.array([[3.0, 4.0], [0.0, 0.0]]))).tolist()
    [5.0, 0.0]
    """
    return np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """The matrix with every row that is not zero brought to length one.

    >>> unit_rows(sparse.csr_array(np.array([[3.0, 4.0], [0.0, 0.0]]))).toarray().round(9).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    lengths = row_lengths(matrix)
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    scaled = matrix.copy()
    scaled.data = matrix.data * np.repeat(scale, np.diff(matrix.indptr))
    return scaled


@dataclass(frozen=True, eq=False, slots=True)
class TextVectors:
    """n texts over dictionary forms and character n-grams side by side."""

    matrix: sparse.csr_array  # n × terms that texts share; each half of a row has length one or zero
    shared: Floats  # n, 0..1, how much of each text lies in terms that it shares with others


def text_vectors(counts: WordCounts, lexicon: Lexicon, min_texts: int = 1) -> TextVectors:
    """Weigh counted words (n texts) as dictionary forms and as n-grams.

    A dictionary form joins the inflections of a word ("gick", "går"); n-grams join what shares a part of a compound
    ("gatlyktor", "lyktstolpe") and what is misspelt. min_texts: terms in fewer texts are left out.

    >>> counts = count_words(["Bilar kör fort", "Bilen kör för fort", "Ekorrar"])
    >>> vectors = text_vectors(counts, Lexicon.of(counts.words), min_texts=2)
    >>> vectors.matrix.shape, vectors.shared.round(2).tolist()  # 3 forms, 10 n-grams
    ((3, 13), [0.84, 0.84, 0.0])
    """
    halves = [common_terms(tf_idf(parts.counted(counts)), min_texts)[0] for parts in (lexicon.lemmas, lexicon.grams)]
    matrix = sparse.csr_array(sparse.hstack([unit_rows(half) for half in halves], format="csr"))
    return TextVectors(matrix, np.sqrt(sum(row_lengths(half) ** 2 for half in halves) / 2.0))

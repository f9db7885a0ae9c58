"""Find the themes of many short texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..votes import natural_order
from .numbers import found_again, number_of_themes
from .reading import telling_words
from .result import (
    OTHER,
    Id,
    NumberOfThemes,
    Outcome,
    Theme,
    ThemeError,
    Themes,
    ThemeWord,
    Voice,
    check_texts,
    is_whole,
)
from .spaces import Embed, EmbeddingSpace, Fit, WordSpace, embedded
from .vectors import Lexicon, WordCounts, count_words

FEWEST_TEXTS = 30  # with fewer, reading them all is quicker and safer
MOST_THEMES = 12  # what a person can hold apart on one page
_TEXTS_A_THEME = 10  # on average, at least
_LEAST_SHARE = 1.0 / 3.0
_LEAST_STRENGTH = 0.05

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def find_themes(
    texts: Mapping[Id, str], *, n_themes: int | None = None, most_themes: int = MOST_THEMES, embed: Embed | None = None
) -> Themes:
    """Sort Swedish texts into themes, each with its words and its voices, and say how sure their number is.

    texts: id → text, n of them. n_themes: how many themes (2..n); without it the most stable number from 2 to
    `most_themes` is found, with on average ten texts a theme. embed: any callable that turns n texts into an array
    n × d of finite numbers; without it themes are sought among words, which needs nothing but this library.

    Outcomes: "themes"; "too_few_texts" when fewer than 30 texts have words (or fewer than n_themes, if given);
    "no_clear_themes" when no number of themes is more stable than chance. Then every text is in "other".
    A text belongs to each theme with a third of all that themes explain of it, if their cosine is 0.05 or more; the
    largest is its main theme; a text without one is in "other". Order and ids of texts never matter.
    Raises ThemeError for ids that are no ids, texts that are no texts, numbers of themes that are not whole or below 2,
    and vectors that are not n × d finite numbers; what `embed` raises itself passes through.
    Source: Lee & Seung 1999, Learning the parts of objects by non-negative matrix factorization, for themes as parts.

    >>> lines = ["Lyktan vid bron är trasig", "Ungdomar skriker på torget", "Bilarna kör för fort vid skolan"]
    >>> found = find_themes({i: lines[i % 3] for i in range(30)}, n_themes=3)
    >>> found.outcome, found.main.tolist()[:6], found.themes[0].size, found.other
    ('themes', [1, 2, 0, 1, 2, 0], 10, ())
    """
    _check(texts, n_themes, most_themes)
    given = _Given.of(texts)
    space = _space(given, embed)
    fewest = FEWEST_TEXTS if n_themes is None else n_themes
    if len(given.worded) < fewest or space.rank < (n_themes or 2):
        return _without("too_few_texts", given, None)
    number = None
    if n_themes is None:
        most = min(most_themes, len(given.worded) // _TEXTS_A_THEME, space.rank)
        number = number_of_themes(space, range(2, max(most, 2) + 1))
        if number.chosen is None:
            return _without("no_clear_themes", given, number)
        n_themes = number.chosen
    fit = space.fit(n_themes)
    again = found_again(space, np.argmax(np.round(fit.parts, 9), axis=1), n_themes)
    return _themes(given, fit, again, number)


@dataclass(frozen=True, eq=False, slots=True)
class _Given:
    """The texts in an order that they decide themselves; between equal texts, their ids."""

    ids: tuple[Id, ...]
    texts: tuple[str, ...]
    counts: WordCounts
    lexicon: Lexicon
    worded: Labels  # the texts that have any word

    @classmethod
    def of(cls, texts: Mapping[Id, str]) -> _Given:
        ids = sorted(texts, key=lambda name: (texts[name], natural_order(name)))
        ordered = tuple(texts[name] for name in ids)
        counts = count_words(ordered)
        return cls(tuple(ids), ordered, counts, Lexicon.of(counts.words), np.flatnonzero(counts.n_words > 0))

    @property
    def n_wordless(self) -> int:
        return len(self.ids) - len(self.worded)


def _check(texts: Mapping[Id, str], n_themes: int | None, most_themes: int) -> None:
    check_texts(texts)
    for number in (most_themes, 2 if n_themes is None else n_themes):
        if not is_whole(number) or number < 2:
            raise ThemeError("themes are two or more, in whole numbers")


def _space(given: _Given, embed: Embed | None) -> WordSpace | EmbeddingSpace:
    if embed is None:
        return WordSpace.of(given.counts.of(given.worded), given.lexicon)
    worded = [given.texts[i] for i in given.worded]
    return EmbeddingSpace.of(embedded(embed, worded) if worded else np.zeros((0, 1)))


def _without(outcome: Outcome, given: _Given, number: NumberOfThemes | None) -> Themes:
    n = len(given.ids)
    return Themes(
        outcome=outcome,
        ids=tuple(sorted(given.ids, key=natural_order)),
        themes=(),
        main=_read_only(np.full(n, OTHER, dtype=np.int64)),
        shares=_read_only(np.zeros((n, 0))),
        strengths=_read_only(np.zeros((n, 0))),
        number=number,
        n_wordless=given.n_wordless,
        iterations=0,
        converged=True,
        objective=0.0,
    )


def _themes(given: _Given, fit: Fit, again: Floats, number: NumberOfThemes | None) -> Themes:
    """The themes of a fit, whose rows are the texts with words. Themes that are no text's main theme fall away."""
    shares, strengths, main = _memberships(len(given.ids), given.worded, fit)
    words, had = telling_words(given.texts, given.counts, given.lexicon.lemmas, main, len(again))
    order, place = _largest_first(main, words)
    rows = np.array(sorted(range(len(given.ids)), key=lambda i: natural_order(given.ids[i])), dtype=np.int64)
    shares, strengths, main = shares[rows][:, order], strengths[rows][:, order], place[main[rows]]
    had, ids = had[rows][:, order], tuple(given.ids[i] for i in rows)
    voices = [_voices(ids, shares[:, i], strengths[:, i], had[:, i], main == i) for i in range(len(order))]
    return Themes(
        outcome="themes",
        ids=ids,
        themes=tuple(Theme(words[j], voices[i], float(again[j])) for i, j in enumerate(order)),
        main=_read_only(main),
        shares=_read_only(shares),
        strengths=_read_only(strengths),
        number=number,
        n_wordless=given.n_wordless,
        iterations=fit.iterations,
        converged=fit.converged,
        objective=fit.objective,
    )


def _largest_first(main: Labels, words: Sequence[Sequence[ThemeWord]]) -> tuple[Labels, Labels]:
    """The themes that have texts, largest first and then by their words; and the new place of each, then of "other"."""
    sizes = np.bincount(main[main != OTHER], minlength=len(words))
    in_order = sorted(range(len(words)), key=lambda j: (-sizes[j], [w.word for w in words[j]]))
    order = np.array([j for j in in_order if sizes[j] > 0], dtype=np.int64)
    place = np.full(len(words) + 1, OTHER, dtype=np.int64)
    place[order] = np.arange(len(order))
    return order, place


def _memberships(n: int, worded: Labels, fit: Fit) -> tuple[Floats, Floats, Labels]:
    """Shares and strengths (n × k) and the main theme (n) of all texts."""
    parts, strengths = np.zeros((2, n, fit.parts.shape[1]))
    parts[worded], strengths[worded] = fit.parts, fit.strengths
    total = parts.sum(axis=1, keepdims=True)
    shares = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    main = np.argmax(np.round(shares, 9), axis=1)
    strong = _belongs(shares, strengths)[np.arange(n), main]
    return shares, strengths, np.where(strong, main, OTHER)


def _belongs(shares: Floats, strengths: Floats) -> NDArray[np.bool_]:
    return (shares >= _LEAST_SHARE) & (strengths >= _LEAST_STRENGTH)


def _voices(
    ids: Sequence[Id], shares: Floats, strengths: Floats, had: Labels, is_main: NDArray[np.bool_]
) -> tuple[Voice, ...]:
    """The texts of a theme, those first that say most of it; between equals, in the order of ids.

    Share and strength alone put one word said twice above a sentence that tells what it is about.
    """
    members = np.flatnonzero(_belongs(shares, strengths))
    telling = np.round(shares[members] * strengths[members] * np.sqrt(had[members]), 9)
    ranked = members[np.lexsort((-np.round(strengths[members], 9), -telling))]
    return tuple(Voice(ids[i], float(shares[i]), float(strengths[i]), int(had[i]), bool(is_main[i])) for i in ranked)


def _read_only(array: NDArray) -> NDArray:
    array.setflags(write=False)
    return array

"""Statements that say nearly the same, found while someone writes one more.

Two statements are alike when they share words in any form and parts of words. What looks alike may still say something
else: "Det är tryggt" and "Det är inte tryggt" differ by four letters. So statements that differ in a negation, hold
opposite words, or name different places or numbers are never called nearly the same, however alike they look.

Likeness depends on the two statements alone: it is the same whatever else has been said, and in either direction.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from ..votes import natural_order
from .result import Id, ThemeError, check_texts, is_whole
from .stop_words import NEGATIONS
from .vectors import grams_of
from .words import lemma_of, plain, spelt_words, words_of

NEARLY_THE_SAME = 0.65  # from here nine of ten hints were right on one half of the labelled pairs; see the reference
_COLUMNS = 1 << 18  # terms are scattered over so many columns; that two of a pair meet in one is next to impossible
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_STREET = re.compile(r"(?:gatan?|väg(?:en)?|gränd(?:en)?|torg(?:et)?|all[eé]n?|stig(?:en)?|plan)$")
_STREET_STEM = 4  # letters; "torget" and "vägen" alone are no names
_ABSENCE = frozenset(("saknas", "saknar", "sakna", "saknats", "saknades", "slippa", "slipper"))
_OPPOSITES = (
    ("fler", "färre"), ("flera", "färre"), ("mer", "mindre"), ("mera", "mindre"), ("bättre", "sämre"), ("bra", "dålig"),
    ("längre", "kortare"), ("lång", "kort"), ("öka", "minska"), ("höja", "sänka"), ("öppna", "stänga"),
    ("öppen", "stängd"), ("hög", "låg"), ("högre", "lägre"), ("stor", "liten"), ("större", "mindre"), ("tidig", "sen"),
    ("tidigare", "senare"), ("snabb", "långsam"), ("snabbare", "långsammare"), ("ljus", "mörk"), ("farlig", "säker"),
    ("farlig", "ofarlig"), ("tillåta", "förbjuda"), ("lätt", "svår"), ("bygga", "riva"), ("ren", "smutsig"),
    ("tyst", "högljudd"), ("ofta", "sällan"), ("alltid", "aldrig"), ("gammal", "ny"), ("rädd", "trygg"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NearStatement:
    """A statement that says nearly the same as another."""

    id: Id
    likeness: float  # 0..1, 1 for the same words


@dataclass(frozen=True, slots=True)
class _Marks:
    """What makes two statements that look alike say different things."""

    negated: bool
    forms: frozenset[str]  # all words, as written and in dictionary form
    places: frozenset[str]
    numbers: frozenset[str]

    def against(self, other: _Marks) -> bool:
        if self.negated != other.negated or _apart(self.numbers, other.numbers) or _apart(self.places, other.places):
            return True
        mine, theirs = self.forms - other.forms, other.forms - self.forms
        return any(_OPPOSITE[word] & theirs for word in mine & _OPPOSITE.keys()) or _with_o(mine, theirs)


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITE = _both_ways(_OPPOSITES)


def _with_o(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one has a word that the other has with o- before it: trygg and otrygg, säker and osäker."""
    return any("o" + word in other for word in one) or any("o" + word in one for word in other)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


@dataclass(frozen=True, eq=False, slots=True)
class StatementIndex:
    """Statements that can be asked which of them say nearly the same as a text. Never changes: adding gives another.

    >>> index = StatementIndex.of({1: "Det är för mörkt på gångvägen till skolan", 2: "Bussen är alltid sen"})
    >>> [n.id for n in index.near("Gångvägen till skolan är för mörk!")]
    [1]
    >>> index.near("Gångvägen till skolan är inte för mörk!")
    ()
    >>> more = index.adding({3: "Gångväg till skolan: för mörk"})
    >>> len(index.ids), [n.id for n in more.near("Det är mörkt på gångvägen till skolan")]
    (2, [1, 3])
    """

    ids: tuple[Id, ...]
    terms: sparse.csr_array  # n × 2¹⁸; the halves of dictionary forms and n-grams have length √½ each
    marks: tuple[_Marks, ...]

    @classmethod
    def of(cls, statements: Mapping[Id, str]) -> StatementIndex:
        """Index statements by id. Raises ThemeError for what is no id or no text."""
        check_texts(statements)
        ids = sorted(statements, key=natural_order)
        texts = [statements[name] for name in ids]
        return cls(tuple(ids), _terms(texts), tuple(_marks(text) for text in texts))

    def adding(self, statements: Mapping[Id, str]) -> StatementIndex:
        """An index with these statements too. Raises ThemeError when one of the ids is there already."""
        more = StatementIndex.of(statements)
        if known := set(map(str, self.ids)) & set(map(str, statements)):
            raise ThemeError(f"statement {min(known)!r} is in the index already")
        joined = StatementIndex(self.ids + more.ids, _stacked(self.terms, more.terms), self.marks + more.marks)
        if not (self.ids and more.ids) or natural_order(self.ids[-1]) < natural_order(more.ids[0]):
            return joined
        return joined._taken(sorted(range(len(joined.ids)), key=lambda i: natural_order(joined.ids[i])))

    def without(self, ids: Collection[Id]) -> StatementIndex:
        """An index without these statements; ids that are not in it are ignored."""
        gone = set(ids)
        return self._taken([i for i, name in enumerate(self.ids) if name not in gone])

    def near(self, text: str, *, least: float = NEARLY_THE_SAME, most: int = 5) -> tuple[NearStatement, ...]:
        """At most `most` statements that say nearly the same as a text, the most alike first, then in order of ids.

        least: likeness from which statements are nearly the same, 0..1 (0 excluded). Raises ThemeError for other
        numbers and for a text that is none. A text without words that carry a subject is near nothing.
        """
        is_share = isinstance(least, (int, float)) and 0.0 < least <= 1.0
        if not isinstance(text, str) or not is_share or not is_whole(most) or most < 0:
            raise ThemeError("give a text, a likeness above 0 and up to 1, and how many at most")
        asked = np.zeros(_COLUMNS)
        row = _terms([text])
        asked[row.indices] = row.data
        likeness = np.round(self.terms @ asked, 9)
        mine = _marks(text)
        found: list[NearStatement] = []
        for i in np.argsort(-likeness, kind="stable"):
            if likeness[i] < least or len(found) == most:
                break
            if not mine.against(self.marks[i]):
                found.append(NearStatement(self.ids[i], min(float(likeness[i]), 1.0)))
        return tuple(found)

    def _taken(self, rows: list[int]) -> StatementIndex:
        return StatementIndex(tuple(self.ids[i] for i in rows), self.terms[rows], tuple(self.marks[i] for i in rows))


def likeness(one: str, other: str) -> float:
    """How alike two statements look, 0..1: half by their words in any form, half by n-grams of these words.

    Each half is a cosine of sublinear counts. Symmetric; 1 for a text with itself, 0 where either has no word that
    carries a subject. Source: Salton & Buckley 1988 for sublinear counts and the cosine; Cavnar & Trenkle 1994,
    N-gram-based text categorization, for n-grams against misspelling. Raises ThemeError for what is no text.

    >>> round(likeness("Mörkt i parken", "Parken är mörk"), 2), likeness("Mörkt i parken", "Sena bussar")
    (0.89, 0.0)
    """
    _check_pair(one, other)
    first, second = _terms([one]), _terms([other])
    return min(float(np.round((first @ second.T).toarray()[0, 0], 9)), 1.0)


def say_opposite_or_other(one: str, other: str) -> bool:
    """Whether two statements differ in a negation, hold opposite words, or name different places or numbers.

    Raises ThemeError for what is no text.

    >>> say_opposite_or_other("Det behövs fler kameror", "Det behövs färre kameror")
    True
    >>> say_opposite_or_other("Det är mörkt på Storgatan", "Det är mörkt på Parkgatan")
    True
    """
    _check_pair(one, other)
    return _marks(one).against(_marks(other))


def _check_pair(one: str, other: str) -> None:
    if not (isinstance(one, str) and isinstance(other, str)):
        raise ThemeError("give two texts")


def _marks(text: str) -> _Marks:
    simple = plain(text)
    words = set(_WORD.findall(simple))
    forms = words | {lemma_of(word) for word in words}
    return _Marks(
        negated=bool(words & (NEGATIONS | _ABSENCE)),
        forms=frozenset(forms),
        places=frozenset(_places(text)),
        numbers=frozenset(_NUMBER.findall(simple)),
    )


def _places(text: str) -> Iterable[str]:
    for word, begins in spelt_words(text):
        small = word.lower()
        street = _STREET.search(small)
        if (street and street.start() >= _STREET_STEM) or (word[0].isupper() and not begins):
            yield lemma_of(small)


def _terms(texts: list[str]) -> sparse.csr_array:
    """Texts as scattered terms (n × 2¹⁸); each row has length one, or zero where there are no words."""
    rows = [_scattered(text) for text in texts]
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), dtype=np.float64)
    matrix = sparse.csr_array((values, columns, starts), shape=(len(rows), _COLUMNS))
    matrix.sort_indices()
    return matrix


def _scattered(text: str) -> dict[int, float]:
    words = words_of(text)
    found: dict[int, float] = {}
    for half in ((f"={lemma_of(word)}" for word in words), (gram for word in words for gram in grams_of(word))):
        terms = Counter(zlib.crc32(term.encode()) % _COLUMNS for term in half)
        weights = {column: 1.0 + float(np.log(n)) for column, n in terms.items()}
        length = (2.0 * sum(weight * weight for weight in weights.values())) ** 0.5
        for column, weight in weights.items():
            found[column] = found.get(column, 0.0) + weight / length
    return found


def _stacked(one: sparse.csr_array, other: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(sparse.vstack((one, other), format="csr"))

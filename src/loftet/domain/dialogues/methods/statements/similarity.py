"""Whether two short Swedish sentences say the same thing. Pure: words in, a number or an answer out.

A refusal on false grounds takes someone's words away, a missed repetition costs others one extra answer. So the rule is
narrow: the same content words in the same order, up to inflection and a slip of the key. ”Fler poliser på torget” and
”Färre poliser på torget” share nearly every letter and are two statements.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

LEAST_SIMILARITY: Final = 0.7
SLIP: Final = 0.85
LEAST_FOR_SLIP: Final = 5
SHORTEST_STEM: Final = 3

# Words that carry no matter of their own. No word that turns a sentence around may stand here (inte, utan, mer, …).
LIGHT: Final = frozenset(
    """
    alla allt att av behöver behövs borde bör bara de dem den denna det detta där då en er ett finns för från ha
    har hos här i in jag ju känner kan man med men mig min måste nog när och också oss på sig ska skulle som så
    till tycker under vad var vara vi vid vår våra väldigt vårt jätte jättemycket mycket är även åt ni du
    """.split()  # noqa: SIM905 - a list to read, not to count quotes in
)
# Longest first, so that the whole ending goes.
ENDINGS: Final = tuple("arna orna erna ande aste ade are ar or er en et na an te de a e".split())  # noqa: SIM905


def normalised(text: str) -> str:
    """The words alone: one case, one form of each letter, no punctuation, single spaces.

    >>> normalised("  Mer  LJUS, i parken!  ")
    'mer ljus i parken'
    """
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def similarity(a: str, b: str) -> float:
    """Dice coefficient of the two texts' character trigrams: 0 nothing in common, 1 the same. Symmetric.

    Source: Dice 1945, on multisets of three letters of the normalised text with a space at both ends.

    >>> similarity("Mer ljus i parken", "mer ljus i parken.")
    1.0
    >>> similarity("abc", "xyz")
    0.0
    """
    left, right = _trigrams(a), _trigrams(b)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def says_the_same(a: str, b: str) -> bool:
    """Whether two sentences are the same but for small words, inflection and a slip of the key.

    >>> says_the_same("Det behövs fler poliser på torget.", "vi behöver fler poliser på torgen")
    True
    >>> says_the_same("Det behövs fler poliser på torget.", "Det behövs färre poliser på torget.")
    False
    >>> says_the_same("Jag känner mig trygg i centrum", "Jag känner mig otrygg i centrum")
    False
    """
    left, right = normalised(a), normalised(b)
    if left == right:
        return True
    if similarity(left, right) < LEAST_SIMILARITY:
        return False
    ours, theirs = _content_words(left), _content_words(right)
    return bool(ours) and len(ours) == len(theirs) and all(map(_same_word, ours, theirs))


def most_similar(text: str, others: Iterable[tuple[int, str]]) -> int | None:
    """The key of the text that says the same as this one, the most similar first; None when none does.

    >>> most_similar("Mer ljus i parken", [(1, "Fler bänkar"), (2, "Mindre ljus i parken")])
    >>> most_similar("Mer ljus i parken", [(1, "Fler bänkar"), (2, "Mer ljus i parken!")])
    2
    """
    found = [(similarity(text, other), -key) for key, other in others if says_the_same(text, other)]
    return -max(found)[1] if found else None


def _trigrams(text: str) -> Counter[str]:
    padded = f" {normalised(text)} "
    return Counter(padded[i : i + 3] for i in range(len(padded) - 2))


def _content_words(text: str) -> list[str]:
    return [word for word in text.split() if word not in LIGHT]


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    # Numbers must be equal, and an o- in front turns a Swedish word around.
    if any(c.isdigit() for c in a + b) or a[0] != b[0]:
        return False
    if _stem(a) == _stem(b):
        return True
    return min(len(a), len(b)) >= LEAST_FOR_SLIP and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SLIP


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word

"""A text as words with their places: what the rules for names and accusations walk over."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*|//|&")
_SHOUTED = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `begins` a sentence or line; `joined` by space alone to the one before."""

    form: str
    low: str
    start: int
    end: int
    capital: bool
    begins: bool
    joined: bool


def words_of(text: str) -> list[Word]:
    """The words of a text in order. In a text of capitals no word has a capital: they tell nothing there.

    >>> [(w.low, w.capital, w.begins) for w in words_of("Hej! Kalle bor här.")]
    [('hej', True, True), ('kalle', True, True), ('bor', False, False), ('här', False, False)]
    """
    letters = sum(c.isalpha() for c in text)
    shouted = letters > 12 and sum(c.isupper() for c in text) > _SHOUTED * letters
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        form = match.group()
        gap = text[end : match.start()]
        begins = not found or any(c in gap for c in '.!?:\n;”"“(•–—>|') or found[-1].low == "//"
        if found and gap == ". " and len(found[-1].form) == 1:
            begins = False  # an initial
        low = form.casefold().replace("’", "'")
        found.append(
            Word(
                form,
                low,
                match.start(),
                match.end(),
                form[0].isupper() and not shouted,
                begins,
                gap.isspace() and len(gap) < 5,
            )
        )
        end = match.end()
    return found

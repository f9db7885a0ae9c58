"""Swedish text as sentences and words, as the readability index counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONG: Final = 6  # a word with more letters is long (Björnsson 1968)

# Letters with what binds them (t.ex., s:t, gång- och, A-traktor), or a number with its groups and decimals.
_WORD = re.compile(
    r"[^\W\d_]+(?:[.:'’-][^\W_]+)*|[0-9]{1,3}(?:[  ][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,:–-][0-9]+)*"
)
# Only from the first sign of a row on: to try again from each of many would take their square in time.
_END = re.compile(r"(?<![.!?…:])[.!?…:]+[)”\"’»]*(?=\s|\Z)|\n")
# After these a full stop closes no sentence, whatever comes.
_ABBREVIATIONS: Final = frozenset(
    """
    t.ex bl.a d.v.s dvs s.k fr.o.m t.o.m p.g.a f.d i.o.m m.a.o m.h.t f.n f.ö kl nr ca resp tel dr prof kap jfr inkl
    exkl max min tim sek milj avd ang adr jan feb febr aug sept sep okt nov dec ev enl exp forts förf hr fr frk lgh
    obs ordf v.ordf sid
    """.split()  # noqa: SIM905 - a list to read, not to count quotes in
)
# These often end a sentence: they do when a capital follows.
_MAY_END: Final = frozenset({"m.m", "m.fl", "o.s.v", "osv", "etc", "o.d", "o.dyl", "mm", "mfl", "kr", "st", "mkr"})
_MARKER = re.compile(r"\s{0,8}(?:[-–—•*·▪]|[0-9]{1,2}[.)]|[a-zA-Z]\))\s{1,8}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence from `start` up to but not including `end` in its text, with its number of words and of long words."""

    start: int
    end: int
    words: int
    long_words: int


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Swedish text, in order. What holds no word is no sentence.

    A sentence ends with . ! ? … or : before a space. Not after an abbreviation (t.ex., kl., nr.), an initial, or the
    number of a list; decimals and times have no space. A line ends one too when the next is blank, is an item of a list
    or begins with a capital: headings and items have no full stop. Takes time in proportion to the text.

    >>> text = "Vi ses kl. 18 vid t.ex. torget. Kostnad: 3,5 miljoner."
    >>> [text[s.start : s.end] for s in split_sentences(text)]
    ['Vi ses kl. 18 vid t.ex. torget.', 'Kostnad:', '3,5 miljoner.']
    """
    found: list[Sentence] = []
    start = _past_marker(text, 0)
    for match in _END.finditer(text):
        if match.start() < start or not _closes(text, start, match):
            continue
        _add(found, text, start, match.end())
        start = _past_marker(text, match.end())
    _add(found, text, start, len(text))
    return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text; a number is one, and so is what a hyphen or an abbreviation's full stops bind.

    >>> words_of("Bl.a. 3 000 A-traktorer, kl. 18.30")
    ['Bl.a', '3 000', 'A-traktorer', 'kl', '18.30']
    """
    return [match.group() for match in _WORD.finditer(text)]


def letters_in(word: str) -> int:
    """How many letters a word has: neither hyphens nor digits count.

    >>> letters_in("A-traktor"), letters_in("18.30")
    (8, 0)
    """
    return sum(c.isalpha() for c in word)


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    words = words_of(piece)
    if not words:
        return
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    found.append(Sentence(start, end, len(words), sum(letters_in(word) > LONG for word in words)))


def _past_marker(text: str, at: int) -> int:
    """Where a sentence begins after the sign or number of a list."""
    if at and "\n" not in text[max(0, at - 1) : at + 1]:
        return at
    marker = _MARKER.match(text, at)
    return marker.end() if marker else at


def _closes(text: str, start: int, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 80]
    if match.group() == "\n":
        return not after.strip(" \t") or after.lstrip(" \t")[0] in "\n\r" or _opens_line(after)
    if match.group() != ".":
        return True
    following = after.lstrip()[:1]
    word = _last_word(text[max(start, match.start() - 12) : match.start()])
    if word in _ABBREVIATIONS:
        return not following
    if word in _MAY_END:
        return not following or following.isupper()
    # An initial; a lone number before a small letter is an ordinal ("den 3. maj").
    return not (len(word) == 1 and word.isalpha() and following.isupper()) and not (
        word.isdigit() and following.islower()
    )


def _opens_line(line: str) -> bool:
    """Whether a line begins anew: an item of a list, or a capital."""
    return bool(_MARKER.match(line)) or line.lstrip(" \t")[0].isupper()


def _last_word(text: str) -> str:
    pieces = text.split()
    return pieces[-1].lower().strip("(”\"'") if pieces and not text[-1].isspace() else ""

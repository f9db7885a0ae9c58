"""Vague words in promises, each with what is missing beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from loftet.analysis.readability.facts import Fact, facts_in
from loftet.analysis.readability.phrases import PHRASES, Phrase
from loftet.analysis.readability.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Vague:
    """A vague stretch of text, `end` not included: what is missing, and what to write instead."""

    start: int
    end: int
    missing: Fact
    phrase: str
    suggestion: str


def find_vague(text: str) -> tuple[Vague, ...]:
    """The vague words of a Swedish promise, in order, without overlaps: of two that overlap, the first and longest.

    A word is not vague when its own sentence carries the fact that it leaves out ("regelbundet, varje fredag"); see
    `facts_in`. A way out ("om möjligt") is vague whatever stands beside it. Nothing is raised. Takes time in proportion
    to the text.

    >>> text = "Polisen ska regelbundet besöka torget. Polisen besöker torget regelbundet, varje fredag."
    >>> [(text[v.start : v.end], v.missing, v.suggestion[:15]) for v in find_vague(text)]
    [('regelbundet', 'when', 'Skriv hur ofta:')]
    """
    found: list[Vague] = []
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        carried = facts_in(words)
        for start, end, phrase in _matches(words):
            if phrase.missing not in carried or phrase.is_way_out:
                at = sentence.start
                found.append(Vague(at + start, at + end, phrase.missing, phrase.written, phrase.suggestion))
    return tuple(found)


def _matches(words: str) -> list[tuple[int, int, Phrase]]:
    """What the phrases find in a sentence, without overlaps."""
    every, each = _patterns()
    if not every.search(words):
        return []
    all_of_them = [
        (match.start(), match.end(), phrase) for phrase, pattern in each for match in pattern.finditer(words)
    ]
    kept: list[tuple[int, int, Phrase]] = []
    for start, end, phrase in sorted(all_of_them, key=lambda found: (found[0], -found[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, phrase))
    return kept


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[Phrase, re.Pattern[str]], ...]]:
    """One pattern that says whether there is anything, and one for each phrase."""
    each = tuple((phrase, re.compile(phrase.pattern(), re.I)) for phrase in PHRASES)
    return re.compile("|".join(phrase.pattern() for phrase in PHRASES), re.I), each

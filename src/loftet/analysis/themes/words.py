"""From a Swedish text to the words that carry its subject, and from a word to its dictionary form.

Compounds are the difficulty of Swedish: "gångtunnelbelysningen" stands in no dictionary. An unknown word is therefore
read as a compound whose last part is the longest known ending, and that part alone is inflected.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import simplemma

from .stop_words import STOP_WORDS

# A word is two letters or more; one letter and a hyphen may stand before it (a-traktor, t-bana, e-post).
_WORD = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]-)?[^\W\d_]{2,}")
_ENDS = frozenset(".!?:\n")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_SHORTEST_HEAD = 4  # letters of the last part of a compound; shorter endings are known by chance
_SHORTEST_START = 3
_LONGEST_HEAD = (
    48  # letters; no word of the lexicon is longer, and without an end a long row of letters takes its square
)

# Where the lexicon gives the form of another word. Found by reading common words of municipal dialogues.
_CORRECTED = {
    "bussar": "buss",
    "bussarna": "buss",
    "bussarnas": "buss",
    "äldre": "äldre",
    "äldres": "äldre",
}


def plain(text: str) -> str:
    """The text in lower case and one Unicode form (NFKC), without invisible signs.

    >>> plain("Mörk\u00adt vid BUSSHÅLLPLATSEN")
    'mörkt vid busshållplatsen'
    """
    return _one_form(text).lower()


def _one_form(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_HYPHENS)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, in lower case, without stop words, numbers and signs.

    >>> words_of("Jag tycker att det är för mörkt i gångtunneln, och a-traktorerna kör 70!")
    ('mörkt', 'gångtunneln', 'a-traktorerna', 'kör')
    """
    return tuple(word for word in _WORD.findall(plain(text)) if word not in STOP_WORDS)


def spelt_words(text: str) -> list[tuple[str, bool]]:
    """The same words as people spell them, and whether each begins a sentence. Capitals throughout tell nothing.

    >>> spelt_words("Vi bor i Mora. Mora är mörkt.")
    [('bor', False), ('Mora', False), ('Mora', True), ('mörkt', False)]
    """
    whole, end, found = _one_form(text), 0, []
    if whole.isupper():
        whole = whole.lower()
    for match in _WORD.finditer(whole):
        begins = not end or any(sign in _ENDS for sign in whole[end : match.start()])
        end = match.end()
        if match.group().lower() not in STOP_WORDS:
            found.append((match.group(), begins))
    return found


@lru_cache(maxsize=200_000)
def lemma_of(word: str) -> str:
    """The dictionary form of a word in lower case; of an unknown compound, with its last part in dictionary form.

    Words that nothing is known about are their own form. Source of the forms: the Swedish lexicon of simplemma.

    >>> [lemma_of(w) for w in ("skolorna", "cykelbanor", "gångtunnelbelysningen", "xyzzy")]
    ['skola', 'cykelbana', 'gångtunnelbelysning', 'xyzzy']
    """
    if word in _CORRECTED:
        return _CORRECTED[word]
    if word[1:2] == "-":
        return word[:2] + lemma_of(word[2:])
    if simplemma.is_known(word, lang="sv"):
        return simplemma.lemmatize(word, lang="sv").lower()
    for start in range(max(_SHORTEST_START, len(word) - _LONGEST_HEAD), len(word) - _SHORTEST_HEAD + 1):
        head = word[start:]
        if simplemma.is_known(head, lang="sv"):
            return word[:start] + simplemma.lemmatize(head, lang="sv").lower()
    return word

"""Is a text easy to read, and does a promise say who, what, when and how much?

Two questions that are answered by counting and by looking: the readability index LIX, and words that promise nothing
that anyone can check. Both only advise; nothing is refused for them.
"""

from __future__ import annotations

from loftet.analysis.readability.facts import Fact, facts_in
from loftet.analysis.readability.lix import BANDS, Readability, band, measure_readability
from loftet.analysis.readability.phrases import PHRASES, Phrase
from loftet.analysis.readability.sentences import Sentence, split_sentences
from loftet.analysis.readability.vague import Vague, find_vague

__all__ = [
    "BANDS",
    "PHRASES",
    "Fact",
    "Phrase",
    "Readability",
    "Sentence",
    "Vague",
    "band",
    "facts_in",
    "find_vague",
    "measure_readability",
    "split_sentences",
]

"""The readability index LIX: how long the sentences are, and how many words are long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loftet.analysis.readability.sentences import Sentence, split_sentences

# From this value on, the band; the usual table after Björnsson (1968).
BANDS: Final = (
    (0.0, "mycket lättläst"),
    (30.0, "lättläst"),
    (40.0, "medelsvår"),
    (50.0, "svår"),
    (60.0, "mycket svår"),
)
# Below this many words one long word or sentence moves the index by whole units.
FEWEST_WORDS: Final = 100


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a text is, and what it was counted from.

    `lix` and `band` are None for a text without words. `is_enough` says whether there are words enough
    (`FEWEST_WORDS`) for the index to be more than a hint. `sentences` are in the order of the text.
    """

    lix: float | None
    band: str | None
    words: int
    long_words: int
    sentences: tuple[Sentence, ...]
    is_enough: bool

    @property
    def words_per_sentence(self) -> float | None:
        """The mean length of a sentence, in words."""
        return self.words / len(self.sentences) if self.sentences else None

    @property
    def long_share(self) -> float | None:
        """The share of the words that have more than six letters, from 0 to 1."""
        return self.long_words / self.words if self.words else None

    def hardest(self, most: int = 3) -> tuple[Sentence, ...]:
        """The sentences that weigh most: by words plus the percentage of long words, the hardest first.

        >>> text = "Kort sats. Överenskommelsen undertecknades."
        >>> [text[s.start : s.end] for s in measure_readability(text).hardest(1)]
        ['Överenskommelsen undertecknades.']
        """
        ranked = sorted(self.sentences, key=lambda s: (-(s.words + 100 * s.long_words / s.words), s.start))
        return tuple(ranked[: max(0, most)])


def measure_readability(text: str) -> Readability:
    """LIX = words / sentences + 100 · long words / words, where a long word has more than six letters.

    Source: C. H. Björnsson, Läsbarhet (1968). A number is a word and never long. Nothing is raised: a text without
    words has no index.

    >>> found = measure_readability("Han gick hem. Hon gick till skolan.")
    >>> found.lix, found.band, found.is_enough
    (3.5, 'mycket lättläst', False)
    >>> round(measure_readability("Samverkansöverenskommelsen undertecknades.").lix)
    102
    """
    sentences = split_sentences(text)
    words = sum(sentence.words for sentence in sentences)
    long_words = sum(sentence.long_words for sentence in sentences)
    lix = words / len(sentences) + 100 * long_words / words if words else None
    return Readability(
        lix=lix,
        band=None if lix is None else band(lix),
        words=words,
        long_words=long_words,
        sentences=sentences,
        is_enough=words >= FEWEST_WORDS,
    )


def band(lix: float) -> str:
    """What an index is called. Raises ValueError for a number that no text can have.

    >>> [band(value) for value in (29.9, 30, 45, 59.9, 102)]
    ['mycket lättläst', 'lättläst', 'medelsvår', 'svår', 'mycket svår']
    """
    if not lix > 0 or lix == float("inf"):
        raise ValueError(f"No text has LIX {lix}.")
    return next(name for least, name in reversed(BANDS) if lix >= least)

"""What a search for themes gives: themes with their voices and words, and how sure their number is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Id = int | str
Outcome = Literal["themes", "too_few_texts", "no_clear_themes"]
OTHER = -1
NO_DIFFERENCE = 0.05  # of stability: less tells no two numbers of themes apart, however small the error


class ThemeError(ValueError):
    """Texts, a number of themes or vectors that no themes can be sought with."""


def check_texts(texts: Mapping[Id, str]) -> None:
    """Raise ThemeError when a text is none, an id is none, or two ids are written alike.

    >>> check_texts({1: "Mörkt i parken", "1": "Sena bussar"})
    Traceback (most recent call last):
    loftet.analysis.themes.result.ThemeError: two ids are written alike
    """
    if not isinstance(texts, Mapping):
        raise ThemeError("texts stand by their ids")
    for name, text in texts.items():
        if isinstance(name, bool) or not isinstance(name, (int, str)) or name == "":
            raise ThemeError(f"{name!r} is not an id")
        if not isinstance(text, str):
            raise ThemeError(f"the text of {name!r} is not a text")
    if len({str(name) for name in texts}) < len(texts):
        raise ThemeError("two ids are written alike")


def is_whole(number: object) -> bool:
    """Whether a value is a whole number, NumPy's too; yes and no are none.

    >>> is_whole(3), is_whole(np.int64(3)), is_whole(3.0), is_whole(True)
    (True, True, False, False)
    """
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool)


@dataclass(frozen=True, slots=True)
class Voice:
    """A text in a theme."""

    id: Id
    share: float  # of all that themes explain of the text, this theme's part, 0..1
    strength: float  # cosine of text and theme, 0..1: how much of it the theme is
    n_words: int  # how many of the theme's telling words it has, in any form
    is_main: bool  # whether no other theme has a larger share


@dataclass(frozen=True, slots=True)
class ThemeWord:
    """A word that marks a theme, as people write it most often."""

    word: str
    n_texts: int  # texts of the theme with this word in any form
    n_elsewhere: int  # other texts with it


@dataclass(frozen=True, slots=True)
class Theme:
    """What several texts are about: `words` most telling first, `voices` first that say most of it."""

    words: tuple[ThemeWord, ...]
    voices: tuple[Voice, ...]
    found_again: float  # 0..1, mean overlap with its nearest theme when some of the texts are drawn by lot

    @property
    def name(self) -> str:
        """The three first words, for a person to replace with a better name. Empty when no word marks the theme."""
        return ", ".join(word.word for word in self.words[:3])

    @property
    def size(self) -> int:
        """How many texts have this as their main theme."""
        return sum(voice.is_main for voice in self.voices)


@dataclass(frozen=True, slots=True)
class NumberOfThemes:
    """How well each number of themes stands when texts are drawn again. The tuples run over `tried`."""

    chosen: int | None  # the largest plausible one; None: no number of themes stands better than chance
    plausible: tuple[int, ...]  # numbers that the texts do not tell from the most stable one
    tried: tuple[int, ...]
    stability: tuple[float, ...]  # mean overlap of the same theme in two samples, 0..1
    error: tuple[float, ...]  # its standard error over the samples (jackknife)
    by_chance: tuple[float, ...]  # the same stability where only single words, and no subjects, are left
    chance_error: tuple[float, ...]  # standard deviation of that over the draws
    against_chance: bool  # False: most texts are one word, so there is nothing to deal out and by_chance is 1/k
    n_texts: int  # texts that were judged; many texts are judged on some of them, drawn by lot
    n_samples: int

    @property
    def clear(self) -> tuple[bool, ...]:
        """For each number tried, whether it stands better than chance by 0.05 and two standard deviations."""
        margins = zip(self.stability, self.error, self.by_chance, self.chance_error, strict=True)
        return tuple(s - c > max(2.0 * float(np.hypot(e, d)), NO_DIFFERENCE) for s, e, c, d in margins)


@dataclass(frozen=True, eq=False, slots=True)
class Themes:
    """The themes of n texts, largest first. Arrays run over `ids`, which stand in their natural order."""

    outcome: Outcome
    ids: tuple[Id, ...]
    themes: tuple[Theme, ...]
    main: NDArray[np.int64]  # n, the main theme of each text, or -1: other
    shares: NDArray[np.float64]  # n × k, rows sum to one, or to zero where no theme explains anything
    strengths: NDArray[np.float64]  # n × k, cosine of each text and theme, 0..1
    number: NumberOfThemes | None  # None when the number was given or there were too few texts
    n_wordless: int  # texts without any word that carries a subject; they are in "other"
    iterations: int
    converged: bool
    objective: float  # what was made small: ½‖X - WH‖², or with embeddings 1 - mean cosine

    @property
    def other(self) -> tuple[Id, ...]:
        """The texts that belong to no theme."""
        return tuple(name for name, main in zip(self.ids, self.main, strict=True) if main == OTHER)

    @property
    def nearest(self) -> NDArray[np.int64]:
        """The theme with the largest share of each text (n) even where it is weak; -1 where no theme has any."""
        if not self.themes:
            return np.full(len(self.ids), OTHER)
        return np.where(self.shares.sum(axis=1) > 0, np.argmax(self.shares, axis=1), OTHER)

"""People's names in running Swedish: lists of names, and what the words around them say.

A capital alone proves nothing (places, shops and first words of sentences have one), and many names are also words. So
each word is one of a few sorts, and a rule names the company in which that sort means a person. A name that belongs to
a street, a shop or a storm is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from loftet.analysis.identifying_text.hits import Spans
from loftet.analysis.identifying_text.lists import contexts as about
from loftet.analysis.identifying_text.lists import first_names, places, surnames
from loftet.analysis.identifying_text.words import Word, words_of

# Endings that make a surname likely when an unknown word with a capital stands before.
_SURNAME_ENDS = (
    "sson", "ström", "berg", "lund", "qvist", "kvist", "gren", "dahl", "stedt", "blad", "blom", "mark", "holm",
    "strand", "wall", "vall", "roth", "lind", "löf", "ander", "elius", "nius", "ović", "ovic", "evic", "ević",
    "ski", "ska", "zadeh", "inen", "oğlu", "oglu", "poulos", "idis", "escu", "enko", "dottir", "dotter", "sköld",
    "crona", "hielm", "stierna",
)  # fmt: skip
_LONGEST = 5


def find_names(text: str, known_places: Collection[str]) -> Spans:
    """Where names of people stand. `known_places` in small letters are no names by themselves.

    >>> text = "Anna Berg cyklar på Viktor Rydbergs gata."
    >>> [text[start:end] for start, end in find_names(text, ())]
    ['Anna Berg']
    """
    yield from ((start, end) for start, end in _Reader(words_of(text), known_places).spans())


class _Reader:
    """Walks over the words once, and asks of each whether a name begins there."""

    def __init__(self, words: list[Word], known_places: Collection[str]) -> None:
        self.words = words
        self.known_places = known_places

    def spans(self) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(self.words):
            last = self._last_of_sequence(at)
            if self._belongs_to_something_else(at, last):
                at = last + 1
            elif self._begins_name(at, last):
                first = at - 1 if self._is_initial_before(at) else at
                yield self.words[first].start, self.words[last].end
                at = last + 1
            else:
                at += 1

    # --- sorts of words -------------------------------------------------------------------------------------------
    def _is_place(self, word: Word) -> bool:
        bare = _bare(word.low)
        return (
            word.low in places.PLACES or bare in places.PLACES or word.low in self.known_places
            or bare in self.known_places or _names_place(word.low)
        )  # fmt: skip

    def _may_follow(self, word: Word) -> bool:
        """Whether a word with a capital can be a further name."""
        if not word.capital or not word.joined:
            return False
        if is_surname(word.low) or is_first(word.low):
            return True  # also on the next line
        return (
            not word.begins
            and word.low not in about.NOT_NAMES
            and not self._is_place(word)
            and word.low not in about.BEARERS
        )

    def _last_of_sequence(self, at: int) -> int:
        """The last word of a name that would begin here; the same word when nothing follows that could belong to it."""
        last = at
        if not (is_first(self.words[at].low) or self.words[at].capital):
            return at
        for k in range(at + 1, min(at + _LONGEST, len(self.words))):
            before, word = self.words[k - 1], self.words[k]
            if _is_genitive(before.low) and not is_surname(word.low):
                if self._belongs(word):
                    last = k
                break
            if self._may_follow(word) or (word.joined and _plain_surname(word.low) and is_first(self.words[at].low)):
                last = k
            elif not (word.joined and word.low in about.PARTICLES):
                break
        return last

    def _belongs(self, word: Word) -> bool:
        return word.joined and (word.low in about.PLACE_NOUNS or word.low in about.BUSINESSES)

    # --- what is no person ----------------------------------------------------------------------------------------
    def _belongs_to_something_else(self, at: int, last: int) -> bool:
        words = self.words
        held = words[at : last + 1]
        if not any(is_first(w.low) or is_surname(w.low) for w in held):
            return False
        if any(w.capital and _names_place(w.low) and not is_surname(w.low) for w in held):
            return True
        if len(held) > 1 and self._belongs(held[-1]) and (not held[-1].capital or _is_genitive(held[-2].low)):
            return True
        after = words[last + 1] if last + 1 < len(words) else None
        if after and (after.low in {"&", "ab"} or (after.joined and after.capital and _names_place(after.low))):
            return True
        if after and held[-1].low.endswith("s") and self._belongs(after):
            return True
        before = words[at - 1] if at else None
        if before and words[at].joined:
            if before.low in about.BEARERS:
                return True
            if before.low in about.EVERYMAN and len(held) == 1 and held[0].low.startswith("svensson"):
                return True
        return (len(held) > 1 and (held[0].low, _bare(held[1].low)) in about.FIRMS) or (
            len(held) > 1 and (held[0].low, held[1].low) in about.FIRMS
        )

    # --- who is a person ------------------------------------------------------------------------------------------
    def _begins_name(self, at: int, last: int) -> bool:
        word = self.words[at]
        if self._is_called(at) or self._is_signed(at, last):
            return True
        if is_first(word.low) and last > at and (word.capital or _plain_surname(self.words[last].low)):
            sure = not _also_word(word.low) or not word.begins
            return sure or any(_may_be_last(w.low) for w in self.words[at + 1 : last + 1])
        if self._has_title(at):
            return True
        if word.low in about.NOT_NAMES and word.low not in first_names.FIRST_NAMES:
            return False
        if is_first(word.low) and not _also_word(word.low):
            return word.capital or len(_bare(word.low)) > 3
        if word.capital and is_first(word.low):
            return self._ambiguous_first(at)
        return self._surname_alone(at, last)

    def _before(self, at: int, back: int = 1) -> str:
        return self.words[at - back].low if at >= back else ""

    def _after(self, at: int) -> str:
        return self.words[at + 1].low if at + 1 < len(self.words) else ""

    def _is_called(self, at: int) -> bool:
        """”heter X”, said of a person."""
        word = self.words[at]
        back = 2 if self._before(at) in {"honom", "henne", "för", "sig", "dom", "är"} else 1
        said = self._before(at, back)
        if said not in about.CALLED or word.low in about.NOT_CALLED or self._before(at, back + 1) == "så":
            return False
        if not word.capital and (said not in about.CALLED_BY_NAME or len(word.low) < 3):
            return False
        return any(self._before(at, k) in about.PERSONS for k in range(1, back + 4))

    def _is_signed(self, at: int, last: int) -> bool:
        """The last words after a greeting."""
        word = self.words[at]
        greeted = self._before(at) in about.SIGNED and word.capital
        return greeted and word.low not in about.NOT_NAMES and last >= len(self.words) - 2 and not self._is_place(word)

    def _has_title(self, at: int) -> bool:
        word = self.words[at]
        if not (word.capital and word.joined and self._before(at) in about.TITLES) or word.low in about.NOT_NAMES:
            return False
        return not self._is_place(word) or is_surname(word.low)

    def _ambiguous_first(self, at: int) -> bool:
        """A first name that is also a word, with a capital and alone."""
        word, before, after = self.words[at], self._before(at), self._after(at)
        if _is_time(before, word.low) or word.low in places.PLACES or word.low in about.NEVER_ALONE:
            return False
        if after in about.SAY or (after == "och" and self._is_person_at(at + 2)):
            return True
        if before == "och" and self._is_person_at(at - 2):
            return True
        return not word.begins and before not in about.AT and word.low not in about.NOT_NAMES and word.form.istitle()

    def _is_person_at(self, at: int) -> bool:
        if not 0 <= at < len(self.words):
            return False
        word = self.words[at]
        return word.capital and is_first(word.low) and word.low not in places.PLACES

    def _surname_alone(self, at: int, last: int) -> bool:
        word = self.words[at]
        if not _plain_surname(word.low):
            return last > at and word.capital and not word.begins and self._unknown_first(at, last)
        if _bare(word.low).endswith("sson"):
            return not self._is_place(word)
        if not word.capital or (self._is_place(word) and last == at):
            return False
        if last > at and is_surname(self.words[last].low):
            return True
        if self._is_initial_before(at) or self._after(at) in about.SAY:
            return True
        return not word.begins and self._before(at) not in about.AT

    def _unknown_first(self, at: int, last: int) -> bool:
        """A capital that nobody knows before a surname: a first name that is not in the list."""
        word = self.words[at]
        if word.low in about.NOT_NAMES or word.low in about.BEARERS or self._is_place(word):
            return False
        if len(word.low) > 7 and word.low.endswith(("en", "et", "na", "ns")):
            return False  # a common noun in its definite form
        ending = self.words[last].low
        return _plain_surname(ending) or (ending.endswith(_SURNAME_ENDS) and not self._is_place(self.words[last]))

    def _is_initial_before(self, at: int) -> bool:
        if at == 0 or not self.words[at].capital or not is_surname(self.words[at].low):
            return False
        form = self.words[at - 1].form
        return (
            len(form.replace("-", "")) <= 2 and form.isupper() and not self.words[at].begins and form not in {"I", "P"}
        )


def _names_place(low: str) -> bool:
    return len(low) > 4 and low.endswith(about.PLACE_ENDS)


def _may_be_last(low: str) -> bool:
    return len(low) == 1 or is_surname(low) or is_first(low)


def is_first(low: str) -> bool:
    """Whether a word in small letters is a first name, a double one or the genitive of one.

    >>> [is_first(word) for word in ("fatima", "annas", "karl-johan", "lampa")]
    [True, True, True, False]
    """
    bare = _bare(low)
    if low in first_names.FIRST_NAMES or bare in first_names.FIRST_NAMES:
        return True
    parts = bare.split("-")
    return len(parts) == 2 and all(part in first_names.FIRST_NAMES for part in parts)


def is_surname(low: str) -> bool:
    """Whether a word in small letters is a known surname, or two with a hyphen, or the genitive of one.

    >>> [is_surname(word) for word in ("lindgrens", "berg-nilsson", "lampa")]
    [True, True, False]
    """
    bare = _bare(low)
    if low in surnames.SURNAMES or bare in surnames.SURNAMES:
        return True
    parts = bare.split("-")
    return len(parts) == 2 and all(part in surnames.SURNAMES for part in parts)


def _bare(low: str) -> str:
    return low[:-1] if low.endswith("s") else low


def _is_genitive(low: str) -> bool:
    if not low.endswith("s") or low in first_names.FIRST_NAMES or low in surnames.SURNAMES:
        return False
    return low[:-1] in first_names.FIRST_NAMES or low[:-1] in surnames.SURNAMES


def _also_word(low: str) -> bool:
    known = low if low in first_names.FIRST_NAMES else _bare(low)
    return known in first_names.ALSO_WORDS


def _plain_surname(low: str) -> bool:
    """A surname that is neither a word nor a first name."""
    known = low if low in surnames.SURNAMES else _bare(low)
    return is_surname(low) and known not in surnames.ALSO_WORDS and known not in first_names.FIRST_NAMES


def _is_time(before: str, low: str) -> bool:
    return low in {"maj", "juni", "jan", "mars", "dag"} and before in about.AT | {
        "första",
        "hela",
        "sista",
        "varje",
        "den",
    }

"""Find what could identify a person in a text: the guard that reads before anything is stored.

Forms (numbers, addresses, links) are found by their shape, names by lists and the words around them, and accusations
by somebody singled out beside an offence. Everything is a rule that can be read; nothing is learnt or guessed. It would
rather miss a rare form than return ordinary sentences about streets, times and shops to their sender: how often it does
either is measured on sentences set aside, in docs/reference/analysis/identifying-text.md.
"""

from __future__ import annotations

from collections.abc import Collection

from loftet.analysis.identifying_text.accusations import find_accusations
from loftet.analysis.identifying_text.forms import LOOKALIKES, finders
from loftet.analysis.identifying_text.hits import Hit, Kind
from loftet.analysis.identifying_text.names import find_names

__all__ = ["Hit", "Kind", "find_identifying"]


def find_identifying(text: str, *, places: Collection[str] = frozenset()) -> tuple[Hit, ...]:
    """What in the text looks like it identifies someone, in order, without overlaps.

    Kinds: national_id (personnummer and samordningsnummer), phone, email, plate (vehicle registration), address (a
    street with a house number; a street alone passes), link, handle, name, and accusation (what is said of a person
    who is named or singled out, when it is an offence). `places` are names of places, in small letters, that are not
    taken for surnames when they stand alone; frequent ones are known. Takes time in proportion to the text.

    >>> [(h.kind, "Ring 070-174 06 05 om bilen ABC 123"[h.start : h.end]) for h in find_identifying(
    ...     "Ring 070-174 06 05 om bilen ABC 123")]
    [('phone', '070-174 06 05'), ('plate', 'ABC 123')]
    >>> [h.kind for h in find_identifying("Fråga Fatima på trean. Grannen i 3:an säljer knark.")]
    ['name', 'accusation']
    >>> find_identifying("Det är mörkt på Viktor Rydbergs gata efter kl 18.30, mest vid E4 och buss 123.")
    ()
    """
    plain = text.translate(LOOKALIKES)
    found: list[Hit] = []
    taken = bytearray(len(text))

    def take(kind: Kind, start: int, end: int) -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Hit(kind, start, end))

    for kind, find in finders():
        for start, end in find(plain):
            take(kind, start, end)
    for start, end in find_names(plain, places):
        take("name", start, end)
    pointed = [(hit.start, hit.end) for hit in found if hit.kind in ("name", "address", "handle")]
    for start, end in find_accusations(plain, sorted(pointed)):
        take("accusation", *_free(plain, taken, start, end))
    return tuple(sorted(found, key=lambda hit: hit.start))


def _free(text: str, taken: bytearray, start: int, end: int) -> tuple[int, int]:
    """What is left of a stretch after the last thing found in it, which is reported by itself."""
    start = max(start, taken.rfind(1, start, end) + 1)
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end

"""One entry of a register that somebody asks about: by the code on a receipt, its number or its permanent id.

The code on a receipt is the number of its entry and the first eight digits of that entry's digest. They find the entry
and catch a slip. Whoever keeps a register could make another entry with the same eight digits: the checkpoint stops
that, or all 64 digits, which the entry's own page shows and which are taken here too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loftet.commands.words import say

if TYPE_CHECKING:
    from loftet.ledger.report import VerificationReport

_CODE = re.compile(r"([0-9]{1,15})-([0-9a-f]{8,64})")
_ENTRY_PAGE = re.compile(r"/loftesboken/([0-9]{1,15})/?")
_PERMANENT = re.compile(r"/id/([A-Za-z0-9]{1,64})/?")


@dataclass
class Wanted:
    """The entry that is asked about. `watch` picks it out of an export while that is verified."""

    number: int | None = None
    digest: str = ""
    subject: str = ""
    found: bytes = b""

    @classmethod
    def by_code(cls, text: str) -> Wanted | None:
        """Return the entry that a receipt's code stands for; None when the text is no such code."""
        match = _CODE.fullmatch(text.strip().lower())
        return cls(number=int(match[1]), digest=match[2]) if match else None

    @classmethod
    def by_path(cls, path: str) -> Wanted | None:
        """Return the entry that a page shows, or what a permanent address is about; None for other pages."""
        if match := _ENTRY_PAGE.fullmatch(path):
            return cls(number=int(match[1]))
        if match := _PERMANENT.fullmatch(path):
            return cls(subject=match[1])
        return None

    def watch(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines as they come, and remember the one that is asked about; of several the last."""
        # Inside a text every quotation mark is escaped, so these characters can only be the envelope's own.
        about = f'"subject":"{self.subject}"'.encode()
        for place, line in enumerate(lines):
            if place - 1 == self.number or (self.subject and about in line):
                self.found = line
            yield line

    def outcome(self, report: VerificationReport) -> tuple[bool, str]:
        """Tell whether the entry stands in a register that holds, and say so in a sentence."""
        if not report.holds:
            return False, say(
                "Om det som du frågar efter går inget att säga, eftersom boken inte stämmer.",
                "Nothing can be said of what you ask about, since the register does not hold.",
            )
        envelope = self._envelope()
        if envelope is None:
            return False, self._missing(report.size)
        number, entered = envelope["n"], envelope["time"].replace("T", " ").replace("Z", " UTC")
        digest = report.leaf_hash(number).hex()
        if not digest.startswith(self.digest):
            start = digest[: len(self.digest)]
            return False, say(
                f"Post {number} i boken är en annan än kvittots: dess fingeravtryck börjar med {start}, "
                f"inte med {self.digest}.",
                f"Entry {number} of the register is not that of the receipt: its digest begins with {start}, "
                f"not with {self.digest}.",
            )
        return True, say(
            f"Post {number} står i boken: den infördes {entered} och har fingeravtrycket {digest}.",
            f"Entry {number} stands in the register: it was entered {entered} and has the digest {digest}.",
        )

    def _envelope(self) -> dict | None:
        return json.loads(self.found).get("envelope") if self.found else None

    def _missing(self, size: int) -> str:
        what = self.number if self.number is not None else self.subject
        return say(
            f"Post {what} finns inte bland bokens {size} underskrivna poster. Är den ny, försök igen om en stund."
            if self.number is not None
            else f"Ingen av bokens {size} underskrivna poster handlar om {what}.",
            f"Entry {what} is not among the register's {size} signed entries. If it is new, try again in a while."
            if self.number is not None
            else f"None of the register's {size} signed entries is about {what}.",
        )

"""The code that someone who takes part may write down: to be typed on another telephone, and read aloud.

It is the token itself. 80 random bits are more than anyone tries, here or on a stolen copy of the hashes.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

# Without letters that look like figures or each other: I, L, O and U (Crockford 2002, Base 32).
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
GROUP: Final = 4
MISREAD: Final = str.maketrans("ILO", "110")


def new() -> str:
    """A code that nobody has."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """The code as it is written down.

    >>> in_groups("K7QF9M2XABCDEFGH")
    'K7QF 9M2X ABCD EFGH'
    """
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code that somebody typed, whatever the case, spaces and hyphens; empty when it is none.

    >>> read(" k7qf-9m2x abcd efgh")
    'K7QF9M2XABCDEFGH'
    >>> read("oo11 iill OO00 ILO1"), read("K7QF")
    ('0011111100001101', '')
    """
    kept = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum()).translate(MISREAD)
    return kept if len(kept) == LENGTH and set(kept) <= set(ALPHABET) else ""

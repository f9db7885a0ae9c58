"""Salted commitments: the register binds a text without showing it.

An entry holds the commitment for ever; the text and its salt are kept beside it and can be withheld or weeded by law.
The salt is what makes withholding real: without it a short text (a name, ”ja” or ”nej”) could be found by guessing.
Whoever withholds a text therefore withholds its salt too.

The commitment is SHA-256 over a fixed tag, the 32 bytes of the salt and the text in UTF-8. Tag and salt have fixed
lengths, so no two pairs of salt and text give the same input; and the tag begins otherwise than a Merkle leaf (0x00),
a Merkle node (0x01) and a canonical object (0x7b), so a commitment is never a hash of another kind.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_TAG = b"loftet/commitment/v1\n"
_HEX_32_BYTES = re.compile(r"[0-9a-f]{64}")


def new_salt() -> str:
    """Return 32 new random bytes in lower-case hex."""
    return secrets.token_hex(32)


def is_hex_32(text: object) -> bool:
    """Tell whether this is 32 bytes in the only spelling we accept: 64 lower-case hex digits."""
    return isinstance(text, str) and _HEX_32_BYTES.fullmatch(text) is not None


def commit(salt: str, text: str) -> str:
    """Return the commitment to exactly this text, in lower-case hex.

    The text is taken as it is, character by character: bring it to NFC before (`canonical.normal_text`) if it was
    typed by a person. Raises ValueError when the salt is not 64 lower-case hex digits or the text cannot be UTF-8.

    >>> commit("00" * 32, "Vi patrullerar torget.") == commit("00" * 32, "Vi patrullerar torget!")
    False
    """
    if not is_hex_32(salt):
        raise ValueError("a salt is 64 lower-case hex digits")
    return hashlib.sha256(_TAG + bytes.fromhex(salt) + text.encode("utf-8")).hexdigest()


def opens(commitment: str, salt: str, text: str) -> bool:
    """Tell whether this salt and this text are what the commitment was made from."""
    if not is_hex_32(commitment):
        return False
    try:
        return hmac.compare_digest(commit(salt, text), commitment)
    except ValueError:
        return False

"""The envelope of an entry: what the tree binds for ever.

It names what happened (`kind`) to what (`subject`, an opaque id) and when, and holds a commitment to each part of the
content. It never holds the content itself, so that a part can be withheld without touching the tree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loftet.ledger.canonical import MAX_INTEGER, exact_bytes
from loftet.ledger.commitments import is_hex_32
from loftet.ledger.merkle import leaf_hash

VERSION = 1
# The kind of an entry by which an authority tells which parts of earlier entries it withholds, and why.
WITHHOLDING = "content.withheld"
_FIELDS = {"v", "n", "kind", "subject", "time", "parts"}
_KIND = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:~-]{0,127}")
_PART = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")


class EnvelopeError(ValueError):
    """The envelope does not have the form that every entry has."""


def build_envelope(*, n: int, kind: str, subject: str, time: str, parts: Mapping[str, str]) -> dict[str, Any]:
    """Return the envelope of entry number `n`, counted from 0. Raises `EnvelopeError`.

    `time` is UTC text (`canonical.utc_text`); `parts` maps the name of each part to its commitment.
    """
    envelope = {"v": VERSION, "n": n, "kind": kind, "subject": subject, "time": time, "parts": dict(parts)}
    check_envelope(envelope)
    return envelope


def check_envelope(envelope: Any) -> None:
    """Raise `EnvelopeError` unless this has exactly the form that `build_envelope` gives."""
    if not isinstance(envelope, dict) or envelope.keys() != _FIELDS:
        raise EnvelopeError("an envelope has exactly the fields v, n, kind, subject, time and parts")
    # bool is a kind of int in Python: ask for the type itself, so that true is not taken for 1
    if type(envelope["v"]) is not int or envelope["v"] != VERSION:
        raise EnvelopeError(f"v is {VERSION}")
    if type(envelope["n"]) is not int or not 0 <= envelope["n"] <= MAX_INTEGER:
        raise EnvelopeError("n is a whole number from 0")
    if not _is(_KIND, envelope["kind"]):
        raise EnvelopeError("kind is lower-case letters, digits and _ . -, at most 64")
    if not _is(_SUBJECT, envelope["subject"]):
        raise EnvelopeError("subject is an id of letters, digits and _ . : ~ -, at most 128")
    if not _is_utc_text(envelope["time"]):
        raise EnvelopeError("time is written as 2026-11-22T20:30:00Z")
    _check_parts(envelope["parts"])


def leaf_bytes(envelope: dict[str, Any]) -> bytes:
    """Return the canonical bytes of the envelope: the leaf of the tree. Raises `EnvelopeError`."""
    check_envelope(envelope)
    return exact_bytes(envelope)


def entry_leaf_hash(envelope: dict[str, Any]) -> bytes:
    """Return the hash under which the entry stands in the tree. Raises `EnvelopeError`."""
    return leaf_hash(leaf_bytes(envelope))


def withheld_by(decision: str) -> set[tuple[int, str]]:
    """Return the parts, as (entry, name), that the text of a withholding entry's part `decision` names.

    A text without the form of a decision names none.
    """
    try:
        rows = json.loads(decision)["withheld"]
        return {(row["entry"], name) for row in rows for name in row["parts"]}
    except (ValueError, TypeError, KeyError):
        return set()


def _check_parts(parts: Any) -> None:
    if not isinstance(parts, dict):
        raise EnvelopeError("parts is an object of commitments")
    for name, commitment in parts.items():
        if not _is(_PART, name):
            raise EnvelopeError("the name of a part is lower-case letters, digits and _ . -, at most 64")
        if not is_hex_32(commitment):
            raise EnvelopeError(f"the commitment of the part {name} is 64 lower-case hex digits")


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_utc_text(value: Any) -> bool:
    if not _is(_TIME, value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True

"""The export: the whole register as a file that anyone can check without us.

One canonical JSON object a line, each ended by one line feed: a header, one line an entry in order, and at the end one
or more checkpoints of growing size, of which the last covers every entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loftet.ledger.canonical import exact_bytes
from loftet.ledger.checkpoints import parse_checkpoint
from loftet.ledger.commitments import is_hex_32
from loftet.ledger.entries import check_envelope

FORMAT = "loftet-register"
VERSION = 1


@dataclass(frozen=True)
class Opened:
    """A part that is shown: its text and the salt of its commitment."""

    salt: str
    text: str


@dataclass(frozen=True)
class ExportEntry:
    """An entry to export: its envelope, its leaf hash as the register has stored it, and its parts (None: withheld).

    The leaf hash is the stored one and not computed anew, so that an envelope changed in the database is found at its
    own entry and not only in the root.
    """

    envelope: dict[str, Any]
    leaf: str
    parts: Mapping[str, Opened | None] = field(default_factory=dict)


def export_lines(*, origin: str, entries: Iterable[ExportEntry], checkpoints: Sequence[str]) -> Iterator[bytes]:
    """Yield the lines of the export.

    The checkpoints are given oldest first; the last must cover exactly the entries given, and at least one is needed.
    Nothing is verified here: what the register holds is what the reader gets to check.
    """
    if not checkpoints:
        raise ValueError("an export ends with a checkpoint")
    yield header_line(origin, parse_checkpoint(checkpoints[-1]).size)
    for entry in entries:
        yield entry_line(entry)
    for text in checkpoints:
        yield checkpoint_line(text)


def header_line(origin: str, size: int) -> bytes:
    """Return the first line: which format, which register, how many entries."""
    return _line({"format": FORMAT, "v": VERSION, "origin": origin, "size": size})


def entry_line(entry: ExportEntry) -> bytes:
    """Return the line of one entry. Raises ValueError when it lacks the form of an entry."""
    check_envelope(entry.envelope)
    if not is_hex_32(entry.leaf):
        raise ValueError("a leaf hash is 64 lower-case hex digits")
    if entry.parts.keys() != entry.envelope["parts"].keys():
        raise ValueError("an entry is exported with all its parts, those withheld as None")
    parts = {name: _part(part) for name, part in entry.parts.items()}
    return _line({"envelope": entry.envelope, "leaf": entry.leaf, "parts": parts})


def checkpoint_line(text: str) -> bytes:
    """Return the line of one checkpoint."""
    return _line({"checkpoint": text})


def _part(part: Opened | None) -> dict[str, Any]:
    return {"withheld": True} if part is None else {"salt": part.salt, "text": part.text}


def _line(value: dict[str, Any]) -> bytes:
    return exact_bytes(value) + b"\n"

"""Check an export from the first byte to the last, with nothing but the file and the register's public key.

Lines are read one at a time and let go. What is kept grows with the number of entries (32 bytes each) and never with
their texts. Checking stops at the first thing that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from loftet.ledger.canonical import NotCanonicalError, NotJsonError, parse_exact
from loftet.ledger.checkpoints import (
    BadSignatureError,
    Checkpoint,
    CheckpointError,
    CheckpointFormatError,
    UnknownSignerError,
    verify_checkpoint,
)
from loftet.ledger.commitments import opens
from loftet.ledger.cosignatures import WitnessKey, cosigned_at
from loftet.ledger.entries import WITHHOLDING, EnvelopeError, entry_leaf_hash, withheld_by
from loftet.ledger.export import FORMAT, VERSION
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import HASH_BYTES, Frontier
from loftet.ledger.report import Problem, Reason, VerificationReport, Witnessed
from loftet.ledger.succession import KEY_CHANGED, BrokenSuccessionError, Succession, read_change


def verify_export(lines: Iterable[bytes], public_key: VerifierKey) -> VerificationReport:
    """Return the report on an export.

    `lines` are its lines as bytes with their line feeds, such as a file opened in binary mode. The key must come from
    elsewhere than the file: a file that brought its own key would prove nothing. It may be any key that the register
    has had: the others are trusted as far as it leads to them.
    """
    reading = Reading(public_key)
    for line in lines:
        if not reading.take(line):
            return reading.report()
    reading.finish()
    return reading.report()


def verify_against_older(
    report: VerificationReport, older_checkpoint: str, public_key: VerifierKey | None = None
) -> VerificationReport:
    """Return the report, extended by whether the register still begins as an older checkpoint says.

    This finds what an export alone cannot show: that whoever holds the key has rewritten the register and signed it
    anew, or cut off its end. Keep checkpoints, and compare. The older one may be signed by any key that the register
    has had, or by `public_key`. A report that has already failed is returned unchanged.
    """
    if not report.holds:
        return report
    try:
        older = verify_checkpoint(older_checkpoint, [*report.keys, *([public_key] if public_key else [])])
    except CheckpointError as error:
        return replace(report, problem=Problem(_REASON_OLDER[type(error)], detail=str(error)))
    problem = None
    if older.origin != report.public_key.name:
        problem = Problem(Reason.OLDER_ORIGIN, detail=older.origin)
    elif older.size > report.size:
        problem = Problem(Reason.OLDER_LARGER, found=older.size, size=report.size)
    elif older.root != report.root_at(older.size):
        problem = Problem(Reason.OLDER_ROOT, found=older.size, size=report.size)
    return replace(report, problem=problem, older_size=older.size)


def verify_witnessed(report: VerificationReport, witnesses: Iterable[WitnessKey]) -> VerificationReport:
    """Return the report, extended by how far each witness has seen the register. Every one must have seen some of it.

    This finds a split view: a register that only some are shown has no line by a witness who was shown the other. A
    report that has already failed is returned unchanged.
    """
    if not report.holds:
        return report
    found = []
    for key in witnesses:
        try:
            seen = [(note.size, at) for note in report.notes if (at := cosigned_at(note, key)) is not None]
        except BadSignatureError as error:
            return replace(report, problem=Problem(Reason.WITNESS_SIGNATURE, who=key.name, detail=str(error)))
        if not seen:
            return replace(report, problem=Problem(Reason.WITNESS_MISSING, who=key.name))
        found.append(Witnessed(key, *max(seen)))
    return replace(report, witnessed=(*report.witnessed, *found))


_REASON: dict[type[CheckpointError], Reason] = {
    CheckpointFormatError: Reason.CHECKPOINT_FORM,
    UnknownSignerError: Reason.CHECKPOINT_UNKNOWN_KEY,
    BadSignatureError: Reason.CHECKPOINT_SIGNATURE,
}
_REASON_OLDER: dict[type[CheckpointError], Reason] = {
    CheckpointFormatError: Reason.OLDER_FORM,
    UnknownSignerError: Reason.OLDER_UNKNOWN_KEY,
    BadSignatureError: Reason.OLDER_SIGNATURE,
}


class _CheckFailedError(Exception):
    def __init__(self, reason: Reason, **where: Any) -> None:
        super().__init__(reason.name)
        self.problem = Problem(reason, **where)


@dataclass
class Reading:
    """How far the reading of an export has come. Lines are given to it in order; the first fault ends it."""

    public_key: VerifierKey
    lines: int = 0
    problem: Problem | None = None
    stated_size: int | None = None
    size: int = 0
    opened: int = 0
    withheld: list[tuple[int, str]] = field(default_factory=list)
    decided: set[tuple[int, str]] = field(default_factory=set)
    """What decisions that stand in the register say is withheld."""
    succession: Succession | None = None
    """The register's keys as far as entries tell; None until one tells of a change."""
    leaf_hashes: bytearray = field(default_factory=bytearray)
    notes: list[Checkpoint] = field(default_factory=list)
    covered: int = 0
    """How many entries the latest checkpoint covers; `covered_frontier` is the tree of just those."""
    covered_frontier: Frontier = field(default_factory=Frontier)

    def take(self, line: bytes) -> bool:
        """Check the next line; tell whether all holds so far."""
        if self.problem is None:
            self.lines += 1
            self._try(lambda: self._take(self.lines, line))
        return self.problem is None

    def finish(self) -> bool:
        """Check that the file is whole; tell whether all of it holds."""
        if self.problem is None:
            self._try(self._finish)
        return self.problem is None

    def report(self) -> VerificationReport:
        """What is found so far."""
        return VerificationReport(
            public_key=self.public_key,
            succession=self._keys(),
            size=self.size,
            opened=self.opened,
            withheld=tuple(self.withheld),
            undecided=tuple(part for part in self.withheld if part not in self.decided),
            notes=tuple(self.notes),
            leaf_hashes=bytes(self.leaf_hashes),
            problem=self.problem,
        )

    def copy(self) -> Reading:
        """The same reading, to go on from here in another way."""
        return replace(
            self,
            withheld=list(self.withheld),
            decided=set(self.decided),
            leaf_hashes=bytearray(self.leaf_hashes),
            notes=list(self.notes),
        )

    def _try(self, check: Callable[[], None]) -> None:
        try:
            check()
        except _CheckFailedError as failed:
            self.problem = failed.problem

    def _take(self, number: int, line: bytes) -> None:
        value = _parse_line(line, {"line": number, "entry": self._entry_at(number)})
        if number == 1:
            self._take_header(value)
        elif isinstance(value, dict) and value.keys() == {"envelope", "leaf", "parts"}:
            self._take_entry(number, value)
        elif isinstance(value, dict) and value.keys() == {"checkpoint"}:
            self._take_checkpoint(number, value["checkpoint"])
        else:
            raise _CheckFailedError(Reason.LINE_KIND, line=number, entry=self._entry_at(number))

    def _entry_at(self, number: int) -> int | None:
        """The entry that should stand on a line; None for what should not be an entry."""
        return number - 2 if self.stated_size is not None and number - 2 < self.stated_size else None

    def _finish(self) -> None:
        if self.stated_size is None:
            raise _CheckFailedError(Reason.EMPTY)
        if not self.notes:
            raise _CheckFailedError(Reason.NO_CHECKPOINT)
        if self.covered != self.size:
            raise _CheckFailedError(Reason.UNCOVERED, found=self.covered, size=self.size)
        if self.stated_size != self.size:
            raise _CheckFailedError(Reason.HEADER_SIZE, line=1, found=self.stated_size, size=self.size)

    def _take_header(self, header: Any) -> None:
        if not isinstance(header, dict) or header.keys() != {"format", "v", "origin", "size"}:
            raise _CheckFailedError(Reason.HEADER, line=1)
        if header["format"] != FORMAT or type(header["v"]) is not int or header["v"] != VERSION:
            raise _CheckFailedError(Reason.HEADER, line=1, detail=f"this is not {FORMAT} version {VERSION}")
        if type(header["size"]) is not int or header["size"] < 0:
            raise _CheckFailedError(Reason.HEADER, line=1, detail="the size is not a number of entries")
        if header["origin"] != self.public_key.name:
            raise _CheckFailedError(Reason.HEADER_ORIGIN, line=1, detail=str(header["origin"]))
        self.stated_size = header["size"]

    def _take_entry(self, number: int, entry: dict[str, Any]) -> None:
        where = {"line": number, "entry": self.size}
        if self.notes:
            raise _CheckFailedError(Reason.AFTER_CHECKPOINT, **where)
        envelope = entry["envelope"]
        try:
            leaf = entry_leaf_hash(envelope)
        except EnvelopeError as error:
            raise _CheckFailedError(Reason.ENVELOPE, **where, detail=str(error)) from error
        if envelope["n"] != self.size:
            raise _CheckFailedError(Reason.SEQUENCE, **where, found=envelope["n"])
        if entry["leaf"] != leaf.hex():
            raise _CheckFailedError(Reason.LEAF_HASH, **where)
        if not isinstance(entry["parts"], dict) or entry["parts"].keys() != envelope["parts"].keys():
            raise _CheckFailedError(Reason.PARTS, **where)
        for name, part in entry["parts"].items():
            self._take_part(envelope["parts"][name], part, part_name=name, **where)
        if envelope["kind"] == WITHHOLDING:
            self.decided |= withheld_by(entry["parts"].get("decision", {}).get("text", ""))
        elif envelope["kind"] == KEY_CHANGED:
            self._take_key_change(entry["parts"], **where)
        self.leaf_hashes += leaf
        self.size += 1

    def _take_part(self, commitment: str, part: Any, *, part_name: str, line: int, entry: int) -> None:
        where: dict[str, Any] = {"part": part_name, "line": line, "entry": entry}
        if not isinstance(part, dict):
            raise _CheckFailedError(Reason.PART_FORM, **where)
        if part.keys() == {"withheld"} and part["withheld"] is True:
            self.withheld.append((entry, part_name))
        elif part.keys() == {"salt", "text"} and all(isinstance(value, str) for value in part.values()):
            if not opens(commitment, part["salt"], part["text"]):
                raise _CheckFailedError(Reason.COMMITMENT, **where)
            self.opened += 1
        else:
            raise _CheckFailedError(Reason.PART_FORM, **where)

    def _take_key_change(self, parts: dict[str, Any], *, line: int, entry: int) -> None:
        where = {"line": line, "entry": entry}
        try:
            change = read_change(entry, {name: part["text"] for name, part in parts.items() if "text" in part})
            self.succession = (self.succession or Succession(change.old)).followed_by(change)
        except BrokenSuccessionError as error:
            raise _CheckFailedError(Reason.KEY_CHANGE_ORDER, **where, detail=str(error)) from error
        except ValueError as error:
            raise _CheckFailedError(Reason.KEY_CHANGE_FORM, **where, detail=str(error)) from error

    def _keys(self) -> Succession:
        return self.succession or Succession(self.public_key)

    def _take_checkpoint(self, number: int, text: Any) -> None:
        checkpoint = self._signed(number, text)
        if checkpoint.origin != self.public_key.name:
            raise _CheckFailedError(Reason.CHECKPOINT_ORIGIN, line=number, detail=checkpoint.origin)
        if self.notes and checkpoint.size <= self.covered:
            raise _CheckFailedError(Reason.CHECKPOINT_ORDER, line=number)
        if checkpoint.size > self.size:
            raise _CheckFailedError(Reason.CHECKPOINT_SIZE, line=number, found=checkpoint.size, size=self.size)
        before = self.covered
        while self.covered < checkpoint.size:
            start = self.covered * HASH_BYTES
            self.covered_frontier = self.covered_frontier.append(bytes(self.leaf_hashes[start : start + HASH_BYTES]))
            self.covered += 1
        if checkpoint.root != self.covered_frontier.root():
            reason = Reason.CHECKPOINT_ROOT_AFTER if before else Reason.CHECKPOINT_ROOT
            raise _CheckFailedError(reason, line=number, found=before, size=checkpoint.size)
        self.notes.append(checkpoint)

    def _signed(self, number: int, text: Any) -> Checkpoint:
        """The checkpoint in a text, once the keys that the register had then have signed it."""
        if not isinstance(text, str):
            raise _CheckFailedError(Reason.CHECKPOINT_FORM, line=number)
        succession = self._keys()
        if self.public_key not in succession.keys:
            raise _CheckFailedError(Reason.CHECKPOINT_UNKNOWN_KEY, line=number)
        try:
            checkpoint = verify_checkpoint(text, succession.keys)
        except CheckpointError as error:
            raise _CheckFailedError(_REASON[type(error)], line=number, detail=str(error)) from error
        signers = succession.signers(self.covered, checkpoint.size)
        if not all(checkpoint.has_line_by(key) for key in signers):
            if len(signers) == 1:
                raise _CheckFailedError(Reason.CHECKPOINT_OTHER_KEY, line=number)
            change = next(change for change in succession.changes if change.new == signers[-1])
            raise _CheckFailedError(Reason.KEY_CHANGE_UNSIGNED, line=number, entry=change.entry)
        return checkpoint


def _parse_line(line: bytes, where: dict[str, int | None]) -> Any:
    if not isinstance(line, bytes):
        raise TypeError("an export is read as bytes: open the file in binary mode")
    if not line.endswith(b"\n"):
        raise _CheckFailedError(Reason.LINE_END, **where)
    try:
        return parse_exact(line[:-1])
    except NotJsonError as error:
        raise _CheckFailedError(Reason.NOT_JSON, **where, detail=str(error)) from error
    except NotCanonicalError as error:
        raise _CheckFailedError(Reason.NOT_CANONICAL, **where, detail=str(error)) from error

"""A register of ten thousand entries: whatever is changed in its export is found, and named, with the file and key.

Each change is tried on a reading that has come as far as the line before it, as a whole reading would have.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loftet.ledger.checkpoints import sign_checkpoint
from loftet.ledger.commitments import commit
from loftet.ledger.entries import build_envelope, entry_leaf_hash
from loftet.ledger.export import ExportEntry, Opened, checkpoint_line, export_lines
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import root
from loftet.ledger.report import Problem, Reason, VerificationReport
from loftet.ledger.verification import Reading, verify_against_older, verify_export

pytestmark = pytest.mark.long
ORIGIN = "loftet.example/loftesboken"
ENTRIES, SIGNED = 10_000, (4_000, 10_000)
SEED = 20261123
OURS, FOREIGN = (Ed25519PrivateKey.from_private_bytes(letter * 32) for letter in (b"o", b"f"))
KEY = VerifierKey.of(ORIGIN, OURS.public_key())


@dataclass(frozen=True)
class Register:
    """An export as lines, and the leaf hashes of its entries."""

    lines: list[bytes]
    leaves: list[bytes]

    def checkpoint(self, size: int, key: Ed25519PrivateKey = OURS) -> str:
        return sign_checkpoint(origin=ORIGIN, size=size, root=root(self.leaves[:size]), private_key=key)

    def entry(self, number: int) -> bytes:
        return self.lines[number + 1]


def an_entry(n: int, text: str) -> ExportEntry:
    salt = hashlib.sha256(f"salt {n}".encode()).hexdigest()
    envelope = build_envelope(
        n=n,
        kind="promise.signed",
        subject=f"p{n:011}",
        time=f"2026-11-{1 + n % 28:02}T20:30:00Z",
        parts={"text": commit(salt, text), "decision": commit(salt, f"§ {n}")},
    )
    parts = {"text": Opened(salt, text), "decision": None if n % 97 == 0 else Opened(salt, f"§ {n}")}
    return ExportEntry(envelope, entry_leaf_hash(envelope).hex(), parts)


def made(changed: dict[int, str] | None = None) -> Register:
    entries = [
        an_entry(n, (changed or {}).get(n, f"Löfte {n}: fotpatrull, ”minst {n % 7} i veckan”")) for n in range(ENTRIES)
    ]
    register = Register([], [bytes.fromhex(entry.leaf) for entry in entries])
    notes = [register.checkpoint(size) for size in SIGNED]
    register.lines.extend(export_lines(origin=ORIGIN, entries=entries, checkpoints=notes))
    return register


@pytest.fixture(scope="module")
def register() -> Register:
    return made()


@pytest.fixture(scope="module")
def whole(register) -> VerificationReport:
    """The report on the untouched export."""
    report = verify_export(register.lines, KEY)
    assert report.holds
    return report


def readings(register: Register) -> Iterator[tuple[int, Reading]]:
    """The reading as it stands before each line, by the line's place in the list."""
    reading = Reading(KEY)
    for place, line in enumerate(register.lines):
        yield place, reading
        assert reading.take(line), reading.report().sentence_en
    assert reading.finish()


def flipped(line: bytes, at: int) -> bytes:
    """The line with one byte changed: a letter in its case, anything else to its neighbour."""
    flip = 0x20 if line[at : at + 1].isalpha() else 0x01
    return line[:at] + bytes([line[at] ^ flip]) + line[at + 1 :]


def found(register: Register, reading: Reading, place: int, at: int) -> Problem | None:
    """What is found when the byte is changed and the reading goes on, to the end of the file if need be."""
    reading, following = reading.copy(), register.lines[place + 1 :]
    changed = flipped(register.lines[place], at)
    if not changed.endswith(b"\n"):  # the line runs on into the next
        changed, following = changed + b"".join(following[:1]), following[1:]
    for line in (*changed.splitlines(keepends=True), *following):
        if not reading.take(line):
            return reading.problem
    reading.finish()
    return reading.problem


def names(problem: Problem | None, place: int) -> bool:
    """Whether the sentence says where it is: the entry, or the part outside entries."""
    if problem is None:
        return False
    if 1 <= place <= ENTRIES:
        entry = place - 1
        return problem.entry == entry and re.search(rf"\bpost {entry}\b", problem.sentence(0), re.I) is not None
    return any(part in problem.sentence(0) for part in ("ontrollpunkt", "rad 1", "Rad 1 ", "Filen gäller en annan"))


def test_every_byte_of_twenty_entries_and_of_all_outside_entries(register):
    drawn = random.Random(SEED).sample(range(1, ENTRIES + 1), 20)
    places = {0, *drawn, *range(ENTRIES + 1, len(register.lines))}
    tried, missed = 0, []
    for place, reading in readings(register):
        if place not in places:
            continue
        for at in range(len(register.lines[place])):
            tried += 1
            if not names(found(register, reading, place, at), place):
                missed.append((place, at, register.lines[place][at : at + 1]))
    assert missed == []
    assert tried == sum(len(register.lines[place]) for place in places) > 8_000


def test_a_thousand_places_anywhere_in_the_file(register):
    lengths = [len(line) for line in register.lines]
    drawn = random.Random(SEED + 1).choices(range(len(lengths)), weights=lengths, k=1_000)
    rest = random.Random(SEED + 2)
    missed = []
    for place, reading in readings(register):
        for _ in range(drawn.count(place)):
            at = rest.randrange(lengths[place])
            if not names(found(register, reading, place, at), place):
                missed.append((place, at))
    assert missed == []


def test_what_is_dropped_moved_or_put_in_is_found_from_the_file_alone(register):
    lines, source = register.lines, random.Random(SEED + 3)
    for place in source.sample(range(1, ENTRIES), 5):
        swapped = [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]
        for tampered in (
            [*lines[:place], *lines[place + 1 :]],
            swapped,
            [*lines[:place], lines[place], *lines[place:]],
        ):
            report = verify_export(tampered, KEY)
            assert report.problem is not None
            assert report.problem.reason in {Reason.SEQUENCE, Reason.CHECKPOINT_SIZE}
            assert abs((report.problem.entry or 0) - (place - 1)) <= 1


def test_a_foreign_key_is_found_from_the_file_alone(register):
    signed = [checkpoint_line(register.checkpoint(size, FOREIGN)) for size in SIGNED]
    report = verify_export([*register.lines[: ENTRIES + 1], *signed], KEY)
    assert report.problem is not None
    assert report.problem.reason is Reason.CHECKPOINT_UNKNOWN_KEY


def test_what_its_own_keeper_does_is_found_against_a_newer_or_another_checkpoint(register, whole):
    """The file alone holds each time: whoever has the key can sign anything. A checkpoint kept elsewhere tells."""
    header = register.lines[0].replace(b'"size":10000', b'"size":4000')
    truncated = verify_export([header, *register.lines[1:4_001], register.lines[ENTRIES + 1]], KEY)
    assert truncated.holds
    newest = register.checkpoint(ENTRIES)
    assert verify_against_older(truncated, newest).problem.reason is Reason.OLDER_LARGER

    rewritten = made({1_234: "Löfte 1234: ingenting"})
    resigned = verify_export(rewritten.lines, KEY)
    assert resigned.holds
    assert verify_against_older(resigned, newest).problem.reason is Reason.OLDER_ROOT
    # Two views of the same size, each shown to its own readers: a reader of one has kept its checkpoint.
    assert verify_against_older(whole, rewritten.checkpoint(ENTRIES)).problem is not None
    assert verify_against_older(whole, register.checkpoint(SIGNED[0])).holds

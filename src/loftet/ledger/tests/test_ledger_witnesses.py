"""Witnesses: what they sign, and what only they can show."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from loftet.ledger.checkpoints import BadSignatureError, CheckpointFormatError, parse_checkpoint
from loftet.ledger.cosignatures import WitnessKey, cosign, cosigned_at
from loftet.ledger.keys import VerifierKey
from loftet.ledger.report import Reason
from loftet.ledger.verification import verify_against_older, verify_export, verify_witnessed

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARCHIVE, PAPER = Ed25519PrivateKey.from_private_bytes(b"a" * 32), Ed25519PrivateKey.from_private_bytes(b"p" * 32)
KEY = WitnessKey.of("arkivet.example/vittne", ARCHIVE.public_key())
OTHER = WitnessKey.of("tidningen.example", PAPER.public_key())


def by_archive(text: str, at: datetime = AT) -> str:
    return cosign(text, name=KEY.name, private_key=ARCHIVE, at=at)


@pytest.fixture
def book(make_book):
    """Five entries; the archive has seen the first three."""
    book = make_book()
    for number in range(3):
        book.add({"text": f"text {number}"})
    book.checkpoints[-1:] = [by_archive(book.sign())]
    book.add({"text": "text 3"})
    book.add({"text": "text 4"})
    book.sign()
    return book


def test_the_line_is_the_one_of_the_standard(book):
    """C2SP tlog-cosignature, worked out here from its text alone."""
    text = book.checkpoints[0]
    body, _, lines = text.rpartition("\n\n")
    assert lines.splitlines()[1].startswith("— arkivet.example/vittne ")
    blob = base64.b64decode(lines.splitlines()[1].split(" ")[2])
    public = ARCHIVE.public_key().public_bytes_raw()
    assert len(blob) == 4 + 8 + 64
    assert blob[:4] == hashlib.sha256(b"arkivet.example/vittne\n\x04" + public).digest()[:4]
    assert int.from_bytes(blob[4:12], "big") == 1795435200
    message = b"cosignature/v1\ntime 1795435200\n" + body.encode() + b"\n"
    Ed25519PublicKey.from_public_bytes(public).verify(blob[12:], message)
    encoded = base64.b64encode(b"\x04" + public).decode()
    assert KEY.vkey == f"arkivet.example/vittne+{blob[:4].hex()}+{encoded}"
    assert WitnessKey.parse(KEY.vkey) == KEY


def test_a_witness_cannot_pass_for_a_register_nor_a_register_for_a_witness():
    register = VerifierKey.of(KEY.name, ARCHIVE.public_key())
    assert register.key_id != KEY.key_id
    assert register != KEY
    with pytest.raises(ValueError, match="verifier key"):
        VerifierKey.parse(KEY.vkey)
    with pytest.raises(ValueError, match="verifier key"):
        WitnessKey.parse(register.vkey)


def test_the_report_says_how_far_a_witness_has_seen(book):
    report = verify_witnessed(verify_export(book.lines(), book.key), [KEY])
    assert report.holds
    assert [(one.key, one.size, one.at) for one in report.witnessed] == [(KEY, 3, AT)]
    assert "vittnet arkivet.example/vittne har sett de 3 första posterna (2026-11-23)" in report.sentence_sv
    assert "the witness arkivet.example/vittne has seen the first 3 entries (2026-11-23)" in report.sentence_en
    assert report.unchecked_signatures == 0
    assert verify_export(book.lines(), book.key).unchecked_signatures == 1


def test_a_witness_that_has_not_signed_is_missed(book):
    report = verify_witnessed(verify_export(book.lines(), book.key), [KEY, OTHER])
    assert report.problem.reason is Reason.WITNESS_MISSING
    assert "Vittnet tidningen.example har inte skrivit under" in report.sentence_sv


def test_a_report_that_has_failed_stays_so(book):
    lines = book.lines()
    failed = verify_export([*lines[:2], *lines[3:]], book.key)
    assert verify_witnessed(failed, [KEY]) == failed


def test_every_changed_byte_of_the_line_is_found(book):
    """Also one that only changes the time: it is signed."""
    text = book.checkpoints[0]
    line = text.index("— arkivet") + len("— arkivet.example/vittne ")
    found = set()
    for place in range(line, len(text) - 1):
        for other in "AZ9":
            if text[place] == other:
                continue
            changed = text[:place] + other + text[place + 1 :]
            try:
                assert cosigned_at(parse_checkpoint(changed), KEY) is None, place
                found.add("unknown")  # its key id is another's
            except (BadSignatureError, CheckpointFormatError) as fault:
                found.add(type(fault).__name__)
    assert found == {"unknown", "BadSignatureError", "CheckpointFormatError"}
    book.checkpoints[0] = text[: line + 20] + ("B" if text[line + 20] != "B" else "C") + text[line + 21 :]
    report = verify_witnessed(verify_export(book.lines(), book.key), [KEY])
    assert report.problem.reason is Reason.WITNESS_SIGNATURE


def test_a_time_beyond_time_is_refused(book):
    blob = KEY.key_id + b"\xff" * 8 + b"\x00" * 64
    text = book.checkpoints[1] + f"— {KEY.name} {base64.b64encode(blob).decode()}\n"
    with pytest.raises(BadSignatureError):
        cosigned_at(parse_checkpoint(text), KEY)


def test_the_latest_of_several_lines_counts(book):
    later = datetime(2026, 12, 1, tzinfo=UTC)
    assert cosigned_at(parse_checkpoint(by_archive(book.checkpoints[0], later)), KEY) == later


# --- What an export alone cannot show --------------------------------------------------------------------------------
@pytest.fixture
def rewritten(make_book):
    """Whoever holds the key has changed entry 1 and signed everything anew."""
    book = make_book()
    for text in ("text 0", "något annat", "text 2", "text 3", "text 4"):
        book.add({"text": text})
    book.sign()
    return book


def test_a_register_that_is_signed_anew_with_the_same_key_is_found(book, rewritten):
    report = verify_export(rewritten.lines(), book.key)
    assert report.holds, "its own key vouches for it"
    assert verify_against_older(report, book.checkpoints[0]).problem.reason is Reason.OLDER_ROOT
    assert verify_witnessed(report, [KEY]).problem.reason is Reason.WITNESS_MISSING


def test_a_split_view_is_found(book, rewritten):
    """A line that the witness gave for the one register does not fit the other."""
    line = book.checkpoints[0].splitlines(keepends=True)[-1]
    rewritten.checkpoints[-1] += line
    report = verify_witnessed(verify_export(rewritten.lines(), book.key), [KEY])
    assert report.problem.reason is Reason.WITNESS_SIGNATURE


def test_a_register_cut_short_is_found(book, make_book):
    short = make_book()
    for number in range(2):
        short.add({"text": f"text {number}"})
    short.sign()
    report = verify_export(short.lines(), book.key)
    assert report.holds
    assert verify_against_older(report, book.checkpoints[0]).problem.reason is Reason.OLDER_LARGER
    assert verify_witnessed(report, [KEY]).problem.reason is Reason.WITNESS_MISSING

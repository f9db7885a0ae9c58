from __future__ import annotations

import hashlib

import pytest

from loftet.ledger.entries import EnvelopeError, build_envelope, check_envelope, entry_leaf_hash, leaf_bytes

COMMITMENT = "ab" * 32
GIVEN = {
    "n": 0,
    "kind": "promise.signed",
    "subject": "p-1",
    "time": "2026-11-22T20:30:00Z",
    "parts": {"text": COMMITMENT},
}


def test_the_leaf_is_the_canonical_envelope():
    envelope = build_envelope(**GIVEN)
    expected = (
        b'{"kind":"promise.signed","n":0,"parts":{"text":"' + COMMITMENT.encode() + b'"},"subject":"p-1",'
        b'"time":"2026-11-22T20:30:00Z","v":1}'
    )
    assert leaf_bytes(envelope) == expected
    assert entry_leaf_hash(envelope) == hashlib.sha256(b"\x00" + expected).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"n": -1}, {"n": True}, {"n": "0"}, {"n": 2**53}, {"n": 1.0},
        {"kind": ""}, {"kind": "Signed"}, {"kind": "a b"}, {"kind": "a\n"}, {"kind": "é"}, {"kind": "a" * 65},
        {"kind": 1},
        {"subject": ""}, {"subject": "a b"}, {"subject": "a/b"}, {"subject": "-a"}, {"subject": "å"},
        {"subject": "a\n"},
        {"time": ""}, {"time": "2026-11-22"}, {"time": "2026-11-22T20:30:00+00:00"}, {"time": "2026-11-22T20:30:00.0Z"},
        {"time": "2026-02-30T20:30:00Z"}, {"time": "2026-11-22T24:00:00Z"}, {"time": "2026-11-22T20:60:00Z"},
        {"time": "0000-01-01T00:00:00Z"}, {"time": "2026-11-22T20:30:60Z"}, {"time": "2026-11-22T20:30:00Z\n"},
        {"time": "٢026-11-22T20:30:00Z"}, {"time": "2026-11-22t20:30:00z"},
        {"parts": {"text": COMMITMENT.upper()}}, {"parts": {"text": COMMITMENT[:-1]}}, {"parts": {"text": None}},
        {"parts": {"Text": COMMITMENT}}, {"parts": {"": COMMITMENT}}, {"parts": {"text\n": COMMITMENT}},
    ],
)  # fmt: skip
def test_what_is_not_an_envelope_is_refused(change):
    build_envelope(**GIVEN)
    with pytest.raises(EnvelopeError):
        build_envelope(**GIVEN | change)


@pytest.mark.parametrize("value", [None, [], "x", {}, [["v", 1]]])
def test_other_values_are_no_envelope(value):
    with pytest.raises(EnvelopeError):
        check_envelope(value)


@pytest.mark.parametrize("version", [0, 2, True, "1"])
def test_other_versions_are_refused(version):
    with pytest.raises(EnvelopeError):
        leaf_bytes(build_envelope(**GIVEN) | {"v": version})


def test_nothing_may_be_added_or_left_out():
    envelope = build_envelope(**GIVEN)
    with pytest.raises(EnvelopeError):
        leaf_bytes(envelope | {"note": "x"})
    for field in envelope:
        with pytest.raises(EnvelopeError):
            leaf_bytes({name: value for name, value in envelope.items() if name != field})


@pytest.mark.parametrize("parts", [[], None, "text", ["text"]])
def test_parts_of_another_kind_are_refused(parts):
    with pytest.raises(EnvelopeError):
        leaf_bytes(build_envelope(**GIVEN) | {"parts": parts})


def test_the_parts_given_are_copied():
    parts = {"text": COMMITMENT}
    envelope = build_envelope(**GIVEN | {"parts": parts})
    parts["later"] = COMMITMENT
    assert envelope["parts"] == {"text": COMMITMENT}

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.ledger.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    CanonicalError,
    NotCanonicalError,
    NotJsonError,
    canonical_bytes,
    decimal_text,
    digest,
    exact_bytes,
    parse_exact,
    utc_text,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_written_exactly_is_read_back_and_written_the_same(value):
    data = exact_bytes(value)
    assert parse_exact(data) == value
    assert json.loads(data) == value


@given(st.dictionaries(TEXT.map(lambda text: unicodedata.normalize("NFC", text)), st.integers(0, 9), max_size=6))
def test_the_order_in_which_keys_were_set_does_not_matter(value):
    backwards = dict(reversed(list(value.items())))
    assert canonical_bytes(value) == canonical_bytes(backwards)


def test_keys_are_ordered_by_utf16_units_as_in_rfc_8785_section_3_2_3():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(exact_bytes(dict.fromkeys(keys, 0)))) == ordered


def test_escapes_are_those_of_rfc_8785_section_3_2_2_2():
    assert exact_bytes('\u20ac$\u000f\nA\'B"\\\\"/') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


def test_the_same_text_typed_in_two_ways_has_the_same_bytes():
    composed, decomposed = "Åmål", unicodedata.normalize("NFD", "Åmål")
    assert composed != decomposed
    assert canonical_bytes({decomposed: decomposed}) == canonical_bytes({composed: composed})
    assert digest(decomposed) == digest(composed)
    assert exact_bytes(decomposed) != exact_bytes(composed)


def test_two_keys_that_become_one_in_nfc_are_refused():
    with pytest.raises(CanonicalError, match="two keys"):
        canonical_bytes({"å": 1, "a\u030a": 2})
    assert exact_bytes({"å": 1, "a\u030a": 2})


def test_a_finished_canonical_text_survives_a_combining_mark_after_a_line_break():
    """Written out, the line break ends in the letter n, and NFC of the whole would make it ń."""
    finished = canonical_bytes("rad\n\u0301").decode()
    assert unicodedata.normalize("NFC", finished) != finished
    assert parse_exact(exact_bytes({"text": finished})) == {"text": finished}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1.0, "float"),
        ({"a": [0, {"b": float("nan")}]}, "/a/1/b"),
        (Decimal("1.5"), "Decimal"),
        (datetime(2026, 11, 22, tzinfo=UTC), "datetime"),
        (date(2026, 11, 22), "date"),
        (b"bytes", "bytes"),
        ({1, 2}, "set"),
        ({1: "a"}, "key 1"),
        ({None: "a"}, "key None"),
        (MAX_INTEGER + 1, "beyond"),
        (-MAX_INTEGER - 1, "beyond"),
        ("\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
    ],
)
def test_what_has_no_single_spelling_is_refused_and_the_place_is_named(value, says):
    for write in (canonical_bytes, exact_bytes, digest):
        with pytest.raises(CanonicalError, match=says):
            write(value)


def test_the_largest_integers_and_depth_are_allowed_and_one_more_is_not():
    assert canonical_bytes([MAX_INTEGER, -MAX_INTEGER]) == b"[9007199254740991,-9007199254740991]"
    deep: list = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert parse_exact(exact_bytes(deep)) == deep
    with pytest.raises(CanonicalError, match="deeper"):
        canonical_bytes([deep])
    with pytest.raises(NotCanonicalError):
        parse_exact(b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2))


def test_a_circle_is_refused_and_arguments_are_left_as_they_were():
    circle: list = []
    circle.append(circle)
    with pytest.raises(CanonicalError, match="deeper"):
        canonical_bytes(circle)
    value = {"a\u030a": ("x", ["a\u030a"])}
    canonical_bytes(value)
    assert value == {"a\u030a": ("x", ["a\u030a"])}


def test_a_text_choice_is_written_as_its_text():
    class Kind(StrEnum):
        SIGNED = "signed"

    assert canonical_bytes({"kind": Kind.SIGNED}) == b'{"kind":"signed"}'


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b' "a"',
        b'"\\u0061"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\ud83d\\ude00"',
        b"1.0",
        b"1e2",
        b"-0",
        b"NaN",
        b"-Infinity",
        b"9007199254740992",
        b'"\\ud800"',
        b"[1,2]\r",
    ],
)
def test_every_other_spelling_is_refused(data):
    with pytest.raises(NotCanonicalError):
        parse_exact(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{}{}",
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b'"\n"',
        b"'a'",
        b"01",
        "{}".encode("utf-16"),
        b"9" * 5000,
        b"[" * 200_000,
    ],
)
def test_what_is_not_json_in_utf8_is_refused(data):
    with pytest.raises(NotJsonError):
        parse_exact(data)


def test_times_are_written_in_utc_to_the_second():
    stockholm = timezone(timedelta(hours=1))
    assert utc_text(datetime(2026, 11, 22, 21, 30, 15, 999_999, stockholm)) == "2026-11-22T20:30:15Z"
    assert utc_text(datetime(2026, 1, 1, 0, 30, tzinfo=stockholm)) == "2025-12-31T23:30:00Z"
    with pytest.raises(CanonicalError, match="time zone"):
        utc_text(datetime(2026, 11, 22))  # noqa: DTZ001 - the missing zone is what is tested


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_equal_decimals_are_equal_texts_that_say_the_number(number):
    text = decimal_text(number)
    assert Decimal(text) == number
    assert decimal_text(Decimal(text)) == text
    assert decimal_text(number.normalize()) == text
    assert "E" not in text


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+31", "1E-31", "1E+999999", "1." + "1" * 31]
)
def test_decimals_that_cannot_be_written_out_are_refused(text):
    with pytest.raises(CanonicalError):
        decimal_text(Decimal(text))


def test_decimal_zeros():
    assert [decimal_text(Decimal(text)) for text in ("0", "-0.00", "0E+9", "10", "10.0", "-0.50")] == [
        "0", "0", "0", "10", "10", "-0.5",
    ]  # fmt: skip

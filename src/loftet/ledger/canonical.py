"""Canonical JSON: one value has exactly one sequence of bytes.

The form is RFC 8785 with fewer values allowed: objects with text keys, lists, text, integers within ±(2^53 − 1), true,
false and null. Floats, decimals and times are refused, because they have no single spelling: the caller writes them as
text with `decimal_text` and `utc_text`.

Two functions write. `canonical_bytes` is for content: it first brings every text and key to Unicode NFC, so that ”å”
typed in two ways is one text. `exact_bytes` leaves text as it is and is for lines that carry a finished text, such as
an export. A finished canonical text must never be normalised once more: inside it a line break is spelled ``\\n``, and
NFC would join that ``n`` with a combining mark after it and so break the text.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import rfc8785

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64
_MAX_DECIMAL_PLACES = 30


class CanonicalError(ValueError):
    """The value has no canonical form; the message says where in it and why."""


class NotJsonError(ValueError):
    """The bytes are not JSON in UTF-8."""


class NotCanonicalError(ValueError):
    """The bytes are JSON but not the canonical bytes of the value they hold."""


def normal_text(text: str) -> str:
    """Return the text in Unicode NFC.

    >>> normal_text("Va\\u030axjo\\u0308") == "V\\u00e5xj\\u00f6"
    True
    """
    return unicodedata.normalize("NFC", text)


def canonical_bytes(value: Any) -> bytes:
    """Return the canonical bytes of a value, its texts and keys first brought to NFC. Raises `CanonicalError`.

    >>> canonical_bytes({"b": [1, True, None], "a": "Mora"})
    b'{"a":"Mora","b":[1,true,null]}'
    """
    return rfc8785.dumps(_checked(value, normalise=True, where="", depth=0))


def exact_bytes(value: Any) -> bytes:
    """Return the canonical bytes of a value without touching its texts. Raises `CanonicalError`."""
    return rfc8785.dumps(_checked(value, normalise=False, where="", depth=0))


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical bytes of a value, in lower-case hex.

    >>> digest({})
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def parse_exact(data: bytes) -> Any:
    """Return the value whose `exact_bytes` are these bytes, and no others.

    Raises `NotJsonError`, or `NotCanonicalError` for any other spelling of the same value: spaces, another order of
    keys, a key twice, needless escapes, floats.
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_refuse_number, parse_constant=_refuse_number)
    except NotCanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise NotJsonError(str(error)) from error
    try:
        written = exact_bytes(value)
    except CanonicalError as error:
        raise NotCanonicalError(str(error)) from error
    if written != data:
        raise NotCanonicalError("the same value is written differently in canonical form")
    return value


def utc_text(moment: datetime) -> str:
    """Return a moment as text in UTC, whole seconds; what is smaller than a second is cut off.

    >>> from datetime import timedelta, timezone
    >>> utc_text(datetime(2026, 11, 22, 21, 30, tzinfo=timezone(timedelta(hours=1))))
    '2026-11-22T20:30:00Z'
    """
    if moment.utcoffset() is None:
        raise CanonicalError("a time without a time zone says no moment")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def decimal_text(number: Decimal) -> str:
    """Return a decimal as text: no exponent, no needless zeros, so that equal numbers are equal texts.

    >>> [decimal_text(Decimal(text)) for text in ("1.500", "1E+3", "-0.0", "100")]
    ['1.5', '1000', '0', '100']
    """
    if not number.is_finite():
        raise CanonicalError(f"{number} is not a number that can be written out")
    if number.is_zero():
        return "0"
    if abs(number.adjusted()) > _MAX_DECIMAL_PLACES or int(number.as_tuple().exponent) < -_MAX_DECIMAL_PLACES:
        raise CanonicalError(f"{number} has more than {_MAX_DECIMAL_PLACES} places")
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _checked(value: Any, *, normalise: bool, where: str, depth: int) -> Any:
    """Return a plain copy of the value that RFC 8785 writes in one way only, or raise `CanonicalError`."""
    if depth > MAX_DEPTH:
        raise CanonicalError(f"{where or 'the value'}: nested deeper than {MAX_DEPTH} levels")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _checked_text(value, normalise, where)
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise CanonicalError(f"{where or 'the value'}: {value} is beyond ±(2^53 − 1)")
        return int(value)
    if isinstance(value, list | tuple):
        return [
            _checked(item, normalise=normalise, where=f"{where}/{index}", depth=depth + 1)
            for index, item in enumerate(value)
        ]
    if isinstance(value, dict):
        return _checked_object(value, normalise, where, depth)
    raise CanonicalError(f"{where or 'the value'}: {type(value).__name__} has no canonical form; give it as text")


def _checked_text(text: str, normalise: bool, where: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError(f"{where or 'the value'}: half of a surrogate pair is not text") from error
    return normal_text(text) if normalise else text


def _checked_object(value: dict[Any, Any], normalise: bool, where: str, depth: int) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise CanonicalError(f"{where or 'the value'}: the key {key!r} is not text")
        name = _checked_text(key, normalise, where)
        if name in checked:
            raise CanonicalError(f"{where or 'the value'}: two keys become ”{name}” in NFC")
        checked[name] = _checked(item, normalise=normalise, where=f"{where}/{name}", depth=depth + 1)
    return checked


def _refuse_number(spelling: str) -> Any:
    raise NotCanonicalError(f"{spelling} is not an integer")

"""Turning content into the exact characters that are signed, and back."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from loftet.ledger.canonical import canonical_bytes, decimal_text


def freeze(content: dict[str, Any]) -> tuple[str, str]:
    """Canonical text (RFC 8785, NFC) of a content and its SHA-256 digest in hex."""
    frozen = canonical_bytes(content)
    return frozen.decode(), hashlib.sha256(frozen).hexdigest()


def thaw(text: str) -> dict[str, Any]:
    """The content as data again."""
    return json.loads(text)


def digest_of(text: str) -> str:
    """SHA-256 of a frozen text, computed anew."""
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A dataclass with dates, decimals and tuples as plain JSON data: no floats, decimals and dates as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def rebuild(kind: Any, data: Any) -> Any:
    """The inverse of `plain`, guided by the dataclass's own type hints."""
    if data is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{field.name: rebuild(hints[field.name], data[field.name]) for field in fields(kind)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(rebuild(inner[0], item) for item in data)
    if origin in (Union, UnionType):
        return rebuild(next(option for option in inner if option is not NoneType), data)
    if kind is Decimal:
        return Decimal(data)
    if kind is date:
        return date.fromisoformat(data)
    return data


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields. Working them out from the source takes longer than all the rest."""
    return get_type_hints(kind)

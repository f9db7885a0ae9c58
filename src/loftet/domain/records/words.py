"""Finding words in what is kept, and taking them out of it. Pure: values in, values out."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from loftet.domain.base.models import WITHHELD

# Ids, dates, times and amounts are not words that anybody wrote, and other rows are found by them.
_NOT_WORDS = re.compile(r"[0-9a-hjkmnp-tv-z]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?|-?[0-9]+(\.[0-9]+)?|[0-9a-f]{64}")


def pattern(words: str) -> re.Pattern[str]:
    """What finds the words: in either case, and however they were spaced."""
    pieces = unicodedata.normalize("NFC", words).split()
    return re.compile(r"\s+".join(re.escape(piece) for piece in pieces), re.IGNORECASE)


def holds(value: Any, wanted: re.Pattern[str]) -> bool:
    """Whether a text, or any text in JSON data or in JSON written as text, holds the words."""
    return without(value, wanted) != value


def without(value: Any, wanted: re.Pattern[str]) -> Any:
    """The same value with the words taken out, and a mark in their place."""
    match value:
        case str() if (data := _parsed(value)) is not None:
            taken = without(data, wanted)
            return value if taken == data else _written(taken)
        case str():
            return value if _NOT_WORDS.fullmatch(value) else wanted.sub(WITHHELD, unicodedata.normalize("NFC", value))
        case dict():
            return {key: without(item, wanted) for key, item in value.items()}
        case list():
            return [without(item, wanted) for item in value]
    return value


def _parsed(text: str) -> Any:
    """The data of a text that is JSON; None for any other text."""
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

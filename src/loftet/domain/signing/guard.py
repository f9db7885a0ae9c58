"""The text guard for what staff write: a signed text can never be unsaid, so it is read before it is put forward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loftet.analysis.identifying_text import find_identifying
from loftet.domain.base.errors import DomainError


def refuse_identifying(content: dict[str, Any]) -> None:
    """Raise `DomainError`, naming the words, if a text in the content looks as if it points out a person.

    Names pass: places, firms and foundations bear names too, two parties read what they sign, and nothing may stop
    them from signing what they have decided.
    """
    for text in _texts(content):
        if found := [text[hit.start : hit.end] for hit in find_identifying(text) if hit.kind != "name"]:
            words = ", ".join(f"”{one}”" for one in found)
            raise DomainError(
                f"Texten {words} ser ut att peka ut en person. Skriv om den innan den publiceras. Utkastet är kvar."
            )


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)
    # Addresses to public sources may hold anything and point out nobody here.
    elif isinstance(value, str) and key not in {"url", "source_url", "id", "dialogue", "party", "code"}:
        yield value

"""Words that the guard knows: names of people, places that look like them, and what stands around them."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(text.split())

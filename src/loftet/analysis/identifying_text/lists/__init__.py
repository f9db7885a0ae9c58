"""Words that the guard knows: names of people, places that look like them, and what stands around them."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """The words of a list that is written as running text.

    >>> sorted(words_in("gata väg torg gata"))
    ['gata', 'torg', 'väg']
    """
    return frozenset(text.split())

"""Finding things on a page by the words that people see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loftet.testing.page_rules.document import words


class NotOnThePage(AssertionError):
    """A test looks for something that a person would not find on the page."""


def by_words(named: Iterable[tuple[str, Any]], sought: str) -> list[Any]:
    """The things with exactly these words; if there are none, those that begin with them."""
    named = [(words(name), thing) for name, thing in named]
    exact = [thing for name, thing in named if name == words(sought)]
    found = exact or [thing for name, thing in named if name.startswith(words(sought))]
    return list(dict.fromkeys(found))


def look_again(kind: str, sought: str, there: list[str], count: int) -> str:
    """The sentence for a test that did not find exactly one thing: what was sought and what there is."""
    found = "None" if not count else f"{count}"
    return f"Looked for one {kind} ”{sought}”. {found} fits. On the page: {'; '.join(there) or 'nothing of the kind'}."

"""House rules that every page must keep, checked on each page that any test fetches.

A rule is a function that takes a `Document` and yields one sentence for each place that breaks it: what is wrong,
where, and the remedy. To add a rule, write the function in the module it belongs to, name it in that module's `RULES`,
and show in the tests a page that breaks it and one that keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from loftet.testing.page_rules import cleanliness, links, markup, names, structure, words
from loftet.testing.page_rules.document import Document

Rule = Callable[[Document], Iterator[str]]
RULES: tuple[Rule, ...] = (
    *markup.RULES,
    *structure.RULES,
    *names.RULES,
    *links.RULES,
    *cleanliness.RULES,
    *words.RULES,
)


def check_page(
    html: str, *, status: int = 200, language: str = "sv", route_exists: Callable[[str], bool] | None = None
) -> list[str]:
    """Return one sentence for each broken rule, each with its remedy; an empty list when the page keeps them all.

    `language` is the language that the page declares. `route_exists` answers whether an address within the site leads
    somewhere; without it addresses are checked for their form only.
    """
    document = Document(html, status=status, language=language, route_exists=route_exists)
    return check_document(document)


def check_document(document: Document) -> list[str]:
    """The same for a page that is parsed already."""
    return [f"{rule.__name__}: {sentence}" for rule in RULES for sentence in rule(document)]


__all__ = ["RULES", "Document", "check_document", "check_page"]

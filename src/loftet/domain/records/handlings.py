"""What a partnership has decided and asked that the law wants registered: told by the steps that own it.

This step stands below them, so it is told and need not know them (as with `holdings`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.records.models import DocumentType


@dataclass(frozen=True)
class Handling:
    """One thing to register: what it is, since when, and in whose diaries it belongs, the first one's before others'.

    `numbers` are diary numbers that were written when it was decided, by the organisation's primary key. `closed` is
    the day from which the time until weeding is counted; None while it is still open. What is signed has the number of
    its version and the digest that stands under the signatures.
    """

    thing: Any
    document_type: DocumentType
    title: str
    dated: date
    parties: tuple[Organisation, ...]
    numbers: Mapping[int, str] = field(default_factory=dict)
    closed: date | None = None
    version: int = 0
    digest: str = ""

    @property
    def subject(self) -> str:
        """Its permanent id."""
        return self.thing.public_id


Source = Callable[[Partnership, datetime], Iterable[Handling]]
_sources: list[Source] = []


def tell(source: Source) -> None:
    """Let a step say what it has of a partnership. Called once, when the step is loaded."""
    if source not in _sources:
        _sources.append(source)


def of(partnership: Partnership, at: datetime) -> Iterator[Handling]:
    """Everything of a partnership that is to be registered."""
    for source in _sources:
        yield from source(partnership, at)

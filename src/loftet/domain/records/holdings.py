"""What the installation holds for a partnership: the rows of every step, told by the steps themselves.

A decision to withhold words reaches all of it, and this step needs not know what lies above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from loftet.domain.parties.models import Membership, Partnership


@dataclass(frozen=True)
class Holding:
    """Rows of one model. `keep_masked` is told what an emptied row said with the words taken out, to keep that.

    Where not everyone who decides about words may know what all rows say, `known_to` gives the rows for one hat.
    """

    rows: QuerySet
    keep_masked: Callable[..., Any] | None = None
    known_to: Callable[[Membership, datetime], QuerySet] | None = None

    def rows_for(self, by: Membership, at: datetime) -> QuerySet:
        """The rows that one with this hat may look for words in."""
        return self.known_to(by, at) if self.known_to else self.rows


Source = Callable[[Partnership], Iterable[Holding]]
_sources: list[Source] = []


def tell(source: Source) -> None:
    """Let a step say which of its rows belong to a partnership. Called once, when the step is loaded."""
    if source not in _sources:
        _sources.append(source)


def of(partnership: Partnership) -> Iterator[Holding]:
    """The rows of every step that belong to a partnership, each kind by itself."""
    for source in _sources:
        yield from source(partnership)

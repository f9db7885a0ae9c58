"""Where words stand in what is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from loftet.domain.journal import queries as journal
from loftet.domain.journal.models import Event
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Slug
from loftet.domain.records import holdings
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import WeedingDecision
from loftet.domain.records.words import holds, pattern
from loftet.domain.register import queries as register
from loftet.domain.register.models import Content


@dataclass
class Found:
    """Everything of a partnership that holds some words: rows with the fields in question, texts in the register,
    events in the history, and names in addresses."""

    rows: list[tuple[Holding, models.Model, list[str]]] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    slugs: list[Slug] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.rows or self.contents or self.events or self.slugs)

    def counts(self) -> dict[str, int]:
        """How many of each kind, by what people call it."""
        kinds = Counter(str(row._meta.verbose_name) for _holding, row, _fields in self.rows)
        others = {
            "text i löftesboken": len(self.contents),
            "händelse i historiken": len(self.events),
            "adress": len(self.slugs),
        }
        return {**kinds, **{name: count for name, count in others.items() if count}}


def found(partnership: Partnership, words: str, *, by: Membership, at: datetime) -> Found:
    """Everything of the partnership that holds the words, in either case and however they are spaced.

    Only of what one with this hat may know: to look for words in something is to read it.
    """
    wanted, seen = pattern(words), Found()
    # What was left of a text when other words were withheld stands in the register under that decision.
    subjects = set(WeedingDecision.objects.filter(partnership=partnership).values_list("public_id", flat=True))
    for holding in holdings.of(partnership):
        names = word_fields(holding.rows.model)
        for row in holding.rows_for(by, at):
            subjects.add(getattr(row, "public_id", ""))
            if fields := [name for name in names if holds(getattr(row, name), wanted)]:
                seen.rows.append((holding, row, fields))
    subjects.discard("")
    seen.contents = list(_with(register.contents_about(subjects), wanted))
    mine = by.organisation.public_id
    told = journal.events_about(subjects, partnership=partnership.public_id).filter(only_for__in=["", mine])
    seen.events = list(_with(told, wanted))
    seen.slugs = places.slugs_with(words, subjects)
    return seen


def word_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model in which people's words may stand."""
    return [
        f.name
        for f in model._meta.local_concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField)
        and not f.choices
        and f.editable
        and not f.unique
    ]


def _with(rows: Iterable[Any], wanted: re.Pattern[str]) -> Iterator[Any]:
    return (row for row in rows if any(holds(getattr(row, name), wanted) for name in row.withholdable))

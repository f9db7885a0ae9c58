"""What a part of a thing consists of, row by row: told by the steps that own it, so that all of it goes in one act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from loftet.domain.base.models import AppendOnly
from loftet.domain.records import door
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType, WeedingDecision


@dataclass(frozen=True)
class Weedable:
    """Rows of one model that go. With `emptied` the rows stay, to be counted, and that is what is left in them.

    `what` is what people call them. Of what is not `is_told` the count is not public: beside other figures it could
    tell how few people did something. The rows told before are weeded before.
    """

    what: str
    rows: QuerySet
    emptied: Mapping[str, Any] | None = None
    is_told: bool = True


@dataclass(frozen=True)
class Found:
    """The rows as they are when somebody looks: by primary key, so that exactly these go and no others."""

    weedable: Weedable
    pks: tuple[int, ...]


Source = Callable[[Handling, DocumentType], Iterable[Weedable]]
_sources: list[Source] = []


def tell(source: Source) -> None:
    """Let a step say what it has of a part of a thing. Called once, when the step is loaded."""
    if source not in _sources:
        _sources.append(source)


def found(about: Handling, part: DocumentType) -> list[Found]:
    """Every row that a part of a thing consists of now."""
    told = [one for source in _sources for one in source(about, part)]
    return [Found(one, tuple(one.rows.order_by("pk").values_list("pk", flat=True))) for one in told]


def counts(rows: Iterable[Found]) -> dict[str, int]:
    """How many of each kind, by what people call it; kinds without rows are left out."""
    return {one.weedable.what: len(one.pks) for one in rows if one.pks}


def digest(rows: Iterable[Found]) -> str:
    """A number for exactly these rows, so that what was looked at is what goes."""
    seen = hashlib.sha256()
    for one in rows:
        seen.update(f"{one.weedable.rows.model._meta.label} {one.pks}\n".encode())
    return seen.hexdigest()


def weed(rows: Iterable[Found], *, decision: WeedingDecision) -> None:
    """Let the rows go: append-only ones through the door, by the decision that names them."""
    for one in rows:
        _weed(one.weedable, one.pks, decision)


def _weed(about: Weedable, pks: Sequence[int], decision: WeedingDecision) -> None:
    model = about.rows.model
    for start in range(0, len(pks), door.AT_A_TIME):
        chosen = model._base_manager.filter(pk__in=pks[start : start + door.AT_A_TIME])
        if issubclass(model, AppendOnly):
            door.delete(chosen.only("pk"), decision=decision)
        elif about.emptied is None:
            chosen.delete()
        else:
            chosen.update(**about.emptied)

"""What is to be registered, under which number each party has done so, and how long it is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.records import handlings, keeping
from loftet.domain.records.handlings import Handling
from loftet.domain.records.keeping import Rule
from loftet.domain.records.models import WEEDABLE, DiaryNumber, DocumentType


@dataclass(frozen=True)
class Kept:
    """How long a part of something is kept: the rule, and the first day it may be weeded when that is known."""

    rule: Rule
    due_on: date | None


@dataclass(frozen=True)
class Registered:
    """A thing to register, the diary number of each party ("" where it is missing), and how its parts are kept."""

    handling: Handling
    numbers: tuple[tuple[Organisation, str], ...]
    kept: tuple[Kept, ...]

    def lacks(self, organisations: Collection[int]) -> bool:
        """Whether one of some organisations, by primary key, has yet to register it."""
        return any(not number for party, number in self.numbers if party.pk in organisations)


def registered(partnership: Partnership, own: Collection[int], at: datetime | None = None) -> list[Registered]:
    """Everything of a partnership that is to be registered: first what some organisations lack a number for, then the
    newest. The rules shown are theirs, or those of the first party where they are none."""
    at = at or clock.now()
    found = list(handlings.of(partnership, at))
    entered = _entered([one.subject for one in found])
    rules = keeping.rules_of({party for one in found for party in one.parties}, clock.day_of(at))
    rows = [Registered(one, _numbers(one, entered), _kept(one, rules[_keeper(one, own).pk])) for one in found]
    rows.sort(key=lambda row: row.handling.dated, reverse=True)
    return sorted(rows, key=lambda row: not row.lacks(own))


def lacking(partnership: Partnership, own: Collection[int], at: datetime | None = None) -> list[Handling]:
    """What some organisations have yet to register."""
    return [row.handling for row in registered(partnership, own, at) if row.lacks(own)]


def handling(partnership: Partnership, subject: str, at: datetime | None = None) -> Handling:
    """One thing to register, by its permanent id. Raises `DomainError`."""
    for one in handlings.of(partnership, at or clock.now()):
        if one.subject == subject:
            return one
    raise DomainError("Det finns ingen sådan handling i partnerskapet. Inget är ändrat.")


def number_of(about: Handling, organisation: Organisation) -> str:
    """The diary number that an organisation has for a thing, or nothing."""
    row = DiaryNumber.objects.filter(subject=about.subject, organisation=organisation).last()
    return row.number if row else about.numbers.get(organisation.pk, "")


def _entered(subjects: Sequence[str]) -> dict[tuple[str, int], tuple[Organisation, str]]:
    """The latest number that each organisation has entered for each of some things."""
    rows = DiaryNumber.objects.filter(subject__in=subjects).select_related("organisation").order_by("id")
    return {(row.subject, row.organisation_id): (row.organisation, row.number) for row in rows}


def _numbers(one: Handling, entered: dict) -> tuple[tuple[Organisation, str], ...]:
    """Each party with its number, then others that have registered it too."""
    told = {party.pk: (party, one.numbers.get(party.pk, "")) for party in one.parties}
    told |= {pk: known for (subject, pk), known in entered.items() if subject == one.subject}
    return tuple(told.values())


def _keeper(one: Handling, own: Collection[int]) -> Organisation:
    return next((party for party in one.parties if party.pk in own), one.parties[0])


def _kept(one: Handling, rules: dict[DocumentType, Rule]) -> tuple[Kept, ...]:
    parts = (one.document_type, *(WEEDABLE if one.document_type == DocumentType.DIALOGUE else ()))
    return tuple(
        Kept(rules[part], rules[part].due_on(one.closed) if one.closed is not None else None) for part in parts
    )

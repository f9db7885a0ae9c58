"""What falls due to be weeded and when, and what has been weeded by which decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.records import handlings, keeping, weedables
from loftet.domain.records.handlings import Handling
from loftet.domain.records.keeping import Rule
from loftet.domain.records.models import WEEDABLE, DocumentType, Weeding


@dataclass(frozen=True)
class Due:
    """One line of the plan: a part of a thing, the rule for it, when it falls due, and what would go today.

    `due_on` is None while the thing is open, and when the rule is to keep. `weeded` are those that have been, newest
    last. `rows` names exactly what would go.
    """

    handling: Handling
    document_type: DocumentType
    rule: Rule
    due_on: date | None
    counts: dict[str, int]
    rows: str
    weeded: tuple[Weeding, ...]

    def may_be_weeded(self, day: date) -> bool:
        """Whether it is due by a rule that is decided, and something is left of it."""
        return self.rule.is_decided and self.due_on is not None and self.due_on <= day and bool(self.counts)


def weeding_plan(partnership: Partnership, organisation: Organisation, at: datetime | None = None) -> list[Due]:
    """What an organisation answers for in a partnership and may weed, what falls due first before the rest."""
    at = at or clock.now()
    rules = keeping.rules_of([organisation], clock.day_of(at))[organisation.pk]
    mine = [one for one in handlings.of(partnership, at) if _is_weedable(one) and organisation in one.parties]
    weeded = weedings(one.subject for one in mine)
    plan = [_due(one, rules[part], weeded) for one in mine for part in WEEDABLE]
    return sorted(plan, key=lambda due: due.due_on or date.max)


def due(
    partnership: Partnership, organisation: Organisation, subject: str, part: str, at: datetime | None = None
) -> Due:
    """One line of the plan. Raises `DomainError` when there is none."""
    for one in weeding_plan(partnership, organisation, at):
        if (one.handling.subject, one.document_type) == (subject, part):
            return one
    raise DomainError("Det finns inget sådant att gallra. Inget är ändrat.")


def weedings(subjects: Iterable[str]) -> list[Weeding]:
    """Everything that has been weeded of some things, oldest first, with the decision and what it took."""
    rows = Weeding.objects.filter(subject__in=list(subjects)).select_related("decision__organisation", "rule")
    return list(rows.order_by("id"))


def is_weeded(subject: str, part: DocumentType) -> bool:
    """Whether a part of a thing has been weeded."""
    return Weeding.objects.filter(subject=subject, document_type=part).exists()


def _is_weedable(one: Handling) -> bool:
    return one.document_type == DocumentType.DIALOGUE


def _due(one: Handling, rule: Rule, weeded: list[Weeding]) -> Due:
    rows = weedables.found(one, rule.document_type)
    return Due(
        handling=one,
        document_type=rule.document_type,
        rule=rule,
        due_on=rule.due_on(one.closed) if one.closed else None,
        counts=weedables.counts(rows),
        rows=weedables.digest(rows),
        weeded=tuple(
            row for row in weeded if (row.subject, row.document_type) == (one.subject, rule.document_type.value)
        ),
    )

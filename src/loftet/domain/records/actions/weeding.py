"""Weeding by decision: exactly the rows that were looked at, in one act, openly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records import door, queries, weedables
from loftet.domain.records.models import RetentionRule, Weeding, WeedingDecision, WeedingTrace
from loftet.domain.records.queries import Due
from loftet.domain.records.weedables import Found
from loftet.domain.register import actions as register
from loftet.ledger.canonical import canonical_bytes

# The kind of entry in the register that says what was weeded and by whom.
WEEDED_ENTRY: Final = "content.weeded"
# A count below this is told as few: in a small place an exact one can point somebody out.
FEW: Final = 5


@transaction.atomic
def weed(
    *,
    partnership: Partnership,
    subject: str,
    document_type: str,
    rows: str,
    by: Membership,
    body: str,
    decided_on: date,
    reason: str,
    diary_number: str = "",
    at: datetime | None = None,
) -> WeedingDecision:
    """Weed one part of a thing that one's own organisation answers for, by a decision that rests on its own rule.

    `rows` is the plan's number for exactly the rows that were looked at. When they are others now, when the part is not
    due, or when the rule is only suggested, nothing goes and `DomainError` is raised. What is left says that it is
    weeded; the register, the released figures and all that is published stand.
    """
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    due = queries.due(partnership, by.organisation, subject, document_type, at)
    rule = _must_be_due(due, clock.day_of(at))
    _must_be_decided(body, reason, decided_on, clock.day_of(at))
    if due.rows != rows:
        raise DomainError("Något har ändrats sedan ni tittade. Se efter igen vad som gallras. Inget är gallrat.")
    found = weedables.found(due.handling, due.document_type)
    decision = WeedingDecision.objects.create(
        kind=WeedingDecision.Kind.WEEDING,
        organisation=by.organisation,
        partnership=partnership,
        body=body.strip(),
        decided_on=decided_on,
        diary_number=diary_number.strip(),
        basis=rule.basis,
        reason=reason.strip(),
        recorded_at=at,
    )
    weedables.weed(found, decision=decision)
    _leave_a_trace(due, rule, decision, _told(found), at)
    data = {"document_type": due.document_type.value, **due.counts}
    journal.record(verb="records.weeded", subject=due.handling.thing, by=by, at=at, data=data)
    transaction.on_commit(door.leave_no_copy)
    return decision


def _must_be_due(due: Due, day: date) -> RetentionRule:
    if due.rule.decided is None:
        raise DomainError("Ni har inte beslutat någon regel för det här. För in er regel först. Inget är gallrat.")
    if due.due_on is None:
        raise DomainError("Det här ska inte gallras: dialogen är öppen, eller så ska det bevaras. Inget är gallrat.")
    if due.due_on > day:
        raise DomainError(f"Det får gallras tidigast {clock.in_words(due.due_on)}. Inget är gallrat.")
    if not due.counts:
        raise DomainError("Det finns inget kvar att gallra. Inget är ändrat.")
    return due.rule.decided


def _must_be_decided(body: str, reason: str, decided_on: date, today: date) -> None:
    if not body.strip() or not reason.strip():
        raise DomainError("Skriv vem som har beslutat och varför. Inget är gallrat.")
    if decided_on > today:
        raise DomainError("Beslutsdatumet ligger i framtiden. Kontrollera datumet. Inget är gallrat.")


def _told(found: list[Found]) -> dict[str, str]:
    """What is said openly of how much went."""
    return {one.weedable.what: _few(len(one.pks)) for one in found if one.weedable.is_told and one.pks}


def _few(count: int) -> str:
    return str(count) if count >= FEW else f"färre än {FEW}"


def _leave_a_trace(
    due: Due, rule: RetentionRule, decision: WeedingDecision, told: dict[str, str], at: datetime
) -> None:
    """What went, how many and why: in the decision's rows, and for everyone in the register."""
    Weeding.objects.create(
        decision=decision,
        rule=rule,
        subject=due.handling.subject,
        document_type=due.document_type,
        told=told,
        rows_digest=due.rows,
    )
    WeedingTrace.objects.bulk_create(
        WeedingTrace(decision=decision, subject=due.handling.subject, what=what, count=count)
        for what, count in due.counts.items()
    )
    register.append(
        kind=WEEDED_ENTRY, subject=due.handling.subject, parts={"decision": _decision_text(due, decision, told)}, at=at
    )


def _decision_text(due: Due, decision: WeedingDecision, counts: dict[str, str]) -> str:
    told = {
        "organisation": decision.organisation.public_id,
        "name": decision.organisation.name,
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat(),
        "diary_number": decision.diary_number,
        "basis": decision.basis,
        "reason": decision.reason,
        "title": due.handling.title,
        "document_type": due.document_type.value,
        "what": str(due.document_type.label),
        "counts": counts,
    }
    return canonical_bytes(told).decode()

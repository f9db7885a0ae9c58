"""Entering diary numbers, and deciding how long things are kept. What was entered before stays as history."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records import queries
from loftet.domain.records.models import WEEDABLE, DiaryNumber, DocumentType, RetentionRule

LONGEST_NUMBER = 40
MOST_MONTHS = 1200


@transaction.atomic
def enter_diary_number(
    *, partnership: Partnership, subject: str, number: str, by: Membership, at: datetime | None = None
) -> DiaryNumber:
    """Say under which number one's own organisation has registered a thing. Another number later takes its place."""
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    number = " ".join(number.split())
    if not number or len(number) > LONGEST_NUMBER:
        raise DomainError(f"Skriv diarienumret med högst {LONGEST_NUMBER} tecken. Inget är ändrat.")
    about = queries.handling(partnership, subject, at)
    entered = DiaryNumber.objects.create(
        subject=subject,
        document_type=about.document_type,
        organisation=by.organisation,
        partnership=partnership,
        number=number,
        recorded_at=at,
    )
    journal.record(verb="records.diary_number_entered", subject=about.thing, by=by, at=at, data={"number": number})
    return entered


@transaction.atomic
def decide_rule(
    *,
    partnership: Partnership,
    document_type: str,
    months: int | None,
    starts: date,
    body: str,
    decided_on: date,
    basis: str,
    by: Membership,
    diary_number: str = "",
    at: datetime | None = None,
) -> RetentionRule:
    """Enter what one's own organisation has decided about a kind of document: kept, or weeded after some months.

    It holds from its first day, in every partnership of the organisation, until the next rule about the same kind.
    """
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    _must_be_sensible(document_type, months, [body, basis], decided_on, clock.day_of(at))
    decided = RetentionRule.objects.create(
        organisation=by.organisation,
        document_type=document_type,
        months=months,
        starts=starts,
        body=body.strip(),
        decided_on=decided_on,
        diary_number=diary_number.strip(),
        basis=basis.strip(),
        recorded_at=at,
    )
    journal.record(
        verb="records.rule_decided",
        subject=decided,
        by=by,
        at=at,
        data={"document_type": document_type, "months": months},
        within=partnership,
    )
    return decided


def _must_be_sensible(document_type: str, months: int | None, told: list[str], decided_on: date, today: date) -> None:
    if document_type not in DocumentType.values:
        raise DomainError("Välj vilken handlingstyp regeln gäller. Inget är ändrat.")
    if months is not None and document_type not in WEEDABLE:
        raise DomainError(
            "Den här handlingstypen bevaras alltid i Löftet. Ord som inte får stå kvar tar ni bort genom ett beslut. "
            "Inget är ändrat."
        )
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise DomainError(f"Skriv efter hur många månader det gallras, mellan 1 och {MOST_MONTHS}. Inget är ändrat.")
    if not all(text.strip() for text in told):
        raise DomainError("Skriv vem som har beslutat och på vilken grund. Inget är ändrat.")
    if decided_on > today:
        raise DomainError("Beslutsdatumet ligger i framtiden. Kontrollera datumet. Inget är ändrat.")

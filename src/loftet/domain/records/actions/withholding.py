"""Withholding words by decision: everywhere the partnership has them, in one act."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.base.models import AppendOnly
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places import actions as places
from loftet.domain.records import door, queries
from loftet.domain.records.models import WeedingDecision, WeedingTrace
from loftet.domain.records.queries.words import Found
from loftet.domain.records.words import holds, pattern, without
from loftet.domain.register import actions as register
from loftet.domain.register.models import Content
from loftet.ledger.canonical import canonical_bytes
from loftet.ledger.entries import WITHHOLDING

# Fewer letters than this stand in too many words to be what anyone means to take away.
SHORTEST = 3


@transaction.atomic
def withhold_words(
    *,
    partnership: Partnership,
    words: str,
    by: Membership,
    body: str,
    decided_on: date,
    basis: str,
    reason: str,
    diary_number: str = "",
    at: datetime | None = None,
) -> WeedingDecision:
    """Take words away wherever the partnership has them, by a decision, and enter openly that it was done.

    What is append-only is emptied and its digest stands; where a masked wording is kept, and in all else, a mark takes
    the words' place. The words themselves are kept nowhere, not in the decision either. Raises `DomainError` when they
    stand nowhere, when they are too short to be meant, or when the reason repeats them.
    """
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    _must_be_sensible(words, [body, basis, reason, diary_number], decided_on, clock.day_of(at))
    found = queries.found(partnership, words, by=by, at=at)
    if not found:
        raise DomainError("Orden finns inte i något som ni har sparat här. Inget är ändrat.")
    decision = WeedingDecision.objects.create(
        kind=WeedingDecision.Kind.WITHHOLDING,
        organisation=by.organisation,
        partnership=partnership,
        body=body.strip(),
        decided_on=decided_on,
        diary_number=diary_number.strip(),
        basis=basis.strip(),
        reason=reason.strip(),
        recorded_at=at,
    )
    _take_away(found, words, decision, at)
    WeedingTrace.objects.bulk_create(
        WeedingTrace(decision=decision, what=what, count=count) for what, count in found.counts().items()
    )
    journal.record(verb="records.words_withheld", subject=decision, by=by, at=at, data=found.counts())
    transaction.on_commit(door.leave_no_copy)
    return decision


def _must_be_sensible(words: str, told: list[str], decided_on: date, today: date) -> None:
    if sum(letter.isalnum() for letter in words) < SHORTEST:
        raise DomainError(f"Skriv minst {SHORTEST} bokstäver av det som ska bort. Inget är ändrat.")
    if not all(text.strip() for text in told[:3]):
        raise DomainError("Skriv vem som har beslutat, med vilket lagstöd och varför. Inget är ändrat.")
    if any(holds(text, pattern(words)) for text in told):
        raise DomainError("Beslutet är offentligt. Upprepa inte orden som ska bort i det. Inget är ändrat.")
    if decided_on > today:
        raise DomainError("Beslutsdatumet ligger i framtiden. Kontrollera datumet. Inget är ändrat.")


def _take_away(found: Found, words: str, decision: WeedingDecision, at: datetime) -> None:
    wanted = pattern(words)
    emptied: dict[type[AppendOnly], list[AppendOnly]] = defaultdict(list)
    for holding, row, fields in found.rows:
        masked = {name: without(getattr(row, name), wanted) for name in fields}
        if isinstance(row, AppendOnly):
            emptied[type(row)].append(row)
            if holding.keep_masked:
                holding.keep_masked(row, masked, decision, at)
        else:
            _fit(row, masked)
            type(row)._base_manager.filter(pk=row.pk).update(**masked)
    for rows in emptied.values():
        door.empty(rows, decision=decision)
    door.empty(found.contents, decision=decision)
    door.empty(found.events, decision=decision)
    places.forget_slugs(found.slugs, at=at)
    if found.contents:
        register.append(
            kind=WITHHOLDING,
            subject=decision.public_id,
            parts={"decision": _decision_text(decision, found.contents), **_masked(found.contents, wanted)},
            at=at,
        )


def _fit(row: models.Model, masked: dict[str, Any]) -> None:
    """Cut what has become too long for its field: the mark may be longer than the words."""
    for name, value in masked.items():
        longest = getattr(row._meta.get_field(name), "max_length", None)
        if longest and isinstance(value, str):
            masked[name] = value[:longest]


def _decision_text(decision: WeedingDecision, contents: list[Content]) -> str:
    """The decision as the register holds it: who, when, by what law, why, and which texts."""
    withheld: dict[int, list[str]] = defaultdict(list)
    for row in contents:
        withheld[row.entry.number].append(row.part)
    told = {
        "organisation": decision.organisation.public_id,
        "name": decision.organisation.name,
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat(),
        "diary_number": decision.diary_number,
        "basis": decision.basis,
        "reason": decision.reason,
        "withheld": [{"entry": number, "parts": sorted(parts)} for number, parts in sorted(withheld.items())],
    }
    return canonical_bytes(told).decode()


def _masked(contents: list[Content], wanted: Any) -> dict[str, str]:
    """Each withheld text with the words taken out, so that the rest of it can still be read.

    It bears the part and the number of the entry where the text first stood, also when more words go later.
    """
    is_masked = {row.pk: row.entry.kind == WITHHOLDING and row.part != "decision" for row in contents}
    names = {row.pk: row.part if is_masked[row.pk] else f"{row.part}.{row.entry.number}" for row in contents}
    return {names[row.pk]: without(row.text, wanted) for row in contents}

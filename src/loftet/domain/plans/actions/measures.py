"""Writing measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.plans.models import Measure

WORDS = ("text", "kind", "depends_on", "amount", "unit", "per", "aggregation", "deliverable", "where", "when")


@transaction.atomic
def add_measure(
    *,
    by: Membership,
    partnership: Partnership,
    organisations: Sequence[Organisation],
    starts: date,
    ends: date,
    at: datetime | None = None,
    **words: Any,
) -> Measure:
    """Add a measure that organisations of the partnership undertake. `words` are those named in `WORDS`."""
    at = at or clock.now()
    rules.must(by, "plans.write", partnership=partnership, at=at)
    measure = Measure(partnership=partnership, starts=starts, ends=ends, created_at=at)
    _write(measure, words)
    _assign(measure, organisations)
    journal.record(verb="plans.measure_added", subject=measure, by=by, at=at)
    return measure


@transaction.atomic
def edit_measure(
    *,
    measure: Measure,
    by: Membership,
    organisations: Sequence[Organisation],
    starts: date,
    ends: date,
    at: datetime | None = None,
    **words: Any,
) -> Measure:
    """Change the working copy of a measure. A signed promise keeps the words it was signed with."""
    rules.must(by, "plans.write", partnership=measure.partnership, at=at)
    before = _kept(measure)
    measure.starts, measure.ends = starts, ends
    _write(measure, words)
    _assign(measure, organisations)
    journal.record(verb="plans.measure_edited", subject=measure, by=by, at=at, data=changes(before, _kept(measure)))
    return measure


def _kept(measure: Measure) -> dict[str, Any]:
    parties = measure.organisations.order_by("name").values_list("name", flat=True)
    return kept(measure, (*WORDS, "starts", "ends"), organisations=parties)


def _write(measure: Measure, words: dict[str, Any]) -> None:
    for name, value in words.items():
        if name not in WORDS:
            raise ValueError(f"a measure has no {name!r}")
        setattr(measure, name, value)
    if measure.amount is None:
        measure.unit = measure.per = measure.aggregation = ""
    elif not (measure.unit and measure.per and measure.aggregation):
        raise DomainError(
            "Ett antal behöver enhet, period och hur det räknas (minst, i snitt, totalt). Inget är sparat."
        )
    if measure.ends < measure.starts:
        raise DomainError("Åtgärdens slut ligger före dess början. Inget är sparat.")
    try:
        measure.full_clean(exclude=["partnership"])
    except ValidationError as fault:
        raise DomainError(f"Åtgärden är inte sparad. {' '.join(fault.messages)}") from fault
    measure.save()


def _assign(measure: Measure, organisations: Sequence[Organisation]) -> None:
    if not organisations:
        raise DomainError("Välj vem som ansvarar för åtgärden. Inget är sparat.")
    if any(not rules.is_member(party, measure.partnership) for party in organisations):
        raise DomainError("Den som ansvarar måste vara med i partnerskapet. Inget är sparat.")
    measure.organisations.set(organisations)

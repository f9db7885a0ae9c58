"""What has been weeded of a thing, as it is told openly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loftet.domain.records import queries
from loftet.domain.records.models import DocumentType, Weeding
from loftet.faces.shared import text


@dataclass(frozen=True)
class Trace:
    """One part that is gone: what, since when, by whose decision on which ground and why, and how many of each."""

    what: str
    weeded_on: date
    decided: str
    basis: str
    reason: str
    counts: str


def traces(subject: str) -> list[Trace]:
    """What has been weeded of a thing, oldest first."""
    return [trace(row) for row in queries.weedings([subject])]


def trace(row: Weeding) -> Trace:
    """One weeding in words. Few are told as few."""
    decision = row.decision
    number = f", diarienummer {decision.diary_number}" if decision.diary_number else ""
    return Trace(
        what=text.capital(DocumentType(row.document_type).label),
        weeded_on=text.day_of(decision.recorded_at),
        decided=f"{decision.organisation.name}, {decision.body}, {text.day(decision.decided_on)}{number}",
        basis=decision.basis,
        reason=decision.reason,
        counts=text.joined(f"{what}: {count}" for what, count in row.told.items()),
    )

"""How long things of a kind are kept: the rule that an organisation has decided, or else a suggestion with its reason.

A suggestion is shown and never acted on: the law asks that an authority itself decides what is weeded, and that what
is left still serves insight, justice, administration and research (arkivlagen 1990:782, 3 and 10 §§). A state authority
weeds only by the National Archives' regulations or decision (arkivförordningen 1991:446, 14 §).
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from loftet.domain.parties.models import Organisation
from loftet.domain.records.models import DocumentType, RetentionRule

DATA = Path(__file__).parent / "data" / "retention.json"


@dataclass(frozen=True)
class Rule:
    """How long one kind of document is kept by an organisation; `decided` is None for what is only suggested.

    `reason` and `source` (the law) are those of the suggestion; a decided rule has its own basis besides.
    """

    document_type: DocumentType
    months: int | None
    reason: str
    source: str
    decided: RetentionRule | None = None

    @property
    def is_decided(self) -> bool:
        """Whether the organisation has decided it."""
        return self.decided is not None

    @property
    def is_kept(self) -> bool:
        """Whether the documents are kept for good."""
        return self.months is None

    @property
    def words(self) -> str:
        """The rule as one says it."""
        if self.months is None:
            return "bevaras"
        return f"gallras {in_time(self.months)} efter att dialogen stängde"

    def due_on(self, closed: date) -> date | None:
        """The first day on which what closed on a day may be weeded; None when it is kept."""
        return None if self.months is None else months_after(closed, self.months)


@cache
def suggestions() -> dict[DocumentType, Rule]:
    """What is suggested for each kind of document, with the reason."""
    rows = json.loads(DATA.read_text())
    found = [Rule(DocumentType(row["document_type"]), row["months"], row["reason"], row["source"]) for row in rows]
    return {rule.document_type: rule for rule in found}


def rules_of(organisations: Iterable[Organisation], day: date) -> dict[int, dict[DocumentType, Rule]]:
    """By organisation (primary key), the rule that holds for every kind of document on a day. One query."""
    pks = [one.pk for one in organisations]
    found = {pk: dict(suggestions()) for pk in pks}
    # In the order in which they begin, and of two that begin on the same day the one that was entered last.
    for row in RetentionRule.objects.filter(organisation__in=pks, starts__lte=day).order_by("starts", "id"):
        kind = DocumentType(row.document_type)
        found[row.organisation_id][kind] = replace(suggestions()[kind], months=row.months, decided=row)
    return found


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_time(months: int) -> str:
    """So many months as one says it.

    >>> in_time(24), in_time(1), in_time(6)
    ('2 år', '1 månad', '6 månader')
    """
    if months % 12 == 0:
        return f"{months // 12} år"
    return f"{months} månad" if months == 1 else f"{months} månader"

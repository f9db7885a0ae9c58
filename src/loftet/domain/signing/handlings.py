"""What is signed by all, as it is to be registered: for the steps that own documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from loftet.domain.base import clock
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType
from loftet.domain.signing import queries
from loftet.domain.signing.models import Decision


def in_force(document_type: DocumentType, owners: Iterable[Any], at: datetime) -> list[Handling]:
    """Those of some documents' owners (pictures, promises, agreements) that all parties have signed.

    Under the words of the version in force, with the diary numbers that stand in the parties' decisions.
    """
    found = [one for one in owners if one.document_id]
    current = queries.in_force_of([one.document_id for one in found], at)
    numbers: dict[int, dict[int, str]] = {}
    approved = Decision.objects.filter(version__in=current.values(), outcome=Decision.Outcome.APPROVED)
    for row in approved.exclude(diary_number="").order_by("id"):
        numbers.setdefault(row.version_id, {})[row.organisation_id] = row.diary_number
    return [
        Handling(
            thing=one,
            document_type=document_type,
            title=queries.content(version)["title"],
            dated=clock.day_of(queries.in_force_since(version)),
            parties=tuple(sorted((row.organisation for row in version.required.all()), key=lambda party: party.rank)),
            numbers=numbers.get(version.pk, {}),
            version=version.number,
            digest=version.digest,
        )
        for one in found
        if (version := current.get(one.document_id))
    ]

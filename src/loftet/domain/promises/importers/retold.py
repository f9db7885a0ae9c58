"""Importing promises that were made elsewhere, retold with their sources. They are never shown as signed here.

The unit is the record: it goes in whole with its address and its line in the journal, or not at all. What a record
said when it first came in stands; a changed retelling is refused unless the caller asks for it to take the older one's
place. Running the same file again therefore changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.places import actions as place_actions
from loftet.domain.places import queries as places
from loftet.domain.promises.importers import reading, rows
from loftet.domain.promises.importers.files import bundled_document, read_document
from loftet.domain.promises.importers.record import ToldPromise, to_record, unrecognised_in
from loftet.domain.promises.importers.report import ImportFault, ImportReport, Reason, Unreadable
from loftet.domain.promises.models.retold import RetoldPromise
from loftet.domain.promises.queries import retold

__all__ = ["ImportFault", "ImportReport", "bundled_document", "import_retold", "read_document"]

# Fields at the top of the file: the records, and what the file says about itself.
TOP_FIELDS = frozenset({"löften", "meta"})


@dataclass
class _Tally:
    added: int = 0
    already_there: int = 0
    changed: int = 0
    refused: list[tuple[str | int, Reason]] = field(default_factory=list)
    unrecognised: list[tuple[str, str, Any]] = field(default_factory=list)

    def report(self, ignored: tuple[str, ...]) -> ImportReport:
        """The tally as it stands, no longer to be changed."""
        return ImportReport(
            self.added, self.already_there, self.changed, tuple(self.refused), tuple(self.unrecognised), ignored
        )


def import_retold(
    document: Any,
    *,
    replace: bool = False,
    at: datetime | None = None,
    progress: Callable[[str, int, int], object] | None = None,
) -> ImportReport:
    """Take in the records of a document as `read_document` returns it. `progress` is told what, how many are done
    and how many there are.

    Raises `ImportFault` when the document holds no list of records. A record that cannot be read is refused whole with
    its reason and the others go in. A record that is there already with the same content is left as it is; with other
    content it is refused, or with `replace` takes the older one's place under the same permanent id.
    """
    records = _records_of(document)
    known = {reading.folded(m.name): m for m in places.all_municipalities() if not m.is_example}
    tally = _Tally()
    first_seen: dict[str, int] = {}
    for position, record in enumerate(records, start=1):
        key = reading.key_of(record)
        try:
            if key and first_seen.setdefault(key, position) != position:
                raise Unreadable("twice_in_file", first=first_seen[key])
            _take_in(reading.read(record, known), replace, at or clock.now(), tally)
        except Unreadable as fault:
            tally.refused.append((key or position, fault.reason))
        except DomainError as error:
            tally.refused.append((key or position, Reason("rule", (("sentence", str(error)),))))
        if progress:
            progress("återgivna löften", position, len(records))
    return tally.report(ignored=tuple(name for name in document if name not in TOP_FIELDS))


def _records_of(document: Any) -> list[Any]:
    if not isinstance(document, dict):
        raise ImportFault("Filen ska vara ett JSON-objekt med listan ”löften”. Inget är inläst.")
    if not isinstance(document.get("löften"), list):
        raise ImportFault("Filen har ingen lista ”löften”. Inget är inläst.")
    if "löften" in getattr(document, "repeated", ()):
        raise ImportFault("Filen har två listor ”löften”. Inget är inläst. Slå ihop dem till en.")
    return document["löften"]


@transaction.atomic
def _take_in(told: ToldPromise, replace: bool, at: datetime, tally: _Tally) -> None:
    """Store one record with its addresses and its line in the journal, or leave everything as it was."""
    before = retold.loaded().filter(source_key=told.source_key).first()
    if before is None:
        promise = rows.add(told, at)
        _give_address(promise, told, at)
        journal.record(verb="promises.retold_added", subject=promise, at=at, data={"key": told.source_key})
        tally.added += 1
    elif _same(rows.read_back(before), told):
        tally.already_there += 1
    elif not replace:
        raise Unreadable("differs")
    else:
        promise = rows.replace(before, told, at)
        _give_address(promise, told, at)
        journal.record(verb="promises.retold_replaced", subject=promise, at=at, data={"key": told.source_key})
        tally.changed += 1
    tally.unrecognised.extend((told.source_key, path, value) for path, value in unrecognised_in(told))


def _same(one: ToldPromise, other: ToldPromise) -> bool:
    # As text, because to Python True is 1 and in a file they are two different things.
    return _canonical(one) == _canonical(other)


def _canonical(told: ToldPromise) -> str:
    return json.dumps(to_record(told), sort_keys=True, ensure_ascii=False)


def _give_address(promise: RetoldPromise, told: ToldPromise, at: datetime) -> None:
    for municipality in told.municipalities:
        place_actions.claim_slug(
            scope=retold.scope(municipality),
            wanted=_wanted_address(told),
            subject_kind=retold.SUBJECT_KIND,
            subject=promise.public_id,
            at=at,
        )


def _wanted_address(told: ToldPromise) -> str:
    years = [str(year) for year in dict.fromkeys((told.year_from, told.year_to)) if year is not None]
    if told.year_from is None and years:
        years.insert(0, "till")
    elif told.year_to is None and years:
        years.insert(0, "fran")
    return "-".join(["medborgarlofte", *years])

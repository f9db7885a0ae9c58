"""The one door through which what is append-only may be emptied or deleted: a decision that names the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from loftet.domain.base.models import AppendOnly
from loftet.domain.records.models import OpenDoor, WeedingDecision

# How many rows are named at a time: a question to the database holds only so many.
AT_A_TIME = 500


def empty(rows: Iterable[AppendOnly], *, decision: WeedingDecision) -> None:
    """Let every withholdable field of these rows, all of one model, take the value its model names."""
    found = list(rows)
    if found:
        with _open(found, decision):
            _plain(found).update(**type(found[0]).withholdable)


def delete(rows: Iterable[AppendOnly], *, decision: WeedingDecision) -> None:
    """Delete these rows, all of one weedable model."""
    found = list(rows)
    if found:
        with _open(found, decision):
            _plain(found)._raw_delete(using="default")


@contextmanager
def _open(rows: list[AppendOnly], decision: WeedingDecision) -> Iterator[None]:
    table = type(rows[0])._meta.db_table
    with transaction.atomic():
        OpenDoor.objects.bulk_create(OpenDoor(table=table, row=row.pk, decision=decision) for row in rows)
        yield
        OpenDoor.objects.filter(decision=decision).delete()


def _plain(rows: list[AppendOnly]) -> models.QuerySet:
    """Django's own query set: the one of append-only models refuses whatever is asked of it."""
    return models.QuerySet(type(rows[0])).filter(pk__in=[row.pk for row in rows])


def leave_no_copy() -> None:
    """Write the emptied pages over the old ones at once: SQLite keeps a journal of what it writes. Called on commit."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

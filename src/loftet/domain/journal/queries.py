"""Reading the history."""

from __future__ import annotations

from django.db import connection
from django.db.models import BigIntegerField, Func, Q

from loftet.domain.journal.models import Cursor, Event


class _OldestRunning(Func):
    """The number of the oldest transaction that is still running: everything before it has ended."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = BigIntegerField()


def history(public_id: str):
    """Events about one thing, oldest first."""
    return Event.objects.filter(subject=public_id).order_by("id")


def unread(cursor: Cursor):
    """Events that a consumer has not read, in an order in which none can come in behind it.

    An event gets its number when it is written and is seen when its transaction is committed, so by number alone a late
    one would be skipped. On PostgreSQL an event is therefore read once every transaction that began before its own has
    ended, in the order of transactions. SQLite has one writer at a time: there the numbers come in order.
    """
    if connection.vendor != "postgresql":
        return Event.objects.filter(id__gt=cursor.event).order_by("id")
    behind = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.event)
    return Event.objects.filter(behind, transaction__lt=_OldestRunning()).order_by("transaction", "id")

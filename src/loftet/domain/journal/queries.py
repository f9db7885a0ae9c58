"""Reading the history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from loftet.domain.journal.models import Cursor, Event


def history(public_id: str):
    """Events about one thing, oldest first."""
    return Event.objects.filter(subject=public_id).order_by("id")


def events_about(public_ids: Iterable[str]):
    """Events about any of some things, oldest first."""
    return Event.objects.filter(subject__in=list(public_ids)).order_by("id")


def unread(cursor: Cursor):
    """Events that a consumer has not read, in an order in which none can come in behind it.

    An event gets its number when it is written and is seen when its transaction is committed, so by number alone a late
    one would be skipped. On PostgreSQL an event is therefore read once every transaction that began before its own has
    ended, in the order of transactions. SQLite has one writer at a time: there the numbers come in order.
    """
    if connection.vendor != "postgresql":
        return Event.objects.filter(id__gt=cursor.event).order_by("id")
    behind = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.event)
    return Event.objects.filter(behind, transaction__lt=_all_ended_before()).order_by("transaction", "id")


def _all_ended_before() -> int:
    """The number before which every transaction in this database has ended; what they committed is seen from now on.

    First the next number to be given, then who is running: whoever had a number by then, and is not running, has ended.
    Other databases of the same server have their own history, and hold nothing up here.
    """
    with connection.cursor() as asked:
        asked.execute("SELECT pg_stat_clear_snapshot()")
        asked.execute(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, ARRAY("
            "SELECT backend_xid::text::bigint FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())"
        )
        following, running = asked.fetchone()
    return min([following, *(_in_full(number, following) for number in running)])


def _in_full(short: int, following: int) -> int:
    """A running transaction's whole number from its last 32 bits: it is less than 2^31 away from the next one."""
    whole = following >> 32 << 32 | short
    if whole - following > 1 << 31:
        return whole - (1 << 32)
    return whole + (1 << 32) if following - whole > 1 << 31 else whole

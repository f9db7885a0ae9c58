"""Reading the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import connection
from django.db.models import Model, Q

from loftet.domain.journal.models import Cursor, Event


def history(public_id: str):
    """Events about one thing, oldest first."""
    return Event.objects.filter(subject=public_id).order_by("id")


def events_about(public_ids: Iterable[str], *, partnership: str = ""):
    """Events about any of some things, oldest first; with a partnership all of that, what is gone too."""
    asked = Q(subject__in=list(public_ids))
    if partnership:
        asked |= Q(partnership=partnership)
    return Event.objects.filter(asked).order_by("id")


def partnership_history(
    partnership: str,
    organisations: Iterable[str],
    *,
    also_about: Iterable[str] = (),
    beginnings: Iterable[str] = (),
    role: str = "",
    only_about: Iterable[str] | None = None,
):
    """A partnership's events that one who acts for some of its organisations may read, newest first.

    `also_about` are things outside the partnership that concern it, such as its parties. `beginnings` of verbs and a
    `role` choose among them, `only_about` some things alone.
    """
    mine = Q(only_for="") | Q(only_for__in=list(organisations))
    here = Q(partnership=partnership) | Q(partnership="", subject__in=list(also_about))
    found = Event.objects.filter(here, mine).order_by("-id")
    if kinds := [Q(verb__startswith=beginning) for beginning in beginnings]:
        found = found.filter(reduce(or_, kinds))
    if only_about is not None:
        found = found.filter(subject__in=list(only_about))
    return found.filter(role=role) if role else found


def page_of(events, *, before: int | None = None, size: int = 40) -> tuple[list[Event], int | None]:
    """The events before an event's number, newest first, and the number to ask the next page with."""
    rows = list((events.filter(id__lt=before) if before else events)[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None


def has_happened(*, verb: str, subject: str, person: str, since: datetime) -> bool:
    """Whether a person has done this with a thing since a moment."""
    return Event.objects.filter(verb=verb, subject=subject, person=person, at__gte=since).exists()


def subjects(events: Iterable[Event], related: Mapping[str, Sequence[str]] | None = None) -> dict[str, Model]:
    """The things that events speak of and that are still there, by permanent id, in one query a kind.

    `related` names what to read along with a kind.
    """
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.subject_kind, set()).add(event.subject)
    found: dict[str, Model] = {}
    for model in apps.get_models():
        if ids := wanted.get(model._meta.model_name or ""):
            rows = model._base_manager.filter(public_id__in=ids)
            if along := (related or {}).get(model._meta.model_name or ""):
                rows = rows.select_related(*along)
            found |= {str(row.serializable_value("public_id")): row for row in rows}
    return found


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

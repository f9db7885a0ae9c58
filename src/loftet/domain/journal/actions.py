"""Writing the history, in the same transaction as what it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.journal import queries
from loftet.domain.journal.models import Cursor, Event

# What a thing without a partnership of its own may be a part of.
PARTS_OF = ("dialogue", "picture", "promise")


def record(
    *,
    verb: str,
    subject: Any,
    by: Any = None,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    within: Any = None,
    only_for: Any = None,
) -> Event:
    """Add an event about `subject` (anything with a `public_id`).

    `by` is the hat that acted: something with `person`, `role` and `organisation`. None means the clock, an import or
    the person at the keyboard of the machine. `within` is the partnership, when the subject does not lead to it.
    `only_for` is the organisation that alone may read the event, when the other parties may not know of it.
    """
    partnership = within or partnership_of(subject)
    return Event.objects.create(
        at=at or clock.now(),
        verb=verb,
        person=by.person.public_id if by else "",
        role=by.role if by else "system",
        organisation=by.organisation.public_id if by else "",
        subject_kind=subject._meta.model_name,
        subject=subject.public_id,
        data=data or {},
        partnership=partnership.public_id if partnership else "",
        only_for=only_for.public_id if only_for else "",
    )


def partnership_of(subject: Any) -> Any:
    """The partnership that a thing belongs to, by itself or by what it is a part of; None for what has none."""
    if subject._meta.model_name == "partnership":
        return subject
    found = getattr(subject, "partnership", None)
    if found is not None:
        return found
    parents = (getattr(subject, name, None) for name in PARTS_OF)
    return next((partnership_of(parent) for parent in parents if parent is not None), None)


def follow(*, consumer: str, handle: Callable[[Event], object], limit: int = 100) -> int:
    """Let a consumer handle events that are new to it, each exactly once; return how many.

    What `handle` writes and how far the consumer has read are committed together, so an event is neither lost nor
    handled twice, whoever else follows under the same name at the same time. What `handle` does outside the database it
    must be able to do again. If it raises, what it wrote for that event is undone, the consumer stays before it, and
    the error is raised when the events before it are safe.
    """
    handled, failed = 0, None
    with transaction.atomic():
        Cursor.objects.get_or_create(consumer=consumer, defaults={"transaction": 0})
        cursor = Cursor.objects.select_for_update().get(consumer=consumer)
        for event in queries.unread(cursor)[:limit]:
            try:
                with transaction.atomic():
                    handle(event)
            except Exception as error:  # kept until what came before is committed
                failed = error
                break
            cursor.transaction, cursor.event = event.transaction, event.pk
            handled += 1
        if handled:
            cursor.save()
    if failed:
        raise failed
    return handled

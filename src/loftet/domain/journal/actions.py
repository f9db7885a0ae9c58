"""Writing the history, in the same transaction as what it speaks of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from loftet.domain.base import clock
from loftet.domain.journal.models import Event


def record(
    *, verb: str, subject: Any, by: Any = None, at: datetime | None = None, data: dict[str, Any] | None = None
) -> Event:
    """Add an event about `subject` (anything with a `public_id`).

    `by` is the hat that acted: something with `person`, `role` and `organisation`. None means the clock, an import or
    the person at the keyboard of the machine.
    """
    return Event.objects.create(
        at=at or clock.now(),
        verb=verb,
        person=by.person.public_id if by else "",
        role=by.role if by else "system",
        organisation=by.organisation.public_id if by else "",
        subject_kind=subject._meta.model_name,
        subject=subject.public_id,
        data=data or {},
    )

"""Handing over: one who leaves takes off all hats on a day, and others put them on the day after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties.actions.days import told
from loftet.domain.parties.actions.memberships import add_membership, end_membership, withdraw_membership
from loftet.domain.parties.keeper import Actor
from loftet.domain.parties.models import Membership


@transaction.atomic
def hand_over(
    *,
    person,
    hats: Sequence[tuple[Membership, Actor]],
    last_day: date,
    successors: Mapping[int, Any] | None = None,
    by: Actor,
    at: datetime | None = None,
) -> list[Membership]:
    """End a person's hats in one act, each by one who may, and give them on from the day after; return the new ones.

    `successors` says who takes over a hat, by its primary key. All of it happens or nothing. The account stays, for
    what it has signed; with no hat left it opens no door.
    """
    at = at or clock.now()
    successors = successors or {}
    if not hats:
        raise DomainError("Det finns inget uppdrag att avsluta. Inget är ändrat.")
    if any(hat.person_id != person.pk for hat, _by in hats):
        raise ValueError("a hat of somebody else was handed over")
    made, handed = [], []
    for hat, actor in hats:
        _take_off(hat, last_day, actor, at)
        heir = successors.get(hat.pk)
        if heir is not None:
            made.append(_put_on(hat, heir, last_day, actor, at))
        handed.append(
            {
                "organisation": hat.organisation.public_id,
                "role": hat.role,
                "before": told(hat.ends),
                "successor": heir.public_id if heir is not None else None,
            }
        )
    journal.record(
        verb="parties.handed_over", subject=person, by=by, at=at, data={"last_day": told(last_day), "hats": handed}
    )
    return made


def _take_off(hat: Membership, last_day: date, by: Actor, at: datetime) -> None:
    """End it on the day, unless it ends sooner; one that would begin later, and has not begun, is taken back."""
    if hat.starts > max(last_day, clock.day_of(at)):
        withdraw_membership(membership=hat, by=by, at=at)
    elif hat.ends is None or hat.ends > last_day:
        end_membership(membership=hat, last_day=last_day, by=by, at=at)


def _put_on(hat: Membership, heir, last_day: date, by: Actor, at: datetime) -> Membership:
    return add_membership(
        person=heir,
        organisation=hat.organisation,
        role=hat.role,
        title=hat.title,
        starts=max(last_day + timedelta(days=1), clock.day_of(at)),
        by=by,
        at=at,
    )

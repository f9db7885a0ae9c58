"""Fetching promises with permission."""

from __future__ import annotations

from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.promises.models import Promise, Target


def for_writing(person, public_id: str) -> tuple[Promise, Membership]:
    """A promise and the hat to write it with. Raises `Promise.DoesNotExist` or `NotAllowed`."""
    promise = Promise.objects.select_related("partnership", "municipality", "document", "problem").get(
        public_id=public_id
    )
    return promise, parties.hat_for(person, "promises.write", promise.partnership)


def for_reading(person, public_id: str) -> tuple[Promise, Membership]:
    """A promise, draft or not, and a hat to read it with."""
    promise = Promise.objects.select_related("partnership", "municipality", "document", "problem").get(
        public_id=public_id
    )
    return promise, parties.hat_for(person, "workspace.read", promise.partnership)


def target_for_writing(person, public_id: str) -> tuple[Target, Membership]:
    """A target and the hat to take it away with."""
    target = Target.objects.select_related("promise__partnership", "series").get(public_id=public_id)
    return target, parties.hat_for(person, "promises.write", target.promise.partnership)

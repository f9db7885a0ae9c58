"""Fetching measures with permission."""

from __future__ import annotations

from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.plans.models import Measure
from loftet.domain.plans.queries import measure


def for_writing(person, public_id: str) -> tuple[Measure, Membership]:
    """A measure and the hat to write it with. Raises `Measure.DoesNotExist` or `NotAllowed`."""
    found = measure(public_id)
    return found, parties.hat_for(person, "plans.write", found.partnership)

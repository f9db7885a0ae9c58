"""Fetching measures and agreements with permission."""

from __future__ import annotations

from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.plans.models import Agreement, Measure
from loftet.domain.plans.queries import measure
from loftet.domain.signing.rules import is_private


def for_writing(person, public_id: str) -> tuple[Measure, Membership]:
    """A measure and the hat to write it with. Raises `Measure.DoesNotExist` or `NotAllowed`."""
    found = measure(public_id)
    return found, parties.hat_for(person, "plans.write", found.partnership)


def agreement_for(person, public_id: str, permission: str) -> tuple[Agreement, Membership]:
    """An agreement and the hat with a permission for it. Raises `Agreement.DoesNotExist` or `NotAllowed`.

    A draft that is neither shared nor put forward is fetched only by those who act for its own organisation.
    """
    found = Agreement.objects.select_related("partnership", "document__drafted_by").get(public_id=public_id)
    own = found.document.drafted_by if is_private(found.document) else None
    return found, parties.hat_for(person, permission, found.partnership, organisation=own)

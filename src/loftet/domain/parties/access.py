"""The hat that a person may wear for an act. Nobody acts without one."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import queries, rules
from loftet.domain.parties.models import Membership, Organisation, Partnership


def hat_for(
    person,
    permission: str,
    partnership: Partnership,
    *,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Membership:
    """The person's hat with a permission in a partnership, for one organisation when named. Raises `NotAllowed`."""
    at = at or clock.now()
    members = {member.organisation_id for member in partnership.members.all()}
    for hat in queries.hats(person, at):
        fits = organisation is None or hat.organisation_id == organisation.pk
        if fits and hat.organisation_id in members and rules.may(hat, permission, at=at):
            return hat
    raise NotAllowed("Du har inte behörighet att göra det här. Inget är ändrat.")

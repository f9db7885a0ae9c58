"""Which of a partnership's organisations one keeps records for."""

from __future__ import annotations

from django.http import Http404

from loftet.domain.parties import access
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules as may
from loftet.domain.parties.models import Membership, Organisation
from loftet.faces.workspace.desk import Desk

DECIDE = "records.decide"


def own_organisations(desk: Desk) -> list[Organisation]:
    """The parties that one may register and decide for, each once."""
    found = {hat.organisation_id: hat.organisation for hat in desk.hats if may.role_allows(hat, DECIDE)}
    return sorted(found.values(), key=lambda one: one.rank)


def keeper(desk: Desk, organisation_id: str) -> Membership:
    """The hat to keep records with for one of the parties. Raises 404 for no party, `NotAllowed` for another's."""
    for party in parties.parties_of(desk.partnership, desk.at):
        if party.public_id == organisation_id:
            return access.hat_for(desk.person, DECIDE, desk.partnership, organisation=party, at=desk.at)
    raise Http404("Det finns ingen sådan part.")

"""Setting up organisations, partnerships and memberships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties.models import Membership, Organisation, Partnership, PartnershipMember
from loftet.domain.places.models import LocalPoliceArea, Municipality


@transaction.atomic
def add_organisation(
    *,
    kind: str,
    name: str,
    short_name: str,
    municipality: Municipality | None = None,
    local_police_area: LocalPoliceArea | None = None,
    is_example: bool = False,
    at: datetime | None = None,
) -> Organisation:
    """Add an authority or another promiser."""
    organisation = Organisation.objects.create(
        kind=kind,
        name=name,
        short_name=short_name,
        municipality=municipality,
        local_police_area=local_police_area,
        is_example=is_example,
    )
    journal.record(verb="parties.organisation_added", subject=organisation, at=at)
    return organisation


@transaction.atomic
def add_partnership(
    *,
    name: str,
    organisations: Sequence[Organisation],
    municipalities: Sequence[Municipality],
    starts: date,
    ends: date | None = None,
    not_signing: Sequence[Organisation] = (),
    at: datetime | None = None,
) -> Partnership:
    """Let organisations act together for places; a municipality and a police must be among those who sign."""
    kinds = {party.kind for party in organisations if party not in not_signing}
    if not {Organisation.Kind.MUNICIPALITY, Organisation.Kind.POLICE} <= kinds:
        raise DomainError(
            "Ett partnerskap behöver minst en kommun och minst en polis som undertecknar. Inget är sparat."
        )
    if not municipalities:
        raise DomainError("Välj minst en kommun som partnerskapet gäller. Inget är sparat.")
    partnership = Partnership.objects.create(name=name, starts=starts, ends=ends)
    partnership.municipalities.set(municipalities)
    PartnershipMember.objects.bulk_create(
        PartnershipMember(partnership=partnership, organisation=party, signs=party not in not_signing)
        for party in organisations
    )
    journal.record(verb="parties.partnership_added", subject=partnership, at=at)
    return partnership


@transaction.atomic
def add_membership(
    *,
    person,
    organisation: Organisation,
    role: str,
    starts: date | None = None,
    ends: date | None = None,
    title: str = "",
    at: datetime | None = None,
) -> Membership:
    """Give a person a hat."""
    at = at or clock.now()
    hat = Membership.objects.create(
        person=person, organisation=organisation, role=role, title=title, starts=starts or clock.day_of(at), ends=ends
    )
    journal.record(
        verb="parties.membership_added",
        subject=person,
        at=at,
        data={"organisation": organisation.public_id, "role": role},
    )
    return hat

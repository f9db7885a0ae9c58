"""The hat that a person may wear for an act. Nobody acts without one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import queries, rules
from loftet.domain.parties.keeper import Actor, Keeper
from loftet.domain.parties.models import Membership, Organisation, Partnership


def hat_for(
    person,
    permission: str,
    partnership: Partnership,
    *,
    organisation: Organisation | None = None,
    former: bool = False,
    at: datetime | None = None,
) -> Membership:
    """The person's hat with a permission in a partnership, for one organisation when named. Raises `NotAllowed`.

    With `former` the organisation may have left, as it may for what outlives leaving.
    """
    near = queries.members_until if former or permission in rules.LASTING else queries.members_on
    members = near(partnership, at)
    return hat_of(person, permission, members if organisation is None else members & {organisation.pk}, at=at)


def hat_of(person, permission: str, organisations: Collection[int], *, at: datetime | None = None) -> Membership:
    """The person's hat with a permission for one of some organisations, by primary key. Raises `NotAllowed`."""
    at = at or clock.now()
    for hat in queries.hats(person, at):
        if hat.organisation_id in organisations and rules.may(hat, permission, at=at):
            return hat
    raise NotAllowed(rules.REFUSAL)


# --- Organisations, their people and their cooperation ----------------------------------------------------------------
# What one has nothing to do with is not found: it is not one's own to know about.
def organisation_for_reading(person, public_id: str, *, at: datetime | None = None) -> Organisation:
    """An organisation that one acts for, handles or shares a partnership with. Raises `Organisation.DoesNotExist`."""
    found = queries.organisation(public_id)
    mine = {hat.organisation_id for hat in queries.hats(person, at)}
    if found.pk in mine or found.part_of_id in mine or _administering(person, found, at):
        return found
    if any(found.pk in queries.members_on(one, at) for one in queries.partnerships_of(person, at)):
        return found
    raise Organisation.DoesNotExist("Det finns ingen sådan organisation.")


def organisation_for_administering(person, public_id: str, *, at: datetime | None = None) -> tuple[Organisation, Actor]:
    """An organisation to change, and the hat to do it with. Raises `Organisation.DoesNotExist` or `NotAllowed`."""
    found = organisation_for_reading(person, public_id, at=at)
    by = _administering(person, found, at)
    if by is None:
        raise NotAllowed(rules.REFUSAL)
    return found, by


def membership_for_administering(person, pk: int, *, at: datetime | None = None) -> tuple[Membership, Actor]:
    """A membership to change, and the hat to do it with. Raises `DoesNotExist` or `NotAllowed`."""
    found = queries.hat(pk)
    _organisation, by = organisation_for_administering(person, found.organisation.public_id, at=at)
    return found, by


def colleague_for_inviting(
    person, organisation_id: str, person_id: str, *, at: datetime | None = None
) -> tuple[Organisation, Any, Actor]:
    """An organisation, someone in it and the hat to invite them with. Raises `DoesNotExist` or `NotAllowed`."""
    found, by = organisation_for_administering(person, organisation_id, at=at)
    for hat in queries.members_of(found):
        if hat.person.public_id == person_id:
            return found, hat.person, by
    raise Membership.DoesNotExist("Det finns ingen sådan medarbetare.")


def partnership_for_reading(person, public_id: str, *, at: datetime | None = None) -> Partnership:
    """A partnership that one works in, or whose parties one handles. Raises `Partnership.DoesNotExist`."""
    found = queries.partnership(public_id)
    if may_read_partnership(person, found, at=at):
        return found
    raise Partnership.DoesNotExist("Det finns inget sådant partnerskap.")


def may_read_partnership(person, partnership: Partnership, *, at: datetime | None = None) -> bool:
    """Whether one of the person's organisations is or has been in the partnership."""
    mine = {hat.organisation_id for hat in queries.hats(person, at)}
    return person.is_administrator or bool(mine & queries.members_until(partnership, at))


def partnership_for_changing(person, public_id: str, *, at: datetime | None = None) -> tuple[Partnership, Actor]:
    """A partnership to change, and the hat to do it with. Raises `Partnership.DoesNotExist` or `NotAllowed`."""
    found = partnership_for_reading(person, public_id, at=at)
    for by in actors(person, at):
        if rules.may_cooperate(by, found, at):
            return found, by
    raise NotAllowed(rules.REFUSAL)


def party_for_leaving(
    person, partnership_id: str, organisation_id: str, *, at: datetime | None = None
) -> tuple[Partnership, Organisation, Actor]:
    """A party and the partnership it leaves, and the hat to say so with. Raises `DoesNotExist` or `NotAllowed`."""
    found = partnership_for_reading(person, partnership_id, at=at)
    party = queries.organisation(organisation_id)
    if party.pk not in {row.organisation_id for row in found.members.all()}:
        raise Organisation.DoesNotExist("Organisationen är inte med i partnerskapet.")
    for by in actors(person, at):
        if rules.may_take_out(by, party, found, at):
            return found, party, by
    raise NotAllowed(rules.REFUSAL)


def actors(person, at: datetime | None = None) -> list[Actor]:
    """What a person may act as: the hats first, then the installation's administrator."""
    return [*queries.hats(person, at), *([Keeper(person)] if person.is_administrator else [])]


def _administering(person, organisation: Organisation, at: datetime | None) -> Actor | None:
    return next((by for by in actors(person, at) if rules.may_administer(by, organisation, at)), None)


def hats_to_hand_over(person, leaving, *, at: datetime | None = None) -> list[tuple[Membership, Actor]]:
    """The hats that somebody wears or is to wear and that one may end, each with the hat to end it with."""
    today = clock.day_of(at or clock.now())
    found = [(hat, _administering(person, hat.organisation, at)) for hat in queries.all_hats(leaving)]
    return [(hat, by) for hat, by in found if by is not None and not hat.is_over_on(today)]


def person_for_handover(person, public_id: str, *, at: datetime | None = None):
    """Oneself, or somebody who has a hat that one may end. Raises `Membership.DoesNotExist`."""
    if person.public_id == public_id:
        return person
    leaving = queries.person_with_hat(public_id)
    if not hats_to_hand_over(person, leaving, at=at):
        raise Membership.DoesNotExist("Det finns ingen sådan medarbetare.")
    return leaving

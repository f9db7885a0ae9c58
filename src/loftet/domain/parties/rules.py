"""Who may do what: one question each, composed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.parties import queries
from loftet.domain.parties.keeper import Actor, Keeper
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.parties.roles import BY_KEY

# What a party owes others outlives its leaving: to tell what it did, and to answer those it asked.
LASTING: Final = frozenset({"followup.report", "followup.answer"})
NO_HAT: Final = (
    "Du har inget uppdrag i dag, så det finns inget för dig att göra här. Ditt konto och det du har skrivit under är "
    "kvar. Be den som sköter uppdragen i din organisation om ett uppdrag."
)
REFUSAL: Final = "Du har inte behörighet att göra det här. Inget är ändrat."


def is_current(hat: Membership, at: datetime) -> bool:
    """Whether the membership runs on the day."""
    return hat.person.is_active and hat.runs_on(clock.day_of(at))


def role_allows(hat: Membership, permission: str) -> bool:
    """Whether the role comes with the permission."""
    return hat.role in BY_KEY and permission in BY_KEY[hat.role].permissions


def is_member(organisation: Organisation, partnership: Partnership, at: datetime | None = None) -> bool:
    """Whether the organisation acts in the partnership on the day."""
    return organisation.pk in queries.members_on(partnership, at)


def has_taken_part(organisation: Organisation, partnership: Partnership, at: datetime | None = None) -> bool:
    """Whether the organisation acts in the partnership or did so before."""
    return organisation.pk in queries.members_until(partnership, at)


def belongs(organisation: Organisation, partnership: Partnership, permission: str, at: datetime | None = None) -> bool:
    """Whether the organisation is near enough to the partnership for what the permission lets one do."""
    asked = has_taken_part if permission in LASTING else is_member
    return asked(organisation, partnership, at)


def may(
    hat: Membership, permission: str, *, partnership: Partnership | None = None, at: datetime | None = None
) -> bool:
    """Whether this hat may do this, in this partnership when one is named."""
    return (
        is_current(hat, at or clock.now())
        and role_allows(hat, permission)
        and (partnership is None or belongs(hat.organisation, partnership, permission, at))
    )


def must(
    hat: Membership, permission: str, *, partnership: Partnership | None = None, at: datetime | None = None
) -> None:
    """Raise `NotAllowed` unless `may`."""
    must_be(may(hat, permission, partnership=partnership, at=at))


def must_be(answer: bool) -> None:
    """Raise `NotAllowed` unless the answer is yes."""
    if not answer:
        raise NotAllowed(REFUSAL)


def must_not_be_over(partnership: Partnership, at: datetime) -> None:
    """Raise `DomainError` when the partnership has ended: what it has begun is finished, but nothing new is begun."""
    if partnership.ends is not None and partnership.is_over_on(clock.day_of(at)):
        raise DomainError(
            f"Partnerskapet tog slut den {clock.in_words(partnership.ends)}. Inget nytt är påbörjat, "
            "och det som fanns är kvar. Förläng partnerskapet om ni ska fortsätta tillsammans."
        )


def has_somewhere(person, permission: str, at: datetime | None = None) -> bool:
    """Whether a person has the permission in any of today's hats: the first gate before a page looks closer."""
    return any(role_allows(hat, permission) for hat in queries.hats(person, at))


def permissions_of(hat: Membership) -> frozenset[str]:
    """What the hat's role comes with."""
    return BY_KEY[hat.role].permissions if hat.role in BY_KEY else frozenset()


# --- Whose people and whose cooperation -------------------------------------------------------------------------------
def is_keeper(by: Actor) -> bool:
    """Whether the installation's own administrator acts, who wears no organisation's hat."""
    return isinstance(by, Keeper) and by.person.is_active and by.person.is_administrator


def answers_for(organisation: Organisation, other: Organisation) -> bool:
    """Whether the one is the other, or the municipality that the other is a board of."""
    return organisation.pk in {other.pk, other.part_of_id}


def may_administer(by: Actor, organisation: Organisation, at: datetime | None = None) -> bool:
    """Whether the hat may change the organisation's details and who acts for it."""
    if isinstance(by, Keeper):
        return is_keeper(by)
    return answers_for(by.organisation, organisation) and may(by, "parties.administer", at=at)


def signs_in(organisation: Organisation, partnership: Partnership, at: datetime | None = None) -> bool:
    """Whether joint documents need the organisation's signature on the day."""
    return organisation.pk in queries.signers_on(partnership, at)


def may_cooperate(by: Actor, partnership: Partnership, at: datetime | None = None) -> bool:
    """Whether the hat may say when the partnership ends and who joins: one of those who sign, each as good as another.

    Either may do it alone. Nothing is lost by it: what is begun goes on, and the other may prolong as freely.
    """
    if isinstance(by, Keeper):
        return is_keeper(by)
    return may(by, "parties.cooperate", partnership=partnership, at=at) and signs_in(by.organisation, partnership, at)


def may_take_out(by: Actor, organisation: Organisation, partnership: Partnership, at: datetime | None = None) -> bool:
    """Whether the hat may let an organisation leave: its own, or one that does not sign. Nobody shuts an equal out."""
    if isinstance(by, Keeper):
        return is_keeper(by)
    if answers_for(by.organisation, organisation):
        return may(by, "parties.cooperate", at=at)
    return may_cooperate(by, partnership, at) and not signs_in(organisation, partnership, at)


def fits(role: str, organisation: Organisation) -> bool:
    """Whether the role is for people of this kind of organisation."""
    return role in BY_KEY and organisation.side in BY_KEY[role].sides


def may_vouch_for(organisation: Organisation, person, at: datetime | None = None) -> bool:
    """Whether an organisation's own sign-in may say that this is the person: one of its own, and of nobody else's.

    Otherwise those who run the sign-in of one organisation could act for another.
    """
    found = queries.hats(person, at)
    return (
        bool(found)
        and not person.is_administrator
        and all(answers_for(organisation, hat.organisation) for hat in found)
    )


def may_sign_in(person, at: datetime | None = None) -> bool:
    """Whether there is anything for the person to do: a hat that has not ended, or the installation itself.

    An account whose last hat has ended stays, since signatures refer to it, but opens no door.
    """
    return person.is_administrator or bool(queries.hats(person, at))


def has_police_hat(person, at: datetime | None = None) -> bool:
    """Whether the person acts for the police today, whatever other hats they have."""
    return any(hat.organisation.kind == Organisation.Kind.POLICE for hat in queries.hats(person, at))

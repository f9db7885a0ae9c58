"""Who may do what: one question each, composed."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import queries
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.parties.roles import BY_KEY


def is_current(hat: Membership, at: datetime) -> bool:
    """Whether the membership runs on the day."""
    day = clock.day_of(at)
    return hat.person.is_active and hat.starts <= day and (hat.ends is None or day <= hat.ends)


def role_allows(hat: Membership, permission: str) -> bool:
    """Whether the role comes with the permission."""
    return hat.role in BY_KEY and permission in BY_KEY[hat.role].permissions


def is_member(organisation: Organisation, partnership: Partnership) -> bool:
    """Whether the organisation acts in the partnership."""
    return partnership.members.filter(organisation=organisation).exists()


def may(
    hat: Membership, permission: str, *, partnership: Partnership | None = None, at: datetime | None = None
) -> bool:
    """Whether this hat may do this, in this partnership when one is named."""
    return (
        is_current(hat, at or clock.now())
        and role_allows(hat, permission)
        and (partnership is None or is_member(hat.organisation, partnership))
    )


def must(
    hat: Membership, permission: str, *, partnership: Partnership | None = None, at: datetime | None = None
) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(hat, permission, partnership=partnership, at=at):
        raise NotAllowed("Du har inte behörighet att göra det här. Inget är ändrat.")


def has_somewhere(person, permission: str, at: datetime | None = None) -> bool:
    """Whether a person has the permission in any of today's hats: the first gate before a page looks closer."""
    return any(role_allows(hat, permission) for hat in queries.hats(person, at))


def permissions_of(hat: Membership) -> frozenset[str]:
    """What the hat's role comes with."""
    return BY_KEY[hat.role].permissions if hat.role in BY_KEY else frozenset()

"""What the history says of how people prove who they are. The proofs themselves are kept by the sign-in library."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from loftet.domain.journal import actions as journal
from loftet.domain.people import queries
from loftet.domain.people.models import Person


def note_added(*, person: Person, at: datetime | None = None) -> None:
    """The person has added a second step to their sign-in."""
    journal.record(verb="people.second_factor_added", subject=person, at=at)


@transaction.atomic
def remove_second_factor(*, person: Person, at: datetime | None = None) -> bool:
    """Let one who has lost both phone and paper in with the password alone. Tells whether there was anything to remove.

    Sessions that are open go on; the person adds a new app when they like.
    """
    if not queries.has_second_factor(person):
        return False
    Authenticator.objects.filter(user=person).delete()
    note_removed(person=person, at=at)
    return True


def note_removed(*, person: Person, at: datetime | None = None) -> None:
    """The person has taken the second step away."""
    journal.record(verb="people.second_factor_removed", subject=person, at=at)

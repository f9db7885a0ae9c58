"""Inviting someone to an account, and taking it into use by the link in the letter."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.people import queries
from loftet.domain.people.actions.accounts import save_new
from loftet.domain.people.models import Invitation, Person

INVITATION_LASTS = timedelta(days=7)
ASK_AGAIN = "Be den som bjöd in dig, eller den som sköter uppdragen hos er, om en ny inbjudan."
REFUSALS = {
    Invitation.State.EXPIRED: f"Länken gällde i sju dagar och är för gammal. {ASK_AGAIN}",
    Invitation.State.REPLACED: "Du har fått en nyare inbjudan. Använd länken i det senaste brevet.",
    Invitation.State.USED: "Kontot är redan i bruk. Logga in, eller välj ”Glömt lösenordet?”.",
}
UNKNOWN = f"Länken stämmer inte. Kontrollera att hela adressen kom med ur brevet. {ASK_AGAIN}"


@transaction.atomic
def invite_person(
    *, email: str, name: str, by: Any = None, is_role_account: bool = False, at: datetime | None = None
) -> tuple[Person, str]:
    """Make an account without a password; return it with the secret of a link by which its owner chooses one.

    The secret is told this once. An account that has not been taken into use can be invited again, which makes older
    links invalid. Raises `DomainError` for one that is in use. The caller has asked whether `by` may.
    """
    at = at or clock.now()
    person = Person.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if person is not None and (person.is_in_use or not person.is_active):
        raise DomainError(f"Det finns redan ett konto för {person.email}. Inget är ändrat.")
    if not name.strip():
        raise DomainError("Skriv personens namn. Ingen är inbjuden.")
    if person is None:
        person = Person(email=email.strip(), created_at=at)
        person.set_unusable_password()
    # Until its owner has seen it, the latest invitation says what the account is called and whose it is.
    person.name, person.is_role_account = name.strip(), is_role_account
    if person.pk is None:
        save_new(person)
        journal.record(verb="people.added", subject=person, by=by, at=at)
    else:
        person.save(update_fields=["name", "is_role_account"])
    return person, _new_link(person, by, at)


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime | None = None) -> Person:
    """Let the owner of an account choose its password, once. Raises `DomainError` that says what to do instead."""
    at = at or clock.now()
    found = queries.invitation(token)
    if found is None:
        raise DomainError(UNKNOWN)
    # Who comes second waits here, and then sees that the link is used.
    person = Person.objects.select_for_update().get(pk=found.person_id)
    found = Invitation.objects.select_related("person").get(pk=found.pk)
    state = found.state(at)
    if state != Invitation.State.OPEN or not person.is_active:
        raise DomainError(REFUSALS.get(state, UNKNOWN))
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise DomainError(f"{' '.join(fault.messages)} Länken gäller fortfarande.") from fault
    person.set_password(password)
    person.save(update_fields=["password"])
    found.used_at = at
    found.save(update_fields=["used_at"])
    journal.record(verb="people.invitation_accepted", subject=person, at=at)
    return person


def _new_link(person: Person, by: Any, at: datetime) -> str:
    waiting = Invitation.objects.filter(person=person, used_at__isnull=True, replaced_at__isnull=True)
    waiting.update(replaced_at=at)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        person=person, fingerprint=queries.fingerprint(token), made_at=at, expires_at=at + INVITATION_LASTS
    )
    journal.record(
        verb="people.invited", subject=person, by=by, at=at, data={"expires_at": made.expires_at.isoformat()}
    )
    return token

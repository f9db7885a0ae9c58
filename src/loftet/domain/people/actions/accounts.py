"""Making staff accounts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.people.models import Person


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    password: str,
    at: datetime | None = None,
    is_administrator: bool = False,
    is_role_account: bool = False,
) -> Person:
    """Make an account for a member of staff. Raises `DomainError` when the address is taken or the password weak."""
    at = at or clock.now()
    person = Person(
        email=email.strip(),
        name=name.strip(),
        is_administrator=is_administrator,
        is_role_account=is_role_account,
        created_at=at,
    )
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise DomainError(f"Kontot är inte skapat. {' '.join(fault.messages)}") from fault
    person.set_password(password)
    save_new(person)
    journal.record(verb="people.added", subject=person, at=at)
    return person


def save_new(person: Person) -> None:
    """Save an account that is made now. Raises `DomainError` when its address is none, or is taken."""
    try:
        validate_email(person.email)
        with transaction.atomic():
            person.save()
    except ValidationError as fault:
        raise DomainError(f"Kontot är inte skapat. {' '.join(fault.messages)}") from fault
    except IntegrityError as fault:
        raise DomainError(f"Det finns redan ett konto för {person.email}. Inget är ändrat.") from fault

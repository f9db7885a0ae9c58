"""Finding staff."""

from __future__ import annotations

from loftet.domain.people.models import Person


def by_email(email: str) -> Person | None:
    """The account of an address, whatever the case."""
    return Person.objects.filter(email__iexact=email).first()

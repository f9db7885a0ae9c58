"""Finding staff."""

from __future__ import annotations

import hashlib

from loftet.domain.people.models import Invitation, Person


def by_email(email: str) -> Person | None:
    """The account of an address, whatever the case."""
    return Person.objects.filter(email__iexact=email).first()


def invitation(token: str) -> Invitation | None:
    """The invitation behind the secret of a link, whether it still holds or not."""
    return Invitation.objects.select_related("person").filter(fingerprint=fingerprint(token)).first()


def fingerprint(token: str) -> str:
    """What is kept of a secret that is long and random: no table can be turned back into links."""
    return hashlib.sha256(token.encode()).hexdigest()

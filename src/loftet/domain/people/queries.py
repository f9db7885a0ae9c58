"""Finding staff."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import AnonymousUser

from loftet.domain.people.models import Invitation, Person


def by_email(email: str) -> Person | None:
    """The account of an address, whatever the case."""
    return Person.objects.filter(email__iexact=email).first()


def invitation(token: str) -> Invitation | None:
    """The invitation behind the secret of a link, whether it still holds or not."""
    return Invitation.objects.select_related("person").filter(fingerprint=fingerprint(token)).first()


def names(public_ids: Iterable[str]) -> dict[str, str]:
    """What people are called, by their permanent ids."""
    return dict(Person.objects.filter(public_id__in=list(public_ids)).values_list("public_id", "name"))


def fingerprint(token: str) -> str:
    """What is kept of a secret that is long and random: no table can be turned back into links."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_app(person: Person | AnonymousUser) -> bool:
    """Whether the person has an app for codes."""
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists()


def has_key(person: Person | AnonymousUser) -> bool:
    """Whether the person has a security key."""
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN).exists()


def has_second_factor(person: Person | AnonymousUser) -> bool:
    """Whether the person signs in in two steps: an app for codes or a security key, besides the password."""
    return Authenticator.objects.filter(user_id=person.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def code_now(person: Person | AnonymousUser) -> str:
    """The code that the person's app shows now; empty for one who has none. For a demo, where nobody has the app."""
    found = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()
    if found is None:
        return ""
    secret = get_adapter().decrypt(found.data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))

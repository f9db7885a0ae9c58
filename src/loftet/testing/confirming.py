"""Proof of who one is, for tests and the demo: a confirmation, and an app that shows codes."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth

from loftet.domain.base import clock
from loftet.domain.signing.confirmation import Confirmation, How

# The secret of every app in tests and in the demo, which everyone may know.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def confirmed(at: datetime | None = None) -> Confirmation:
    """That somebody gave the code of their app at a moment, or now."""
    return Confirmation(at or clock.now(), How.SECOND_FACTOR)


def give_app(person) -> None:
    """Let a person sign in in two steps."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": SECRET}, "created_at": clock.now()}
    )


def code(secret: str = SECRET, *, later: int = 0) -> str:
    """What an app that has the secret shows now, or some half minutes later (RFC 6238)."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(auth.time.time()) // 30 + later))

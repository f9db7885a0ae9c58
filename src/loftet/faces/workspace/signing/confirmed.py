"""When the person at the keyboard last proved who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.people import queries as people
from loftet.domain.signing.actions import CONFIRMATION_LASTS

# The name that the sign-in library gives to a code or a key in its record.
SECOND_STEP = "mfa"


def confirmed_at(request: HttpRequest) -> datetime | None:
    """The latest time that the session's owner proved who they are, from the sign-in's own record.

    For one who signs in in two steps the password alone proves nothing.
    """
    records = request.session.get("account_authentication_methods", [])
    if people.has_second_factor(request.user):
        records = [record for record in records if record.get("method") == SECOND_STEP]
    times = [record["at"] for record in records if "at" in record]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def is_recent(request: HttpRequest) -> bool:
    """Whether that is recent enough to sign on."""
    moment = confirmed_at(request)
    return moment is not None and clock.now() - moment < CONFIRMATION_LASTS


def address(request: HttpRequest, back: str) -> str:
    """Where to prove it again, and then come back to a page."""
    page = "mfa_reauthenticate" if people.has_second_factor(request.user) else "account_reauthenticate"
    return f"{reverse(page)}?{urlencode({'next': back})}"

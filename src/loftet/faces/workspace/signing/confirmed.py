"""When the person at the keyboard last proved who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.signing.actions import CONFIRMATION_LASTS


def confirmed_at(request: HttpRequest) -> datetime | None:
    """The latest time that the session's owner gave a password or a second factor, from the sign-in's own record."""
    records = request.session.get("account_authentication_methods", [])
    times = [record["at"] for record in records if "at" in record]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def is_recent(request: HttpRequest) -> bool:
    """Whether that is recent enough to sign on."""
    moment = confirmed_at(request)
    return moment is not None and clock.now() - moment < CONFIRMATION_LASTS


def address(back: str) -> str:
    """Where to prove it again, and then come back to a page."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}"

"""When and how the person at the keyboard last proved who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.people import queries as people
from loftet.domain.signing.confirmation import Confirmation, How

# The name that the sign-in library gives to a code or a key in its record.
SECOND_STEP = "mfa"


def confirmation(request: HttpRequest) -> Confirmation | None:
    """The latest proof that is enough to sign on, from the sign-in's own record; otherwise the latest of any kind."""
    records = request.session.get("account_authentication_methods", [])
    found = [
        Confirmation(
            datetime.fromtimestamp(record["at"], UTC),
            How.SECOND_FACTOR if record.get("method") == SECOND_STEP else How.PASSWORD,
        )
        for record in records
        if "at" in record
    ]
    return max(found, key=lambda one: (one.is_enough, one.at), default=None)


def may_sign_now(request: HttpRequest) -> bool:
    """Whether the proof is enough, and recent enough."""
    found = confirmation(request)
    return found is not None and found.is_enough and found.is_recent(clock.now())


def has_app(request: HttpRequest) -> bool:
    """Whether the person has a second step to prove it with."""
    return people.has_second_factor(request.user)


def address(request: HttpRequest, back: str) -> str:
    """Where to prove it again and then come back to a page; for one who has no second step, where to get one."""
    if not has_app(request):
        return reverse("mfa_index")
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"

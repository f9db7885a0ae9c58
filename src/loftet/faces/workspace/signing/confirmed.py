"""When and how the person at the keyboard last proved who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import IdentityProvider, Organisation
from loftet.domain.people import queries as people
from loftet.domain.signing.confirmation import Confirmation, How
from loftet.faces.workspace.identity.views import METHOD

# The name that the sign-in library gives to a code or a key in its record.
SECOND_STEP = "mfa"


def confirmation(request: HttpRequest, organisation: Organisation) -> Confirmation | None:
    """The latest proof that is enough to sign on for an organisation, from the sign-in's own record, or else the latest
    of any kind.
    """
    records = get_authentication_records(request, request.user)
    found = [_read(record) for record in records if "at" in record]
    return max(found, key=lambda one: (one.is_enough and one.holds_for(organisation), one.at), default=None)


def _read(record: dict[str, Any]) -> Confirmation:
    """One line of the record. What an organisation's sign-in said counts from when the person proved it there."""
    at = datetime.fromtimestamp(record["at"], UTC)
    if record.get("method") == SECOND_STEP:
        return Confirmation(at, How.SECOND_FACTOR)
    if record.get("method") != METHOD or not record["is_enough"]:
        return Confirmation(at, How.PASSWORD)
    try:
        provider = parties.identity_provider(record["provider"])
    except IdentityProvider.DoesNotExist:  # it is ended since
        return Confirmation(at, How.PASSWORD)
    return Confirmation(datetime.fromtimestamp(record["proved_at"], UTC), How.IDENTITY_PROVIDER, provider.organisation)


def may_sign_now(request: HttpRequest, organisation: Organisation) -> bool:
    """Whether the proof is enough to sign on for an organisation, and recent enough."""
    found = confirmation(request, organisation)
    return found is not None and found.is_enough and found.holds_for(organisation) and found.is_recent(clock.now())


@dataclass(frozen=True)
class Way:
    """A way to prove who one is: what it is called, and where."""

    name: str
    url: str


def ways(request: HttpRequest, organisation: Organisation, back: str) -> list[Way]:
    """How the person can prove it again and then come back to a page. None: an app has to be added first."""
    found, next_page = [], urlencode({"next": back})
    if people.has_app(request.user):
        found.append(Way("Bekräfta vem du är", f"{reverse('mfa_reauthenticate')}?{next_page}"))
    if people.has_key(request.user):
        found.append(Way("Bekräfta med säkerhetsnyckel", f"{reverse('mfa_reauthenticate_webauthn')}?{next_page}"))
    provider = parties.identity_provider_of(request.user)
    if provider and provider.accepted_levels and rules.answers_for(provider.organisation, organisation):
        address = reverse("identity_begin", kwargs={"provider_id": provider.public_id})
        found.append(Way(f"Bekräfta genom {provider.organisation.name}", f"{address}?{next_page}"))
    return found


def address(request: HttpRequest, organisation: Organisation, back: str) -> str:
    """Where to prove it again and then come back to a page; for one who has no way to, where to get one."""
    return next((way.url for way in ways(request, organisation, back)), reverse("mfa_index"))

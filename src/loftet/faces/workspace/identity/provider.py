"""An organisation's identity provider, spoken to by OpenID Connect: the authorization code flow with PKCE.

authlib builds the requests and checks the ID token's signature, issuer, audience, nonce and time. What it leaves to us
is checked here: that the provider is who the configuration says, and for a confirmation that one has just proved who
one is, and how (OpenID Connect Core 1.0, sections 2 and 3.1.2.1: `max_age`, `auth_time`, `acr`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException

from loftet.config import keys
from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import IdentityProvider

log = logging.getLogger(__name__)
PATIENCE = 10  # seconds for each question to the provider
# Ours and theirs may differ by so much.
CLOCKS_DIFFER = timedelta(seconds=60)
# Signatures that only the provider can make; never `none`, and none that share a secret with us.
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
NO_ANSWER = "{organisation}s inloggning svarar inte. Inget är ändrat. Försök igen om en stund."
REFUSED = "{organisation}s inloggning släppte inte in dig, eller så avbröt du. Inget är ändrat."
NOT_RIGHT = (
    "Svaret från {organisation}s inloggning gick inte att lita på. Inget är ändrat. Börja om, och berätta för den som "
    "driver installationen om det händer igen."
)
NOT_AGAIN = "{organisation}s inloggning frågade inte efter dig på nytt. Inget är ändrat. Försök igen."


@dataclass(frozen=True)
class Answer:
    """What a provider says about one who has come back from it."""

    subject: str
    email: str
    is_address_doubted: bool
    proved_at: datetime
    level: str


def start(request: HttpRequest, provider: IdentityProvider, *, again: bool = False) -> HttpResponse:
    """Send the browser to the provider. With `again` it must ask the person once more, at a level one may sign on."""
    more: dict[str, str] = {}
    if again:
        more["max_age"] = "0"
        if provider.accepted_levels:
            more["acr_values"] = " ".join(provider.accepted_levels)
    try:
        client = _client(provider)
        return client.authorize_redirect(request, way_back(provider), **more)
    except (RequestException, AuthlibBaseError, RuntimeError, ValueError) as fault:
        raise _told(provider, NO_ANSWER, fault) from fault


def finish(request: HttpRequest, provider: IdentityProvider, *, asked_at: datetime, again: bool = False) -> Answer:
    """Exchange the code that the browser came back with, and return what the provider says.

    Raises `DomainError` with a sentence for one who was refused, for an answer that is not right, and for silence.
    """
    if "error" in request.GET:
        raise _told(provider, REFUSED, request.GET["error"])
    try:
        client = _client(provider)
        options = {name: {"essential": True, "value": value} for name, value in _expected(provider).items()}
        token = client.authorize_access_token(
            request, claims_options=options, leeway=int(CLOCKS_DIFFER.total_seconds())
        )
    except RequestException as fault:
        raise _told(provider, NO_ANSWER, fault) from fault
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, TypeError, KeyError) as fault:
        raise _told(provider, NOT_RIGHT, fault) from fault
    claims = token.get("userinfo")
    if not claims:
        raise _told(provider, NOT_RIGHT, "no ID token")
    return _read(provider, claims, asked_at, again)


def _read(provider: IdentityProvider, claims: dict[str, Any], asked_at: datetime, again: bool) -> Answer:
    now, proved = clock.now(), claims.get("auth_time")
    if again and not isinstance(proved, int | float):
        raise _told(provider, NOT_AGAIN, "no auth_time")
    # Without auth_time all that is known is that one has been signed in there for some time.
    at = datetime.fromtimestamp(proved, UTC) if isinstance(proved, int | float) else datetime.fromtimestamp(0, UTC)
    if at > now + CLOCKS_DIFFER:
        raise _told(provider, NOT_RIGHT, "auth_time is to come")
    if again and at < asked_at - CLOCKS_DIFFER:
        raise _told(provider, NOT_AGAIN, "auth_time is before it was asked")
    return Answer(
        subject=str(claims["sub"]),
        email=str(claims.get("email") or ""),
        is_address_doubted=claims.get("email_verified") is False,
        proved_at=min(at, now),
        level=str(claims.get("acr") or ""),
    )


def _client(provider: IdentityProvider) -> DjangoOAuth2App:
    """A client of the provider's, which has said by its own address what it can."""
    client = DjangoOAuth2App(
        DjangoIntegration(provider.public_id),
        provider.public_id,
        client_id=provider.client_id,
        client_secret=keys.read_secret(secret_path(provider)) or None,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != provider.issuer:
        raise ValueError(f"the provider calls itself {metadata.get('issuer')}")
    named = metadata.get("id_token_signing_alg_values_supported") or SIGNED_WITH
    metadata["id_token_signing_alg_values_supported"] = [one for one in named if one in SIGNED_WITH]
    return client


def _expected(provider: IdentityProvider) -> dict[str, str]:
    return {"iss": provider.issuer, "aud": provider.client_id}


def way_back(provider: IdentityProvider) -> str:
    """Where the provider sends one back: an address of its own, so that none can answer in another's place."""
    return settings.LOFTET_BASE_URL.rstrip("/") + reverse("identity_finish", kwargs={"provider_id": provider.public_id})


def secret_path(provider: IdentityProvider) -> Path:
    """Where the client's secret lies; without the file the client proves itself by PKCE alone."""
    return settings.LOFTET_KEYS / "identity-providers" / f"{provider.public_id}.secret"


def _told(provider: IdentityProvider, sentence: str, why: object) -> DomainError:
    """The sentence for the one who signs in. The operator reads why in the log, where no name or address is."""
    log.warning("Sign-in through %s failed: %s", provider.public_id, why)
    return DomainError(sentence.format(organisation=provider.organisation.name))

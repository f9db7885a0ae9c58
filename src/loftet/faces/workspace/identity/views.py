"""Signing in by one's organisation's own sign-in, and proving by it once more who one is."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties import actions, queries
from loftet.domain.parties.models import IdentityProvider
from loftet.faces.workspace.identity import provider as idp

# The method's name in the sign-in library's record of how one has proved who one is.
METHOD = "identity_provider"
TEMPLATES = "workspace/account"


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The organisations whose people can come by their own sign-in."""
    return render(
        request,
        f"{TEMPLATES}/identity_choose.html",
        {"providers": queries.identity_providers(), "next": _next(request)},
    )


@never_cache
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the organisation's sign-in. One who is signed in already is asked to prove it once more."""
    provider = _provider(provider_id)
    again = request.user.is_authenticated
    _remember(request, provider, again)
    try:
        return idp.start(request, provider, again=again)
    except DomainError as refusal:
        return _refused(request, provider, refusal)


@never_cache
@require_safe
def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the organisation's sign-in."""
    provider = _provider(provider_id)
    begun = request.session.pop(_key(provider), None)
    try:
        if begun is None or begun["again"] != request.user.is_authenticated:
            raise DomainError("Inloggningen hade väntat för länge eller påbörjats på nytt. Inget är ändrat. Börja om.")
        asked_at = datetime.fromisoformat(begun["at"])
        answer = idp.finish(request, provider, asked_at=asked_at, again=begun["again"])
        person = actions.recognise(
            provider=provider,
            subject=answer.subject,
            email=answer.email,
            is_address_doubted=answer.is_address_doubted,
        )
        if begun["again"] and person != request.user:
            raise DomainError("Det var någon annan än du som loggade in hos din organisation. Inget är ändrat.")
    except DomainError as refusal:
        return _refused(request, provider, refusal)
    record_authentication(
        request,
        person,
        METHOD,
        provider=provider.public_id,
        proved_at=answer.proved_at.timestamp(),
        is_enough=answer.level in provider.accepted_levels,
        reauthenticated=begun["again"],
    )
    if not begun["again"]:
        return perform_login(request, Login(user=person, redirect_url=begun["next"] or None))
    if provider.accepted_levels and answer.level not in provider.accepted_levels:
        messages.warning(request, _not_enough(provider))
    return redirect(begun["next"] or settings.LOGIN_REDIRECT_URL)


def has_proved_it_again(request: HttpRequest) -> bool:
    """Whether the person has been asked anew by their organisation's sign-in within the last minutes."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record["method"] == METHOD and record.get("reauthenticated")]
    return bool(times) and clock.now().timestamp() - max(times) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _not_enough(provider: IdentityProvider) -> str:
    return (
        f"{provider.organisation.name}s inloggning svarade inte med den tillitsnivå som krävs för att skriva under. "
        "Inget är undertecknat. Försök igen på ett säkrare sätt där, eller lägg till en app för koder."
    )


def _provider(provider_id: str) -> IdentityProvider:
    try:
        return queries.identity_provider(provider_id)
    except IdentityProvider.DoesNotExist:
        raise Http404 from None


def _key(provider: IdentityProvider) -> str:
    return f"identity_begun_{provider.public_id}"


def _remember(request: HttpRequest, provider: IdentityProvider, again: bool) -> None:
    request.session[_key(provider)] = {"at": clock.now().isoformat(), "again": again, "next": _next(request)}


def _next(request: HttpRequest) -> str:
    """Where to go on afterwards, if that is an address of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else ""


def _refused(request: HttpRequest, provider: IdentityProvider, refusal: DomainError) -> HttpResponse:
    context = {"sentence": str(refusal), "provider": provider}
    return render(request, f"{TEMPLATES}/identity_refused.html", context, status=403)

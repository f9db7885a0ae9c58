"""The pages that ask for a password, with the way around it for those whose organisation has a sign-in of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from loftet.domain.parties import queries
from loftet.faces.workspace.identity.views import has_proved_it_again


class SignIn(views.LoginView):
    """E-mail and password, or one's organisation's own sign-in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With the organisations that have one."""
        return {**super().get_context_data(**words), "providers": queries.identity_providers()}


class SignInAgain(views.ReauthenticateView):
    """The password again, or the organisation's own sign-in again."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With the sign-in that knows the person."""
        return {**super().get_context_data(**words), "provider": queries.identity_provider_of(self.request.user)}


def again_over_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask one who has nothing of ours to prove it with, no password and no app, to do it at their organisation.

    The sign-in library asks everyone else, and lets these through.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user
        if person.is_authenticated and not get_reauthentication_flows(person) and not has_proved_it_again(request):
            provider = queries.identity_provider_of(person)
            if provider is not None:
                begin = reverse("identity_begin", kwargs={"provider_id": provider.public_id})
                return redirect(f"{begin}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return answer

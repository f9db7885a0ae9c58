"""The second step of a sign-in: a code from an app or from paper, or a security key.

In a demo, where nobody has the app, the pages that ask for a code tell it too.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.base import views
from allauth.mfa.webauthn import views as keys
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.urls import reverse_lazy

from loftet.domain.people import queries


class AtSignIn(views.AuthenticateView):
    """The second step at sign-in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With what the person has, and with the code in a demo."""
        person = self.stage.login.user
        context = super().get_context_data(**words)
        return {
            **context,
            "example_code": _example_code(person),
            "has_app": queries.has_app(person),
            "has_key": queries.has_key(person),
            "options": _options(context, "request_options"),
        }


class Again(views.ReauthenticateView):
    """The code once more, from one who is signed in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With the code, in a demo."""
        return {**super().get_context_data(**words), "example_code": _example_code(self.request.user)}


class AddKey(keys.AddWebAuthnView):
    """A new security key, with a name that its owner chooses."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With what the browser is to ask the key."""
        # The parent forgets the form that did not hold.
        context = {**super().get_context_data(**words), **words}
        return {**context, "options": _options(context, "creation_options")}


class RemoveKey(keys.RemoveWebAuthnView):
    """A key taken away."""

    success_url = reverse_lazy("mfa_index")


class KeyAgain(keys.ReauthenticateWebAuthnView):
    """The key once more, from one who is signed in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With what the browser is to ask the key."""
        context = {**super().get_context_data(**words), **words}
        return {**context, "options": _options(context, "request_options")}

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page again, with what was wrong: one is signed in already."""
        return self.render_to_response(self.get_context_data(form=form))


def _options(context: dict[str, Any], name: str) -> str:
    return json.dumps(context.get("js_data", {}).get(name), cls=DjangoJSONEncoder)


def _example_code(person: Any) -> str:
    return queries.code_now(person) if settings.LOFTET_DEMO else ""

"""The pages that ask for a code. In a demo, where nobody has the app, they tell the code too."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views
from django.conf import settings

from loftet.domain.people import queries


class AtSignIn(views.AuthenticateView):
    """The second step at sign-in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With the code, in a demo."""
        return {**super().get_context_data(**words), "example_code": _example_code(self.stage.login.user)}


class Again(views.ReauthenticateView):
    """The code once more, from one who is signed in."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """With the code, in a demo."""
        return {**super().get_context_data(**words), "example_code": _example_code(self.request.user)}


def _example_code(person: Any) -> str:
    return queries.code_now(person) if settings.LOFTET_DEMO else ""

"""The pages that ask for a password, with the way around it for those whose organisation has a sign-in of its own."""

from __future__ import annotations

from typing import Any

from allauth.account import views

from loftet.domain.parties import queries


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

"""What the sign-in library tells us, passed on to the history."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from loftet.domain.people import actions


def added(*, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """An app was added. The codes on paper that come with it are no step of their own."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        actions.note_added(person=user)


def removed(*, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """An app was taken away."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        actions.note_removed(person=user)

"""Every route says who it is for: the public, or staff with a permission. The middleware refuses the rest."""

from __future__ import annotations

from collections.abc import Callable

from django.views.decorators.csrf import csrf_exempt

PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: Callable) -> Callable:
    """Declare a view public. Its forms are guarded by Origin and Sec-Fetch-Site, so that its pages stay cacheable."""
    view = csrf_exempt(view)
    setattr(view, "access", PUBLIC)  # noqa: B010 - a function takes attributes, its type does not say so
    return view


def requires(permission: str) -> Callable[[Callable], Callable]:
    """Declare the permission that staff need, by its key in `parties.roles`; the step's `access` checks the object."""

    def declare(view: Callable) -> Callable:
        setattr(view, "access", permission)  # noqa: B010
        return view

    return declare


def signed_in(view: Callable) -> Callable:
    """Declare a view for anyone who is signed in."""
    setattr(view, "access", SIGNED_IN)  # noqa: B010
    return view

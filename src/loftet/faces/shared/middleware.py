"""What stands before every view: no cross-site posts, no route without a declared access."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, PermissionDenied

from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import queries, rules
from loftet.faces.shared import errors
from loftet.faces.shared.access import PUBLIC, SIGNED_IN

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class SameOriginMiddleware:
    """Refuse posts that another site sends. Browsers say where a post comes from; pages need no token for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in SAFE_METHODS and not self.is_same_origin(request):
            raise PermissionDenied("Formuläret skickades från en annan webbplats. Inget är sparat.")
        return self.get_response(request)

    @staticmethod
    def is_same_origin(request) -> bool:
        """Trust Sec-Fetch-Site first, then Origin. What sends neither is no browser, and holds no one's cookie."""
        site = request.headers.get("Sec-Fetch-Site")
        if site:
            return site in {"same-origin", "none"}
        origin = request.headers.get("Origin")
        return not origin or urlsplit(origin).netloc == request.get_host()


class DeclaredAccessMiddleware:
    """Let a view run only if it says who it is for, and the visitor is that."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        access = getattr(view, "access", None)
        if access is None:
            raise ImproperlyConfigured(f"{view!r} declares no access: use @public, @signed_in or @requires(…).")
        if access == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        queries.read_memberships(request.user)
        if not rules.may_sign_in(request.user):
            logout(request)
            raise PermissionDenied(rules.NO_HAT)
        if access != SIGNED_IN and not rules.has_somewhere(request.user, access):
            raise PermissionDenied("Du saknar behörighet för den här sidan. Be din administratör om rätt roll.")
        return None

    def process_exception(self, request, exception):
        """A step's `access` said no, or there is no such thing: the same page, whichever view asked."""
        if isinstance(exception, NotAllowed):
            return errors.permission_denied(request, exception)
        if isinstance(exception, ObjectDoesNotExist):
            return errors.not_found(request, exception)
        return None

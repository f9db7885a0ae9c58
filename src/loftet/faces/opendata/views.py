"""Permanent addresses and the register as files."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.register import queries as register
from loftet.faces.opendata import things
from loftet.faces.opendata.addresses import Found, found
from loftet.faces.shared import errors
from loftet.faces.shared.access import public

JSON = "application/json"


def read_from_anywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a script on any site read what comes back. It is public, and no cookie is asked for or sent along."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@public
@require_safe
@read_from_anywhere
@conditional_page
@vary_on_headers("Accept")
def permanent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead from an id that never changes to where the thing is shown now; or say as JSON what it is, if that is asked.

    Who accepts both gets the page, and so does a browser.
    """
    known = found(public_id)
    if request.get_preferred_type(["text/html", JSON]) == JSON:
        return _as_data(public_id, known)
    if known is None:
        return errors.not_found(request)
    return redirect(known.address)


def _as_data(public_id: str, known: Found | None) -> HttpResponse:
    if known is None:
        told: dict = {"form": things.FORM, "error": "not_found", "message": "Det finns inget publikt med det numret."}
        return _json(told, status=404, cached="no-cache")
    told = things.described(public_id, known, base=settings.LOFTET_BASE_URL.rstrip("/"), at=clock.now())
    # Not for long: words that are withheld by decision shall soon be gone from caches too.
    return _json(told, status=200, cached="public, max-age=300")


def _json(told: dict, *, status: int, cached: str) -> HttpResponse:
    return JsonResponse(
        told,
        status=status,
        headers={"Cache-Control": cached},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )


@public
@require_safe
def register_export(request):
    """The whole register in the form that `loftet verify` reads."""
    try:
        lines = register.export_lines()
    except register.NothingSigned as nothing:
        return HttpResponse(
            str(nothing), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
        )
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="loftesboken.jsonl"'
    return response


@public
@require_safe
def register_checkpoint(request):
    """The newest signed root of the register, with the lines of those who have witnessed it."""
    checkpoint = register.latest_checkpoint()
    if checkpoint is None:
        raise Http404("Löftesboken har ingen kontrollpunkt än.")
    return HttpResponse(register.note_with_witnesses(checkpoint), content_type="text/plain; charset=utf-8")


@public
@require_safe
def register_consistency(request, old_size: int, size: int):
    """The hashes that show the register of `size` signed entries to begin with its first `old_size`: one a line."""
    newest = register.latest_checkpoint()
    if newest is None or not 0 < old_size <= size <= newest.size:
        raise Http404("Så många undertecknade poster har löftesboken inte.")
    lines = [base64.b64encode(bytes.fromhex(value)).decode() + "\n" for value in register.consistency(old_size, size)]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
def register_key(request):
    """The public key that the register is checked with, and below it those that it has had before."""
    try:
        return HttpResponse(register.public_keys_text(), content_type="text/plain; charset=utf-8")
    except DomainError as missing:
        raise Http404(str(missing)) from missing

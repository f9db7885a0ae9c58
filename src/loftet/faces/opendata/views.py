"""Permanent addresses and the register as files."""

from __future__ import annotations

import base64

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from loftet.domain.base.errors import DomainError
from loftet.domain.register import queries as register
from loftet.faces.opendata.addresses import address_of
from loftet.faces.shared.access import public


@public
@require_safe
def permanent(request, public_id: str):
    """Lead from an id that never changes to where the thing is shown now."""
    address = address_of(public_id)
    if address is None:
        raise Http404("Det finns inget publikt med det numret.")
    return redirect(address)


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

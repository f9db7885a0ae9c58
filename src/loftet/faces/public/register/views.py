"""Löftesboken: every entry, its proof, and how to check it yourself."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.register import queries as register
from loftet.domain.register.models import Entry
from loftet.faces.public.register import reading
from loftet.faces.public.register.addresses import WORDS, address_of
from loftet.faces.shared import withheld
from loftet.faces.shared.access import public

PER_PAGE = 25


@public
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The record, newest first."""
    found = register.entries().prefetch_related("contents")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    context = {"page": page, "rows": reading.rows(list(page)), "checkpoint": register.latest_checkpoint()}
    return render(request, "public/register/entries.html", context)


@public
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what it says in words, the exact characters behind them, and the proof that it stands there."""
    try:
        found = register.entry(number)
    except (Entry.DoesNotExist, OverflowError) as missing:
        raise Http404("Det finns ingen införing med det numret.") from missing
    at, parts = clock.now(), register.withheld_parts([found])
    context = {
        "entry": found,
        "kind": reading.KINDS.get(found.kind, found.kind),
        "about": reading.rows([found], at)[0].about,
        "sections": reading.sections(found, at),
        "withheld": parts,
        "decided": withheld.decisions(parts),
        "parts": [(row, _laid_out(row.text)) for row in found.contents.all() if not row.is_withheld],
        "url": address_of(found, at),
        "link": WORDS.get(found.kind, ""),
        "proof": register.inclusion(found),
    }
    return render(request, "public/register/entry.html", context)


@public
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """How to check the record yourself, offline."""
    try:
        key = register.public_key_text()
    except DomainError:
        key = ""
    context = {
        "key": key,
        "checkpoint": register.latest_checkpoint(),
        "witnessed": register.witnessed(),
        "base_url": settings.LOFTET_BASE_URL.rstrip("/"),
        # The page says the same sentences as the command.
        "reasons": json.dumps(register.fault_sentences(), ensure_ascii=False),
    }
    return render(request, "public/register/check.html", context)


def _laid_out(content: str) -> str:
    """A part that is canonical JSON laid out to be read; the rest as it stands."""
    try:
        return json.dumps(json.loads(content), ensure_ascii=False, indent=2)
    except ValueError:
        return content

"""Promises: all of them, one as a receipt, its versions and its chain."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.followup import queries as followup
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises import queries as promises
from loftet.domain.promises.content import PromiseText
from loftet.domain.promises.queries import retold
from loftet.domain.signing import queries as signing
from loftet.faces.public.places.arrival import at_place
from loftet.faces.public.promises import chain as walk
from loftet.faces.public.promises import retold as retold_page
from loftet.faces.public.promises.arrival import Arrival, at_promise
from loftet.faces.public.promises.presenter import receipt, summaries
from loftet.faces.public.promises.versions import version_rows
from loftet.faces.shared import wording
from loftet.faces.shared.access import public


@public
@require_safe
def all_promises(request: HttpRequest) -> HttpResponse:
    """Every promise in force here, and apart from them the ones that are retold from elsewhere."""
    at = clock.now()
    shown = summaries(followup.promises_followup(promises.all_public_promises(at), at), at)
    return render(request, "public/promises/all.html", {"promises": shown, "retold": retold.all_retold()})


@public
@require_safe
@at_place
def promise(request: HttpRequest, municipality: Municipality, slug: str) -> HttpResponse:
    """One promise: signed here as a receipt, or retold with its source."""
    place = places.slug_of(municipality)
    told = retold.retold_by_slug(municipality, slug)
    if told is None:
        return _signed(request, place=place, slug=slug)
    if told.slug != slug:
        return redirect("public:promise", place=place, slug=told.slug, permanent=True)
    return render(request, retold_page.TEMPLATE, retold_page.context(told, place))


@at_promise
def _signed(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    sheet = receipt(
        followup.promise_followup(arrival.shown, arrival.at),
        place=arrival.place,
        versions=promises.versions(arrival.shown.promise),
        base_url=settings.LOFTET_BASE_URL,
        at=arrival.at,
    )
    context = arrival.context(receipt=sheet, withheld=signing.withholding(arrival.shown.version))
    return render(request, "public/promises/promise.html", context)


@public
@require_safe
@at_promise
def versions(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """Every version that has been in force, newest first, and what changed between them in words."""
    rows = version_rows(
        promises.versions(arrival.shown.promise),
        lambda content: wording.promise_lines(PromiseText.from_content(content)),
    )
    return render(request, "public/promises/versions.html", arrival.context(rows=rows))


@public
@require_safe
@at_promise
def chain(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """From what was said to what became of it, gaps included."""
    steps = walk.steps(followup.promise_followup(arrival.shown, arrival.at), arrival.at)
    context = arrival.context(steps=steps, gaps=sum(step.is_gap for step in steps))
    return render(request, "public/promises/chain.html", context)

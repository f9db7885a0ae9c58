"""Arriving at a place by its address, also an old one, a half right one or one that two municipalities share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loftet.domain.places import queries as places
from loftet.domain.places.queries import Lookup


def at_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view `municipality` instead of `place`; lead on from an old or differently spelt address.

    What is only nearly an address gets a page that asks which municipality was meant. The rest is not found.
    """

    @wraps(view)
    def arrive(request: HttpRequest, place: str, **kwargs) -> HttpResponse:
        found = places.find_place(place)
        if found.municipality and found.is_current:
            return view(request, municipality=found.municipality, **kwargs)
        return _elsewhere(request, place, found)

    return arrive


def _elsewhere(request: HttpRequest, place: str, found: Lookup) -> HttpResponse:
    if found.municipality:
        rest = request.path.removeprefix("/").partition("/")[2]
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        address = f"/{places.slug_of(found.municipality)}/{rest}{query}"
        return redirect(address, permanent=True, preserve_request=request.method not in {"GET", "HEAD"})
    if not found.suggestions:
        raise Http404("Det finns ingen kommun med den adressen.")
    context = {"sought": place, "suggestions": found.suggestions, "is_shared": found.is_shared}
    return render(request, "public/places/which_place.html", context, status=200 if found.is_shared else 404)

"""Arriving at a promise in force by its address, also an old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from loftet.domain.base import clock
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises import queries as promises
from loftet.domain.promises.queries import PublicPromise
from loftet.faces.public.places.arrival import at_place


@dataclass(frozen=True)
class Arrival:
    """A promise in force at its address, and the moment."""

    shown: PublicPromise
    municipality: Municipality
    place: str
    at: datetime

    def context(self, **more) -> dict:
        """What every page of the promise needs."""
        return {"shown": self.shown, "municipality": self.municipality, "place": self.place, **more}


def at_promise(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view an `Arrival`. Until every party has signed there is nothing at the address."""

    @at_place
    @wraps(view)
    def arrive(request: HttpRequest, municipality: Municipality, slug: str) -> HttpResponse:
        at = clock.now()
        shown = promises.public_promise(municipality, slug, at)
        if shown is None:
            raise Http404("Det finns inget löfte med den adressen, eller så har inte båda parter skrivit under det.")
        place = places.slug_of(municipality)
        if shown.slug != slug:
            name = f"public:{resolve(request.path).url_name}"
            return redirect(name, place=place, slug=shown.slug, permanent=True)
        return view(request, Arrival(shown, municipality, place, at))

    return arrive

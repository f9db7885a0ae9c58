"""The first page at the desk: what needs me, then my places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.parties import queries as parties
from loftet.domain.places import queries as places
from loftet.faces.shared.access import signed_in
from loftet.faces.workspace.home.todo import tasks


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To do first, with deadlines and one button each."""
    at = clock.now()
    hats = parties.hats(request.user, at)
    partnerships = list(parties.partnerships_of(request.user, at))
    municipalities = places.in_order({m.pk: m for one in partnerships for m in one.municipalities.all()}.values())
    slugs = places.slugs_of(municipalities)
    mine = [
        {"label": one.name, "url": reverse("workspace:place", kwargs={"place": slugs[one.pk]})}
        for one in municipalities
    ]
    context = {
        "tasks": tasks(hats, partnerships, at),
        "places": mine,
        "hats": hats,
    }
    return render(request, "workspace/home/home.html", context)

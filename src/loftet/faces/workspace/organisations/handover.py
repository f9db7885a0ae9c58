"""Handing over: what one who leaves holds, what would be missing, who takes over, and all hats ended in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from loftet.domain.base import clock
from loftet.domain.parties import access, actions, queries
from loftet.domain.parties.keeper import Actor
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.places import queries as places
from loftet.faces.shared import text
from loftet.faces.shared.access import signed_in
from loftet.faces.workspace.organisations.forms import HandoverForm
from loftet.faces.workspace.organisations.holdings import holdings, may_read
from loftet.faces.workspace.organisations.pages import address, show
from loftet.faces.workspace.pages import carried_out


@signed_in
def handover(request: HttpRequest, person_id: str) -> HttpResponse:
    """The pack on a page that can be printed, and the form that hands over."""
    at = clock.now()
    leaving = access.person_for_handover(request.user, person_id, at=at)
    mine = access.hats_to_hand_over(request.user, leaving, at=at)
    form = _form(request, leaving, mine, clock.day_of(at)) if mine else None
    if form is not None and form.is_bound and form.is_valid() and _done(form, leaving, mine):
        day = text.day(form.cleaned_data["last_day"])
        messages.success(request, f"Överlämningen är sparad. Uppdragen gäller till och med {day}.")
        return redirect(address(mine[0][0].organisation))
    context = _pack(request, leaving, mine, at) | {"form": form}
    return show(request, "handover", context, *([form] if form is not None else []))


def _form(request: HttpRequest, leaving, mine: Sequence[tuple[Membership, Actor]], today: date) -> HandoverForm:
    """The form, with the colleagues who could take over. Nobody gives a hat to themselves."""
    out = {leaving.pk, request.user.pk}
    choices = [
        (hat, [one for one in queries.colleagues(hat.organisation, today) if one.pk not in out]) for hat, _by in mine
    ]
    return HandoverForm(request.POST or None, hats=choices)


def _done(form: HandoverForm, leaving, mine: Sequence[tuple[Membership, Actor]]) -> bool:
    words: dict[str, Any] = {"last_day": form.cleaned_data["last_day"], "successors": form.successors()}
    handed = carried_out(form, actions.hand_over, person=leaving, hats=mine, by=mine[0][1], **words)
    return bool(handed)


def _pack(request: HttpRequest, leaving, mine: Sequence[tuple[Membership, Actor]], at: datetime) -> dict[str, Any]:
    """What the page tells: only of organisations that one handles, and its words only to those who may read them."""
    today = clock.day_of(at)
    is_own = leaving.pk == request.user.pk
    shown = [hat for hat in queries.all_hats(leaving) if not hat.is_over_on(today)] if is_own else [h for h, _ in mine]
    worn = [hat for hat in shown if hat.runs_on(today)]
    organisations = {hat.organisation_id for hat in worn}
    partnerships = [one for one in queries.partnerships_of(leaving, at) if organisations & queries.members_on(one, at)]
    readers = queries.hats(request.user, at)
    read = [one for one in partnerships if may_read(readers, one, at)]
    counted = [one for one in partnerships if one not in read]
    elsewhere = [hat for hat in queries.hats(leaving, at) if hat.pk not in {one.pk for one in worn}]
    return {
        "leaving": leaving,
        "is_own": is_own,
        "hats": shown,
        "elsewhere": len(elsewhere),
        "places": holdings(worn, read, at),
        "counted": holdings(worn, counted, at),
        "warnings": _warnings(worn, partnerships, today),
        "today": today,
    }


def _warnings(worn: Sequence[Membership], partnerships: Sequence[Partnership], today: date) -> list[str]:
    """What the organisations would be without if nobody took over, and in which places that would be felt."""
    organisations = {hat.organisation_id: hat.organisation for hat in worn}
    missing = queries.lacks(organisations.values(), today + timedelta(days=1), without=worn)
    words: dict[Organisation, list[str]] = {}
    for lack in missing:
        words.setdefault(lack.organisation, []).append(lack.words)
    return [
        f"{one.name} blir utan {text.joined(lacking)}. Det märks i {text.joined(_places(one, partnerships))}."
        for one, lacking in words.items()
    ]


def _places(organisation: Organisation, partnerships: Sequence[Partnership]) -> list[str]:
    near = [one for one in partnerships if organisation.pk in queries.members_on(one)]
    names = [place.name for place in places.in_order({m.pk: m for p in near for m in p.municipalities.all()}.values())]
    return names or ["organisationen själv"]

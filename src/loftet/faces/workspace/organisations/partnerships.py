"""Partnerships: who acts together, where, from when to when, and who signs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import access, actions, queries, rules
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.places import queries as places
from loftet.faces.shared import text
from loftet.faces.shared.access import signed_in
from loftet.faces.workspace.organisations.forms import LastDayForm, LeaveForm, PartyForm, first_day
from loftet.faces.workspace.organisations.pages import address, form_page, show
from loftet.faces.workspace.pages import act, carried_out, words_of


@signed_in
@require_safe
def partnership(request: HttpRequest, public_id: str) -> HttpResponse:
    """One partnership: parties, places, days and who signs."""
    found = access.partnership_for_reading(request.user, public_id)
    today = clock.day_of(clock.now())
    rows = sorted(found.members.all(), key=lambda row: row.organisation.rank)
    context = {
        "partnership": found,
        "facts": [
            ("Från och med", text.day(found.starts)),
            ("Till och med", text.day(found.ends) if found.ends else "Tills vidare"),
        ],
        "places": _places(request, found),
        "rows": [(row, _leaving(request, found, row.organisation)) for row in rows if not row.is_over_on(today)],
        "past": [row for row in rows if row.is_over_on(today)],
        "today": today,
        "is_over": found.is_over_on(today),
        "may_change": _may_change(request, found),
    }
    return show(request, "partnership", context)


def _places(request: HttpRequest, found: Partnership) -> list[dict[str, str]]:
    """The partnership's municipalities; with the address of the board for one who works there."""
    municipalities = places.in_order(found.municipalities.all())
    mine = {one.pk for one in queries.municipalities_of(request.user)}
    slugs = places.slugs_of(municipalities)
    reads = rules.has_somewhere(request.user, queries.READ)
    return [
        {
            "name": one.name,
            "url": reverse("workspace:place", kwargs={"place": slugs[one.pk]}) if reads and one.pk in mine else "",
        }
        for one in municipalities
    ]


def _may_change(request: HttpRequest, found: Partnership) -> bool:
    try:
        access.partnership_for_changing(request.user, found.public_id)
    except NotAllowed:
        return False
    return True


def _leaving(request: HttpRequest, found: Partnership, party: Organisation) -> str:
    """Where one says that a party leaves, for one who may."""
    if not any(rules.may_take_out(by, party, found) for by in access.actors(request.user)):
        return ""
    return address(found, "party_leave", party_id=party.public_id)


@signed_in
def days(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say until when the partnership goes on: sooner ends it, later prolongs it."""
    found, by = access.partnership_for_changing(request.user, public_id)
    form = LastDayForm(request.POST or None, initial={"last_day": found.ends})
    if form.is_bound and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        ends_sooner = last_day is not None and (found.ends is None or last_day <= found.ends)
        verb = actions.end_partnership if ends_sooner else actions.prolong_partnership
        if carried_out(form, verb, partnership=found, last_day=last_day, by=by):
            until = f"till och med {text.day(last_day)}" if last_day else "tills vidare"
            messages.success(request, f"Partnerskapet gäller {until}.")
            return redirect(address(found))
    intro = (
        "När ett partnerskap har slutat kan inget nytt läggas fram. Det som gäller fortsätter att gälla, och ni kan "
        "rapportera, mäta och svara som förut. Den andra parten ser när du ändrar."
    )
    title = f"Hur länge gäller {found.name}?"
    return form_page(request, found, form, title=title, submit="Spara", intro=intro)


@signed_in
def party_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let an organisation be a party: a board, one that is known, or another promiser by its name."""
    found, by = access.partnership_for_changing(request.user, public_id)
    known = queries.may_join(found, everyone=rules.is_keeper(by))
    form = PartyForm(request.POST or None, initial=first_day(clock.day_of(clock.now())), known=known)
    words = words_of(form)
    chosen = {one.public_id: one for one in known}.get(words.pop("organisation", ""))
    name = words.pop("name", "")
    verb, about = (
        (actions.join_partnership, {"organisation": chosen}) if chosen else (actions.add_promiser, {"name": name})
    )
    done = act(
        request,
        form,
        verb,
        partnership=found,
        by=by,
        done="Parten är tillagd. Det som redan är framlagt behåller sina parter.",
        to=address(found),
        **about,
        **words,
    )
    intro = f"Organisationen blir med i {found.name} och kan ansvara för åtgärder."
    return done or form_page(request, found, form, title="Lägg till part", submit="Lägg till", intro=intro)


@signed_in
def party_leave(request: HttpRequest, public_id: str, party_id: str) -> HttpResponse:
    """Say which day is a party's last."""
    found, party, by = access.party_for_leaving(request.user, public_id, party_id)
    form = LeaveForm(request.POST or None)
    done: Any = act(
        request,
        form,
        actions.leave_partnership,
        partnership=found,
        organisation=party,
        by=by,
        done=f"Slutdagen för {party.name} är sparad.",
        to=address(found),
        **words_of(form),
    )
    intro = (
        f"{party.name} kan fortfarande skriva under det som redan är framlagt, rapportera det som är lovat och svara. "
        "Nya förslag läggs fram utan parten."
    )
    return done or form_page(request, found, form, title=f"{party.name} lämnar", submit="Spara", intro=intro)

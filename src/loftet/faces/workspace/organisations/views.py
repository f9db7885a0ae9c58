"""Organisations: what they are called, their boards and people; the roles in plain words; one's own hats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import access, actions, queries
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.parties.roles import PERMISSIONS, ROLES
from loftet.faces.shared import text
from loftet.faces.shared.access import signed_in
from loftet.faces.workspace.organisations.forms import NamesForm
from loftet.faces.workspace.organisations.pages import address, form_page, known_organisations, show
from loftet.faces.workspace.pages import act, words_of


@signed_in
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that one acts for or handles, and what they are in together."""
    rows = [(one, queries.partnerships_with(one)) for one in known_organisations(request.user)]
    return show(request, "organisations", {"rows": rows})


@signed_in
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role with what it may do, from the same source as the rules."""
    rows = [
        (role, [words for key, words in PERMISSIONS.items() if key in role.permissions], _whose(role.sides))
        for role in ROLES
    ]
    return show(request, "roles", {"rows": rows})


def _whose(sides: frozenset[str]) -> str:
    names = {"municipality": "kommuner och nämnder", "police": "polisen", "other": "andra organisationer"}
    return text.joined(name for key, name in names.items() if key in sides)


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own hats, past and coming ones too."""
    today = clock.day_of(clock.now())
    hats = queries.all_hats(request.user)
    context = {
        "hats": [hat for hat in hats if not hat.is_over_on(today)],
        "past": [hat for hat in hats if hat.is_over_on(today)],
        "today": today,
    }
    return show(request, "account", context)


@signed_in
@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One organisation: facts, boards, people with role and days, those who were before folded."""
    found = access.organisation_for_reading(request.user, public_id)
    may_administer = _may_administer(request, found)
    today = clock.day_of(clock.now())
    people = queries.members_of(found)
    partnerships = queries.partnerships_with(found)
    context = {
        "organisation": found,
        "facts": _facts(found),
        "boards": queries.boards_of(found),
        "partnerships": partnerships,
        "readable": [one for one in partnerships if access.may_read_partnership(request.user, one)],
        "may_administer": may_administer,
        "is_municipality": found.kind == Organisation.Kind.MUNICIPALITY,
        "groups": _by_person([hat for hat in people if not hat.is_over_on(today)]),
        "past": [hat for hat in people if hat.is_over_on(today)],
        "today": today,
        "lacks": [lack.words for lack in queries.missing_now(found, today)],
    }
    return show(request, "organisation", context)


def _may_administer(request: HttpRequest, found: Organisation) -> bool:
    try:
        access.organisation_for_administering(request.user, found.public_id)
    except NotAllowed:
        return False
    return True


def _facts(found: Organisation) -> list[tuple[str, object]]:
    return [
        ("Slag", text.capital(found.get_kind_display())),
        ("Kort namn", found.short_name),
        ("Nämnd i", found.part_of.name if found.part_of else None),
        ("Kommun", found.municipality.name if found.municipality else None),
        ("Lokalpolisområde", found.local_police_area.name if found.local_police_area else None),
    ]


def _by_person(hats: list[Membership]) -> list[tuple[object, list[Membership]]]:
    """Each person once, in the order of their first role, with all their hats in the organisation."""
    people = {hat.person_id: hat.person for hat in hats}
    return [(person, [hat for hat in hats if hat.person_id == pk]) for pk, person in people.items()]


@signed_in
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what an organisation is called."""
    found, by = access.organisation_for_administering(request.user, public_id)
    form = NamesForm(request.POST or None, initial={"name": found.name, "short_name": found.short_name})
    done = act(
        request,
        form,
        actions.edit_organisation,
        organisation=found,
        by=by,
        done="Namnet är sparat.",
        to=address(found),
        **words_of(form),
    )
    intro = "Det som redan är undertecknat behåller namnet som det hade då."
    return done or form_page(request, found, form, title=f"Ändra {found.name}", submit="Spara", intro=intro)


@signed_in
def board_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a board to a municipality."""
    found, by = access.organisation_for_administering(request.user, public_id)
    form = NamesForm(request.POST or None)
    done = act(
        request,
        form,
        actions.add_board,
        organisation=found,
        by=by,
        done="Nämnden är tillagd. Lägg till dem som arbetar för den.",
        to=address,
        **words_of(form),
    )
    intro = "En nämnd är en egen myndighet. Den kan vara part, skriva under och ansvara för personuppgifter."
    return done or form_page(request, found, form, title="Lägg till nämnd", submit="Lägg till", intro=intro)

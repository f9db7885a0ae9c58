"""The joint picture of problems, for staff: the picture itself and putting it forward."""

from __future__ import annotations

from datetime import timedelta

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.parties import queries as parties
from loftet.domain.signing import queries as signing
from loftet.domain.situation import access, actions, content, queries
from loftet.domain.situation.models import Picture
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import act, confirm_page, form_page, show, words_of
from loftet.faces.workspace.signing.standing import standing
from loftet.faces.workspace.situation.forms import PictureForm

LASTS = timedelta(days=730)


def address(desk: Desk, picture: Picture, name: str = "picture") -> str:
    """Where a picture is worked on."""
    return reverse(f"workspace:{name}", kwargs={"place": desk.place, "public_id": picture.public_id})


@requires("situation.write")
@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start a joint picture."""
    today = clock.day_of(desk.at)
    initial = {
        "title": f"Gemensam problembild för {desk.municipality.name}",
        "starts": today,
        "ends": today + LASTS,
    }
    form = PictureForm(request.POST or None, initial=initial)
    done = act(
        request,
        form,
        actions.draft_picture,
        by=desk.hat("situation.write"),
        partnership=desk.partnership,
        municipality=desk.municipality,
        done="Problembilden är sparad som utkast. Lägg nu till problem.",
        to=lambda made: address(desk, made),
        **words_of(form),
    )
    return done or form_page(request, desk, form, title="Ny problembild", submit="Spara utkast", back=desk.url)


@requires("situation.write")
@at_desk
def edit(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Change the working copy."""
    picture, hat = access.for_writing(desk.person, public_id)
    here(desk, picture)
    form = PictureForm(request.POST or None, initial=model_to_dict(picture, PictureForm.Meta.fields))
    back = address(desk, picture)
    done = act(
        request,
        form,
        actions.edit_picture,
        picture=picture,
        by=hat,
        done="Utkastet är sparat.",
        to=back,
        **words_of(form),
    )
    return done or form_page(request, desk, form, title=f"Ändra {picture.title}", submit="Spara utkast", back=back)


@requires("workspace.read")
@require_safe
@at_desk
def picture(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """The working copy, its problems, what is missing, and where the signing stands."""
    found, _hat = access.for_reading(desk.person, public_id)
    here(desk, found)
    problems = list(found.problems.prefetch_related("sources", "needs", "priorities__organisation"))
    stands = standing(found.document, desk.at)
    context = {
        "picture": found,
        "problems": problems,
        "lacks": _lacks(desk, problems),
        "standing": stands,
        "is_changed": _is_changed(found, stands.in_force),
        "public": _public(desk, found) if stands.in_force else None,
        "may_write": desk.may("situation.write"),
        "may_propose": desk.may("signing.propose"),
        "may_sign": desk.may("signing.sign"),
    }
    return show(request, desk, "situation/picture", context)


def _public(desk: Desk, picture: Picture):
    shown = queries.public_pictures(desk.municipality, desk.at)
    return next((one for one in shown if one.picture.pk == picture.pk), None)


def _is_changed(picture: Picture, current) -> bool:
    """Whether the working copy says anything else than what is in force."""
    if current is None:
        return True
    return content.words_of(picture) != content.PictureText.from_content(signing.content(current))


def _lacks(desk: Desk, problems) -> list[str]:
    """What would make the picture stronger, in sentences."""
    if not problems:
        return ["Bilden har inget problem än."]
    sentences = []
    signing_parties = parties.signing_parties(desk.partnership)
    for problem in problems:
        if not problem.sources.all():
            sentences.append(f"”{problem.title}” saknar källa med datum.")
        if not problem.needs.all():
            sentences.append(f"”{problem.title}” är inte kopplat till något behov.")
        ranked = {priority.organisation_id for priority in problem.priorities.all()}
        silent = [party.name for party in signing_parties if party.pk not in ranked]
        if silent:
            sentences.append(f"{text.joined(silent)} har inte prioriterat ”{problem.title}”.")
    return sentences


@requires("signing.propose")
@at_desk
def propose(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Put the picture forward for both to sign."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    problems = list(found.problems.prefetch_related("sources", "needs", "priorities"))
    return confirm_page(
        request,
        desk,
        lambda: actions.propose_picture(picture=found, by=hat),
        title=f"Lägg fram {found.title}",
        intro="Texten fryses som en version som båda parter skriver under.",
        points=[
            "Ingen kan ändra versionen. Behövs en ändring skickas den tillbaka, och ni lägger fram en ny.",
            "Den blir offentlig först när båda har skrivit under.",
        ],
        submit="Lägg fram för underskrift",
        back=address(desk, found),
        done="Problembilden väntar nu på underskrifter.",
        lacks=_lacks(desk, problems),
    )

"""The joint picture of problems."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises import queries as promises
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.register import queries as register
from loftet.domain.signing import queries as signing
from loftet.domain.situation import queries as situation
from loftet.domain.situation.content import ProblemText
from loftet.domain.situation.queries import PublicPicture
from loftet.faces.public.places.arrival import at_place
from loftet.faces.public.promises.presenter import address, result_address, signature_lines
from loftet.faces.shared import text
from loftet.faces.shared.access import public
from loftet.faces.shared.promise_sheet import source_name


@public
@require_safe
@at_place
def picture(request: HttpRequest, municipality: Municipality, slug: str) -> HttpResponse:
    """A picture in force, as both signed it, with what was promised about each problem."""
    at = clock.now()
    found = situation.public_picture(municipality, slug, at)
    if found is None:
        raise Http404("Det finns ingen problembild med den adressen, eller så har inte båda parter skrivit under den.")
    place = places.slug_of(municipality)
    if found.slug != slug:
        return redirect("public:picture", place=place, slug=found.slug, permanent=True)
    promised = promises.promises_about([problem.id for problem in found.words.problems], municipality, at)
    context = {
        "found": found,
        "problems": [_problem(problem, found, promised, at) for problem in found.words.problems],
        "withheld": signing.withholding(found.version),
        "signatures": signature_lines(found.version),
        "entry": register.latest_entry_of(found.picture.public_id, "picture.in_force"),
        "municipality": municipality,
        "place": place,
    }
    return render(request, "public/situation/picture.html", context)


def _problem(problem: ProblemText, found: PublicPicture, promised: list[PublicPromise], at: datetime) -> dict:
    about = [shown for shown in promised if shown.words.problem.id == problem.id]
    return {
        "words": problem,
        "facts": [
            ("Var", problem.where),
            ("När", problem.when),
            ("För vilka", problem.for_whom),
            ("Omfattning", problem.extent),
            ("Troliga orsaker", problem.causes),
            ("Så viktigt är det", _priorities(problem, found)),
        ],
        "sources": [(source_name(source), source, _result(source.dialogue, at)) for source in problem.sources],
        "promises": [(shown.words.title, address(shown)) for shown in about],
    }


def _priorities(problem: ProblemText, found: PublicPicture) -> str:
    """How high each party puts the problem among those in the picture."""
    names = {party.id: party.name for party in found.words.parties}
    ranks = {row.rank for row in problem.priorities}
    if len(ranks) == 1 and len(problem.priorities) == len(names):
        return f"Nummer {ranks.pop()} för {'båda' if len(names) == 2 else 'alla'} parter"
    ranked = (f"nummer {row.rank} för {names.get(row.party, 'en part')}" for row in problem.priorities)
    return text.capital(text.joined(ranked))


def _result(public_id: str, at: datetime) -> str:
    """Where the result of a dialogue that a source names is shown."""
    found = dialogues.public_dialogue_by_id(public_id, at) if public_id else None
    return result_address(found) if found else ""

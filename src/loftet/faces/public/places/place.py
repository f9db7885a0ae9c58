"""The page of a place: what is promised, what is asked, what was heard, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.queries import PublicDialogue
from loftet.domain.followup import queries as followup
from loftet.domain.parties import queries as parties
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans import queries as plans
from loftet.domain.promises import queries as promises
from loftet.domain.promises.queries import retold
from loftet.domain.situation import queries as situation
from loftet.faces.public.places import presenters
from loftet.faces.public.places.arrival import at_place
from loftet.faces.public.promises.presenter import summaries
from loftet.faces.shared.access import public


@public
@require_safe
@at_place
def place(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Everything public about a municipality, what is in force first."""
    at = clock.now()
    shown = summaries(followup.promises_followup(promises.public_promises(municipality, at), at), at)
    asked = dialogues.public_dialogues(municipality, at)
    context = {
        "municipality": municipality,
        "place": places.slug_of(municipality),
        "facts": presenters.place_facts(municipality),
        "promises": [one for one in shown if not one.is_over],
        "earlier_promises": [one for one in shown if one.is_over],
        "open_dialogues": [one for one in asked if one.dialogue.is_open(at)],
        "other_dialogues": _with_what_came_of_it([one for one in asked if not one.dialogue.is_open(at)], at),
        "agreements": plans.public_agreements(municipality, at),
        "pictures": situation.public_pictures(municipality, at),
        "retold": retold.retold_in(municipality),
        "parties": [party for one in parties.partnerships_in(municipality, at) for party in parties.parties_of(one)],
    }
    return render(request, "public/places/place.html", context)


def _with_what_came_of_it(asked: list[PublicDialogue], at: datetime) -> list[tuple[PublicDialogue, str]]:
    """Dialogues that are not open, each with the key of where it stands: coming, closed, answered or overdue."""
    owed = {dialogue.pk for dialogue in followup.feedback_owed([one.dialogue for one in asked], at)}
    return [(one, _state(one, one.dialogue.pk in owed, at)) for one in asked]


def _state(one: PublicDialogue, is_owed: bool, at: datetime) -> str:
    if not one.dialogue.is_closed(at):
        return "coming"
    if not is_owed:
        return "answered"
    return "answer_overdue" if clock.day_of(at) > one.dialogue.answer_by else "closed"

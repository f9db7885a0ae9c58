"""The promise editor: the words, what is missing for it to be sharp, and putting it forward."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.indicators import queries as indicators
from loftet.domain.promises import access, actions, queries
from loftet.domain.promises.content import PromiseText
from loftet.domain.promises.content import words_of as promise_words
from loftet.domain.promises.models import Promise
from loftet.domain.promises.sharpness import sharpness
from loftet.domain.situation import queries as situation
from loftet.faces.shared.access import requires
from loftet.faces.shared.promise_sheet import Placed, sheet
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import act, confirm_page, form_page, show, words_of
from loftet.faces.workspace.promises.forms import FIELDS, PromiseForm
from loftet.faces.workspace.signing.standing import standing

FOLLOWUP = "Vi rapporterar här på sidan varje kvartal, och mäter igen när löftet är slut."


def address(desk: Desk, promise: Promise, name: str = "promise") -> str:
    """Where a promise is worked on."""
    return reverse(f"workspace:{name}", kwargs={"place": desk.place, "public_id": promise.public_id})


@requires("promises.write")
@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start a promise about a problem."""
    hat = desk.hat("promises.write")
    problems = _problems(desk)
    if not problems:
        messages.warning(request, "Ett löfte handlar om ett problem. Skriv en problembild först.")
        return redirect("workspace:picture_new", place=desk.place)
    form = PromiseForm(
        request.POST or None,
        initial={"problem": request.GET.get("problem", ""), "followup": FOLLOWUP, **_next_year(desk)},
        choices=_choices(problems),
    )
    words = words_of(form)
    done = act(
        request,
        form,
        actions.draft_promise,
        by=hat,
        partnership=desk.partnership,
        municipality=desk.municipality,
        problem=problems.get(words.pop("problem", "")),
        done="Löftet är sparat som utkast. Lägg nu till åtgärder från båda parter.",
        to=lambda made: address(desk, made),
        **words,
    )
    return done or form_page(request, desk, form, title="Nytt löfte", submit="Spara utkast", back=desk.url)


def _next_year(desk: Desk) -> dict[str, date]:
    """A year from the first of next month: a start that is usually right and easy to change."""
    first = (clock.day_of(desk.at).replace(day=1) + timedelta(days=32)).replace(day=1)
    return {"starts": first, "ends": first.replace(year=first.year + 1) - timedelta(days=1)}


def _problems(desk: Desk) -> dict:
    return {problem.public_id: problem for problem in situation.problems_for(desk.partnership)}


def _choices(problems: dict) -> list[tuple[str, str]]:
    return [(key, f"{problem.title} ({problem.picture.title})") for key, problem in problems.items()]


@requires("promises.write")
@at_desk
def edit(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Change the working copy."""
    promise, hat = access.for_writing(desk.person, public_id)
    here(desk, promise)
    problems = _problems(desk)
    form = PromiseForm(
        request.POST or None,
        initial=model_to_dict(promise, FIELDS) | {"problem": promise.problem.public_id},
        choices=_choices(problems),
    )
    words = words_of(form)
    back = address(desk, promise)
    done = act(
        request,
        form,
        actions.edit_promise,
        promise=promise,
        by=hat,
        problem=problems.get(words.pop("problem", "")),
        done="Utkastet är sparat.",
        to=back,
        **words,
    )
    return done or form_page(request, desk, form, title=f"Ändra {promise.title}", submit="Spara utkast", back=back)


@requires("workspace.read")
@require_safe
@at_desk
def promise(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """The working copy as a receipt, what is missing beside it, and where the signing stands."""
    found, _hat = access.for_reading(desk.person, public_id)
    here(desk, found)
    words = promise_words(found)
    judged = sharpness(words)
    public = queries.public_promise_by_id(found.public_id, desk.at)
    context = {
        "promise": found,
        "words": words,
        "judged": judged,
        "receipt": sheet(words, judged=judged, placed=Placed(heading_level=3, key="utkast")),
        "balance": _balance(words),
        "standing": standing(found.document, desk.at),
        "public": public,
        "is_changed": public is None or public.words != words,
        "promised": {measure.id for measure in public.words.measures} if public else set(),
        "targets": found.targets.select_related("series"),
        "has_series": indicators.series_in(desk.municipality).exists(),
        "may_write": desk.may("promises.write"),
        "may_propose": desk.may("signing.propose"),
        "may_sign": desk.may("signing.sign"),
        "may_report": desk.may("followup.report"),
        "may_measure": desk.may("indicators.write"),
    }
    return show(request, desk, "promises/promise", context)


def _balance(words: PromiseText) -> list[tuple[str, int]]:
    """How many measures each party has taken on."""
    counted = Counter(party.id for measure in words.measures for party in measure.parties)
    return [(party.name, counted[party.id]) for party in words.parties]


@requires("signing.propose")
@at_desk
def propose(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Put the promise forward for both to sign, under its right name."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    judged = sharpness(promise_words(found))
    return confirm_page(
        request,
        desk,
        lambda: actions.propose(promise=found, by=hat),
        title=f"Lägg fram {found.title}",
        intro="Texten fryses som en version som båda parter skriver under.",
        points=[
            "Ingen kan ändra versionen. Behövs en ändring skickas den tillbaka, och ni lägger fram en ny.",
            "Löftet blir offentligt först när båda har skrivit under.",
            f"Det publiceras som {judged.label.lower()}.",
        ],
        submit="Lägg fram för underskrift",
        back=address(desk, found),
        done="Löftet väntar nu på underskrifter.",
        lacks=[gap.sentence for gap in judged.gaps],
    )

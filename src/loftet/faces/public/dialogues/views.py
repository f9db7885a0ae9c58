"""A dialogue for residents: what is asked and why, one statement at a time, one's own words, and the result."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.methods.statements import wording
from loftet.domain.dialogues.methods.statements.near import nearly_the_same
from loftet.domain.dialogues.methods.statements.wording import AlreadySaid, IdentifyingText
from loftet.domain.dialogues.models import Statement
from loftet.domain.followup import queries as followup
from loftet.domain.places import queries as places
from loftet.domain.records import keeping
from loftet.domain.records.keeping import Rule
from loftet.domain.records.models import DocumentType
from loftet.domain.understanding import queries as understanding
from loftet.faces.public.dialogues import findings, presenters
from loftet.faces.public.dialogues.arrival import Visit, at_dialogue, taking_part
from loftet.faces.public.dialogues.forms import ReturnForm, SayForm, VoteForm
from loftet.faces.public.dialogues.walking import Step, step
from loftet.faces.shared import weeded, withheld
from loftet.faces.shared.access import public

# Says in the address that an answer was just given. Without the cookie after that, the browser keeps none.
JUST_JOINED = "fortsatt"


@public
@require_safe
@at_dialogue
def dialogue(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who asks, why, what can be influenced and what happens then. The same page for everyone."""
    context = visit.context(
        has_result=understanding.latest_release(visit.dialogue) is not None,
        has_answer=followup.feedback_for(visit.dialogue).exists(),
        withheld=withheld.latest(visit.dialogue.public_id),
        weeded=weeded.traces(visit.dialogue.public_id) if visit.dialogue.is_closed(visit.at) else [],
        statements=asked.statements(visit.dialogue).count(),
        kept=_rule_for_answers(visit),
    )
    return render(request, "public/dialogues/dialogue.html", context)


def _rule_for_answers(visit: Visit) -> Rule:
    controller = visit.dialogue.controller
    return keeping.rules_of([controller], clock.day_of(visit.at))[controller.pk][DocumentType.ANSWERS]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@taking_part
def take_part(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One statement at a time. An answer counts at once; leave when you like."""
    if request.method == "POST":
        return _vote(request, visit)
    if JUST_JOINED in request.GET and visit.participant is None:
        return render(request, "public/dialogues/no_cookies.html", visit.context())
    found = step(visit, request.GET.get("pastaende", ""))
    return render(request, "public/dialogues/take_part.html", visit.context(step=found, said_before=_said(found)))


def _vote(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = VoteForm(request.POST)
    address = reverse("public:take_part", kwargs=visit.where)
    if not form.is_valid():
        return redirect(address)
    try:
        statement = asked.statement(visit.dialogue, form.cleaned_data["statement"])
        joined = visit.joined()
        statements.vote(
            dialogue=visit.dialogue,
            participant=joined.who,
            statement=statement,
            value=form.cleaned_data["value"],
            at=visit.at,
        )
    except Statement.DoesNotExist:
        return redirect(address)
    except DomainError as refusal:
        return render(request, "public/dialogues/refused.html", visit.context(sentence=str(refusal)), status=409)
    onwards = address if visit.participant else f"{address}?{JUST_JOINED}=1"
    return joined.remember(request, redirect(onwards))


def _said(found: Step) -> str:
    return "" if found.answer is None else presenters.ANSWERS[found.answer]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@taking_part
def say(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say it in one's own words. What is refused is given back to be said again; nothing of it is stored."""
    form = SayForm(request.POST or None)
    instead, stopped = None, False
    if request.method == "POST" and form.is_valid():
        try:
            visit = visit.joined()
            statements.say(dialogue=visit.dialogue, participant=visit.who, at=visit.at, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("text", str(refusal))
            instead = refusal.statement if isinstance(refusal, AlreadySaid) else None
            stopped = isinstance(refusal, IdentifyingText)
        else:
            return visit.remember(request, redirect(reverse("public:my_answers", kwargs=visit.where)))
    context = visit.context(form=form, instead=instead, stopped=stopped)
    response = render(request, "public/dialogues/say.html", context, status=422 if form.errors else 200)
    return visit.remember(request, response) if visit.participant else response


@public
@never_cache
@require_POST
@at_dialogue
def while_writing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What the guard would stop at in a text that is being written, and who has said it before. Nothing is stored."""
    form = SayForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() and visit.dialogue.is_open(visit.at) else ""
    context = visit.context(
        stopped_at=wording.would_stop_at(text), near=nearly_the_same(visit.dialogue, text) if text else []
    )
    return render(request, "public/dialogues/_while_writing.html", context)


@public
@never_cache
@require_safe
@taking_part
def my_answers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What one has answered and said in this browser, and what became of one's own words."""
    votes = asked.my_votes(visit.participant) if visit.participant else []
    context = visit.context(
        votes=[(vote.statement, presenters.ANSWERS[vote.value]) for vote in votes],
        voices=list(dialogues.my_voices(visit.participant)) if visit.participant else [],
        has_result=understanding.latest_release(visit.dialogue) is not None,
        has_answer=followup.feedback_for(visit.dialogue).exists(),
        weeded=weeded.traces(visit.dialogue.public_id) if visit.dialogue.is_closed(visit.at) else [],
    )
    return render(request, "public/dialogues/my_answers.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@taking_part
def return_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go on where one was, on another telephone or computer, by the code one wrote down."""
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if back := visit.returned(form.cleaned_data["code"]):
            return back.remember(request, redirect(reverse("public:my_answers", kwargs=visit.where)))
        form.add_error(
            "code",
            "Koden finns inte i den här dialogen. Titta på lappen och skriv igen, "
            "eller se efter att det är rätt dialog. Inget är ändrat.",
        )
    return render(
        request, "public/dialogues/return_code.html", visit.context(form=form), status=422 if form.errors else 200
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@taking_part
def next_person(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hand a shared telephone or computer over: the answers stay, and this browser no longer knows whose they are."""
    if request.method == "POST":
        return visit.forget(redirect(reverse("public:dialogue", kwargs=visit.where)))
    return render(request, "public/dialogues/next_person.html", visit.context())


@public
@require_safe
@at_dialogue
def result(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What all groups share first, then what divides them, then what was heard and what happened next."""
    release = understanding.latest_release(visit.dialogue)
    context = visit.context(
        release=release,
        shown=presenters.result(release, asked.statements(visit.dialogue)) if release else None,
        population=places.population(visit.municipality),
        findings=findings.heard(visit.dialogue, visit.municipality, visit.at),
        has_answer=followup.feedback_for(visit.dialogue).exists(),
        weeded=weeded.traces(visit.dialogue.public_id) if visit.dialogue.is_closed(visit.at) else [],
    )
    return render(request, "public/dialogues/result.html", context)

"""Svar till er: the answer to those who took part in a dialogue."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.followup import queries as followup
from loftet.domain.promises import queries as promises
from loftet.faces.public.dialogues.arrival import Visit, at_dialogue
from loftet.faces.public.promises.presenter import address
from loftet.faces.shared.access import public


@public
@require_safe
@at_dialogue
def feedback(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What each organisation answers to what was heard, finding by finding; or that the answer is owed."""
    found = list(followup.feedback_for(visit.dialogue))
    links = _promise_addresses(found, visit.at)
    answers = [
        (answer, [(response, links.get(response.promise_id, "")) for response in answer.responses.all()])
        for answer in found
    ]
    context = visit.context(
        answers=answers,
        is_owed=visit.dialogue.is_closed(visit.at) and not answers,
        is_late=clock.day_of(visit.at) > visit.dialogue.answer_by,
    )
    return render(request, "public/followup/feedback.html", context)


def _promise_addresses(answers, at: datetime) -> dict[int, str]:
    """Where each promise that an answer names is shown, by its row's key; one that is not in force is left out."""
    named = {r.promise_id: r.promise for answer in answers for r in answer.responses.all() if r.promise}
    shown = {pk: promises.public_promise_by_id(promise.public_id, at) for pk, promise in named.items()}
    return {pk: address(found) for pk, found in shown.items() if found}

"""What happens to a party's decision afterwards: its minutes are announced, a delegated one is reported."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loftet.domain.base import clock
from loftet.domain.signing import access, actions, decisions, queries
from loftet.domain.signing.models import Decision, DecisionStep
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.pages import carried_out, words_of
from loftet.faces.workspace.signing.forms import StepForm
from loftet.faces.workspace.signing.shown import title_of

ASKS = {
    DecisionStep.Kind.ANNOUNCED: (
        "När anslogs protokollet?",
        "Dagen då det stod på kommunens anslagstavla att protokollet är justerat. Från den dagen räknas tre veckor.",
    ),
    DecisionStep.Kind.REPORTED: (
        "När anmäldes delegationsbeslutet?",
        "Dagen då det anmäldes till nämnden eller på det sätt som nämnden har bestämt.",
    ),
}


@dataclass(frozen=True)
class DecisionLine:
    """A decision as the signing page shows it."""

    decision: Decision
    facts: tuple[str, ...]


def lines(found: list[Decision]) -> list[DecisionLine]:
    """Decisions with what has happened to them, in words."""
    return [DecisionLine(decision, tuple(_facts(decision))) for decision in found]


def _facts(decision: Decision):
    if decision.is_delegated:
        reported = decisions.step_on(decision, DecisionStep.Kind.REPORTED)
        yield f"Fattat på delegation, {f'anmält {text.day(reported)}' if reported else 'inte anmält än'}."
    if decision.countersigned_by:
        yield f"Kontrasignerat av {decision.countersigned_by}."
    if (last := decisions.appeal_ends(decision)) is not None:
        has_passed = clock.day_of(clock.now()) > last
        yield (
            f"Tiden för laglighetsprövning gick ut {text.day(last)}."
            if has_passed
            else f"Kan laglighetsprövas till och med {text.day(last)}."
        )
    elif decisions.is_municipal(decision.organisation):
        yield "Kan laglighetsprövas i tre veckor från det att protokollet anslås."


@requires("workspace.read")
def decision_step(request: HttpRequest, document_id: str, decision_id: int, kind: str) -> HttpResponse:
    """Say on which day a step after one's own decision was taken."""
    document, _hat = access.for_reading(request.user, document_id)
    hat = access.handling_hat(request.user, document)
    try:
        found = queries.decision(document_id, decision_id)
    except Decision.DoesNotExist as missing:
        raise Http404("Det finns inget sådant beslut.") from missing
    if kind not in decisions.lacks(found) or found.organisation_id != hat.organisation_id:
        raise Http404("Det här beslutet väntar inte på det.")
    form = StepForm(request.POST or None)
    words = {"decision": found, "kind": kind, "by": hat, **words_of(form)}
    if form.is_bound and form.is_valid() and carried_out(form, actions.record_step, **words):
        messages.success(request, "Dagen är införd.")
        return redirect("workspace:sign", document_id=document_id)
    question, why = ASKS[DecisionStep.Kind(kind)]
    context = {"document": document, "decision": found, "question": question, "why": why, "form": form}
    context["title"] = title_of(found.version)
    return render(request, "workspace/signing/decision_step.html", context, status=422 if form.errors else 200)

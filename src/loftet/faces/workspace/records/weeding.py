"""The weeding plan of an organisation: what falls due when, exactly what would go, and letting it go by decision."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.records import actions, queries
from loftet.domain.records.queries import Due
from loftet.faces.shared import text, weeded
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, show
from loftet.faces.workspace.records.forms import WeedForm
from loftet.faces.workspace.records.own import keeper


@requires("records.decide")
@require_safe
@at_desk
def weeding_plan(request: HttpRequest, desk: Desk, organisation_id: str) -> HttpResponse:
    """What falls due when, by which rule, and what has been weeded."""
    hat = keeper(desk, organisation_id)
    plan = queries.weeding_plan(desk.partnership, hat.organisation, desk.at)
    context = {
        "organisation": hat.organisation,
        "rows": [_row(desk, organisation_id, due) for due in plan if due.counts or due.weeded],
    }
    return show(request, desk, "records/weeding_plan", context)


@requires("records.decide")
@require_safe
@at_desk
def weeding_plan_file(request: HttpRequest, desk: Desk, organisation_id: str) -> HttpResponse:
    """The same plan as data, for the archivist's own system."""
    hat = keeper(desk, organisation_id)
    plan = queries.weeding_plan(desk.partnership, hat.organisation, desk.at)
    told = {
        "form": "loftet.weeding-plan/1",
        "organisation": {"id": hat.organisation.public_id, "name": hat.organisation.name},
        "day": clock.day_of(desk.at).isoformat(),
        "plan": [_as_data(due, desk) for due in plan],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _as_data(due: Due, desk: Desk) -> dict:
    return {
        "id": due.handling.subject,
        "title": due.handling.title,
        "document_type": due.document_type.value,
        "outcome": "keep" if due.rule.is_kept else "weed",
        "months": due.rule.months,
        "is_decided": due.rule.is_decided,
        "basis": due.rule.decided.basis if due.rule.decided else due.rule.source,
        "closed": due.handling.closed.isoformat() if due.handling.closed else None,
        "due_on": due.due_on.isoformat() if due.due_on else None,
        "may_be_weeded": due.may_be_weeded(clock.day_of(desk.at)),
        "counts": due.counts,
        "weeded": [row.decision.decided_on.isoformat() for row in due.weeded],
    }


def _row(desk: Desk, organisation_id: str, due: Due) -> dict:
    ids = {"organisation_id": organisation_id, "subject": due.handling.subject}
    may_go = due.may_be_weeded(clock.day_of(desk.at))
    return {
        "due": due,
        "kind": text.capital(due.document_type.label),
        "counts": _counts(due),
        "url": reverse("workspace:weed", kwargs={"place": desk.place, **ids, "document_type": due.document_type.value})
        if may_go
        else "",
        "weeded": [weeded.trace(row) for row in due.weeded],
    }


def _counts(due: Due) -> list[str]:
    return [f"{text.capital(what)}: {count}" for what, count in due.counts.items()]


@requires("records.decide")
@at_desk
def weed(request: HttpRequest, desk: Desk, organisation_id: str, subject: str, document_type: str) -> HttpResponse:
    """Exactly what would go; and with a decision it goes. What has changed since one looked is shown anew first."""
    hat = keeper(desk, organisation_id)
    try:
        due = queries.due(desk.partnership, hat.organisation, subject, document_type, desk.at)
    except DomainError as missing:
        raise Http404(str(missing)) from missing
    if not due.may_be_weeded(clock.day_of(desk.at)):
        raise Http404("Det här ska inte gallras nu.")
    form = WeedForm(request.POST or None)
    back = reverse("workspace:weeding_plan", kwargs={"place": desk.place, "organisation_id": organisation_id})
    words = dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}
    words.pop("understood", None)
    done = act(
        request,
        form,
        actions.weed,
        partnership=desk.partnership,
        subject=subject,
        document_type=document_type,
        rows=request.POST.get("rows", ""),
        by=hat,
        done="Det är gallrat, och beslutet står i Löftesboken.",
        to=back,
        **words,
    )
    context = {"form": form, "due": due, "kind": due.document_type.label, "counts": _counts(due), "back": back}
    return done or show(request, desk, "records/weed", context, form)

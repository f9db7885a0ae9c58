"""Reporting on measures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from loftet.domain.base import clock
from loftet.domain.followup import access, actions, queries
from loftet.domain.parties import access as parties
from loftet.domain.plans import queries as plans
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk_also_after, turn_to
from loftet.faces.workspace.followup.forms import ReportForm
from loftet.faces.workspace.pages import act, show, words_of


@requires("workspace.read")
@at_desk_also_after
def report(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """What is done so far, and a form for those who may report; the oldest unreported period is filled in."""
    measure = plans.measure(public_id)
    parties.hat_for(request.user, "workspace.read", measure.partnership, former=True)
    if desk.municipality not in measure.partnership.municipalities.all():
        raise Http404("Åtgärden hör inte hit.")
    turn_to(desk, measure.partnership)
    row = queries.measure_followup(public_id, desk.at)
    if row is None:
        messages.warning(
            request, "Åtgärden ingår inte i något löfte som gäller. Rapportera när båda har skrivit under."
        )
        return redirect(desk.url)
    first, last = row.status.next_period or (row.measure.starts, clock.day_of(desk.at))
    form = ReportForm(request.POST or None, initial={"period_start": first, "period_end": last}, measure=row.measure)
    if request.method == "POST":
        _, hat = access.measure_for_reporting(request.user, public_id)
        done = act(
            request,
            form,
            actions.report,
            measure=measure,
            by=hat,
            done="Tack. Rapporten är publicerad och införd i Löftesboken.",
            to=request.path,
            **words_of(form),
        )
        if done:
            return done
    context = {
        "measure": row.measure,
        "row": row,
        "form": form,
        "has_begun": row.measure.starts <= clock.day_of(desk.at),
        "may_report": desk.may("followup.report"),
    }
    return show(request, desk, "followup/report", context, form)

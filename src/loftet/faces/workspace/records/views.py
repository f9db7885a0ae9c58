"""Withholding words by decision: where they stand, and taking them away for good."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.records import actions, queries
from loftet.domain.records.models import WeedingDecision
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, show
from loftet.faces.workspace.records.forms import WithholdForm

WITHHOLDING = WeedingDecision.Kind.WITHHOLDING


@requires("records.decide")
@at_desk
def withheld(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The decisions so far, and what each took away."""
    desk.hat("records.decide")
    decisions = [
        (row, [f"{trace.what}: {trace.count}" for trace in row.traces.all()])
        for row in queries.decisions(desk.partnership, WITHHOLDING)
    ]
    return show(request, desk, "records/withheld", {"decisions": decisions})


@requires("records.decide")
@at_desk
def withhold(request: HttpRequest, desk: Desk) -> HttpResponse:
    """First see where the words stand, then take them away. Nothing is taken before it has been shown."""
    hat = desk.hat("records.decide")
    form = WithholdForm(request.POST or None)
    back = reverse("workspace:withheld", kwargs={"place": desk.place})
    has_looked = request.POST.get("looked_for") == request.POST.get("words")
    if request.POST.get("act") == "withhold" and has_looked:
        done = act(
            request,
            form,
            actions.withhold_words,
            partnership=desk.partnership,
            by=hat,
            done="Orden är borttagna, och beslutet står i Löftesboken.",
            to=back,
            **(form.cleaned_data if form.is_valid() else {}),
        )
        if done:
            return done
    found = None
    if form.is_bound and form.is_valid():
        found = queries.found(desk.partnership, form.cleaned_data["words"], by=hat, at=desk.at)
    context = {
        "form": form,
        "back": back,
        "looked": found is not None,
        "places": [f"{text.capital(what)}: {count}" for what, count in found.counts().items()] if found else [],
    }
    return show(request, desk, "records/withhold", context, form)

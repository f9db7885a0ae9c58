"""The measures and targets of a promise."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from loftet.domain.indicators import queries as indicators
from loftet.domain.parties import queries as parties
from loftet.domain.plans import access as measures
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Measure
from loftet.domain.promises import access, actions
from loftet.domain.promises.models import Promise
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import act, form_page, press, words_of
from loftet.faces.workspace.promises.forms import MEASURE_FIELDS, MeasureForm, TargetForm
from loftet.faces.workspace.promises.views import address


@requires("plans.write")
@at_desk
def measure_new(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Add a measure to the promise."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    organisations = _organisations(desk)
    initial = {
        "starts": found.starts,
        "ends": found.ends,
        "organisations": [hat.organisation.public_id],
        "aggregation": Measure.Aggregation.AT_LEAST,
    }
    form = MeasureForm(request.POST or None, initial=initial, choices=_names(organisations))
    words = words_of(form)
    done = act(
        request,
        form,
        actions.add_measure,
        promise=found,
        by=hat,
        organisations=[organisations[key] for key in words.pop("organisations", [])],
        done="Åtgärden är tillagd.",
        to=address(desk, found),
        **words,
    )
    return done or form_page(request, desk, form, title="Ny åtgärd", submit="Spara", back=address(desk, found))


def _organisations(desk: Desk) -> dict:
    return {party.public_id: party for party in parties.parties_of(desk.partnership)}


def _names(organisations: dict) -> list[tuple[str, str]]:
    return [(key, party.name) for key, party in organisations.items()]


@requires("plans.write")
@at_desk
def measure_edit(request: HttpRequest, desk: Desk, public_id: str, measure_id: str) -> HttpResponse:
    """Change a measure's working copy."""
    found, measure = _arrive(request, desk, public_id, measure_id)
    _, hat = measures.for_writing(request.user, measure_id)
    organisations = _organisations(desk)
    initial = model_to_dict(measure, MEASURE_FIELDS)
    initial |= {
        "organisations": [party.public_id for party in measure.organisations.all()],
        "aggregation": measure.aggregation or Measure.Aggregation.AT_LEAST,
    }
    form = MeasureForm(request.POST or None, initial=initial, choices=_names(organisations))
    words = words_of(form)
    back = address(desk, found)
    done = act(
        request,
        form,
        plans.edit_measure,
        measure=measure,
        by=hat,
        organisations=[organisations[key] for key in words.pop("organisations", [])],
        done="Åtgärden är sparad.",
        to=back,
        **words,
    )
    return done or form_page(request, desk, form, title="Ändra åtgärden", submit="Spara", back=back)


def _arrive(request: HttpRequest, desk: Desk, public_id: str, measure_id: str) -> tuple[Promise, Measure]:
    """The promise and one of its measures."""
    found, _hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    measure = next((one for one in found.measures.all() if one.public_id == measure_id), None)
    if measure is None:
        raise Http404("Åtgärden står inte i det här löftet.")
    return found, measure


@requires("promises.write")
@require_POST
@at_desk
def measure_remove(request: HttpRequest, desk: Desk, public_id: str, measure_id: str) -> HttpResponse:
    """Take a measure out of the working copy."""
    found, measure = _arrive(request, desk, public_id, measure_id)
    _, hat = access.for_writing(desk.person, public_id)
    return press(
        request,
        lambda: actions.leave_out_measure(promise=found, measure=measure, by=hat),
        done="Åtgärden är borttagen ur utkastet.",
        to=address(desk, found),
    )


@requires("promises.write")
@at_desk
def target_new(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Set a target on one of the place's measures of effect."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    series = {one.public_id: one for one in indicators.series_in(desk.municipality)}
    if not series:
        messages.warning(request, "Skriv först vad som ska mätas. Sedan sätter ni målet.")
        where = reverse("workspace:series_new", kwargs={"place": desk.place})
        return redirect(f"{where}?{urlencode({'lofte': found.public_id})}")
    initial = {"due": found.ends, "series": request.GET.get("matt", "")}
    form = TargetForm(request.POST or None, initial=initial, choices=_latest(series))
    words = words_of(form)
    done = act(
        request,
        form,
        actions.add_target,
        promise=found,
        by=hat,
        series=series.get(words.pop("series", "")),
        done="Målet är tillagt.",
        to=address(desk, found),
        **words,
    )
    return done or form_page(request, desk, form, title="Nytt mål", submit="Spara", back=address(desk, found))


def _latest(series: dict) -> list[tuple[str, str]]:
    """Each measure of effect with its latest value, to set the target from."""
    values = indicators.values_of(list(series))
    return [
        (key, f"{one.title} (senast {text.number(values[key][-1].value)} {one.unit})" if values[key] else one.title)
        for key, one in series.items()
    ]


@requires("promises.write")
@require_POST
@at_desk
def target_remove(request: HttpRequest, desk: Desk, public_id: str, target_id: str) -> HttpResponse:
    """Take a target out of the working copy."""
    target, hat = access.target_for_writing(request.user, target_id)
    here(desk, target.promise)
    if target.promise.public_id != public_id:
        raise Http404("Målet står i ett annat löfte.")
    return press(
        request,
        lambda: actions.remove_target(target=target, by=hat),
        done="Målet är borttaget ur utkastet.",
        to=address(desk, target.promise),
    )

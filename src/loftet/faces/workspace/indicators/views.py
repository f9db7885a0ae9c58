"""Measures of effect: what is measured, and recording values."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.indicators import actions, queries
from loftet.domain.indicators.models import Series
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.indicators.forms import MeasurementForm, SeriesForm
from loftet.faces.workspace.pages import act, form_page, show, words_of


@requires("indicators.write")
@at_desk
def series_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what is measured, and what the figure does not say."""
    form = SeriesForm(request.POST or None, initial={"nature": Series.Nature.OUTCOME, "good": Series.Good.DOWN})
    done = act(
        request,
        form,
        actions.add_series,
        by=desk.hat("indicators.write"),
        municipality=desk.municipality,
        done="Måttet är sparat. Lägg nu in värdet från före löftet.",
        to=lambda made: _address(desk, made, request),
        **words_of(form),
    )
    return done or form_page(request, desk, form, title="Nytt mått", submit="Spara", back=_back(desk, request))


@requires("workspace.read")
@at_desk
def measurement(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """The values so far, and a form to record one for those who may."""
    series = queries.series(public_id)
    here(desk, series)
    form = MeasurementForm(request.POST or None)
    if request.method == "POST":
        done = act(
            request,
            form,
            actions.record_measurement,
            series=series,
            by=desk.hat("indicators.write"),
            done="Mätningen är sparad. Den visas på löften som har måttet som mål.",
            to=_address(desk, series, request),
            **words_of(form),
        )
        if done:
            return done
    context = {
        "series": series,
        "values": queries.values(series),
        "form": form,
        "may_write": desk.may("indicators.write"),
        "back": _back(desk, request),
        "target_url": _target_url(desk, series, request),
    }
    return show(request, desk, "indicators/measurement", context, form)


# A measure that is written on the way to a promise's target leads back to that promise, named in the address.
def _promise_id(request: HttpRequest) -> str:
    return request.GET.get("lofte", "").replace("/", "")


def _address(desk: Desk, series: Series, request: HttpRequest) -> str:
    address = reverse("workspace:measurement", kwargs={"place": desk.place, "public_id": series.public_id})
    promise = _promise_id(request)
    return f"{address}?{urlencode({'lofte': promise})}" if promise else address


def _back(desk: Desk, request: HttpRequest) -> str:
    promise = _promise_id(request)
    return reverse("workspace:promise", kwargs={"place": desk.place, "public_id": promise}) if promise else desk.url


def _target_url(desk: Desk, series: Series, request: HttpRequest) -> str:
    promise = _promise_id(request)
    if not promise:
        return ""
    address = reverse("workspace:target_new", kwargs={"place": desk.place, "public_id": promise})
    return f"{address}?{urlencode({'matt': series.public_id})}"

"""Handing out: choose, mask by hand, look, and hand out exactly what was looked at. Nothing goes before it is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.parties.models import Membership
from loftet.domain.records import actions, queries
from loftet.domain.records.actions import Preview
from loftet.domain.records.models import Disclosure
from loftet.faces.shared.access import requires
from loftet.faces.shared.downloads import package
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import carried_out, show
from loftet.faces.workspace.records.forms import DisclosureForm


@requires("records.decide")
@at_desk
def disclose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What there is to hand out and what has been; then the preview; then the package."""
    hat = desk.hat("records.decide")
    offered = [(one.key, one.title) for one in queries.disclosable(desk.partnership, hat, desk.at)]
    form = DisclosureForm(request.POST or None, sections=offered, suggestions=request.POST.getlist("offered"))
    shown: Preview | None = None
    if form.is_bound and form.is_valid():
        if request.POST.get("act") == "disclose" and (made := _handed_out(desk, hat, form, request)):
            row, content = made
            return package(content, f"utlamnande-{row.public_id}.zip")
        shown = carried_out(form, actions.preview_disclosure, **_chosen(desk, hat, form))
        if shown:
            form = _again(request, form, offered, shown)
    context = {
        "form": form,
        "shown": shown,
        "absent": [word for word, places in shown.places.items() if not places] if shown else [],
        "offers": _offers(request, shown),
        "log": [_logged(row) for row in queries.disclosures(desk.partnership)],
        "back": reverse("workspace:handlings", kwargs={"place": desk.place}),
    }
    return show(request, desk, "records/disclose", context, form)


def _chosen(desk: Desk, hat: Membership, form: DisclosureForm) -> dict:
    told = form.cleaned_data
    return {
        "partnership": desk.partnership,
        "keys": told["keys"],
        "words": form.masked_words(),
        "by": hat,
        "at": desk.at,
    }


def _handed_out(
    desk: Desk, hat: Membership, form: DisclosureForm, request: HttpRequest
) -> tuple[Disclosure, bytes] | None:
    told = form.cleaned_data
    return carried_out(
        form,
        actions.disclose,
        **_chosen(desk, hat, form),
        request=told["request"],
        ground=told["ground"],
        seen=request.POST.get("seen", ""),
    )


def _offers(request: HttpRequest, shown: Preview | None) -> list[str]:
    """All words that the text guard has found so far: those that are masked by now stand in the form still."""
    found = [*request.POST.getlist("offered"), *(shown.suggestions if shown else ())]
    return list(dict.fromkeys(found))


def _again(
    request: HttpRequest, form: DisclosureForm, offered: list[tuple[str, str]], shown: Preview
) -> DisclosureForm:
    """The same form, with what the text guard found in what was chosen; what was wrong with it stays told."""
    made = DisclosureForm(request.POST, sections=offered, suggestions=_offers(request, shown))
    made.is_valid()
    for fault in form.non_field_errors():
        made.add_error(None, fault)
    return made


def _logged(row: Disclosure) -> dict:
    return {"row": row, "what": [one["title"] for one in row.contents]}

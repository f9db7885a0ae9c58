"""What is to be registered in a partnership: each party's diary number, and how long it is kept."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.records import actions, queries
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType
from loftet.domain.records.queries import Registered, Sent
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, form_page, show, words_of
from loftet.faces.workspace.records.forms import DiaryNumberForm
from loftet.faces.workspace.records.own import keeper, own_organisations
from loftet.faces.workspace.records.sending import handling_or_404, how_far


@requires("workspace.read")
@require_safe
@at_desk
def handlings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that is to be registered, first what one's own side has no diary number for."""
    desk.hat("workspace.read")
    own = own_organisations(desk)
    mine = {one.pk for one in own} or {hat.organisation_id for hat in desk.hats}
    rows = queries.registered(desk.partnership, mine, desk.at)
    sent: dict[str, dict[int, Sent]] = {}
    for one in queries.dispatches([row.handling.subject for row in rows]):
        sent.setdefault(one.dispatch.subject, {})[one.dispatch.organisation_id] = one
    keeps = {one.pk for one in own}
    context = {
        "own": own,
        "rows": [_row(desk, row, keeps, sent.get(row.handling.subject, {})) for row in rows],
        "lacking": sum(row.lacks(mine) for row in rows),
    }
    return show(request, desk, "records/handlings", context)


def _row(desk: Desk, row: Registered, own: set[int], sent: dict[int, Sent]) -> dict:
    one = row.handling
    return {
        "title": one.title,
        "kind": text.capital(one.document_type.label),
        "dated": one.dated,
        "when": _when(one, clock.day_of(desk.at)),
        "numbers": [
            {
                "party": party,
                "number": number,
                "is_lacking": not number,
                "url": _number_url(desk, one, party.public_id) if party.pk in own else "",
                "sent": how_far(sent[party.pk]) if party.pk in sent else "",
            }
            for party, number in row.numbers
        ],
        "send_url": reverse("workspace:send_to_diary", kwargs={"place": desk.place, "subject": one.subject}),
        "kept": [
            (text.capital(kept.rule.document_type.label), kept.rule.words, kept.due_on, kept.rule.is_decided)
            for kept in row.kept
        ],
    }


def _when(one: Handling, today: date) -> str:
    if one.document_type != DocumentType.DIALOGUE:
        return "undertecknad av alla"
    if one.closed:
        return "stängde"
    return "öppnar" if one.dated > today else "öppen sedan"


def _number_url(desk: Desk, one: Handling, organisation_id: str) -> str:
    ids = {"place": desk.place, "subject": one.subject, "organisation_id": organisation_id}
    return reverse("workspace:diary_number", kwargs=ids)


@requires("records.decide")
@at_desk
def diary_number(request: HttpRequest, desk: Desk, subject: str, organisation_id: str) -> HttpResponse:
    """Enter one's own organisation's number for a thing, or correct it."""
    hat = keeper(desk, organisation_id)
    about = handling_or_404(desk, subject)
    known = queries.number_of(about, hat.organisation)
    form = DiaryNumberForm(request.POST or None, initial={"number": known})
    back = reverse("workspace:handlings", kwargs={"place": desk.place})
    done = act(
        request,
        form,
        actions.enter_diary_number,
        partnership=desk.partnership,
        subject=subject,
        by=hat,
        done="Diarienumret är sparat.",
        to=back,
        **words_of(form),
    )
    intro = (
        f"Numret i {hat.organisation.name}s diarium. Bara ni kan ändra det. Det som stod förut finns kvar i historiken."
    )
    return done or form_page(
        request,
        desk,
        form,
        title=f"Diarienummer för {about.title}",
        submit="Spara numret",
        back=back,
        intro=intro,
    )

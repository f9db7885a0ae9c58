"""The history at the desk: of a partnership, and of one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.dialogues import access as dialogues
from loftet.domain.journal import queries as journal
from loftet.domain.parties import queries as parties
from loftet.domain.parties.roles import ROLES
from loftet.domain.plans import access as plans
from loftet.domain.promises import access as promises
from loftet.domain.situation import access as situation
from loftet.domain.understanding import queries as understanding
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.history.sentences import KINDS
from loftet.faces.workspace.history.telling import tell
from loftet.faces.workspace.pages import show

CLOCK = "system"


@requires("workspace.read")
@require_safe
@at_desk
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that has been done in the partnership, newest first."""
    desk.hat("workspace.read")
    concerned = [party.public_id for party in parties.parties_of(desk.partnership, desk.at)]
    return _page(request, desk, concerned, title="Historik", about="", back=desk.url)


@requires("workspace.read")
@require_safe
@at_desk
def thing_history(request: HttpRequest, desk: Desk, kind: str, public_id: str) -> HttpResponse:
    """What has been done with one dialogue, picture, promise or agreement and its parts."""
    if kind not in KIND_OF_ADDRESS:
        raise Http404("Det finns ingen historik om det.")
    fetch, route, parts = KIND_OF_ADDRESS[kind]
    found, _hat = fetch(desk.person, public_id)
    if hasattr(found, "municipality"):
        here(desk, found)
    elif desk.municipality not in found.partnership.municipalities.all():
        raise Http404("Det finns inget sådant i den här kommunen.")
    desk.partnership = found.partnership
    desk.hat("workspace.read")
    back = reverse(f"workspace:{route}", kwargs={"place": desk.place, "public_id": public_id})
    return _page(request, desk, parts(found), title="Historik", about=found.title, back=back, only=True)


def _page(
    request: HttpRequest, desk: Desk, ids: Iterable[str], *, title: str, about: str, back: str, only: bool = False
) -> HttpResponse:
    ids, mine = list(ids), _mine(desk)
    kind, role = request.GET.get("slag", ""), request.GET.get("roll", "")
    before = request.GET.get("fore", "")
    found = journal.partnership_history(
        desk.partnership.public_id,
        mine,
        also_about=ids,
        beginnings=KINDS[kind][1] if kind in KINDS else (),
        role=role,
        only_about=ids if only else None,
    )
    # A number that is longer than any event's is nobody's link.
    rows, further = journal.page_of(found, before=int(before) if before.isdecimal() and len(before) < 18 else None)
    chosen = {name: value for name, value in (("slag", kind), ("roll", role)) if value}
    context = {
        "title": f"{title} för {about}" if about else f"{title} i {desk.municipality.name}",
        "about": about,
        "back": back,
        "rows": tell(rows),
        "kinds": [] if only else [(key, words) for key, (words, _verbs) in KINDS.items()],
        "roles": [*((one.key, one.name) for one in ROLES), (CLOCK, "Löftet självt")],
        "kind": kind,
        "role": role,
        "chosen": chosen,
        "older": f"?{urlencode({**chosen, 'fore': further})}" if further else "",
        "newest": f"?{urlencode(chosen)}" if before else "",
    }
    return show(request, desk, "history/history", context)


def _mine(desk: Desk) -> list[str]:
    return [hat.organisation.public_id for hat in desk.hats]


def _of_dialogue(found: Any) -> list[str]:
    findings = understanding.findings(found, published_only=False).values_list("public_id", flat=True)
    needs = understanding.needs(found).values_list("public_id", flat=True)
    answers = found.feedback.values_list("public_id", flat=True)
    runs = found.runs.values_list("public_id", flat=True)
    releases = found.releases.values_list("public_id", flat=True)
    voices = found.voices.values_list("public_id", flat=True)
    return [found.public_id, *findings, *needs, *answers, *runs, *releases, *voices]


def _of_picture(found: Any) -> list[str]:
    problems = found.problems.values_list("public_id", flat=True)
    return [found.public_id, found.document.public_id, *problems]


def _of_promise(found: Any) -> list[str]:
    measures = found.measures.values_list("public_id", flat=True)
    return [found.public_id, found.document.public_id, *measures]


def _of_agreement(found: Any) -> list[str]:
    return [found.public_id, found.document.public_id]


Kind = tuple[Callable[..., tuple[Any, Any]], str, Callable[[Any], list[str]]]
KIND_OF_ADDRESS: dict[str, Kind] = {
    "dialog": (dialogues.for_reading, "dialogue", _of_dialogue),
    "problembild": (situation.for_reading, "picture", _of_picture),
    "lofte": (promises.for_reading, "promise", _of_promise),
    "overenskommelse": (
        lambda person, public_id: plans.agreement_for(person, public_id, "workspace.read"),
        "agreement",
        _of_agreement,
    ),
}

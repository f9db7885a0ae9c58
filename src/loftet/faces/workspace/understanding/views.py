"""Understanding a dialogue: running the analysis and releasing its figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues import access as dialogues
from loftet.domain.dialogues import queries as dialogue_queries
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.understanding import access, actions, queries, rules
from loftet.domain.understanding.models import Release, Run
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import confirm_page, show

DONE = {
    Run.State.DONE: "Analysen är klar.",
    Run.State.QUEUED: "Analysen är beställd och tar några sekunder. Tryck på Uppdatera för att se om den är klar.",
    Run.State.RUNNING: "Analysen pågår. Tryck på Uppdatera för att se om den är klar.",
}


def address(desk: Desk, dialogue: Dialogue, name: str = "dialogue_understanding", **more: str) -> str:
    """Where a dialogue's answers are understood."""
    return reverse(f"workspace:{name}", kwargs={"place": desk.place, "public_id": dialogue.public_id, **more})


@requires("workspace.read")
@require_safe
@at_desk
def understanding(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """The run, the released figures, what we heard, and the needs: in the order the work is done."""
    dialogue, _hat = dialogues.for_reading(desk.person, public_id)
    here(desk, dialogue)
    run, release = queries.latest_run(dialogue), queries.latest_release(dialogue)
    findings = list(queries.findings(dialogue, published_only=False))
    needs = list(queries.needs(dialogue))
    public = dialogue_queries.public_dialogue_by_id(dialogue.public_id, desk.at)
    context = {
        "dialogue": dialogue,
        "is_draft": dialogue.published_at is None,
        "run": run,
        "is_waiting": run is not None and run.state in {Run.State.QUEUED, Run.State.RUNNING},
        "release": release,
        "shared": _told(release, dialogue, "consensus") if release else [],
        "findings": findings,
        "has_drafts": any(finding.published_at is None for finding in findings),
        "needs": needs,
        "next": _next(run, release, findings, needs),
        "may_write": any(rules.may_write(hat, dialogue, desk.at) for hat in desk.hats),
        "result_url": _result_url(desk, public) if public and release else "",
    }
    return show(request, desk, "understanding/understanding", context)


def _next(run: Run | None, release: Release | None, findings, needs) -> str:
    """The step that the work has come to: its button is the main one."""
    if run is not None and run.state == Run.State.DONE and (release is None or run.pk > release.run_id):
        return "release"
    if release is None:
        return "run"
    if not findings:
        return "finding"
    if any(finding.published_at is None for finding in findings):
        return "publish"
    return "need" if not needs else ""


def _told(release: Release, dialogue: Dialogue, key: str) -> list[tuple[str, str]]:
    """Released statements in words with how many agree, for a look before the whole public result page."""
    words = {statement.number: statement.voice.text for statement in asked.statements(dialogue)}
    return [
        (words[row["statement"]], "för få svar för att visas" if row["share"] is None else _share(row))
        for row in release.figures[key]
    ]


def _share(row: dict) -> str:
    return f"{text.percent(row['share'])} {'håller inte med' if row.get('direction') == 'disagree' else 'håller med'}"


def _result_url(desk: Desk, public) -> str:
    return reverse("public:dialogue_result", kwargs={"place": desk.place, "slug": public.slug})


@requires("understanding.write")
@require_POST
@at_desk
def run(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Ask for an analysis of the answers so far."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    before = queries.latest_run(dialogue)
    try:
        asked_for = actions.request_run(dialogue=dialogue, by=hat)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        # A queue that works at once has done it by now.
        asked_for = queries.run_of(dialogue, asked_for.public_id)
        known = before is not None and before.pk == asked_for.pk and asked_for.state == Run.State.DONE
        if asked_for.state != Run.State.FAILED:
            said = "Inga nya svar har kommit sedan analysen." if known else DONE[Run.State(asked_for.state)]
            messages.success(request, said)
    return redirect(address(desk, dialogue))


@requires("understanding.write")
@at_desk
def release(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Say what becomes public, and release when it is confirmed."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    newest = queries.latest_run(dialogue)
    if newest is None:
        messages.error(request, "Kör analysen först, så finns det ett resultat att släppa.")
        return redirect(address(desk, dialogue))
    return confirm_page(
        request,
        desk,
        lambda: actions.release(run=newest, by=hat),
        title="Släpp resultatet",
        intro="Siffrorna visas för alla på dialogens resultatsida.",
        points=[
            "Tal som bygger på för få svar döljs, för gott.",
            f"Ett släpp ändras aldrig. Ett nytt behöver minst {text.number_word(rules.FEWEST_NEW_PARTICIPANTS)} "
            "nya deltagare.",
        ],
        submit="Släpp resultatet",
        back=address(desk, dialogue),
        done="Resultatet är släppt och visas på dialogens resultatsida. Skriv nu det ni hörde.",
    )

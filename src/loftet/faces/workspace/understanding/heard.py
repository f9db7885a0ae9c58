"""What we heard and what is needed: writing it, changing drafts, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties.models import Membership
from loftet.domain.understanding import access, actions, queries
from loftet.domain.understanding.models import Finding, Release
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import act, carried_out, confirm_page, form_page, press, words_of
from loftet.faces.workspace.understanding.forms import FindingForm, NeedForm
from loftet.faces.workspace.understanding.views import address


@requires("understanding.write")
@at_desk
def finding_new(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Write what was heard, with what it rests on, and the need behind it."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    newest = queries.latest_release(dialogue)
    if newest is None:
        messages.error(request, "Släpp ett resultat först, så finns det siffror att bygga på.")
        return redirect(address(desk, dialogue))
    statements = _told(newest, dialogue)
    form = FindingForm(
        request.POST or None, choices=[(key, _choice(newest, one)) for key, one in statements.items()] if newest else []
    )
    words = words_of(form)
    if words:
        chosen = [(newest, statements[number]) for number in words["statements"]]
        finding = carried_out(
            form, actions.add_finding, dialogue=dialogue, text=words["text"], statements=chosen, by=hat
        )
        if finding:
            messages.success(request, "Det ni hörde är sparat som utkast.")
            return _need_too(request, desk, finding, words["need"], hat)
    title = "Skriv det ni hörde"
    return form_page(request, desk, form, title=title, submit="Spara utkast", back=address(desk, dialogue))


def _need_too(request: HttpRequest, desk: Desk, finding: Finding, need: str, by: Membership) -> HttpResponse:
    """Save the need that was written in the same form. If it is refused, it comes back in a form of its own."""
    dialogue = finding.dialogue
    if not need:
        return redirect(f"{address(desk, dialogue)}#horde")
    data = {"text": need, "findings": [finding.public_id]}
    form = NeedForm(data, choices=_findings(dialogue)[1])
    if carried_out(form, actions.add_need, dialogue=dialogue, text=need, findings=[finding], by=by):
        messages.success(request, "Behovet är sparat. Nu kan det kopplas till ett problem.")
        return redirect(f"{address(desk, dialogue)}#horde")
    to = address(desk, dialogue, "need_new")
    return form_page(request, desk, form, title="Nytt behov", submit="Spara", back=address(desk, dialogue), send_to=to)


@requires("understanding.write")
@at_desk
def finding_edit(request: HttpRequest, desk: Desk, public_id: str, finding_id: str) -> HttpResponse:
    """Change a draft's words and what it rests on."""
    finding, hat = access.finding_for_writing(desk.person, finding_id)
    dialogue = finding.dialogue
    here(desk, dialogue)
    newest = queries.latest_release(dialogue)
    statements = _told(newest, dialogue) if newest else {}
    known = [str(evidence.statement.number) for evidence in finding.evidence.all()]
    form = FindingForm(
        request.POST or None,
        initial={"text": finding.text, "statements": known},
        choices=[(key, _choice(newest, one)) for key, one in statements.items() if newest],
        with_need=False,
    )
    words = words_of(form)
    chosen = [(newest, statements[number]) for number in words.pop("statements", [])]
    back = f"{address(desk, dialogue)}#horde"
    done = act(
        request,
        form,
        actions.edit_finding,
        finding=finding,
        statements=chosen,
        by=hat,
        done="Utkastet är sparat.",
        to=back,
        **words,
    )
    return done or form_page(request, desk, form, title="Ändra det ni hörde", submit="Spara utkast", back=back)


def _told(release: Release, dialogue: Dialogue) -> dict[str, Any]:
    """The statements that the release tells figures of, by number."""
    return {str(one.number): one for one in asked.statements(dialogue) if queries.told_in(release, one.number)}


def _choice(release: Release, statement) -> str:
    row = queries.told_in(release, statement.number)
    if row is None:  # only statements with figures are offered
        return statement.voice.text
    share = f"{text.percent(row['agree'])} håller med"
    return f"{statement.voice.text} {text.capital(share)}, {text.counted(row['answered'], 'svar', 'svar')}."


@requires("understanding.write")
@require_POST
@at_desk
def finding_remove(request: HttpRequest, desk: Desk, public_id: str, finding_id: str) -> HttpResponse:
    """Take away a draft."""
    finding, hat = access.finding_for_writing(desk.person, finding_id)
    here(desk, finding.dialogue)
    to = f"{address(desk, finding.dialogue)}#horde"
    return press(request, lambda: actions.remove_finding(finding=finding, by=hat), done="Utkastet är borttaget.", to=to)


@requires("understanding.write")
@at_desk
def findings_publish(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Publish all drafts of what was heard."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    drafts = [finding.text for finding in queries.draft_findings(dialogue)]
    return confirm_page(
        request,
        desk,
        lambda: actions.publish_findings(dialogue=dialogue, by=hat),
        title="Publicera det ni hörde",
        intro="Det här visas på dialogens resultatsida, med det som det bygger på. Det ändras inte efteråt.",
        points=[*drafts, "Varje mening behöver ett svar när ni skriver svaret till dem som var med."],
        submit="Publicera",
        back=address(desk, dialogue),
        done="Det ni hörde är publicerat.",
    )


@requires("understanding.write")
@at_desk
def need_new(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Draw a need from what was heard."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    findings, choices = _findings(dialogue)
    form = NeedForm(request.POST or None, choices=choices)
    words = words_of(form)
    done = act(
        request,
        form,
        actions.add_need,
        dialogue=dialogue,
        text=words.get("text", ""),
        findings=[findings[key] for key in words.get("findings", [])],
        by=hat,
        done="Behovet är sparat. Nu kan det kopplas till ett problem.",
        to=f"{address(desk, dialogue)}#behov",
    )
    return done or form_page(request, desk, form, title="Nytt behov", submit="Spara", back=address(desk, dialogue))


@requires("understanding.write")
@at_desk
def need_edit(request: HttpRequest, desk: Desk, public_id: str, need_id: str) -> HttpResponse:
    """Change a need. What is signed quotes it as it was."""
    need, hat = access.need_for_writing(desk.person, need_id)
    here(desk, need.dialogue)
    findings, choices = _findings(need.dialogue)
    initial = {"text": need.text, "findings": [finding.public_id for finding in need.findings.all()]}
    form = NeedForm(request.POST or None, initial=initial, choices=choices)
    words = words_of(form)
    back = f"{address(desk, need.dialogue)}#behov"
    done = act(
        request,
        form,
        actions.edit_need,
        need=need,
        text=words.get("text", ""),
        findings=[findings[key] for key in words.get("findings", [])],
        by=hat,
        done="Behovet är sparat. Det som redan är undertecknat står kvar som det var.",
        to=back,
    )
    return done or form_page(request, desk, form, title="Ändra behovet", submit="Spara", back=back)


def _findings(dialogue: Dialogue) -> tuple[dict[str, Finding], list[tuple[str, str]]]:
    found = {finding.public_id: finding for finding in queries.findings(dialogue, published_only=False)}
    return found, [(key, finding.text) for key, finding in found.items()]

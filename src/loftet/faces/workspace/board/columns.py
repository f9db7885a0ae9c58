"""The columns of a place's board. Gaps are facts: a need no problem names, a problem without a promise, no answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from loftet.domain.dialogues import queries as dialogues
from loftet.domain.followup import queries as followup
from loftet.domain.followup.status import Did
from loftet.domain.promises import queries as promises
from loftet.domain.signing import queries as signing
from loftet.domain.situation import queries as situation
from loftet.domain.understanding import queries as understanding
from loftet.faces.shared import text
from loftet.faces.workspace.desk import Desk
from loftet.faces.workspace.dialogues.standing import standing


@dataclass(frozen=True)
class Card:
    """One thing on the board: its words, where the work is, its state, and a gap if there is one."""

    title: str
    url: str
    family: str = ""
    state: str = ""
    note: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Column:
    """A step of the chain, and how to start something new in it."""

    key: str
    title: str
    cards: tuple[Card, ...]
    empty: str
    new_url: str = ""
    new_label: str = ""


def columns(desk: Desk) -> list[Column]:
    """Every step of the chain in the place, as far as the partnership that one works in has come."""
    here = [desk.partnership]
    asked = list(dialogues.dialogues_in(desk.municipality, here))
    needs = understanding.needs_of(asked)
    pictures = list(situation.pictures_in(desk.municipality, here))
    problems = list(situation.problems_in(desk.municipality, here))
    drafts = list(promises.promises_in(desk.municipality, here))
    public = promises.public_promises(desk.municipality, desk.at)
    rows = followup.promises_followup(
        [one for one in public if one.promise.partnership_id == desk.partnership.pk], desk.at
    )
    owed = {dialogue.pk for dialogue in followup.feedback_owed(asked, desk.at)}
    return [
        _dialogues(desk, asked, owed),
        _needs(desk, needs, problems),
        _problems(desk, pictures, problems, drafts),
        _promises(desk, drafts, problems),
        _followup(desk, rows),
        _answers(desk, asked, owed),
    ]


def _url(desk: Desk, name: str, public_id: str = "") -> str:
    where = {"place": desk.place, "public_id": public_id} if public_id else {"place": desk.place}
    return reverse(f"workspace:{name}", kwargs=where)


def _dialogues(desk: Desk, asked, owed: set[int]) -> Column:
    cards = tuple(
        Card(
            d.title,
            _url(desk, "dialogue", d.public_id),
            "dialogue",
            standing(d, owed=d.pk in owed, at=desk.at),
            d.question,
        )
        for d in asked
    )
    new = _url(desk, "dialogue_new") if desk.may_begin("dialogues.write") else ""
    return Column("dialoger", "Dialoger", cards, "Ingen dialog än.", new, "Ny dialog")


def _needs(desk: Desk, needs, problems) -> Column:
    tied = {need.pk for problem in problems for need in problem.needs.all()}
    cards = tuple(
        Card(
            need.text,
            _url(desk, "dialogue_understanding", need.dialogue.public_id),
            note=need.dialogue.title,
            gap="" if need.pk in tied else "Inget problem bygger på behovet.",
        )
        for need in needs
    )
    return Column("behov", "Det vi hörde och behov", cards, "Inget behov är skrivet än.")


def _problems(desk: Desk, pictures, problems, drafts) -> Column:
    promised = {promise.problem_id for promise in drafts}
    states = signing.states([picture.document for picture in pictures], desk.at)
    cards = [
        Card(
            p.title,
            _url(desk, "picture", p.picture.public_id),
            "document",
            states[p.picture.document_id].value,
            p.picture.title,
            "" if p.pk in promised else "Inget löfte handlar om problemet.",
        )
        for p in problems
    ]
    with_problem = {problem.picture_id for problem in problems}
    cards += [
        Card(
            p.title,
            _url(desk, "picture", p.public_id),
            "document",
            states[p.document_id].value,
            gap="Inget problem än.",
        )
        for p in pictures
        if p.pk not in with_problem
    ]
    new = _url(desk, "picture_new") if desk.may_begin("situation.write") else ""
    return Column("problem", "Problem", tuple(cards), "Ingen problembild än.", new, "Ny problembild")


def _promises(desk: Desk, drafts, problems) -> Column:
    states = signing.states([promise.document for promise in drafts], desk.at)
    heard = {problem.pk for problem in problems if problem.needs.all()}
    cards = tuple(
        Card(
            p.title,
            _url(desk, "promise", p.public_id),
            "document",
            states[p.document_id].value,
            text.period(p.starts, p.ends),
            "" if p.problem_id in heard else "Inget behov från en dialog ligger bakom.",
        )
        for p in drafts
    )
    new = _url(desk, "promise_new") if desk.may_begin("promises.write") else ""
    return Column("loften", "Löften", cards, "Inget löfte än.", new, "Nytt löfte")


def _followup(desk: Desk, rows) -> Column:
    cards = tuple(
        Card(
            row.measure.text,
            _url(desk, "report", row.measure.id),
            "measure",
            row.status.did.value,
            row.status.why,
            ""
            if row.reports or row.status.did in {Did.UPCOMING, Did.RUNNING}
            else "Ingen har rapporterat om åtgärden.",
        )
        for promise in rows
        for row in promise.measures
    )
    return Column("uppfoljning", "Uppföljning", cards, "Åtgärder visas här när ett löfte gäller.")


def _answers(desk: Desk, asked, owed: set[int]) -> Column:
    cards = tuple(
        Card(
            d.title,
            _url(desk, "feedback", d.public_id),
            "dialogue",
            standing(d, owed=d.pk in owed, at=desk.at),
            f"Svar senast {text.day(d.answer_by)}",
            "De som var med har inte fått svar." if d.pk in owed else "",
        )
        for d in asked
        if d.is_closed(desk.at)
    )
    return Column("svar", "Svar till er", cards, "Svar skrivs när en dialog har stängt.")

"""The chain of a promise as a walk: from what was said to what became of it. Gaps are steps too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.queries import PublicDialogue
from loftet.domain.followup import queries as followup
from loftet.domain.followup.queries import PromiseFollowup
from loftet.domain.places import queries as places
from loftet.domain.situation import queries as situation
from loftet.domain.situation.content import ProblemText
from loftet.domain.understanding import queries as understanding
from loftet.faces.public.promises.presenter import address, result_address
from loftet.faces.shared import text
from loftet.faces.shared.chain import ChainStep
from loftet.faces.shared.promise_sheet import did_it_help, did_we


def steps(row: PromiseFollowup, at: datetime) -> list[ChainStep]:
    """Every link of a promise in order, with an address where the thing has a page."""
    problem = row.shown.words.problem
    named = [source.dialogue for source in problem.sources if source.dialogue]
    asked = [found for public_id in named if (found := dialogues.public_dialogue_by_id(public_id, at))]
    return [*_heard(problem, asked), *_problem(row, at), *_promised(row), *_answered(asked)]


def _heard(problem: ProblemText, asked: list[PublicDialogue]) -> Iterator[ChainStep]:
    """The dialogues behind the problem, and what was heard in them that its needs were drawn from."""
    if not asked:
        yield ChainStep("Dialog", "Löftet bygger inte på någon dialog som hållits här.", is_gap=True)
    for found in asked:
        url = reverse("public:dialogue", kwargs=_where(found))
        yield ChainStep("Dialog", found.dialogue.question, url, found.dialogue.title)
    if not problem.needs:
        yield ChainStep("Behov", "Problemet är inte kopplat till något behov.", is_gap=True)
        return
    addresses = {found.dialogue.pk: result_address(found) for found in asked}
    trails = understanding.trail(needs=[need.id for need in problem.needs])
    for trail in trails:
        if page := addresses.get(trail.finding.dialogue_id):
            rests = f"Bygger på {text.number_word(len(trail.evidence))} påståenden"
            yield ChainStep("Det vi hörde", trail.finding.text, f"{page}#{trail.finding.public_id}", rests)
    if not any(trail.finding.dialogue_id in addresses for trail in trails):
        yield ChainStep("Det vi hörde", "Det som hördes i dialogen är inte publicerat.", is_gap=True)
    for need in problem.needs:
        yield ChainStep("Behov", need.text)


def _where(found: PublicDialogue) -> dict[str, str]:
    return {"place": places.slug_of(found.dialogue.municipality), "slug": found.slug}


def _problem(row: PromiseFollowup, at: datetime) -> Iterator[ChainStep]:
    municipality, words = row.shown.promise.municipality, row.shown.words
    found = situation.public_picture_of(words.problem.id, municipality, at)
    if found is None:
        yield ChainStep("Problem", words.problem.title, note="Problembilden är inte undertecknad av båda.", is_gap=True)
        return
    where = {"place": places.slug_of(municipality), "slug": found.slug}
    url = f"{reverse('public:picture', kwargs=where)}#{words.problem.id}"
    yield ChainStep("Problem", words.problem.title, url, found.words.title)


def _promised(row: PromiseFollowup) -> Iterator[ChainStep]:
    words = row.shown.words
    yield ChainStep("Löfte", words.title, address(row.shown), text.period(words.starts, words.ends))
    for measure in row.measures:
        reported = measure.reports[-1] if measure.reports else None
        note = f"Senaste rapport {text.day(reported.reported_at)}" if reported else "Ingen har rapporterat om åtgärden."
        yield ChainStep("Åtgärd", measure.measure.text, note=note, is_gap=reported is None)
    if not row.targets:
        yield ChainStep("Mått", "Löftet har inget mål som mäts.", is_gap=True)
    for target in row.targets:
        yield ChainStep("Mått", target.target.series.title, note=target.status.why)
    yield ChainStep("Resultat", did_we(row), note=did_it_help(row))


def _answered(asked: list[PublicDialogue]) -> Iterator[ChainStep]:
    for found in asked:
        url = reverse("public:feedback", kwargs=_where(found))
        answers = list(followup.feedback_for(found.dialogue))
        for answer in answers:
            said = f"{answer.organisation.name} har svarat"
            yield ChainStep("Svar till er", said, url, text.day(answer.published_at))
        if not answers:
            due = f"Svaret ska komma senast {text.day(found.dialogue.answer_by)}."
            yield ChainStep("Svar till er", "De som var med har inte fått svar.", url, due, is_gap=True)

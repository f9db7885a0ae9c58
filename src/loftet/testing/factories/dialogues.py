"""Dialogues with voices and votes, and what was understood from them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.methods.statements import queries as said
from loftet.domain.dialogues.models import Dialogue, Participant, Voice
from loftet.domain.understanding import actions as understanding
from loftet.domain.understanding.models import Finding, Need, Release
from loftet.testing.cast import Cast

STATEMENTS = (
    "Det behövs mer belysning i stadsparken.",
    "Polisen borde synas oftare till fots på torget.",
    "Cyklar ska inte få köras på gågatan.",
    "Fritidsgården ska ha öppet på lördagar.",
    "Kameror gör mig tryggare i centrum.",
    "Bussarna borde gå oftare på kvällen.",
)
DIALOGUE = {
    "title": "Trygg i centrum",
    "question": "Vad skulle göra dig tryggare i centrum?",
    "purpose": "Vi vill förstå vad ni som bor här behöver.",
    "can_influence": "Var polisen går, hur det är upplyst och vad som städas.",
    "cannot_influence": "Vilka lagar som gäller.",
    "what_happens": "Svaren blir underlag för nästa medborgarlöfte.",
    "legal_basis": "Uppgift av allmänt intresse, lag (2023:196).",
    "ladder": "dialogue",
    "sample_type": "self_selected",
    "minutes": 4,
}


def make_dialogue(
    cast: Cast,
    *,
    at: datetime | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    seeds: Sequence[str] = STATEMENTS,
    is_published: bool = True,
    **words,
) -> Dialogue:
    """Make a dialogue that is open at `at`, from ten days before to twenty days after; or a draft of it."""
    at = at or clock.now()
    opens_at = opens_at or at - timedelta(days=10)
    closes_at = closes_at or at + timedelta(days=20)
    drafted = min(opens_at, at) - timedelta(days=7)
    dialogue = dialogues.draft_dialogue(
        by=cast.coordinator,
        partnership=cast.partnership,
        controller=cast.town,
        municipality=cast.municipality,
        opens_at=opens_at,
        closes_at=closes_at,
        at=drafted,
        **{**DIALOGUE, "answer_by": clock.day_of(closes_at) + timedelta(days=30), **words},
    )
    for text in seeds:
        statements.add_seed(dialogue=dialogue, text=text, by=cast.coordinator, at=drafted)
    if is_published:
        dialogues.publish_dialogue(dialogue=dialogue, by=cast.coordinator, at=drafted + timedelta(days=1))
    return dialogue


def make_participant(dialogue: Dialogue, *, at: datetime | None = None) -> Participant:
    """Let someone take part."""
    participant, _token = dialogues.join(dialogue=dialogue, at=at or a_moment_when_open(dialogue))
    return participant


def make_voice(
    dialogue: Dialogue, *, text: str = "Det ligger ofta glas på lekplatsen.", at: datetime | None = None
) -> Voice:
    """Let someone say something, which then waits for moderation."""
    at = at or a_moment_when_open(dialogue)
    return statements.say(dialogue=dialogue, participant=make_participant(dialogue, at=at), text=text, at=at)


def make_votes(
    dialogue: Dialogue, *, camps: Sequence[int] = (12, 8), at: datetime | None = None, seed: int = 7
) -> list[Participant]:
    """Let simulated people answer every statement, in camps that agree on the first and part over the rest."""
    at = at or a_moment_when_open(dialogue)
    source = random.Random(seed)
    asked = list(said.statements(dialogue))
    people = []
    for camp, size in enumerate(camps):
        for _ in range(size):
            person = make_participant(dialogue, at=at)
            people.append(person)
            for place, statement in enumerate(asked):
                leans_to = 1 if place == 0 or (place + camp) % 2 else -1
                value = leans_to if source.random() < 0.9 else 0
                statements.vote(dialogue=dialogue, participant=person, statement=statement, value=value, at=at)
    return people


def a_moment_when_open(dialogue: Dialogue) -> datetime:
    """A moment at which the dialogue takes answers: now if it does, else half-way."""
    now = clock.now()
    return now if dialogue.is_open(now) else dialogue.opens_at + (dialogue.closes_at - dialogue.opens_at) / 2


def make_release(cast: Cast, dialogue: Dialogue, *, at: datetime | None = None) -> Release:
    """Analyse a dialogue's votes and release the figures; without votes some are cast first."""
    at = at or clock.now()
    if not said.current_votes(dialogue):
        make_votes(dialogue)
    run = understanding.request_run(dialogue=dialogue, by=cast.coordinator, at=at)
    return understanding.release(run=understanding.finish(run=run, at=at), by=cast.coordinator, at=at)


def make_finding(
    cast: Cast,
    release: Release,
    *,
    text: str = "Nästan alla vill ha mer belysning i stadsparken.",
    numbers: Sequence[int] = (1,),
    is_published: bool = True,
    at: datetime | None = None,
) -> Finding:
    """Write what was heard, resting on statements by their numbers."""
    dialogue = release.dialogue
    finding = understanding.add_finding(
        dialogue=dialogue,
        text=text,
        statements=[(release, said.statement(dialogue, number)) for number in numbers],
        by=cast.coordinator,
        at=at,
    )
    if is_published:
        understanding.publish_findings(dialogue=dialogue, by=cast.coordinator, at=at)
        finding.refresh_from_db()
    return finding


def make_need(
    cast: Cast,
    finding: Finding,
    *,
    text: str = "Att kunna gå hem genom parken utan rädsla.",
    at: datetime | None = None,
) -> Need:
    """Say what residents need."""
    return understanding.add_need(dialogue=finding.dialogue, text=text, findings=[finding], by=cast.coordinator, at=at)

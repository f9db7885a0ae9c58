"""Answers that fall in camps, for tests: many votes at once, without walking through the pages."""

from __future__ import annotations

import random
from collections.abc import Sequence

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue, Participant, Statement, Vote
from loftet.domain.dialogues.tests.world import DURING, World, an_open_dialogue
from loftet.domain.understanding import actions
from loftet.domain.understanding.models import Release, Run

THINGS = (
    "Det behövs mer belysning i stadsparken.",
    "Polisen borde synas oftare till fots på torget.",
    "Cyklar ska inte få köras på gågatan.",
    "Bussarna slutar gå för tidigt på lördagar.",
    "Det saknas en fritidsgård för unga.",
    "Kameror på stationen gör mig lugnare.",
    "Nedskräpningen i centrum har blivit värre.",
    "Bilarna kör för fort utanför skolan.",
    "Det är svårt att veta vem man ska ringa.",
    "Fler grannar borde känna varandra.",
)
EVERYBODY_AGREES = (1, 2)


def opinion(camp: int, person: int, number: int) -> int:
    """What a member of a camp answers: all agree with 1 and 2, the camps differ on the rest, some are of two minds."""
    source = random.Random(f"{camp} {person} {number}")
    side = 1 if number in EVERYBODY_AGREES or (number + camp) % 2 else -1
    return source.choices([side, 0, -side], [88, 6, 6])[0]


def a_dialogue(world: World, **words: object) -> Dialogue:
    """A dialogue with ten statements, open at DURING."""
    return an_open_dialogue(world, seeds=THINGS, **words)


def answer(
    dialogue: Dialogue, sizes: Sequence[int], *, numbers: Sequence[int] = range(1, 11), first: int = 0
) -> list[Participant]:
    """Let camps of these sizes answer these statements; `first` numbers the first person, so that others can come."""
    hour = clock.to_the_hour(DURING)
    statements = {s.number: s for s in Statement.objects.filter(dialogue=dialogue)}
    people, votes = [], []
    for camp, size in enumerate(sizes):
        for i in range(first, first + size):
            person = Participant.objects.create(
                dialogue=dialogue, token_hash=f"{dialogue.pk}-{camp}-{i}", joined_hour=hour
            )
            people.append(person)
            votes += [
                Vote(statement=statements[n], participant=person, value=opinion(camp, i, n), hour=hour) for n in numbers
            ]
    Vote.objects.bulk_create(votes)
    return people


def done(world: World, dialogue: Dialogue) -> Run:
    """A finished run of the votes as they are."""
    run = actions.request_run(dialogue=dialogue, by=world.coordinator, at=DURING)
    return actions.finish(run=run, at=DURING)


def an_answered_dialogue(world: World) -> Dialogue:
    """A dialogue that forty people have answered, in two camps."""
    dialogue = a_dialogue(world)
    answer(dialogue, [24, 16])
    return dialogue


def released(world: World, dialogue: Dialogue) -> Release:
    """The figures of the votes as they are, released."""
    return actions.release(run=done(world, dialogue), by=world.coordinator, at=DURING)

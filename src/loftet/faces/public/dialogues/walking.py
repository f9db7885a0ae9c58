"""Going through the statements: the next one, and back to those one has answered."""

from __future__ import annotations

from dataclasses import dataclass

from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Statement
from loftet.faces.public.dialogues.arrival import Visit


@dataclass(frozen=True)
class Step:
    """One statement on the screen: what one has answered to it, how far one has come, and the one before it."""

    statement: Statement | None
    is_next: bool
    answer: int | None
    answered: int
    total: int
    previous: int | None


def step(visit: Visit, wanted: str = "") -> Step:
    """The statement to show: the next one, or the one with the number `wanted`, to look at again or change."""
    mine = asked.my_votes(visit.participant) if visit.participant else []
    statement = _wanted(visit, wanted)
    is_next = statement is None
    if is_next:
        statement = asked.next_statement(dialogue=visit.dialogue, participant=visit.participant, at=visit.at)
    place = next((place for place, vote in enumerate(mine) if statement and vote.statement.pk == statement.pk), None)
    earlier = mine if place is None else mine[place + 1 :]
    progress = asked.progress(visit.participant) if visit.participant else None
    return Step(
        statement=statement,
        is_next=is_next,
        answer=None if place is None else mine[place].value,
        answered=progress.answered if progress else 0,
        total=progress.total if progress else asked.statements(visit.dialogue).count(),
        previous=earlier[0].statement.number if earlier else None,
    )


def _wanted(visit: Visit, number: str) -> Statement | None:
    """A statement that somebody asks for by its number. One's own words are not asked of oneself."""
    if not (visit.dialogue.is_open(visit.at) and number.isascii() and number.isdigit()):
        return None
    found = asked.statements(visit.dialogue)
    others = found.exclude(voice__participant=visit.participant) if visit.participant else found
    return others.filter(number=int(number[:9])).first()

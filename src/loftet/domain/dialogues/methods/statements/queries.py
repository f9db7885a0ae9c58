"""Reading statements and votes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loftet.analysis.routing import draw_next
from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue, Participant, Statement, Vote


class CurrentVote(NamedTuple):
    """What a participant (by permanent id) answers to a statement (by number) now: 1, 0 or -1."""

    participant: str
    statement: int
    value: int


class MyVote(NamedTuple):
    """A statement and what one has answered to it."""

    statement: Statement
    value: int


class Progress(NamedTuple):
    """How many statements one has answered, and how many there are to answer so far."""

    answered: int
    total: int


def statements(dialogue: Dialogue) -> QuerySet[Statement]:
    """The dialogue's statements in order of number, with their words."""
    return Statement.objects.filter(dialogue=dialogue).select_related("voice")


def statement(dialogue: Dialogue, number: int) -> Statement:
    """One statement with its words. Raises `Statement.DoesNotExist`."""
    return statements(dialogue).get(number=number)


def next_statement(
    *, dialogue: Dialogue, participant: Participant | None, at: datetime | None = None
) -> Statement | None:
    """The next statement to show, or None when all are answered or the dialogue is not open.

    A draw weighted by priority among those the participant has not answered, always the same until the next answer,
    so that a page can be loaded again. Others' votes are not read: the priorities are a snapshot that a run left.
    One who has not joined yet gets a draw that is the same for everyone within the hour.
    """
    at = at or clock.now()
    if not dialogue.is_open(at):
        return None
    rows = list(_for(dialogue, participant).values_list("number", "priority", _answered_by(participant)))
    seen = {number for number, _, answered in rows if answered}
    who = participant.public_id if participant else f"{dialogue.public_id} {clock.to_the_hour(at).isoformat()}"
    number = draw_next({number: priority for number, priority, _ in rows}, seen, _seed(f"{who} {len(seen)}"))
    return None if number is None else statement(dialogue, int(number))


def current_votes(dialogue: Dialogue) -> list[CurrentVote]:
    """The latest vote of each participant on each statement, in order of participant and statement."""
    rows = (
        Vote.objects.filter(statement__dialogue=dialogue)
        .order_by("id")
        .values_list("participant__public_id", "statement__number", "value")
    )
    latest = {(participant, number): value for participant, number, value in rows.iterator(chunk_size=5000)}
    return [CurrentVote(participant, number, latest[participant, number]) for participant, number in sorted(latest)]


def my_votes(participant: Participant) -> list[MyVote]:
    """What a participant answers now, the latest answered first."""
    latest: dict[int, MyVote] = {}
    for row in Vote.objects.filter(participant=participant).order_by("-id").select_related("statement__voice"):
        latest.setdefault(row.statement_id, MyVote(row.statement, row.value))
    return list(latest.values())


def my_vote(participant: Participant, statement: Statement) -> int | None:
    """What a participant answers to a statement now, or None."""
    found = Vote.objects.filter(participant=participant, statement=statement).order_by("-id")
    return found.values_list("value", flat=True).first()


def progress(participant: Participant) -> Progress:
    """How far a participant has come."""
    found = _for(participant.dialogue, participant).aggregate(
        answered=Count("pk", filter=Q(_answered_by(participant))), total=Count("pk")
    )
    return Progress(found["answered"], found["total"])


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _for(dialogue: Dialogue, participant: Participant | None) -> QuerySet[Statement]:
    """Statements that a participant can be asked: all but one's own words."""
    found = Statement.objects.filter(dialogue=dialogue)
    return found.exclude(voice__participant=participant) if participant else found


def _answered_by(participant: Participant | None) -> Exists:
    return Exists(Vote.objects.filter(participant=participant, statement=OuterRef("pk")))

"""Seeding, voting and saying it oneself. Residents' acts are not journalled; their times are rounded to the hour."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.changes import changes
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import rules
from loftet.domain.dialogues.methods.statements import publishing, wording
from loftet.domain.dialogues.models import Dialogue, Participant, Statement, Voice, Vote
from loftet.domain.journal import actions as journal
from loftet.domain.parties.models import Membership

MOST_WAITING: Final = 10


@transaction.atomic
def add_seed(*, dialogue: Dialogue, text: str, by: Membership, at: datetime | None = None) -> Statement:
    """Add a statement from the organisers. Raises `IdentifyingText` and `AlreadySaid` as for everyone."""
    at = at or clock.now()
    rules.must(rules.may_write(by, dialogue, at))
    if dialogue.is_closed(at):
        raise DomainError("Dialogen är stängd, så ingen kan svara på ett nytt påstående. Inget är sparat.")
    text = _guarded(text)
    wording.must_be_new(dialogue, text)
    voice = Voice.objects.create(
        dialogue=dialogue,
        text=text,
        state=Voice.State.PUBLISHED,
        received_hour=clock.to_the_hour(at),
        decided_at=at,
    )
    statement = publishing.as_statement(voice, is_seed=True)
    data = {"number": statement.number, **changes({}, {"statement": voice.text})}
    journal.record(verb="dialogues.statement_seeded", subject=dialogue, by=by, at=at, data=data)
    return statement


@transaction.atomic
def remove_seed(*, statement: Statement, by: Membership, at: datetime | None = None) -> None:
    """Take a statement out of a draft, where nobody can have answered it."""
    at = at or clock.now()
    dialogue, voice = statement.dialogue, statement.voice
    rules.must(rules.may_write(by, dialogue, at))
    rules.must_be_draft(dialogue)
    data = {"number": statement.number, **changes({"statement": voice.text}, {"statement": None})}
    statement.delete()
    voice.delete()
    journal.record(verb="dialogues.seed_removed", subject=dialogue, by=by, at=at, data=data)


def vote(
    *, dialogue: Dialogue, participant: Participant, statement: Statement, value: int, at: datetime | None = None
) -> Vote:
    """Answer a statement: 1 agree, 0 pass, -1 disagree. One insert; the latest answer to a statement counts."""
    at = at or clock.now()
    rules.must_be_open(dialogue, at)
    rules.must_take_part(participant, dialogue)
    if not rules.belongs(statement, dialogue):
        raise DomainError("Påståendet hör till en annan dialog. Inget är sparat. Ladda om sidan och svara igen.")
    if statement.voice.participant_id == participant.pk:
        raise DomainError("Det här är dina egna ord. Andra svarar på dem. Inget är sparat.")
    if value not in Vote.Value.values:
        raise DomainError("Välj ”håller med”, ”håller inte med” eller ”hoppa över”. Inget är sparat.")
    return Vote.objects.create(statement=statement, participant=participant, value=value, hour=clock.to_the_hour(at))


@transaction.atomic
def say(
    *, dialogue: Dialogue, participant: Participant, text: str, insists: bool = False, at: datetime | None = None
) -> Voice:
    """Say it in one's own words. They wait for a moderator, and their sender sees them at once.

    insists: the sender says of what the guard stopped that it points out nobody. Then it is not given back; it waits
    with the reason beside it, for the moderator to look at with that in mind.
    Raises before anything is stored: `IdentifyingText`, `AlreadySaid`, and `DomainError` for length or too many.
    """
    at = at or clock.now()
    rules.must_be_open(dialogue, at)
    rules.must_take_part(participant, dialogue)
    text = _guarded(text, insists=insists)
    wording.must_be_new_from(participant, text)
    wording.must_be_new(dialogue, text)
    if Voice.objects.filter(participant=participant, state=Voice.State.RECEIVED).count() >= MOST_WAITING:
        raise DomainError(
            f"Du har {MOST_WAITING} texter som väntar på granskning. De är sparade, men inte den här. "
            "Kom gärna tillbaka när de är granskade."
        )
    return Voice.objects.create(
        dialogue=dialogue,
        participant=participant,
        text=text,
        reason=Voice.Reason.PERSON if wording.identifies(text) else "",
        received_hour=clock.to_the_hour(at),
    )


def _guarded(text: str, *, insists: bool = False) -> str:
    text = wording.cleaned(text)
    wording.must_be_worth_reading(text)
    if not insists:
        wording.must_not_identify(text)
    wording.must_fit(text)
    return text

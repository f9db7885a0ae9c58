"""Writing dialogues: drafting, publishing, closing, taking part and moderating."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import codes, drafting, queries, rules
from loftet.domain.dialogues.drafting import DialogueWords
from loftet.domain.dialogues.methods.statements import publishing
from loftet.domain.dialogues.models import Dialogue, Participant, Statement, Voice
from loftet.domain.dialogues.models.voice import LONGEST_NOTE
from loftet.domain.journal import actions as journal
from loftet.domain.journal import queries as history
from loftet.domain.parties import rules as parties
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.places import actions as places
from loftet.domain.places.models import Municipality
from loftet.domain.register import actions as register
from loftet.domain.register import queries as register_queries
from loftet.ledger.canonical import utc_text

MODERATED, READ = "dialogues.voice_moderated", "dialogues.waiting_voices_read"
OPENED, CLOSED = "dialogue.opened", "dialogue.closed"


@transaction.atomic
def draft_dialogue(
    *,
    by: Membership,
    partnership: Partnership,
    controller: Organisation,
    municipality: Municipality,
    at: datetime | None = None,
    **words: Unpack[DialogueWords],
) -> Dialogue:
    """Start a dialogue. It is private to its partnership until it is published."""
    at = at or clock.now()
    parties.must(by, "dialogues.write", partnership=partnership, at=at)
    parties.must_not_be_over(partnership, at)
    dialogue = Dialogue(
        partnership=partnership,
        controller=controller,
        municipality=municipality,
        created_at=at,
        **drafting.tidied(words),
    )
    drafting.must_fit(dialogue)
    dialogue.save()
    _claim_address(dialogue, at)
    journal.record(verb="dialogues.dialogue_drafted", subject=dialogue, by=by, at=at)
    return dialogue


@transaction.atomic
def edit_dialogue(
    *, dialogue: Dialogue, by: Membership, at: datetime | None = None, **words: Unpack[DialogueWords]
) -> Dialogue:
    """Change a draft. What is published stays as people read it when they answered."""
    at = at or clock.now()
    lock(dialogue)
    rules.must(rules.may_write(by, dialogue, at))
    rules.must_be_draft(dialogue)
    fields = [*words]
    before = kept(dialogue, fields)
    for name, value in drafting.tidied(words).items():
        setattr(dialogue, name, value)
    drafting.must_fit(dialogue)
    dialogue.save()
    if "title" in words:
        _claim_address(dialogue, at)
    journal.record(
        verb="dialogues.dialogue_edited",
        subject=dialogue,
        by=by,
        at=at,
        data=changes(before, kept(dialogue, fields)),
    )
    return dialogue


@transaction.atomic
def publish_dialogue(*, dialogue: Dialogue, by: Membership, at: datetime | None = None) -> Dialogue:
    """Make the dialogue public and enter it in the register. It takes answers from its opening time."""
    at = at or clock.now()
    lock(dialogue)
    rules.must(rules.may_open(by, dialogue, at))
    rules.must_be_draft(dialogue)
    parties.must_not_be_over(dialogue.partnership, at)
    if lacks := drafting.missing(dialogue, at):
        raise DomainError(f"Dialogen kan inte publiceras än. {' '.join(lacks)} Utkastet är kvar.")
    dialogue.published_at = at
    dialogue.save(update_fields=["published_at"])
    register.append(
        kind=OPENED, subject=dialogue.public_id, parts=_public_words(dialogue), at=at, once_key=_once(OPENED, dialogue)
    )
    journal.record(verb="dialogues.dialogue_published", subject=dialogue, by=by, at=at)
    return dialogue


def record_closings(at: datetime | None = None) -> int:
    """Enter every closed dialogue in the register, with its counts, once; return how many. The clock's verb."""
    at = at or clock.now()
    recorded = register_queries.entries(kind=CLOSED).values("subject")
    waiting = Dialogue.objects.filter(published_at__isnull=False, closes_at__lte=at).exclude(public_id__in=recorded)
    return sum(_record_closing(dialogue, at) for dialogue in waiting.order_by("closes_at"))


def join(*, dialogue: Dialogue, at: datetime | None = None) -> tuple[Participant, str]:
    """Let someone take part; return the participant and the token: the return code, stored hashed."""
    at = at or clock.now()
    rules.must_be_open(dialogue, at)
    token = codes.new()
    participant = Participant.objects.create(
        dialogue=dialogue, token_hash=queries.token_hash(dialogue, token), joined_hour=clock.to_the_hour(at)
    )
    return participant, token


@transaction.atomic
def moderate(
    *, voice: Voice, outcome: str, by: Membership, reason: str = "", note: str = "", at: datetime | None = None
) -> Voice:
    """Publish a voice as a statement, hold it or decline it, with a reason that its sender can read.

    `outcome` is a `Voice.State` other than received. To hold or decline needs a `reason`: a `Voice.Reason`, or a
    sentence of the moderator's own when none of them fits. `note` is what the moderator wants to add.
    """
    at = at or clock.now()
    voice.refresh_from_db(from_queryset=Voice.objects.select_for_update(of=("self",)))
    rules.must(rules.may_moderate(by, voice.dialogue, at))
    reason, note = _in_words(reason, note)
    _must_be_decision(voice, outcome, reason, note)
    published = outcome == Voice.State.PUBLISHED
    voice.state, voice.decided_at = outcome, at
    voice.reason, voice.note = ("", "") if published else (reason, note)
    voice.save(update_fields=["state", "reason", "note", "decided_at"])
    if published:
        publishing.as_statement(voice)
    data = {"outcome": outcome, "reason": voice.reason}
    journal.record(verb=MODERATED, subject=voice, by=by, at=at, data=data, only_for=voice.dialogue.controller)
    return voice


@transaction.atomic
def read_waiting(*, dialogue: Dialogue, by: Membership, at: datetime | None = None) -> list[Voice]:
    """Read what residents have written and nobody has published; that it was read is told in the history.

    Once for each person, dialogue and hour, and how many there were; never what they say. Nothing to read is not told.
    """
    at = at or clock.now()
    rules.must(rules.may_moderate(by, dialogue, at))
    waiting = list(queries.awaiting_moderation(dialogue))
    seen = {"verb": READ, "subject": dialogue.public_id, "person": by.person.public_id}
    if waiting and not history.has_happened(**seen, since=clock.to_the_hour(at)):
        held = sum(voice.state == Voice.State.HELD for voice in waiting)
        data = {"received": len(waiting) - held, "held": held}
        journal.record(verb=READ, subject=dialogue, by=by, at=at, data=data, only_for=dialogue.controller)
    return waiting


@transaction.atomic
def set_routing(*, dialogue: Dialogue, priorities: dict[int, float]) -> None:
    """Take over how eagerly each statement (by number) is shown. `understanding` hands this down after a run."""
    if wrong := [number for number, priority in priorities.items() if not 0 < priority < float("inf")]:
        raise ValueError(f"the priorities of {wrong} are not positive numbers")
    statements = list(Statement.objects.filter(dialogue=dialogue, number__in=priorities))
    for statement in statements:
        statement.priority = priorities[statement.number]
    Statement.objects.bulk_update(statements, ["priority"], batch_size=500)


def lock(dialogue: Dialogue) -> None:
    """Read the row anew and keep others from writing it until the transaction ends."""
    dialogue.refresh_from_db(from_queryset=Dialogue.objects.select_for_update(of=("self",)))


def _claim_address(dialogue: Dialogue, at: datetime) -> None:
    places.claim_slug(
        scope=queries.scope_of(dialogue.municipality),
        wanted=dialogue.title,
        subject_kind="dialogue",
        subject=dialogue.public_id,
        at=at,
    )


def _once(kind: str, dialogue: Dialogue) -> str:
    return f"{kind}:{dialogue.public_id}"


def _public_words(dialogue: Dialogue) -> dict[str, str]:
    words = {name: getattr(dialogue, name) for name in ("title", *drafting.NEEDED_TO_PUBLISH)}
    if dialogue.simulated_note:
        words["simulated_note"] = dialogue.simulated_note
    return words | {
        "municipality": dialogue.municipality.name,
        "controller": dialogue.controller.name,
        "ladder": dialogue.get_ladder_display(),
        "method": "påståenden",
        "sample_type": dialogue.get_sample_type_display(),
        "opens_at": utc_text(dialogue.opens_at),
        "closes_at": utc_text(dialogue.closes_at),
        "answer_by": dialogue.answer_by.isoformat(),
    }


@transaction.atomic
def _record_closing(dialogue: Dialogue, at: datetime) -> bool:
    """Whether this call was the one that entered it: another clock may have been quicker."""
    lock(dialogue)
    if register_queries.entries(kind=CLOSED, subject=dialogue.public_id).exists():
        return False
    counts = queries.counts(dialogue)
    words = {"title": dialogue.title, "question": dialogue.question, "closes_at": utc_text(dialogue.closes_at)}
    words |= {"method": "påståenden", "sample_type": dialogue.get_sample_type_display()}
    register.append(
        kind=CLOSED,
        subject=dialogue.public_id,
        parts=words | counts.in_public(),
        at=at,
        once_key=_once(CLOSED, dialogue),
    )
    journal.record(verb="dialogues.dialogue_closed", subject=dialogue, at=at)
    return True


def _in_words(reason: str, note: str) -> tuple[str, str]:
    """A listed reason and what is added to it; a sentence of one's own is the reason "other" and its words."""
    if reason.strip() and reason not in Voice.Reason.values:
        return Voice.Reason.OTHER, f"{reason.strip()} {note.strip()}".strip()
    return reason.strip(), note.strip()


def _must_be_decision(voice: Voice, outcome: str, reason: str, note: str) -> None:
    if outcome not in Voice.State.values or outcome == Voice.State.RECEIVED:
        raise DomainError("Välj om texten ska publiceras, vila eller inte publiceras. Inget är ändrat.")
    if voice.state == Voice.State.PUBLISHED:
        raise DomainError("Texten är redan publicerad, och andra kan ha svarat på den. Inget är ändrat.")
    if outcome == Voice.State.PUBLISHED:
        return
    if not reason:
        raise DomainError("Välj ett skäl i listan eller skriv ett eget. Den som skrev får läsa det. Inget är ändrat.")
    if reason == Voice.Reason.OTHER and not note:
        raise DomainError("Skriv skälet med egna ord. Den som skrev får läsa det. Inget är ändrat.")
    if len(note) > LONGEST_NOTE:
        raise DomainError(f"Skälet får vara högst {LONGEST_NOTE} tecken. Inget är ändrat. Korta texten.")

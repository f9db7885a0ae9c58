from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues import access, actions, queries
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.models import Dialogue, Statement, Voice
from loftet.domain.dialogues.tests.world import AFTER, DURING, someone
from loftet.domain.journal import queries as journal

WORDS = "Bussarna slutar gå för tidigt på lördagar."


@pytest.fixture
def voice(dialogue):
    return statements.say(dialogue=dialogue, participant=someone(dialogue), text=WORDS, at=DURING)


def everyone(world):
    return {
        "coordinator": (world.coordinator, True),
        "moderator": (world.moderator, True),
        "officer": (world.officer, False),
        "police moderator": (world.police_moderator, False),
        "the neighbour's coordinator": (world.neighbours_coordinator, False),
        "reader": (world.reader, False),
    }


def test_only_the_controllers_moderators_see_and_decide(world, dialogue, voice):
    for name, (hat, allowed) in everyone(world).items():
        if allowed:
            assert access.for_moderation(hat.person, dialogue.public_id, at=DURING) == (dialogue, hat), name
            assert access.voice_for_moderation(hat.person, voice.public_id, at=DURING) == (voice, hat), name
            actions.moderate(voice=voice, outcome="held", reason="unclear", by=hat, at=DURING)
            continue
        with pytest.raises(NotAllowed):
            access.for_moderation(hat.person, dialogue.public_id, at=DURING)
        with pytest.raises(NotAllowed):
            access.voice_for_moderation(hat.person, voice.public_id, at=DURING)
        with pytest.raises(NotAllowed):
            actions.moderate(voice=voice, outcome="published", by=hat, at=DURING)
    assert Voice.objects.get(pk=voice.pk).state == "held"


def test_the_controller_and_not_the_partnership_is_asked(world, dialogue, voice):
    """When the police is the controller itself, its moderator may and the municipality's may not."""
    Dialogue.objects.filter(pk=dialogue.pk).update(controller=world.police)
    dialogue.refresh_from_db()
    assert access.for_moderation(world.police_moderator.person, dialogue.public_id, at=DURING)
    with pytest.raises(NotAllowed):
        access.for_moderation(world.moderator.person, dialogue.public_id, at=DURING)
    with pytest.raises(NotAllowed):
        actions.moderate(voice=voice, outcome="published", by=world.moderator, at=DURING)
    assert actions.moderate(voice=voice, outcome="published", by=world.police_moderator, at=DURING).statement


def test_writing_and_opening_have_their_own_doors(world, dialogue):
    assert access.for_writing(world.officer.person, dialogue.public_id, at=DURING) == (dialogue, world.officer)
    assert access.for_reading(world.reader.person, dialogue.public_id, at=DURING) == (dialogue, world.reader)
    assert access.for_opening(world.coordinator.person, dialogue.public_id, at=DURING)
    with pytest.raises(NotAllowed):
        access.for_writing(world.reader.person, dialogue.public_id, at=DURING)
    with pytest.raises(NotAllowed):
        access.for_opening(world.officer.person, dialogue.public_id, at=DURING)
    with pytest.raises(Dialogue.DoesNotExist):
        access.for_reading(world.reader.person, "finnsinte", at=DURING)


def test_a_published_voice_becomes_the_next_statement(world, dialogue, voice):
    actions.moderate(voice=voice, outcome="published", by=world.moderator, at=DURING)

    statement = Statement.objects.get(voice=voice)
    assert (statement.number, statement.is_seed, statement.voice.text) == (4, False, WORDS)
    assert list(queries.awaiting_moderation(dialogue)) == []
    (event,) = journal.history(voice.public_id)
    assert event.verb == "dialogues.voice_moderated"
    assert event.data == {"outcome": "published", "reason": ""}


def test_a_voice_is_published_once(world, voice):
    first, second = Voice.objects.get(pk=voice.pk), Voice.objects.get(pk=voice.pk)
    actions.moderate(voice=first, outcome="published", by=world.moderator, at=DURING)
    with pytest.raises(DomainError, match="redan publicerad"):
        actions.moderate(voice=second, outcome="published", by=world.coordinator, at=DURING)
    with pytest.raises(DomainError, match="redan publicerad"):
        actions.moderate(voice=second, outcome="declined", reason="unclear", by=world.coordinator, at=DURING)
    assert Statement.objects.filter(voice=voice).count() == 1


def test_a_held_voice_still_waits_and_a_declined_one_may_be_looked_at_again(world, dialogue, voice):
    actions.moderate(voice=voice, outcome="held", reason="crime", by=world.moderator, at=DURING)
    assert queries.waiting_count(dialogue) == {"received": 0, "held": 1}
    assert list(queries.awaiting_moderation(dialogue)) == [voice]

    actions.moderate(voice=voice, outcome="declined", reason="other_matter", by=world.moderator, at=DURING)
    assert queries.waiting_count(dialogue) == {"received": 0, "held": 0}
    assert voice.explanation == "Texten handlar om något annat än det vi frågar om."

    actions.moderate(voice=voice, outcome="published", by=world.moderator, at=AFTER)
    assert (voice.explanation, voice.statement.number) == ("", 4)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ({"outcome": "declined"}, "Välj ett skäl i listan"),
        ({"outcome": "held"}, "Välj ett skäl i listan"),
        ({"outcome": "declined", "reason": " "}, "Välj ett skäl i listan"),
        ({"outcome": "declined", "reason": "x" * 241}, "högst 240 tecken"),
        ({"outcome": "declined", "reason": "other", "note": " "}, "egna ord"),
        ({"outcome": "declined", "reason": "other", "note": "x" * 241}, "högst 240 tecken"),
        ({"outcome": "received"}, "Välj om texten"),
        ({"outcome": "masked"}, "Välj om texten"),
    ],
)
def test_every_decision_has_a_reason(world, voice, decision, sentence):
    with pytest.raises(DomainError, match=sentence):
        actions.moderate(voice=voice, by=world.moderator, at=DURING, **decision)
    stored = Voice.objects.get(pk=voice.pk)
    assert (stored.state, stored.reason, stored.decided_at) == ("received", "", None)


def test_the_sender_reads_the_reason_and_the_moderators_words(world, voice):
    note = "Skriv gärna vad du vill ska hända."
    actions.moderate(voice=voice, outcome="declined", reason="unclear", note=note, by=world.moderator, at=DURING)
    (mine,) = queries.my_voices(voice.participant)
    assert mine.explanation == f"Det går inte att svara ”håller med” eller ”håller inte med” på texten. {note}"

    actions.moderate(
        voice=voice, outcome="declined", reason="other", note="Vi hör av oss.", by=world.moderator, at=DURING
    )
    assert voice.explanation == "Vi hör av oss."

    actions.moderate(voice=voice, outcome="declined", reason="Det är en dikt.", by=world.moderator, at=DURING)
    assert (voice.reason, voice.explanation) == ("other", "Det är en dikt.")


def test_a_broken_journal_keeps_the_voice_as_it_was(world, voice, monkeypatch):
    def broken(**_ignored):
        raise RuntimeError("the journal is away")

    monkeypatch.setattr(actions.journal, "record", broken)
    with pytest.raises(RuntimeError):
        actions.moderate(voice=voice, outcome="published", by=world.moderator, at=DURING)
    assert Voice.objects.get(pk=voice.pk).state == "received"
    assert Statement.objects.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"state": "declined", "reason": "", "decided_at": DURING},
        {"state": "held", "reason": "", "decided_at": DURING},
        {"state": "declined", "reason": "other", "note": "", "decided_at": DURING},
        {"state": "published", "decided_at": None},
        {"state": "received", "decided_at": DURING},
    ],
)
def test_the_database_holds_what_belongs_together(voice, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(**change)


def test_the_public_can_read_how_often_and_why(world, dialogue, django_assert_num_queries):
    assert queries.moderation_figures() == []
    voices = [
        statements.say(
            dialogue=dialogue, participant=someone(dialogue), text=f"{street}gatan behöver farthinder.", at=DURING
        )
        for street in ("Berg", "Dal", "Ek", "Hamn", "Kvarn", "Lind", "Norr", "Park")
    ]
    for voice in voices[:5]:
        actions.moderate(voice=voice, outcome="published", by=world.moderator, at=DURING)
    actions.moderate(voice=voices[5], outcome="held", reason="crime", by=world.moderator, at=DURING)
    actions.moderate(voice=voices[6], outcome="declined", reason="repeated", by=world.moderator, at=DURING)
    with django_assert_num_queries(1):
        figures = queries.moderation_figures()
    assert figures == [
        ("granskade", "7"),
        # One was held and one declined: beside the total, the five published would tell it.
        ("publicerad", "visas inte"),
        ("vilande", "visas inte"),
        ("inte publicerad", "visas inte"),
        ("Det finns redan ett påstående som säger samma sak.", "visas inte"),
    ]

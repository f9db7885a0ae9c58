from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import actions, codes, queries
from loftet.domain.dialogues.models import Participant
from loftet.domain.dialogues.tests.world import AFTER, BEFORE, DURING, an_open_dialogue
from loftet.domain.journal.models import Event


def test_the_token_is_random_and_stored_only_as_a_hash(dialogue):
    participant, token = actions.join(dialogue=dialogue, at=DURING)
    _, other = actions.join(dialogue=dialogue, at=DURING)

    assert codes.read(codes.in_groups(token).lower()) == token
    assert len(codes.ALPHABET) ** codes.LENGTH == 2**80
    assert token != other
    stored = Participant.objects.filter(pk=participant.pk).values().get()
    assert token not in str(stored)
    assert len(stored["token_hash"]) == 64


def test_a_participant_is_found_by_the_token_in_that_dialogue_alone(world, dialogue):
    participant, token = actions.join(dialogue=dialogue, at=DURING)

    assert queries.participant_by_token(dialogue, token) == participant
    assert queries.participant_by_token(an_open_dialogue(world), token) is None
    assert queries.participant_by_token(dialogue, token + "x") is None
    assert queries.participant_by_token(dialogue, "") is None


def test_the_time_is_kept_to_the_hour_and_nothing_else_is_kept(dialogue):
    events = Event.objects.count()
    participant, _ = actions.join(dialogue=dialogue, at=DURING)

    assert Participant.objects.get().joined_hour == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert {f.name for f in participant._meta.concrete_fields} == {
        "id",
        "public_id",
        "dialogue",
        "token_hash",
        "joined_hour",
    }
    assert Event.objects.count() == events


@pytest.mark.parametrize(("at", "sentence"), [(BEFORE, "inte öppnat än"), (AFTER, "är stängd")])
def test_nobody_joins_before_or_after(dialogue, at, sentence):
    with pytest.raises(DomainError, match=sentence):
        actions.join(dialogue=dialogue, at=at)
    assert not Participant.objects.exists()


def test_nobody_joins_a_draft(draft):
    with pytest.raises(DomainError, match="inte öppnat än"):
        actions.join(dialogue=draft, at=DURING)

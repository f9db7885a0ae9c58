from __future__ import annotations

import pytest

from loftet.domain.dialogues import actions, queries
from loftet.domain.dialogues.tests.world import AFTER, CLOSES, DURING, a_draft, an_open_dialogue, answers, someone
from loftet.domain.journal import queries as journal
from loftet.domain.register import queries as register

CLOSED = "dialogue.closed"


def closing(dialogue):
    entry = register.entries(kind=CLOSED, subject=dialogue.public_id).get()
    return register.contents_of(entry.number)


def answered_by(dialogue, number):
    for _ in range(number):
        answers(dialogue, someone(dialogue), {1: 1, 2: -1})


def test_a_closing_is_entered_once_with_its_counts(world, dialogue):
    answered_by(dialogue, 5)
    someone(dialogue)  # has come in, and has answered nothing
    changed = someone(dialogue)
    answers(dialogue, changed, {1: 1})
    answers(dialogue, changed, {1: -1})

    assert actions.record_closings(DURING) == 0
    assert actions.record_closings(CLOSES) == 1
    assert actions.record_closings(AFTER) == 0

    parts = closing(dialogue)
    assert (parts["participants"], parts["answers"], parts["statements"]) == ("6", "11", "3")
    assert parts["sample_type"] == "självvalt: alla som vill får svara"
    assert register.entries(kind=CLOSED).count() == 1
    assert [e.verb for e in journal.history(dialogue.public_id)].count("dialogues.dialogue_closed") == 1


@pytest.mark.parametrize("number", [0, 1, 4])
def test_few_participants_are_told_as_few(dialogue, number):
    answered_by(dialogue, number)
    actions.record_closings(AFTER)

    parts = closing(dialogue)
    assert parts["participants"] == "färre än 5"
    assert parts["answers"] == "visas inte när få har deltagit"


def test_drafts_and_open_dialogues_are_left_alone(world):
    a_draft(world)
    an_open_dialogue(world)
    assert actions.record_closings(DURING) == 0
    assert not register.entries(kind=CLOSED).exists()


def test_a_second_clock_that_saw_the_same_list_enters_nothing(dialogue):
    """Both clocks have read the list of closed dialogues before either writes."""
    assert actions._record_closing(dialogue, AFTER) is True
    assert actions._record_closing(dialogue, AFTER) is False
    assert register.entries(kind=CLOSED).count() == 1
    assert [e.verb for e in journal.history(dialogue.public_id)].count("dialogues.dialogue_closed") == 1


def test_a_clock_within_a_clock_enters_nothing_more(dialogue, monkeypatch):
    append = actions.register.append

    def append_while_another_clock_ticks(**entry):
        found = append(**entry)
        actions.record_closings(AFTER)
        return found

    monkeypatch.setattr(actions.register, "append", append_while_another_clock_ticks)
    assert actions.record_closings(AFTER) == 1
    assert register.entries(kind=CLOSED).count() == 1


def test_a_tick_asks_no_more_when_more_has_been_recorded(world, django_assert_num_queries):
    an_open_dialogue(world)
    actions.record_closings(AFTER)
    with django_assert_num_queries(1):
        actions.record_closings(AFTER)
    for _ in range(3):
        an_open_dialogue(world)
    actions.record_closings(AFTER)
    with django_assert_num_queries(1):
        actions.record_closings(AFTER)


def test_counts_are_exact_for_staff(dialogue, django_assert_num_queries):
    answered_by(dialogue, 3)
    with django_assert_num_queries(4):
        counts = queries.counts(dialogue)
    assert counts == queries.Counts(participants=3, answers=6, statements=3, voices=0)

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loftet.domain.base.errors import AppendOnlyError, DomainError, NotAllowed
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import actions, queries
from loftet.domain.dialogues.models import Participant, Statement, Vote
from loftet.domain.dialogues.tests.world import AFTER, BEFORE, DURING, an_open_dialogue, answers, someone
from loftet.domain.journal.models import Event


def first(dialogue):
    return queries.statement(dialogue, 1)


def test_a_vote_is_one_insert_without_journal_and_to_the_hour(dialogue, django_assert_num_queries):
    participant, statement, events = someone(dialogue), first(dialogue), Event.objects.count()
    with django_assert_num_queries(1):
        actions.vote(dialogue=dialogue, participant=participant, statement=statement, value=1, at=DURING)

    vote = Vote.objects.get()
    assert (vote.statement, vote.participant, vote.value) == (statement, participant, 1)
    assert vote.hour == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert Event.objects.count() == events


def test_changing_ones_mind_adds_a_row_and_the_latest_counts(dialogue):
    participant, statement = someone(dialogue), first(dialogue)
    for value in (1, -1, 0):
        actions.vote(dialogue=dialogue, participant=participant, statement=statement, value=value, at=DURING)

    assert Vote.objects.count() == 3
    assert queries.current_votes(dialogue) == [(participant.public_id, 1, 0)]
    assert queries.my_votes(participant) == [(statement, 0)]
    assert queries.my_vote(participant, statement) == 0
    assert queries.progress(participant) == (1, 3)
    with pytest.raises(AppendOnlyError):
        Vote.objects.update(value=1)
    with pytest.raises(AppendOnlyError):
        Vote.objects.first().delete()


@pytest.mark.parametrize(("at", "sentence"), [(BEFORE, "inte öppnat än"), (AFTER, "är stängd")])
def test_a_vote_outside_the_dialogues_times_is_refused(dialogue, at, sentence):
    participant = someone(dialogue)
    with pytest.raises(DomainError, match=sentence):
        actions.vote(dialogue=dialogue, participant=participant, statement=first(dialogue), value=1, at=at)
    assert not Vote.objects.exists()


def test_a_vote_in_a_draft_is_refused(draft):
    stranger = Participant.objects.create(dialogue=draft, token_hash="0" * 64, joined_hour=DURING)
    with pytest.raises(DomainError, match="inte öppnat än"):
        actions.vote(dialogue=draft, participant=stranger, statement=first(draft), value=1, at=DURING)


def test_a_vote_across_dialogues_is_refused(world, dialogue):
    other = an_open_dialogue(world)
    here, there = someone(dialogue), someone(other)
    with pytest.raises(DomainError, match="hör till en annan dialog"):
        actions.vote(dialogue=dialogue, participant=here, statement=first(other), value=1, at=DURING)
    with pytest.raises(NotAllowed, match="en annan dialog"):
        actions.vote(dialogue=dialogue, participant=there, statement=first(dialogue), value=1, at=DURING)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("value", [2, -2, None, "1"])
def test_a_vote_is_agree_disagree_or_pass(dialogue, value):
    with pytest.raises(DomainError, match="Välj ”håller med”"):
        actions.vote(
            dialogue=dialogue, participant=someone(dialogue), statement=first(dialogue), value=value, at=DURING
        )
    assert not Vote.objects.exists()


def test_taking_part_asks_few_questions_however_many_take_part(world, dialogue, django_assert_max_num_queries):
    def one_round():
        """What a page does: a participant votes and is shown the next statement."""
        participant, _token = dialogues.join(dialogue=dialogue, at=DURING)
        statement = queries.next_statement(dialogue=dialogue, participant=participant, at=DURING)
        with django_assert_max_num_queries(1) as voting:
            actions.vote(dialogue=dialogue, participant=participant, statement=statement, value=1, at=DURING)
        with django_assert_max_num_queries(2) as choosing:
            assert queries.next_statement(dialogue=dialogue, participant=participant, at=DURING).voice.text
        return len(voting), len(choosing)

    asked = one_round()
    for _ in range(8):
        answers(dialogue, someone(dialogue), {1: 1, 2: -1, 3: 0})
    for number in range(10):
        text = f"Busshållplats nummer {number} ligger för mörkt."
        actions.add_seed(dialogue=dialogue, text=text, by=world.coordinator, at=DURING)
    assert one_round() == asked == (1, 2)


def test_one_comes_to_every_statement_once_and_then_to_the_end(dialogue):
    participant, shown = someone(dialogue), []
    while statement := queries.next_statement(dialogue=dialogue, participant=participant, at=DURING):
        assert queries.next_statement(dialogue=dialogue, participant=participant, at=DURING) == statement
        shown.append(statement.number)
        actions.vote(dialogue=dialogue, participant=participant, statement=statement, value=0, at=DURING)
    assert sorted(shown) == [1, 2, 3]
    assert queries.progress(participant) == (3, 3)
    assert [vote.statement.number for vote in queries.my_votes(participant)] == shown[::-1]


def test_no_statement_is_shown_outside_the_dialogues_times(dialogue):
    participant = someone(dialogue)
    for at in (BEFORE, AFTER):
        assert queries.next_statement(dialogue=dialogue, participant=participant, at=at) is None


def test_the_draw_differs_between_participants_and_follows_the_priorities(world, dialogue):
    def draws(number):
        return [
            queries.next_statement(dialogue=dialogue, participant=someone(dialogue), at=DURING).number
            for _ in range(number)
        ]

    assert set(draws(40)) == {1, 2, 3}
    dialogues.set_routing(dialogue=dialogue, priorities={1: 1e-9, 2: 1.0, 3: 1e-9})
    assert set(draws(20)) == {2}


def test_one_who_has_not_joined_sees_what_others_see_within_the_hour(dialogue):
    def shown(at):
        return queries.next_statement(dialogue=dialogue, participant=None, at=at).number

    assert shown(DURING) == shown(DURING.replace(minute=1))
    assert len({shown(DURING.replace(hour=hour)) for hour in range(24)}) > 1


def test_routing_is_for_the_dialogues_own_statements(world, dialogue, django_assert_num_queries):
    other = an_open_dialogue(world)
    with django_assert_num_queries(4):  # a savepoint, a read, a write, the savepoint's end
        dialogues.set_routing(dialogue=dialogue, priorities={1: 2.5, 3: 0.5, 99: 7.0})

    assert list(Statement.objects.filter(dialogue=dialogue).values_list("priority", flat=True)) == [2.5, 5.0625, 0.5]
    assert set(Statement.objects.filter(dialogue=other).values_list("priority", flat=True)) == {5.0625}
    for wrong in (0.0, -1.0, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="positive"):
            dialogues.set_routing(dialogue=dialogue, priorities={1: wrong})


def test_current_votes_come_in_one_question_and_in_one_order(world, dialogue, django_assert_num_queries):
    other = an_open_dialogue(world)
    answers(other, someone(other), {1: 1})
    people = [someone(dialogue) for _ in range(3)]
    for person in reversed(people):
        answers(dialogue, person, {3: -1, 1: 1})
    with django_assert_num_queries(1):
        votes = queries.current_votes(dialogue)
    assert votes == sorted(votes)
    assert {vote.participant for vote in votes} == {person.public_id for person in people}
    assert {(vote.statement, vote.value) for vote in votes} == {(1, 1), (3, -1)}


def test_my_answers_come_in_one_question(dialogue, django_assert_num_queries):
    participant = someone(dialogue)
    answers(dialogue, participant, {1: 1, 2: 0, 3: -1})
    with django_assert_num_queries(1):
        assert [(v.statement.voice.text[:3], v.value) for v in queries.my_votes(participant)] == [
            ("Cyk", -1),
            ("Pol", 0),
            ("Det", 1),
        ]
    with django_assert_num_queries(1):
        assert queries.progress(participant) == (3, 3)

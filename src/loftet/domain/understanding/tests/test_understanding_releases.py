from __future__ import annotations

import pytest

from loftet.domain.base.errors import AppendOnlyError, DomainError, NotAllowed
from loftet.domain.dialogues.tests.world import DURING
from loftet.domain.journal import queries as journal
from loftet.domain.understanding import actions, queries
from loftet.domain.understanding.models import Release, Run
from loftet.domain.understanding.tests.camps import a_dialogue, an_answered_dialogue, answer, done, released


@pytest.fixture
def dialogue(ready, world):
    """A dialogue that forty people have answered, in two camps."""
    return ready("answered dialogue", lambda: an_answered_dialogue(world))


def release(run, by):
    return actions.release(run=run, by=by, at=DURING)


def test_a_release_holds_the_figures_and_is_never_changed(world, dialogue):
    found = released(world, dialogue)

    assert (found.participants, found.released_at) == (40, DURING)
    assert found.figures["participants"] == 40
    assert found.figures["statements"] == 10
    assert [group["size"] for group in found.figures["groups"]] == [24, 16]
    assert found.figures["code_version"] == found.run.code_version
    assert queries.latest_release(dialogue) == found
    assert [event.verb for event in journal.history(found.public_id)] == ["understanding.figures_released"]
    found.figures = {}
    with pytest.raises(AppendOnlyError):
        found.save()
    with pytest.raises(AppendOnlyError):
        found.delete()
    with pytest.raises(AppendOnlyError):
        Release.objects.update(participants=1)


@pytest.mark.parametrize(("sample", "too_few", "enough"), [("self_selected", 4, 5), ("staff", 9, 10)])
def test_few_participants_are_not_released(world, sample, too_few, enough):
    dialogue = a_dialogue(world, sample_type=sample)
    answer(dialogue, [too_few])
    with pytest.raises(DomainError, match=f"Färre än {enough} har svarat"):
        release(done(world, dialogue), world.coordinator)
    answer(dialogue, [1], first=900)
    assert release(done(world, dialogue), world.coordinator).figures["message"] == "För få svar för grupper."


def test_a_new_release_needs_five_new_people_however_many_new_answers(world):
    dialogue = a_dialogue(world)
    people = answer(dialogue, [24, 16])
    first = released(world, dialogue)

    answer(dialogue, [4], first=900)
    statement = dialogue.statements.first()
    for person in people[:10]:
        person.votes.create(statement=statement, value=-1, hour=DURING)
    with pytest.raises(DomainError, match="Minst 5 nya behöver svara"):
        release(done(world, dialogue), world.coordinator)
    assert queries.latest_release(dialogue) == first

    answer(dialogue, [1], first=950)
    second = release(done(world, dialogue), world.coordinator)
    assert second.participants == 45
    assert list(queries.releases(dialogue)) == [second, first]
    assert queries.latest_release(dialogue) == second


def test_a_statement_with_few_new_answers_keeps_its_released_figures(world, dialogue):
    first = released(world, dialogue)
    answer(dialogue, [5], numbers=[1], first=900)
    second = released(world, dialogue)

    before, after = ({row["statement"]: row for row in r.figures["per_statement"]} for r in (first, second))
    assert after[1]["answered"] == 45
    assert all(after[number] == before[number] for number in range(2, 11))


def test_a_run_is_released_once_and_never_after_a_newer_one(world):
    dialogue = a_dialogue(world)
    answer(dialogue, [12])
    old = done(world, dialogue)
    answer(dialogue, [6], first=900)
    new = done(world, dialogue)
    release(new, world.coordinator)
    for run in (new, old):
        with pytest.raises(DomainError, match="redan släppta"):
            release(run, world.coordinator)
    assert Release.objects.count() == 1


def test_a_run_under_way_is_not_released(world):
    dialogue = a_dialogue(world)
    answer(dialogue, [12])
    run = actions.request_run(dialogue=dialogue, by=world.coordinator, at=DURING)
    with pytest.raises(DomainError, match="inte klar"):
        release(run, world.coordinator)
    Run.objects.filter(pk=run.pk).update(state="running")
    with pytest.raises(DomainError, match="inte klar"):
        release(run, world.coordinator)


def test_who_may_release(world):
    dialogue = a_dialogue(world)
    answer(dialogue, [12])
    run = done(world, dialogue)
    for hat in (world.reader, world.moderator):
        with pytest.raises(NotAllowed):
            release(run, hat)
    assert release(run, world.officer)


def test_nothing_is_recomputed_when_figures_are_released(world, dialogue, monkeypatch):
    from loftet.domain.understanding import running

    run = done(world, dialogue)
    before = run.result
    answer(dialogue, [30], first=900)

    def never(*_ignored, **_ignored_too):
        raise AssertionError("the votes were read again")

    monkeypatch.setattr(running, "analysed", never)
    monkeypatch.setattr(running.statements, "current_votes", never)
    assert release(run, world.coordinator).participants == 40
    assert Run.objects.get(pk=run.pk).result == before


def test_a_release_asks_few_questions(world, dialogue, django_assert_max_num_queries):
    run = done(world, dialogue)
    with django_assert_max_num_queries(13):
        release(run, world.coordinator)
    with django_assert_max_num_queries(1):
        assert queries.latest_release(dialogue).figures["groups"]

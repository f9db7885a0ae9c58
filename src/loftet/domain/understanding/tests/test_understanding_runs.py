from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues.methods.statements import queries as statements
from loftet.domain.dialogues.models import Statement
from loftet.domain.dialogues.tests.world import AFTER, BEFORE, DURING, a_draft
from loftet.domain.journal import queries as journal
from loftet.domain.understanding import access, actions, queries, running, tasks
from loftet.domain.understanding.models import Run
from loftet.domain.understanding.tests.camps import a_dialogue, answer, done


@pytest.fixture
def answered(ready, world):
    return ready("dialogue that 24 answered", lambda: an_answered_dialogue(world))


def an_answered_dialogue(world):
    dialogue = a_dialogue(world)
    answer(dialogue, [14, 10])
    return dialogue


def order(dialogue, by, at=DURING):
    return actions.request_run(dialogue=dialogue, by=by, at=at)


def test_a_run_is_ordered_and_done_by_the_queue_after_commit(world, answered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = order(answered, world.officer)
        assert Run.objects.get().state == "queued"

    run = Run.objects.get(pk=run.pk)
    assert (run.state, run.message) == ("done", "")
    assert (run.requested_by, run.requested_at) == (world.officer.person, DURING)
    assert run.code_version.startswith("loftet ")
    assert run.code_version.endswith(" opinion-2")
    assert run.parameters["minimum_group"] == 5
    assert run.input_digest == running.input_digest(statements.current_votes(answered))
    assert [len(run.result[key]) for key in ("participants", "groups", "answers")] == [24, 2, 10]
    assert [event.verb for event in journal.history(run.public_id)] == ["understanding.run_requested"]


def test_nothing_is_done_when_the_order_is_not_committed(answered, world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        run = order(answered, world.coordinator)
    assert len(callbacks) == 1
    assert Run.objects.get(pk=run.pk).state == "queued"


def test_the_routing_follows_the_run(world, answered):
    before = set(Statement.objects.filter(dialogue=answered).values_list("priority", flat=True))
    done(world, answered)
    after = set(Statement.objects.filter(dialogue=answered).values_list("priority", flat=True))
    assert len(before) == 1
    assert len(after) > 5
    assert min(after) > 0


def test_the_same_votes_are_analysed_once(world, answered):
    first = done(world, answered)
    assert order(answered, world.officer) == first

    answer(answered, [1], numbers=[1], first=900)
    second = order(answered, world.officer)
    assert second != first
    assert second.state == "queued"
    assert order(answered, world.coordinator) == second, "it has not begun, so it will read the votes as they are then"
    assert Run.objects.count() == 2


def test_a_run_that_has_not_begun_reads_the_votes_as_they_are_when_it_does(world, answered):
    run = order(answered, world.coordinator)
    answer(answered, [2], first=900)
    assert order(answered, world.coordinator) == run
    finished = actions.finish(run=run, at=DURING)
    assert len(finished.result["participants"]) == 26
    assert finished.input_digest == running.input_digest(statements.current_votes(answered)) != run.input_digest


def test_a_new_version_of_the_method_makes_a_new_run(world, answered, monkeypatch):
    first = done(world, answered)
    monkeypatch.setattr(running, "code_version", lambda: "loftet 9.9 opinion-9")
    assert order(answered, world.coordinator) != first


def test_two_workers_with_the_same_run_do_it_once(world, answered, monkeypatch):
    run = order(answered, world.coordinator)
    times = []
    analysed = running.analysed

    def counted(votes, numbers):
        times.append(1)
        assert tasks.run_analysis.call(run.public_id) == "running"
        return analysed(votes, numbers)

    monkeypatch.setattr(running, "analysed", counted)
    assert tasks.run_analysis.call(run.public_id) == "done"
    assert tasks.run_analysis.call(run.public_id) == "done"
    assert len(times) == 1


def test_no_transaction_is_held_while_votes_are_read_and_analysed(world, answered, monkeypatch):
    depths = []
    current_votes, analysed = running.statements.current_votes, running.analysed

    def spied(real):
        def spy(*args):
            depths.append(len(connection.savepoint_ids))
            return real(*args)

        return spy

    monkeypatch.setattr(running.statements, "current_votes", spied(current_votes))
    monkeypatch.setattr(running, "analysed", spied(analysed))
    outside = len(connection.savepoint_ids)
    done(world, answered)
    assert depths == [outside] * 3  # read for the order, read for the run, analysed


def test_a_failure_is_stored_with_words_and_the_next_order_tries_again(world, answered, monkeypatch, caplog):
    def broken(votes, numbers):
        raise FloatingPointError("kaboom")

    with monkeypatch.context() as patched:
        patched.setattr(running, "analysed", broken)
        run = done(world, answered)

    assert (run.state, run.result, run.finished_at) == ("failed", None, DURING)
    assert run.message.startswith("Analysen gick inte att slutföra. Alla svar är kvar.")
    assert "kaboom" in caplog.text
    with pytest.raises(DomainError, match="inte klar"):
        actions.release(run=run, by=world.coordinator, at=DURING)
    again = done(world, answered)
    assert again != run
    assert again.state == "done"


def test_routing_that_fails_leaves_no_half_done_run(world, answered, monkeypatch):
    def broken(**_ignored):
        raise RuntimeError("no routing")

    monkeypatch.setattr(running.dialogues, "set_routing", broken)
    assert (done(world, answered).state, done(world, answered).result) == ("failed", None)


def test_a_run_that_was_lost_with_its_worker_is_given_up(world, answered):
    lost = order(answered, world.coordinator)
    Run.objects.filter(pk=lost.pk).update(state="running")
    assert order(answered, world.coordinator, DURING + timedelta(minutes=59)) == lost

    new = order(answered, world.coordinator, DURING + timedelta(hours=1))
    assert new != lost
    lost.refresh_from_db()
    assert (lost.state, lost.message) == (
        "failed",
        "Körningen avbröts innan den blev klar. Alla svar är kvar. En ny är beställd.",
    )
    assert running._finish(lost, AFTER, state="done", result={}) is False, "if it comes back after all, it is too late"


def test_too_few_answers_is_a_result(world):
    dialogue = a_dialogue(world)
    run = done(world, dialogue)
    assert (run.state, run.message) == ("done", "För få svar för grupper.")
    assert run.result["participants"] == []


def test_who_may_order_a_run(world, answered):
    for hat in (world.reader, world.moderator, world.police_moderator):
        with pytest.raises(NotAllowed):
            order(answered, hat)
        with pytest.raises(NotAllowed):
            access.for_writing(hat.person, answered.public_id, at=DURING)
    for hat in (world.coordinator, world.officer):
        assert access.for_writing(hat.person, answered.public_id, at=DURING) == (answered, hat)
        assert order(answered, hat)
    run = actions.finish(run=order(answered, None), at=DURING)
    assert access.run_for_writing(world.officer.person, run.public_id, at=DURING) == (run, world.officer)


def test_the_clock_may_order_a_run_and_a_draft_has_none(world, answered):
    run = order(answered, None)
    assert run.requested_by is None
    with pytest.raises(DomainError, match="inte publicerad"):
        order(a_draft(world), world.coordinator, BEFORE)


def test_the_page_that_waits_for_a_run_does_not_fetch_its_result(world, answered, django_assert_num_queries):
    run = done(world, answered)
    with django_assert_num_queries(1):
        found = queries.latest_run(answered)
        assert (found, found.state) == (run, "done")
    assert "result" in found.get_deferred_fields()
    with django_assert_num_queries(1):
        assert queries.run_of(answered, run.public_id).message == ""
    with pytest.raises(Run.DoesNotExist):
        queries.run_of(a_dialogue(world), run.public_id)

"""What the clock does in a round, and what a worker takes up again."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.sessions.models import Session
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from loftet.commands import clock, worker
from loftet.commands.clock import Job
from loftet.domain.register import actions, keys

AT = datetime.datetime(2026, 3, 1, 11, 30, tzinfo=datetime.UTC)


def five(*, at):
    return 5


def nothing(*, at):
    return None


def broken(*, at):
    raise ValueError("gick inte\noch mer därtill")


def job(name: str, function: str, every: float = 0.0) -> Job:
    return Job(name, f"{__name__}:{function}", every)


@pytest.fixture(autouse=True)
def _can_be_imported(monkeypatch):
    """The jobs name functions of this file, which pytest does not put among the modules under its name."""
    import sys
    import types

    module = types.ModuleType(__name__)
    module.five, module.nothing, module.broken = five, nothing, broken
    monkeypatch.setitem(sys.modules, __name__, module)


def test_a_job_that_fails_stops_no_other():
    line, failed = clock.one_round([job("a", "five"), job("b", "broken"), job("c", "nothing")], AT)
    assert line == "2026-03-01T11:30:00Z a: 5, b: MISSLYCKADES (ValueError: gick inte), c: –"
    assert failed == ["b"]


def test_a_job_that_is_missing_stops_no_other():
    line, failed = clock.one_round([Job("a", "loftet.no_such_module:verb"), job("b", "five")], AT)
    assert failed == ["a"]
    assert line.endswith("b: 5")


def test_every_job_is_there_and_takes_the_time():
    import importlib
    import inspect

    for each in clock.JOBS:
        module, _, function = each.verb.partition(":")
        verb = getattr(importlib.import_module(module), function)
        assert "at" in inspect.signature(verb).parameters, each.verb


@pytest.mark.django_db
def test_a_tick_signs_what_waits_and_ends_with_one_when_a_job_fails(loftet, home):
    actions.append(kind="dialogue.opened", subject="abcdefghjkm1", parts={"text": "ord"}, at=AT)
    said = loftet("tick")
    assert said.code == 1
    assert "register: MISSLYCKADES (LogKeyMissing: Löftesbokens nyckel saknas." in said.out
    keys.create_log_key()
    said = loftet("tick")
    assert said.code == 0
    assert "register: 1 " in said.out
    assert "register: –" in loftet("tick").out


@pytest.mark.django_db
def test_the_loop_is_silent_when_nothing_happens_and_tells_a_failure_once(home, capsys):
    clock.keep_ticking(0.001, [job("a", "nothing"), job("b", "broken"), job("c", "five", every=3600)], rounds=5)
    printed = capsys.readouterr()
    assert printed.err.count("b: MISSLYCKADES") == 1
    assert printed.out.count("c: 5") == 1
    assert "a:" not in printed.out + printed.err
    assert (home / "run/clock").exists()


@pytest.mark.django_db
def test_tidying_takes_what_is_over_and_nothing_else():
    Session.objects.create(session_key="gammal", session_data="", expire_date=AT - datetime.timedelta(seconds=1))
    Session.objects.create(session_key="ny", session_data="", expire_date=AT + datetime.timedelta(days=1))
    for days in (29, 31):
        task(TaskResultStatus.SUCCESSFUL, finished_at=AT - datetime.timedelta(days=days))
    waiting = task(TaskResultStatus.READY)
    assert clock.tidy(at=AT) == 2
    assert [session.session_key for session in Session.objects.all()] == ["ny"]
    assert DBTaskResult.objects.count() == 2
    assert DBTaskResult.objects.filter(pk=waiting.pk).exists()


def task(status: str, **more) -> DBTaskResult:
    given = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "prov.arbete", "backend_name": "default"}
    return DBTaskResult.objects.create(**given, status=status, run_after=AT, **more)


# --- The worker ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_worker_takes_up_its_own_interrupted_work_and_nobody_elses(home):
    mine, other = worker.worker_id("serve"), worker.worker_id("annan")
    interrupted = task(TaskResultStatus.RUNNING, worker_ids=[mine], started_at=AT)
    taken_over = task(TaskResultStatus.RUNNING, worker_ids=[mine, other], started_at=AT)
    done = task(TaskResultStatus.SUCCESSFUL, worker_ids=[mine], finished_at=AT)
    assert worker.take_up_interrupted(mine) == ["prov.arbete"]
    for each in (interrupted, taken_over, done):
        each.refresh_from_db()
    assert (interrupted.status, interrupted.started_at) == (TaskResultStatus.READY, None)
    assert taken_over.status == TaskResultStatus.RUNNING
    assert done.status == TaskResultStatus.SUCCESSFUL
    assert worker.take_up_interrupted(mine) == []


@pytest.mark.django_db
def test_work_that_never_ends_is_given_up(home):
    mine = worker.worker_id("serve")
    killer = task(TaskResultStatus.RUNNING, worker_ids=[mine] * worker.ATTEMPTS, started_at=AT)
    assert worker.take_up_interrupted(mine) == []
    killer.refresh_from_db()
    assert killer.status == TaskResultStatus.FAILED
    assert "3 times without an end" in killer.traceback


def test_a_worker_without_a_name_is_new_each_time(home, monkeypatch, tmp_path):
    assert worker.worker_id("") != worker.worker_id("")
    assert worker.worker_id("serve") == worker.worker_id("serve")
    here = worker.worker_id("serve")
    monkeypatch.setenv("LOFTET_HOME", str(tmp_path / "annan"))
    assert worker.worker_id("serve") != here
    assert len(worker.worker_id("x" * 200)) <= 64

"""Keeping processes running: with real ones, small and quick."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from loftet.commands.supervisor import Child, NeverStarted, Patience, Supervisor

pytestmark = pytest.mark.processes

HASTE = Patience(first_pause=0.05, longest_pause=0.2, healthy_after=60.0, grace=1.0, look=0.02, attempts=3, ask=0.02)
SLEEP = "import time; time.sleep(60)"


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-E", "-c", code]


class Heard(list):
    """What the supervisor told, as (what, child, code)."""

    def __call__(self, what: str, child: Child, code: int | None) -> None:
        self.append((what, child.name, code))


def run_while(supervisor: Supervisor, until) -> float:
    """Run in this thread until the condition holds; return how long ending took."""
    asked_at = []

    def watch() -> None:
        deadline = time.monotonic() + 20
        while not until() and time.monotonic() < deadline:
            time.sleep(0.01)
        asked_at.append(time.monotonic())
        supervisor.stop()

    watcher = threading.Thread(target=watch)
    watcher.start()
    supervisor.run()
    watcher.join()
    return time.monotonic() - asked_at[0]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text()


def test_a_child_that_dies_is_started_again_and_the_others_are_left_alone():
    heard = Heard()
    web, clock = Child("web", python(SLEEP)), Child("clock", python("raise SystemExit(3)"))
    supervisor = Supervisor([web, clock], os.environ, heard, patience=HASTE)
    run_while(supervisor, lambda: heard.count(("ended", "clock", 3)) >= 3)
    assert heard.count(("started", "clock", None)) >= 3
    assert heard.count(("started", "web", None)) == 1
    assert not any(child.is_running for child in supervisor.children)


def test_pauses_grow_to_a_limit():
    pauses = []
    child = Child("clock", python("pass"))
    supervisor = Supervisor(
        [Child("web", python(SLEEP)), child],
        os.environ,
        lambda what, who, _: pauses.append(who.pause) if what == "ended" else None,
        patience=HASTE,
    )
    run_while(supervisor, lambda: len(pauses) >= 4)
    assert pauses[:4] == [0.05, 0.1, 0.2, 0.2]


def test_a_child_that_was_well_for_long_starts_over_with_a_short_pause():
    pauses = []
    well = Patience(first_pause=0.05, longest_pause=1.0, healthy_after=0.0, grace=1.0, look=0.02, attempts=9)
    supervisor = Supervisor(
        [Child("web", python(SLEEP)), Child("clock", python("pass"))],
        os.environ,
        lambda what, who, _: pauses.append(who.pause) if what == "ended" else None,
        patience=well,
    )
    run_while(supervisor, lambda: len(pauses) >= 3)
    assert pauses[:3] == [0.05, 0.05, 0.05]


def test_all_end_at_once_when_asked():
    children = [Child(name, python(SLEEP)) for name in ("web", "worker", "clock")]
    heard = Heard()
    took = run_while(Supervisor(children, os.environ, heard, patience=HASTE), lambda: len(heard) == 3)
    assert took < 1.0
    assert not any(is_alive(child.process.pid) for child in children)


def test_one_that_will_not_end_is_ended_with_all_it_started(tmp_path):
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"inner = subprocess.Popen([sys.executable, '-S', '-c', {SLEEP!r}])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(inner.pid)); time.sleep(60)"
    )
    heard, child = Heard(), Child("web", python(deaf))
    supervisor = Supervisor([child], os.environ, heard, patience=HASTE)
    took = run_while(supervisor, lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    assert ("killed", "web", None) in heard
    assert took < HASTE.grace + 1.0
    assert not is_alive(child.process.pid)
    time.sleep(0.05)
    assert not is_alive(int((tmp_path / "pid").read_text()))


def test_a_web_that_never_gets_going_is_given_up():
    heard = Heard()
    children = [Child("web", python("raise SystemExit(1)")), Child("clock", python(SLEEP))]
    with pytest.raises(NeverStarted):
        Supervisor(children, os.environ, heard, is_ready=lambda: False, patience=HASTE).run()
    assert heard.count(("started", "web", None)) == HASTE.attempts
    assert not is_alive(children[1].process.pid)


def test_a_web_that_runs_and_does_no_work_is_given_up():
    hasty = Patience(first_pause=0.05, grace=1.0, look=0.02, ready_within=0.3, ask=0.1)
    asked = []
    child = Child("web", python(SLEEP))
    with pytest.raises(NeverStarted):
        Supervisor([child], os.environ, Heard(), is_ready=lambda: bool(asked.append(1)), patience=hasty).run()
    assert 2 <= len(asked) <= 5
    assert not is_alive(child.process.pid)


def test_ready_is_told_once():
    told = []
    supervisor = Supervisor(
        [Child("web", python(SLEEP))], os.environ, Heard(), on_ready=lambda: told.append(1), patience=HASTE
    )
    run_while(supervisor, lambda: bool(told))
    assert told == [1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_and_the_handlers_are_given_back(number):
    before = signal.getsignal(number)
    supervisor = Supervisor(
        [Child("web", python(SLEEP))],
        os.environ,
        Heard(),
        on_ready=lambda: os.kill(os.getpid(), number),  # once our handlers stand, and not a moment before
        patience=HASTE,
    )
    supervisor.run()
    assert signal.getsignal(number) is before
    assert not supervisor.children[0].is_running


def test_children_end_when_the_supervisor_is_killed_outright(tmp_path):
    code = (
        "import os, sys\nfrom loftet.commands.supervisor import Child, Supervisor\n"
        f"child = Child('web', [sys.executable, '-S', '-c', {SLEEP!r}])\n"
        f"note = lambda *_: open({str(tmp_path / 'pid')!r}, 'w').write(str(child.process.pid))\n"
        "Supervisor([child], os.environ, note).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    pid = int((tmp_path / "pid").read_text())
    supervisor.kill()
    supervisor.wait()
    while is_alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)

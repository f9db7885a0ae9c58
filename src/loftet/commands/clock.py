"""`loftet tick`: what time alone causes. Each job is its own; one that fails does not stop the others."""

from __future__ import annotations

import importlib
import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from loftet.commands import ground, instance, shell
from loftet.commands.words import say

HOUR = 3600.0
KEEP_FINISHED_WORK = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """A verb of a step that takes `at=`; `every` is how many seconds the loop lets pass between two runs."""

    name: str
    verb: str
    every: float = 0.0

    def run(self, at: datetime) -> Any:
        module, _, function = self.verb.partition(":")
        return getattr(importlib.import_module(module), function)(at=at)


JOBS = (
    Job("dialogues", "loftet.domain.dialogues.actions:record_closings"),
    Job("agreements", "loftet.domain.plans.actions:send_reminders", every=HOUR),
    Job("diary", "loftet.domain.records.actions:send_waiting"),
    Job("register", "loftet.domain.register.actions:sign_checkpoint"),
    Job("tidying", "loftet.commands.clock:tidy", every=HOUR),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        tick,
        "tick",
        say("Gör det som klockan ska göra (serve gör det själv).", "Do what the clock does (serve does it by itself)."),
    )


def tick(
    loop: Annotated[
        bool, shell.option("--loop", help_text=say("Fortsätt tills du avbryter.", "Go on until you stop it."))
    ] = False,
    every: Annotated[
        int,
        shell.option(
            "--every",
            metavar="N",
            parser=shell.whole_number(1, 3600),
            help_text=say("Sekunder mellan varven (30).", "Seconds between rounds (30)."),
        ),
    ] = 30,
) -> None:
    """Run every job once, or again and again. Once: ends with 1 when a job failed."""
    ground.set_up()
    if loop:
        keep_ticking(every)
        return
    from loftet.domain.base import clock

    line, failed = one_round(JOBS, clock.now())
    shell.tell(line)
    if failed:
        raise typer.Exit(1)


def one_round(jobs: Sequence[Job], at: datetime) -> tuple[str, list[str]]:
    """Run the jobs and return one line about them and the names of those that failed."""
    parts, failed = [], []
    for job in jobs:
        try:
            parts.append(f"{job.name}: {_in_words(job.run(at))}")
        except Exception as error:
            logging.getLogger(__name__).debug("%s", job.name, exc_info=True)
            failed.append(job.name)
            reason = (str(error).splitlines() or [""])[0]
            parts.append(f"{job.name}: " + say("MISSLYCKADES", "FAILED") + f" ({type(error).__name__}: {reason})")
    return f"{at:%Y-%m-%dT%H:%M:%SZ} " + ", ".join(parts), failed


def keep_ticking(every: float, jobs: Sequence[Job] = JOBS, rounds: int | None = None) -> None:
    """Run the jobs in rounds until a signal says stop. Says what happened; a failure once an hour."""
    from django.db import close_old_connections

    from loftet.domain.base import clock

    stop = _stop_on_signal()
    due: dict[str, float] = {}
    said: dict[str, float] = {}
    while rounds is None or rounds > 0:
        close_old_connections()
        now = time.monotonic()
        ready = [job for job in jobs if due.get(job.name, 0.0) <= now]
        due.update({job.name: now + job.every for job in ready if job.every})
        for job in ready:
            line, failed = one_round([job], clock.now())
            if failed and now - said.get(job.name, -HOUR) >= HOUR:
                said[job.name] = now
                shell.complain(line)
            elif not failed and not line.endswith(_NOTHING):
                shell.tell(line)
        (instance.folder() / "clock").parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (instance.folder() / "clock").touch()
        rounds = None if rounds is None else rounds - 1
        if stop.wait(every if rounds != 0 else 0):
            return


def tidy(*, at: datetime) -> int:
    """Remove sessions that have ended and background work that was finished a month ago; return how many rows."""
    from django.contrib.sessions.models import Session
    from django_tasks_db.models import DBTaskResult

    old = DBTaskResult.objects.filter(finished_at__lt=at - KEEP_FINISHED_WORK)
    return Session.objects.filter(expire_date__lt=at).delete()[0] + old.delete()[0]


_NOTHING = "–"


def _in_words(result: Any) -> str:
    return _NOTHING if result in (None, 0) else str(result)


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    handler: Callable[[int, object], None] = lambda _number, _frame: stop.set()  # noqa: E731
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handler)
        signal.signal(signal.SIGINT, handler)
    return stop

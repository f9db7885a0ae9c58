"""`loftet work`: does background work from the queue in the database."""

from __future__ import annotations

import hashlib
import logging
import secrets
import socket
from typing import Annotated

import typer

from loftet.commands import ground, shell
from loftet.commands.words import say

# Work that has been begun this many times without an end is not begun again: it may be what kills the worker.
ATTEMPTS = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        work,
        "work",
        say("Kör en extra arbetare (serve har redan en).", "Run one more worker (serve has one already)."),
    )


def work(
    name: Annotated[
        str,
        shell.option(
            "--name",
            metavar=say("NAMN", "NAME"),
            help_text=say(
                "Arbetarens namn: samma namn efter en omstart tar om det som avbröts.",
                "The worker's name: the same name after a restart takes up what was interrupted.",
            ),
        ),
    ] = "",
) -> None:
    """Run until SIGINT or SIGTERM; the task in hand is finished first."""
    ground.set_up()
    from django.core.management import call_command

    worker = worker_id(name)
    for task in take_up_interrupted(worker):
        shell.complain(say(f"Avbrutet arbete tas om: {task}", f"Interrupted work is taken up: {task}"))
    # That work begins and ends is not news; that it fails is.
    logging.getLogger("django_tasks_db").addFilter(lambda record: record.levelno >= logging.ERROR)
    logging.getLogger("django_tasks").addFilter(lambda record: record.levelno >= logging.WARNING)
    call_command("db_worker", worker_id=worker, startup_delay=False, reload=False, queue_name="*")


def worker_id(name: str) -> str:
    """Return an id for this worker: its own when it has a name, otherwise new each time."""
    if not name:
        return secrets.token_hex(16)
    place = hashlib.sha256(f"{socket.gethostname()} {ground.home()}".encode()).hexdigest()[:16]
    return f"{name[:40]}-{place}"


def take_up_interrupted(worker: str) -> list[str]:
    """Put back in the queue what this worker had in hand when it ended, and return the names of those tasks."""
    from django_tasks_db.compat import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    taken = []
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if not task.worker_ids or task.worker_ids[-1] != worker:
            continue
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(RuntimeError(f"begun {ATTEMPTS} times without an end"))
            continue
        task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at"])
        taken.append(task.task_path)
    return taken

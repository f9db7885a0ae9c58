"""What runs: the server, its worker and its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from loftet.commands import instance
from loftet.commands.doctor.findings import Finding, look, ok, wrong
from loftet.commands.words import say
from loftet.domain.base import clock

# The clock ticks every half minute, and the worker looks for work every second.
CLOCK_IS_LATE = 180.0
WORK_IS_LATE = timedelta(minutes=10)


def server() -> Iterator[Finding]:
    """A server runs here, with all that belongs to it."""
    what = say("Servern", "Server")
    if not instance.is_running():
        yield look(
            what,
            say("ingen ”loftet serve” körs med den här mappen", "no “loftet serve” runs with this folder"),
            say("Starta den, om det är här den ska köras.", "Start it, if this is where it should run."),
        )
        return
    facts = instance.noted()
    yield ok(what, f"{facts.get('address', '')} ({', '.join(sorted(facts.get('children', {})))})")
    if "clock" in facts.get("children", {}):
        yield _clock()


def queue() -> Iterator[Finding]:
    """Background work does not lie and wait."""
    from django_tasks_db.compat import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    what, now = say("Arbetskön", "Work queue"), clock.now()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lte=now)
    late = waiting.filter(enqueued_at__lt=now - WORK_IS_LATE).count()
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gte=now - timedelta(days=1)
    ).count()
    if late:
        yield wrong(
            what,
            say(f"{late} har väntat mer än tio minuter", f"{late} have waited for more than ten minutes"),
            say("Ingen arbetare är i gång: ”loftet serve” eller ”loftet work”.", "No worker runs: “loftet serve”."),
        )
    elif failed:
        yield look(
            what,
            say(f"{failed} misslyckades det senaste dygnet", f"{failed} failed in the last day"),
            say("Läs loggen från ”loftet serve”.", "Read the log of “loftet serve”."),
        )
    else:
        yield ok(what, say(f"{waiting.count()} väntar", f"{waiting.count()} waiting"))


def _clock() -> Finding:
    what = say("Klockan", "Clock")
    try:
        age = time.time() - (instance.folder() / "clock").stat().st_mtime
    except FileNotFoundError:
        age = float("inf")
    started = time.time() - float(instance.noted().get("since", 0.0))
    if min(age, started) <= CLOCK_IS_LATE:
        return ok(what)
    return wrong(
        what,
        say("har stannat", "has stopped"),
        say("Starta om ”loftet serve” och läs loggen.", "Start “loftet serve” again and read the log."),
    )

"""Work for the queue."""

from __future__ import annotations

from django_tasks import task

from loftet.domain.understanding import running


@task()
def run_analysis(run_public_id: str) -> str:
    """Do a queued run; return the state it ended in. A second worker that is given the same run leaves it alone."""
    return running.perform(run_public_id).state

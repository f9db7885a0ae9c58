"""Work for the queue."""

from __future__ import annotations

from django_tasks import task


@task()
def send_dispatch(public_id: str) -> bool:
    """Send one thing to one registrar; return whether it went. What went before does not go again."""
    from loftet.domain.records import actions

    return actions.perform_dispatch(public_id)

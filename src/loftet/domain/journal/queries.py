"""Reading the history."""

from __future__ import annotations

from loftet.domain.journal.models import Event


def history(public_id: str):
    """Events about one thing, oldest first."""
    return Event.objects.filter(subject=public_id).order_by("id")

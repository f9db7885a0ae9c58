"""What is new, for the start page: the newest entries of the register in words, with links."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.register import queries as register
from loftet.faces.public.register.addresses import address_of
from loftet.faces.public.register.reading import rows
from loftet.faces.shared import text

# Reports come often and would push out what happens seldom; they stand in the register and on their promise.
KINDS = (
    "promise.in_force",
    "picture.in_force",
    "agreement.in_force",
    "agreement.terminated",
    "dialogue.opened",
    "dialogue.closed",
    "feedback.published",
)
MOST = 5


def latest(at: datetime | None = None) -> list[dict[str, object]]:
    """The newest things that happened, as {title, url, what, day} for the start page's `news`."""
    at = at or clock.now()
    found = register.entries().filter(kind__in=KINDS).prefetch_related("contents")[:MOST]
    items = [
        {
            "title": row.about,
            "url": address_of(row.entry, at),
            "what": row.kind,
            "day": text.day_of(row.entry.recorded_at),
        }
        for row in rows(list(found), at)
    ]
    return [item for item in items if item["title"] and item["url"]]

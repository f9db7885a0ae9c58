"""Where the thing that an entry of the register is about is shown now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from loftet.domain.dialogues import queries as dialogues
from loftet.domain.places import queries as places
from loftet.domain.promises import queries as promises
from loftet.domain.register.models import Entry
from loftet.faces.public.promises.presenter import address
from loftet.faces.public.register.reading import parts_of

WORDS = {
    "dialogue.opened": "Gå till dialogen",
    "dialogue.closed": "Gå till dialogen",
    "content.weeded": "Gå till dialogen",
    "agreement.in_force": "Gå till överenskommelsen",
    "agreement.terminated": "Gå till överenskommelsen",
    "picture.in_force": "Gå till problembilden",
    "promise.in_force": "Gå till löftet",
    "report": "Gå till löftet",
    "feedback.published": "Gå till svaret",
}


def address_of(entry: Entry, at: datetime) -> str:
    """The page of what an entry is about: for a report its promise, for the rest the thing itself; empty if none."""
    parts = parts_of(entry)
    match entry.kind:
        case "report":
            return _promise_of(parts, at)
        case "feedback.published":
            return _feedback(parts, at)
        case kind if kind in WORDS:
            return reverse("opendata:permanent", kwargs={"public_id": entry.subject})
    return ""


def _promise_of(parts: Mapping[str, Any], at: datetime) -> str:
    report = parts.get("report")
    found = promises.promises_with_measure(report["measure"], at) if report else []
    return address(found[0]) if found else ""


def _feedback(parts: Mapping[str, Any], at: datetime) -> str:
    feedback = parts.get("feedback")
    found = dialogues.public_dialogue_by_id(feedback["dialogue"], at) if feedback else None
    if found is None:
        return ""
    where = {"place": places.slug_of(found.dialogue.municipality), "slug": found.slug}
    return reverse("public:feedback", kwargs=where)

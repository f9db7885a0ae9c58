"""What a public thing is, as data: the facts of its page and what Löftesboken tells of it.

The form is described in docs/reference/open-data.md. Who signed is told by organisation; names stand on the page alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.dialogues.queries import PublicDialogue
from loftet.domain.followup import queries as followup
from loftet.domain.places.models import Municipality
from loftet.domain.plans.queries import PublicAgreement
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.promises.queries.retold import PublicRetold
from loftet.domain.register import queries as register
from loftet.domain.register.models import Entry
from loftet.domain.register.queries import WithheldPart
from loftet.domain.signing.models import Version
from loftet.domain.situation.queries import PublicPicture
from loftet.faces.opendata.addresses import Found
from loftet.faces.shared import weeded, withheld

FORM = "loftet.thing/1"
# What an entry is about that has no page of its own, by the entry's kind.
ENTRY_TYPES = {"report": "report", "feedback.published": "feedback", "content.withheld": "withholding"}
OTHER_ENTRY = "register_entry"


def described(public_id: str, known: Found, *, base: str, at: datetime) -> dict[str, Any]:
    """A public thing as data. `base` is where the installation is reached."""
    entries = register.entries(subject=public_id).order_by("number").prefetch_related("contents")
    return {
        "form": FORM,
        "id": public_id,
        "address": base + reverse("opendata:permanent", kwargs={"public_id": public_id}),
        "page": base + known.address,
        **EMPTY,
        **KINDS[known.kind](known.thing, at),
        "is_example": known.municipality is not None and known.municipality.is_example,
        "register_entries": [_entry(entry, base) for entry in entries],
        "withheld": [_withheld(part) for part in register.withheld_parts(entries)],
    }


# --- Each kind --------------------------------------------------------------------------------------------------------
# What a kind has nothing to say about is null or empty, so that every answer has the same fields.
EMPTY: dict[str, Any] = {
    "type": None,
    "title": None,
    "state": None,
    "label": None,
    "period": None,
    "places": [],
    "parties": [],
    "version": None,
    "digest_sha256": None,
    "in_force_since": None,
    "weeded": [],
}


def _promise(shown: PublicPromise, _at: datetime) -> dict[str, Any]:
    label = "sharp" if shown.sharpness.is_sharp else "ambition"
    return {"type": "promise", "state": "in_force", "label": label, **_signed(shown)}


def _picture(shown: PublicPicture, _at: datetime) -> dict[str, Any]:
    return {"type": "picture", "state": "in_force", **_signed(shown)}


def _agreement(shown: PublicAgreement, _at: datetime) -> dict[str, Any]:
    return {"type": "agreement", "state": "ended" if shown.standing.is_over else "in_force", **_signed(shown)}


def _signed(shown: PublicPromise | PublicPicture | PublicAgreement) -> dict[str, Any]:
    words = shown.words
    signed = _signed_at(shown.version)
    return {
        "title": words.title,
        "period": _period(words.starts, words.ends),
        "places": [{"code": place.code, "name": place.name} for place in words.places],
        "parties": [{"id": one.id, "name": one.name, "signed_at": signed.get(one.id)} for one in words.parties],
        "version": shown.version.number,
        "digest_sha256": shown.version.digest,
        "in_force_since": _utc(shown.since),
    }


def _signed_at(version: Version) -> dict[str, str]:
    return {row.organisation.public_id: _utc(row.signed_at) for row in version.signatures.all()}


def _dialogue(shown: PublicDialogue, at: datetime) -> dict[str, Any]:
    one, state = shown.dialogue, shown.state.value
    is_closed = shown.state == Dialogue.State.CLOSED
    if is_closed and followup.feedback_for(one).exists():
        state = "answered"
    return {
        "type": "dialogue",
        "title": one.title,
        "state": state,
        "period": _period(clock.day_of(one.opens_at), clock.day_of(one.closes_at)),
        "places": [_place(one.municipality)],
        "parties": [{"id": one.controller.public_id, "name": one.controller.name, "signed_at": None}],
        "weeded": [_plain(asdict(trace)) for trace in weeded.traces(one.public_id)] if is_closed else [],
    }


def _municipality(shown: Municipality, _at: datetime) -> dict[str, Any]:
    return {"type": "municipality", "title": shown.name, "places": [_place(shown)]}


def _retold(shown: PublicRetold, _at: datetime) -> dict[str, Any]:
    where = [_place(told.municipality) for told in shown.promise.places.all()]
    return {"type": "retold_promise", "title": shown.name, "state": "retold", "places": where}


def _entry_alone(entry: Entry, _at: datetime) -> dict[str, Any]:
    return {"type": ENTRY_TYPES.get(entry.kind, OTHER_ENTRY), "state": "published"}


KINDS: dict[str, Callable[[Any, datetime], dict[str, Any]]] = {
    "agreement": _agreement,
    "dialogue": _dialogue,
    "entry": _entry_alone,
    "municipality": _municipality,
    "picture": _picture,
    "promise": _promise,
    "retold_promise": _retold,
}


# --- What Löftesboken tells -------------------------------------------------------------------------------------------
def _entry(entry: Entry, base: str) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind,
        "recorded_at": _utc(entry.recorded_at),
        "leaf_sha256": entry.leaf_hash,
        "page": base + reverse("public:register_entry", kwargs={"number": entry.number}),
    }


def _withheld(part: WithheldPart) -> dict[str, Any]:
    return {
        "register_entry": part.entry.number,
        "part": part.part,
        "commitment_sha256": part.commitment,
        "stands": register.stands(part.entry),
        "decisions": [_decision(one) for one in withheld.decisions([part])],
    }


def _decision(one: withheld.Decision) -> dict[str, Any]:
    return {
        "organisation": {"id": one.organisation_id, "name": one.organisation},
        "body": one.body,
        "decided_on": one.decided_on.isoformat(),
        "diary_number": one.diary_number or None,
        "basis": one.basis,
        "reason": one.reason,
        "register_entry": one.entry,
    }


# --- Values -----------------------------------------------------------------------------------------------------------
def _place(municipality: Municipality) -> dict[str, str]:
    return {"code": municipality.code, "name": municipality.name}


def _period(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """The same with days as text and ordinary spaces: those on the page keep words together on a line."""
    return {
        name: value.isoformat() if isinstance(value, date) else value.replace("\u00a0", " ")
        for name, value in told.items()
    }

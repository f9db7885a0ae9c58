"""Events as people read them: who, in which role, what, about what, and what an edit changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, DecimalField, Model

from loftet.domain.base.changes import KEY
from loftet.domain.journal import queries as journal
from loftet.domain.journal.models import Event
from loftet.domain.parties import queries as parties
from loftet.domain.parties.roles import BY_KEY
from loftet.domain.people import queries as people
from loftet.faces.shared import text
from loftet.faces.shared.wording import Change, Line
from loftet.faces.workspace.history.sentences import EDITS, OUTCOMES, SENTENCES

# By which field a thing is called. What is not named here is never named: a voice's words least of all.
NAMES = {
    "dialogue": "title",
    "finding": "text",
    "need": "text",
    "picture": "title",
    "problem": "title",
    "measure": "text",
    "agreement": "title",
    "promise": "title",
    "series": "title",
    "partnership": "name",
    "organisation": "name",
}
# What a document is the paper of.
PAPERS = {"promise": "löftet", "picture": "problembilden", "agreement": "överenskommelsen"}
LABELS = {
    "organisations": "Ansvarar",
    "needs": "Behov",
    "findings": "Bygger på",
    "evidence": "Belagt med påstående",
    "statement": "Påstående",
    "measure": "Åtgärd",
    "series": "Mått",
    "rank": "Prioritering",
    "problem__title": "Problem",
    "outcome": "Utfall",
    "text": "Text",
    "promised": "Löfte",
    "baseline": "Utgångsläge",
    "baseline_period": "Utgångslägets period",
    "value": "Målvärde",
    "due": "Senast",
    "method": "Så räknas det",
    "starts": "Första dag",
    "ends": "Sista dag",
}
LONGEST_NAME = 90
SYSTEM = {"system": "Löftet", "installation": "installationens administratör"}


@dataclass(frozen=True)
class Told:
    """One event: the sentence, who and when, what changed, and a word more where there is one."""

    at: datetime
    who: str
    role: str
    sentence: str
    changes: tuple[Change, ...] = ()
    note: str = ""


def tell(events: Sequence[Event]) -> list[Told]:
    """Tell a page of events that one may read."""
    things = journal.subjects(events, {"document": tuple(PAPERS)})
    names = people.names({event.person for event in events})
    named = parties.names({event.organisation for event in events})
    return [
        Told(
            at=event.at,
            who=names.get(event.person, SYSTEM.get(event.role, "Någon")),
            role=_role(event, named),
            sentence=SENTENCES[event.verb].format(thing=_thing(things.get(event.subject))),
            changes=tuple(_changes(event, things.get(event.subject))),
            note=_note(event),
        )
        for event in events
    ]


def _role(event: Event, named: dict[str, str]) -> str:
    role = BY_KEY[event.role].name if event.role in BY_KEY else SYSTEM.get(event.role, event.role)
    organisation = named.get(event.organisation, "")
    if event.role == "system":
        return "av sig självt"
    return f"{role}, {organisation}" if organisation else role


def _thing(thing: Model | None) -> str:
    if thing is None:
        return ""
    kind = thing._meta.model_name or ""
    if kind == "document":
        return _paper(thing)
    name = str(getattr(thing, NAMES[kind])) if kind in NAMES else ""
    return f" ”{_short(name)}”" if name else ""


def _paper(document: Any) -> str:
    for kind, called in PAPERS.items():
        owner = getattr(document, kind, None)
        if owner is not None:
            return f" {called} ”{_short(owner.title)}”"
    return " dokumentet"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _changes(event: Event, thing: Model | None) -> list[Change]:
    found = []
    for name, (before, after) in event.data.get(KEY, {}).items():
        heading = _label(name, thing)
        for kind, value in (("removed", before), ("added", after)):
            if words := _words(name, value, thing):
                found.append(Change(kind, Line(heading, words)))
    return found


def _note(event: Event) -> str:
    if event.verb == "dialogues.voice_moderated":
        return OUTCOMES.get(event.data.get("outcome", ""), "")
    if event.verb == "dialogues.waiting_voices_read":
        received, held = event.data.get("received", 0), event.data.get("held", 0)
        return f"{text.counted(received, 'ny text', 'nya texter')} och {text.counted(held, 'vilande', 'vilande')}."
    if event.verb in EDITS and KEY not in event.data:
        return "Vad som ändrades är inte sparat, eller borttaget genom ett beslut."
    if event.verb in EDITS and not event.data[KEY]:
        return "Sparat utan ändring."
    return ""


def _field(name: str, thing: Model | None):
    if thing is None:
        return None
    try:
        return thing._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _label(name: str, thing: Model | None) -> str:
    field = _field(name, thing)
    if name in LABELS and (field is None or not getattr(field, "concrete", False) or name in {"starts", "ends"}):
        return LABELS[name]
    label = getattr(field, "verbose_name", "") or LABELS.get(name, name)
    return text.capital(str(label))


def _words(name: str, value: Any, thing: Model | None) -> str:
    """A value as it is read: a choice by its name, a day and a number in Swedish."""
    field = _field(name, thing)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if field is not None and getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField):
        return text.moment(datetime.fromisoformat(value))
    if isinstance(field, DateField) or name == "due":
        return text.day(date.fromisoformat(value))
    if isinstance(field, DecimalField) or name in {"baseline", "value"}:
        return text.number(Decimal(value))
    return str(value)

"""What a dialogue must hold to be kept as a draft, and what more to be published."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any, Final, TypedDict, cast

from django.db.models import Field

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties import queries as parties


class DialogueWords(TypedDict, total=False):
    """What the organisers say about a dialogue. Title and times are needed from the start, the rest to publish."""

    title: str
    question: str
    purpose: str
    can_influence: str
    cannot_influence: str
    what_happens: str
    answer_by: date
    opens_at: datetime
    closes_at: datetime
    legal_basis: str
    ladder: str
    sample_type: str
    minutes: int
    simulated_note: str


NEEDED_TO_PUBLISH: Final = (
    "question",
    "purpose",
    "can_influence",
    "cannot_influence",
    "what_happens",
    "legal_basis",
)
TIMES: Final = ("opens_at", "closes_at", "answer_by")


def tidied(words: DialogueWords) -> dict[str, Any]:
    """The words with texts in one Unicode form and without space around. Raises `TypeError` for an unknown word."""
    unknown = set(words) - set(DialogueWords.__annotations__)
    if unknown:
        raise TypeError(f"a dialogue has no {', '.join(sorted(unknown))}")
    return {
        name: unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
        for name, value in words.items()
    }


def must_fit(dialogue: Dialogue) -> None:
    """Raise `DomainError` with everything that keeps the draft from being saved."""
    faults = [*_place_faults(dialogue), *_text_faults(dialogue), *_time_faults(dialogue)]
    if faults:
        raise DomainError(f"{' '.join(faults)} Inget är sparat.")


def missing(dialogue: Dialogue, at: datetime) -> list[str]:
    """What still stands between the draft and publishing, in sentences; empty when it is ready."""
    lacks = [f"Fyll i ”{_label(name)}”." for name in NEEDED_TO_PUBLISH if not getattr(dialogue, name)]
    if dialogue.closes_at <= at:
        lacks.append("Dialogen skulle redan ha stängt. Välj en senare dag.")
    if not dialogue.statements.exists():
        lacks.append("Skriv minst ett påstående, så att den första som kommer har något att svara på.")
    return lacks


def _place_faults(dialogue: Dialogue) -> list[str]:
    faults = []
    if dialogue.controller not in parties.parties_of(dialogue.partnership):
        faults.append("Den personuppgiftsansvariga måste vara en av parterna.")
    if dialogue.municipality not in dialogue.partnership.municipalities.all():
        faults.append("Parterna samarbetar inte i den kommunen.")
    return faults


def _text_faults(dialogue: Dialogue) -> list[str]:
    faults = [] if dialogue.title else ["Dialogen behöver en rubrik."]
    for name in DialogueWords.__annotations__:
        field, value = _field(name), getattr(dialogue, name)
        if field.choices and value not in dict(field.choices):
            faults.append(f"Välj ”{_label(name)}” i listan.")
        elif isinstance(value, str) and field.max_length and len(value) > field.max_length:
            faults.append(f"”{_label(name)}” får vara högst {field.max_length} tecken och är nu {len(value)}.")
    return faults


def _time_faults(dialogue: Dialogue) -> list[str]:
    if absent := [name for name in TIMES if getattr(dialogue, name) is None]:
        return [f"Fyll i ”{_label(name)}”." for name in absent]
    faults = []
    if dialogue.closes_at <= dialogue.opens_at:
        faults.append("Dialogen måste stänga efter att den öppnar.")
    if dialogue.answer_by < clock.day_of(dialogue.closes_at):
        faults.append("Dagen för svar kan inte ligga före dagen då dialogen stänger.")
    if dialogue.minutes < 1:
        faults.append("Tiden det tar måste vara minst en minut.")
    return faults


def _label(name: str) -> str:
    return str(_field(name).verbose_name)


def _field(name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", Dialogue._meta.get_field(name))

"""Entries of the register as people read them: what happened, about what, and the content of each kind in words.

An entry holds only ids and words that are public. Names of measures and organisations come from signed promises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loftet.domain.base import clock
from loftet.domain.plans.content import AgreementText
from loftet.domain.promises import queries as promises
from loftet.domain.promises.content import MeasureText, PromiseText
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.register import queries as register
from loftet.domain.register.models import Entry
from loftet.domain.situation.content import PictureText
from loftet.faces.shared import statuses, text, wording
from loftet.faces.shared.wording import Line

KINDS = {
    "dialogue.opened": "En dialog publicerades",
    "dialogue.closed": "En dialog stängde",
    "agreement.in_force": "En samverkansöverenskommelse skrevs under av alla parter",
    "agreement.terminated": "En part sade upp en samverkansöverenskommelse",
    "picture.in_force": "En problembild skrevs under av båda parter",
    "promise.in_force": "Ett medborgarlöfte skrevs under av båda parter",
    "report": "En åtgärd rapporterades",
    "feedback.published": "Ett svar till dem som var med publicerades",
    "register.restarted": "Löftesboken började om",
    "register.key_changed": "Löftesboken bytte nyckel",
    "content.withheld": "Ord undanhölls efter beslut",
    "content.weeded": "Uppgifter gallrades efter beslut",
}
DIALOGUE_PARTS = {
    "title": "Dialog",
    "question": "Fråga",
    "purpose": "Varför vi frågar",
    "can_influence": "Det här kan påverkas",
    "cannot_influence": "Det här kan inte påverkas",
    "what_happens": "Vad som händer sedan",
    "answer_by": "Svar senast",
    "opens_at": "Öppnar",
    "closes_at": "Stänger",
    "participants": "Deltagare",
    "answers": "Svar",
    "statements": "Påståenden",
    "municipality": "Kommun",
    "controller": "Ansvarig",
    "sample_type": "Vilka som svarar",
    "method": "Metod",
    "ladder": "Så mycket kan deltagarna påverka",
    "legal_basis": "Rättslig grund",
    "simulated_note": "Om svaren",
}
UNKNOWN_PARTY = "En part"


@dataclass(frozen=True)
class Row:
    """An entry in a list: what happened and about what."""

    entry: Entry
    kind: str
    about: str


@dataclass(frozen=True)
class Section:
    """A part of what an entry says, as lines to read."""

    heading: str
    lines: tuple[Line, ...]


def rows(entries: Sequence[Entry], at: datetime | None = None) -> list[Row]:
    """Entries (with their contents fetched) for a list, in as many queries however many they are."""
    at = at or clock.now()
    parts = {entry.pk: parts_of(entry) for entry in entries}
    names = Names(entries, parts, at)
    return [Row(entry, KINDS.get(entry.kind, entry.kind), names.about(entry, parts[entry.pk])) for entry in entries]


def sections(entry: Entry, at: datetime | None = None) -> list[Section]:
    """Everything that an entry says, in words. A part that has been withheld is left out."""
    at = at or clock.now()
    parts = parts_of(entry)
    names = Names([entry], {entry.pk: parts}, at)
    return [section for section in _sections(entry, parts, names) if section.lines]


def parts_of(entry: Entry) -> dict[str, Any]:
    """The public parts of an entry by name: data where a part is JSON, else its text.

    Of a part from which words are withheld, what is left is read.
    """
    parts = {row.part: row.text for row in entry.contents.all() if not row.is_withheld}
    if len(parts) < len(entry.contents.all()):
        parts |= register.masked(entry.number)
    return {name: _data(words) for name, words in parts.items()}


def _data(content: str) -> Any:
    if not content.startswith(("{", "[")):
        return content
    try:
        return json.loads(content)
    except ValueError:
        return content


class Names:
    """What the ids in reports and answers stand for: measures and parties of promises in force, titles of dialogues."""

    def __init__(self, entries: Sequence[Entry], parts: Mapping[int, dict[str, Any]], at: datetime):
        kinds = {entry.kind for entry in entries}
        shown = promises.all_public_promises(at) if kinds & {"report", "feedback.published"} else []
        self.measures: dict[str, tuple[MeasureText, PublicPromise]] = {
            measure.id: (measure, one) for one in shown for measure in one.words.measures
        }
        self.parties = {
            party.id: party.name
            for one in shown
            for parties in (one.words.parties, *(measure.parties for measure in one.words.measures))
            for party in parties
        }
        asked = [told["dialogue"] for one in parts.values() if isinstance(told := one.get("feedback"), dict)]
        self.dialogues = _titles(asked)

    def party(self, public_id: str) -> str:
        """An organisation's name as it stands in a promise."""
        return self.parties.get(public_id, UNKNOWN_PARTY)

    def measure(self, public_id: str) -> str:
        """What a measure is, as it was signed."""
        return self.measures[public_id][0].text if public_id in self.measures else "En åtgärd i ett tidigare löfte"

    def about(self, entry: Entry, parts: Mapping[str, Any]) -> str:
        """What an entry is about, in few words."""
        match entry.kind:
            case "dialogue.opened" | "dialogue.closed":
                return parts.get("title", "")
            case "agreement.in_force" | "picture.in_force" | "promise.in_force":
                words = parts.get("content", {})
                where = text.joined(place["name"] for place in words.get("places", ()))
                return f"{words['title']}, {where}" if words else ""
            case "agreement.terminated":
                return parts["termination"]["name"] if "termination" in parts else ""
            case "report":
                report = parts.get("report")
                return f"{self.party(report['organisation'])}: {self.measure(report['measure'])}" if report else ""
            case "content.withheld":
                decision = parts.get("decision")
                return f"{decision['name']}, {decision['body']}" if decision else ""
            case "content.weeded":
                decision = parts.get("decision")
                return f"{decision['title']}: {decision['what']}" if decision else ""
            case "feedback.published":
                feedback = parts.get("feedback")
                title = self.dialogues.get(feedback["dialogue"], "") if feedback else ""
                return f"{self.party(feedback['organisation'])} om dialogen {title}".rstrip() if feedback else ""
        return ""


def _titles(public_ids: Sequence[str]) -> dict[str, str]:
    """The titles of dialogues, from the entries that were made when they were published."""
    if not public_ids:
        return {}
    found = register.entries(kind="dialogue.opened").filter(subject__in=public_ids).prefetch_related("contents")
    return {entry.subject: parts_of(entry).get("title", "") for entry in found}


def _sections(entry: Entry, parts: Mapping[str, Any], names: Names) -> Iterator[Section]:
    match entry.kind:
        case "dialogue.opened" | "dialogue.closed":
            yield Section("Dialogen", tuple(_dialogue_lines(parts)))
        case "agreement.in_force" if "content" in parts:
            agreed = AgreementText.from_content(parts["content"])
            yield Section("De undertecknade orden", tuple(wording.agreement_lines(agreed)))
        case "agreement.terminated" if "termination" in parts:
            yield Section("Uppsägningen", tuple(_termination_lines(parts["termination"])))
        case "picture.in_force" if "content" in parts:
            words = PictureText.from_content(parts["content"])
            yield Section("De undertecknade orden", tuple(wording.picture_lines(words)))
        case "promise.in_force" if "content" in parts:
            promised = PromiseText.from_content(parts["content"])
            yield Section("De undertecknade orden", tuple(wording.promise_lines(promised)))
        case "report" if "report" in parts:
            yield Section("Rapporten", tuple(_report_lines(parts["report"], names)))
        case "feedback.published" if "feedback" in parts:
            yield Section("Svaret", tuple(_feedback_lines(parts["feedback"], names)))
        case "content.withheld" | "content.weeded" if "decision" in parts:
            yield Section("Beslutet", tuple(_decision_lines(parts["decision"])))
        case "register.restarted":
            yield Section("Varför boken började om", tuple(_restart_lines(parts)))
        case "register.key_changed":
            yield Section("Nycklarna", tuple(_key_lines(parts)))
    if "label" in parts:
        yield Section("Beteckning", (Line("Löftet är", parts["label"]),))
    if "signatures" in parts:
        yield Section("Underskrifter", tuple(_signature_lines(parts["signatures"])))


def _termination_lines(told: Mapping[str, Any]) -> Iterator[Line]:
    yield Line("Uppsagd av", told["name"])
    yield Line("Gäller till och med", _moment(told["last_day"]))
    yield Line("Skäl", told["reason"])


def _restart_lines(parts: Mapping[str, Any]) -> Iterator[Line]:
    if "reason" in parts:
        yield Line("Skäl", parts["reason"])
    if "checkpoint" in parts:
        yield Line("Kontrollpunkten som inte längre stämmer", parts["checkpoint"])


def _key_lines(parts: Mapping[str, Any]) -> Iterator[Line]:
    for part, what in (("reason", "Skäl"), ("old_key", "Nyckeln före"), ("new_key", "Nyckeln från och med nu")):
        if part in parts:
            yield Line(what, parts[part])


def _decision_lines(decision: Mapping[str, Any]) -> Iterator[Line]:
    yield Line("Beslutat av", f"{decision['name']}, {decision['body']}")
    yield Line("Beslutsdatum", text.day(date.fromisoformat(decision["decided_on"])))
    if decision["diary_number"]:
        yield Line("Diarienummer", decision["diary_number"])
    yield Line("Lagstöd", decision["basis"])
    yield Line("Skäl", decision["reason"])
    if "withheld" in decision:
        numbers = text.joined(str(row["entry"]) for row in decision["withheld"])
        yield Line("Införingar där ord inte längre visas", numbers)
    for what, count in decision.get("counts", {}).items():
        yield Line(text.capital(what), count)


def _dialogue_lines(parts: Mapping[str, Any]) -> Iterator[Line]:
    for part, heading in DIALOGUE_PARTS.items():
        if words := parts.get(part, ""):
            yield Line(heading, _moment(words) if part in ("opens_at", "closes_at", "answer_by") else words)


def _moment(written: str) -> str:
    if len(written) == len("2026-01-01"):
        return text.day(date.fromisoformat(written))
    return text.moment(datetime.fromisoformat(written))


def _report_lines(report: Mapping[str, Any], names: Names) -> Iterator[Line]:
    yield Line("Rapporterad av", names.party(report["organisation"]))
    yield Line("Åtgärd", names.measure(report["measure"]))
    yield Line("Period", text.period(date.fromisoformat(report["from"]), date.fromisoformat(report["to"])))
    if report["amount"] is not None:
        known = names.measures.get(report["measure"])
        unit = f" {known[0].unit}" if known and known[0].unit else ""
        yield Line("Gjort", f"{text.number(report['amount'])}{unit}")
    if report["delivered"] is not None:
        yield Line("På plats", "Ja" if report["delivered"] else "Nej, inte än")
    if report["note"]:
        yield Line("Anteckning", report["note"])
    yield Line("I tid", "Nej, rapporten kom sent" if report["late"] else "Ja")


def _feedback_lines(feedback: Mapping[str, Any], names: Names) -> Iterator[Line]:
    yield Line("Svar från", names.party(feedback["organisation"]))
    if title := names.dialogues.get(feedback["dialogue"]):
        yield Line("Dialog", title)
    yield Line("Inledning", feedback["introduction"])
    for response in feedback["responses"]:
        yield Line("Det vi hörde", response["heard"])
        yield Line(statuses.find("response", response["outcome"]).word, response["text"])


def _signature_lines(signatures: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for row in signatures:
        signed = text.moment(datetime.fromisoformat(row["signed_at"]))
        yield Line(row["name"], text.capital(f"{row['title']}, {signed}"))

"""How a thing to register is read: the words as one reads them at the desk and in public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import queries as followup
from loftet.domain.records import queries as records
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType
from loftet.domain.records.printing import Reading
from loftet.domain.signing import queries as signing
from loftet.domain.understanding import queries as understanding
from loftet.faces.shared import text
from loftet.faces.shared.wording import Line
from loftet.faces.workspace.signing.kinds import KINDS


def reading(about: Handling, at: datetime) -> Reading:
    """A thing as it stands. What is withheld or not published does not stand in it."""
    if about.document_type == DocumentType.DIALOGUE:
        return _dialogue(about, at)
    return _signed(about, at)


def _signed(about: Handling, at: datetime) -> Reading:
    version = signing.in_force(about.thing.document, at)
    if version is None:
        raise DomainError("Handlingen är inte undertecknad av alla.")
    kind = KINDS[version.document.kind]
    withheld = " Ord i texten är undanhållna efter ett beslut." if version.is_withheld else ""
    return Reading(
        kind=kind.name,
        standing=f"Version {version.number}, undertecknad av alla {text.day(about.dated)}.{withheld}",
        lines=_plain(kind.lines(signing.content(version))),
        signatures=tuple(
            (row.organisation.name, row.name, row.title, text.day(row.signed_at)) for row in version.signatures.all()
        ),
    )


def _dialogue(about: Handling, at: datetime) -> Reading:
    dialogue: Dialogue = about.thing
    state = "Stängd. Tog emot" if about.closed else "Publicerad. Tar emot"
    return Reading(
        kind="Medborgardialog",
        standing=f"{state} svar {text.period(dialogue.opens_at, dialogue.closes_at)}.",
        lines=_plain(_dialogue_lines(dialogue, at)),
    )


def _dialogue_lines(dialogue: Dialogue, at: datetime) -> Iterator[Line]:
    yield Line("Fråga", dialogue.question)
    yield Line("Varför vi frågar", dialogue.purpose)
    yield Line("Kan påverkas", dialogue.can_influence)
    yield Line("Kan inte påverkas", dialogue.cannot_influence)
    yield Line("Vad som händer sedan", dialogue.what_happens)
    yield Line("Vilka som svarar", text.capital(dialogue.get_sample_type_display()))
    yield Line("Rättslig grund", dialogue.legal_basis)
    if records.is_weeded(dialogue.public_id, DocumentType.ANSWERS):
        yield Line("Svar", "Gallrade. Antalen står i Löftesboken.")
    elif dialogue.is_closed(at):
        counts = dialogues.counts(dialogue).in_public()
        yield Line("Deltagare", counts["participants"])
        yield Line("Svar", counts["answers"])
    for number, heard in enumerate(understanding.findings(dialogue), 1):
        yield Line(f"Det vi hörde {number}", heard.text)
    for answer in followup.feedback_for(dialogue):
        yield Line("Svar till er", answer.introduction, answer.organisation.name)
        for response in answer.responses.all():
            told = f"{text.capital(response.get_outcome_display())}. {response.text}"
            yield Line(f"Om: {response.finding.text}", told, answer.organisation.name)


def _plain(found: Iterable[Line]) -> tuple[tuple[str, str, str], ...]:
    return tuple((line.heading, line.words, line.under) for line in found)

"""What a statement may look like: it points out no person, it has a length, and it says something new."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from loftet.analysis.identifying_text import Hit, Kind, find_identifying
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues.methods.statements.models import Statement
from loftet.domain.dialogues.methods.statements.similarity import most_similar
from loftet.domain.dialogues.models.dialogue import Dialogue
from loftet.domain.dialogues.models.participant import Participant
from loftet.domain.dialogues.models.voice import Voice

SHORTEST: Final = 8
LONGEST: Final = 280
KINDS: Final[dict[Kind, str]] = {
    "national_id": "personnummer",
    "phone": "telefonnummer",
    "email": "e-postadress",
    "plate": "registreringsnummer",
    "address": "adress med husnummer",
    "link": "länk",
    "handle": "användarnamn",
    "name": "namn",
    "accusation": "anklagelse mot en person",
}
# Beyond this nobody means a statement, and searching it for names would only cost time.
ABSURD: Final = 4 * LONGEST


class IdentifyingText(DomainError):
    """The text looks as if it points out a person. Nothing is stored; `hits` say what was found and where in `text`."""

    def __init__(self, text: str, hits: Sequence[Hit]) -> None:
        self.text, self.hits = text, tuple(hits)
        found = in_words(text, self.hits)
        super().__init__(
            f"Det här kan peka ut en person: {found}. Inget är sparat. Skriv om det utan namn, nummer och "
            "bostadsadress och skicka igen. Vill du anmäla ett brott: ring 112 om det är bråttom, annars 114 14."
        )


class AlreadySaid(DomainError):
    """Somebody has said the same. `statement` is what to answer instead; None when one's own words await moderation."""

    def __init__(self, message: str, statement: Statement | None = None) -> None:
        self.statement = statement
        super().__init__(message)


def cleaned(text: str) -> str:
    """One line in one Unicode form, without the invisible characters that could hide a name from the guard.

    >>> cleaned("  Mer\\u200b ljus \\n i  parken ")
    'Mer ljus i parken'
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    visible = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return " ".join(visible.split())


def in_words(text: str, hits: Sequence[Hit]) -> str:
    """What the guard stopped at, each with what it looks like; empty when it was nothing.

    >>> in_words("Ring 070-123 45 67", find_identifying("Ring 070-123 45 67"))
    '”070-123 45 67” (telefonnummer)'
    """
    return ", ".join(f"”{text[hit.start : hit.end]}” ({KINDS[hit.kind]})" for hit in hits)


def stopped_at(voice: Voice) -> str:
    """What the guard stopped at in a voice whose sender says that it points out nobody; empty for others."""
    insisted = voice.state == Voice.State.RECEIVED and voice.reason == Voice.Reason.PERSON
    return in_words(voice.text, find_identifying(voice.text)) if insisted else ""


def would_stop_at(text: str) -> str:
    """What the guard would stop at in a text that is still being written; empty when nothing."""
    text = cleaned(text)
    return in_words(text, find_identifying(text)) if len(text) <= ABSURD else ""


def identifies(text: str) -> bool:
    """Whether the guard stops at anything in the text."""
    return bool(find_identifying(text))


def must_not_identify(text: str) -> None:
    """Raise `IdentifyingText` if the text looks as if it points out a person. Asked before anything is stored."""
    if hits := find_identifying(text):
        raise IdentifyingText(text, hits)


def must_be_worth_reading(text: str) -> None:
    """Raise `DomainError` for a text so long that nobody meant it as a statement."""
    _must_not_exceed(text, ABSURD)


def must_fit(text: str) -> None:
    """Raise `DomainError` when the text is too short to say anything or too long to answer."""
    if len(text) < SHORTEST:
        raise DomainError("Skriv en hel mening, så att andra kan svara på den. Inget är sparat.")
    _must_not_exceed(text, LONGEST)


def must_be_new(dialogue: Dialogue, text: str) -> None:
    """Raise `AlreadySaid` with the public statement that says the same."""
    statements = {s.number: s for s in Statement.objects.filter(dialogue=dialogue).select_related("voice")}
    number = most_similar(text, [(s.number, s.voice.text) for s in statements.values()])
    if number is not None:
        statement = statements[number]
        raise AlreadySaid(
            f"Det finns redan ett påstående som säger samma sak: ”{statement.voice.text}” Inget nytt är sparat. "
            "Svara på det i stället, så räknas vad du tycker.",
            statement,
        )


def must_be_new_from(participant: Participant, text: str) -> None:
    """Raise `AlreadySaid` when the participant has sent the same before, whatever became of it."""
    own = Voice.objects.filter(participant=participant).values_list("id", "text")
    if most_similar(text, own) is not None:
        raise AlreadySaid("Du har redan skickat in det här. Det är sparat, och du ser det bland dina svar.")


def _must_not_exceed(text: str, most: int) -> None:
    if len(text) > most:
        raise DomainError(
            f"Texten får vara högst {LONGEST} tecken och är nu {len(text)}. Inget är sparat. "
            "Korta den, eller dela upp den i två."
        )

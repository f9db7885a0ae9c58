"""Setting a thing on paper for the diary. Its words are told by whoever knows how they are read.

This step knows neither what a document says nor how it is read, so it is told (as with `handlings`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from loftet.domain.records.handlings import Handling
from loftet.papers.agreements import SignedBy
from loftet.papers.record_copies import RecordCopy, record_copy
from loftet.papers.signing_copies import WordLine

EXAMPLE = "Exempel: parterna och allt i texten är påhittat."


@dataclass(frozen=True)
class Reading:
    """How a thing is read. `standing` says what it is in a sentence.

    `lines` are (heading, words, what they are about), `signatures` (organisation, name, function, day), all in words.
    """

    kind: str
    standing: str
    lines: tuple[tuple[str, str, str], ...]
    signatures: tuple[tuple[str, str, str, str], ...] = ()


Reader = Callable[[Handling, datetime], Reading]
_readers: list[Reader] = []


def tell(reader: Reader) -> None:
    """Let the one who knows how things are read say so. Called once, when it is loaded; the last one told is asked."""
    _readers.append(reader)


def read(about: Handling, at: datetime) -> Reading:
    """A thing as it is read now. Raises `LookupError` when nobody knows how."""
    if not _readers:
        raise LookupError("nobody has said how things are read")
    return _readers[-1](about, at)


def printed(about: Handling, at: datetime) -> bytes:
    """A thing as it stands, as a PDF for the archive. Raises `papers.press.PaperError` and `LookupError`."""
    reading = read(about, at)
    return record_copy(
        RecordCopy(
            kind=reading.kind,
            title=about.title,
            dated=about.dated,
            standing=reading.standing,
            parties=tuple(party.name for party in about.parties),
            lines=tuple(WordLine(*line) for line in reading.lines),
            address=f"{settings.LOFTET_BASE_URL.rstrip('/')}/id/{about.subject}",
            signatures=tuple(SignedBy(*row) for row in reading.signatures),
            version=about.version,
            digest=about.digest,
            mark=EXAMPLE if any(party.is_example for party in about.parties) else "",
        )
    )

"""Handing out: what there is to choose among, words masked by hand, and the package. Told by the steps that own it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.conf import settings

from loftet.analysis.identifying_text import find_identifying
from loftet.domain.base import clock
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.records import printing
from loftet.domain.records.handlings import Handling
from loftet.domain.records.printing import Reading
from loftet.domain.records.words import pattern
from loftet.papers.agreements import SignedBy
from loftet.papers.record_copies import RecordCopy, record_copy
from loftet.papers.signing_copies import WordLine

MASK: Final = "[maskat]"
FORM: Final = "loftet.disclosure/1"
CONTENTS: Final = "innehall.json"
_MASKED: Final = " Ord är maskade."


@dataclass(frozen=True)
class Section:
    """Something that can be handed out: a thing, or a part of one. It is read when it is asked for, and not before.

    `key` says which, in few letters. A table is written as CSV, the rest is set as a PDF.
    """

    key: str
    title: str
    about: Handling
    read: Callable[[], Reading]
    is_table: bool = False


@dataclass(frozen=True)
class Masked:
    """A section as it is handed out, and how many times something was masked in it."""

    section: Section
    title: str
    parties: tuple[str, ...]
    reading: Reading
    count: int


Source = Callable[[Handling, Membership, datetime], Iterable[Section]]
_sources: list[Source] = []


def tell(source: Source) -> None:
    """Let a step say what more there is to hand out of a thing. Called once, when the step is loaded."""
    if source not in _sources:
        _sources.append(source)


def sections(about: Handling, by: Membership, at: datetime) -> list[Section]:
    """What one with this hat may hand out of a thing: itself, then its parts."""
    itself = Section(f"{about.subject}.itself", about.title, about, lambda: printing.read(about, at))
    return [itself, *(one for source in _sources for one in source(about, by, at))]


def patterns(words: Iterable[str]) -> list[re.Pattern[str]]:
    """What finds the words to mask, the longest first, so that a name is not broken by a part of it."""
    return [pattern(one) for one in sorted({" ".join(one.split()) for one in words if one.strip()}, key=len)[::-1]]


def masked(section: Section, reading: Reading, wanted: Sequence[re.Pattern[str]]) -> Masked:
    """A section as it was read with the words replaced everywhere, in the title and the names of the parties too."""
    counted = 0

    def mask(text: str) -> str:
        nonlocal counted
        text = visible(text)
        for one in wanted:
            text, found = one.subn(MASK, text)
            counted += found
        return text

    done = Reading(
        kind=mask(reading.kind),
        standing=mask(reading.standing),
        lines=tuple((mask(heading), mask(said), mask(under)) for heading, said, under in reading.lines),
        signatures=tuple((mask(who), mask(name), mask(role), mask(day)) for who, name, role, day in reading.signatures),
    )
    title = mask(section.title)
    parties = tuple(mask(party.name) for party in section.about.parties)
    if counted:
        done = replace(done, standing=done.standing + _MASKED)
    return Masked(section, title, parties, done, counted)


def count(word: str, told: Iterable[str]) -> int:
    """In how many places a word stands."""
    (wanted,) = patterns([word])
    return sum(len(wanted.findall(text)) for text in told)


def visible(text: str) -> str:
    """The text in one form, without signs that are not seen and could hide a word from the mask."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")


def texts(found: Iterable[Masked]) -> list[str]:
    """Every text that would be handed out."""
    told: list[str] = []
    for one in found:
        told += [one.title, *one.parties, one.reading.standing, *(word for line in one.reading.lines for word in line)]
        told += [word for row in one.reading.signatures for word in row]
    return told


def suggestions(found: Iterable[Masked]) -> list[str]:
    """Words that the text guard finds and that are not masked, in the order in which they stand, each once."""
    hits = [text[hit.start : hit.end] for text in texts(found) for hit in find_identifying(text)]
    base = settings.LOFTET_BASE_URL.partition("//")[2]
    return list(dict.fromkeys(" ".join(hit.split()) for hit in hits if base not in hit))


def digest(found: Iterable[Masked]) -> str:
    """A number for exactly what one has seen."""
    seen = hashlib.sha256()
    for one in found:
        seen.update(repr((one.section.key, one.title, one.parties, one.reading)).encode())
    return seen.hexdigest()


def package(found: Sequence[Masked], *, organisation: Organisation, at: datetime) -> bytes:
    """A zip with a file for each section and a list of what it holds. The same content gives the same bytes."""
    made, listed = io.BytesIO(), []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(found, 1):
            name = f"{number:02}-{one.section.key.replace('.', '-')}.{'csv' if one.section.is_table else 'pdf'}"
            content = _table(one) if one.section.is_table else _paper(one)
            _add(archive, name, content, at)
            digest_of = hashlib.sha256(content).hexdigest()
            listed.append({"file": name, "title": one.title, "masked": one.count, "sha256": digest_of})
        told = {
            "form": FORM,
            "organisation": organisation.public_id,
            "day": clock.day_of(at).isoformat(),
            "contents": listed,
        }
        _add(archive, CONTENTS, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(), at)
    return made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    day = clock.day_of(at)
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _paper(one: Masked) -> bytes:
    about = one.section.about
    return record_copy(
        RecordCopy(
            kind=one.reading.kind,
            title=one.title,
            dated=about.dated,
            standing=one.reading.standing,
            parties=one.parties,
            lines=tuple(WordLine(*line) for line in one.reading.lines),
            address=f"{settings.LOFTET_BASE_URL.rstrip('/')}/id/{about.subject}",
            signatures=tuple(SignedBy(*row) for row in one.reading.signatures),
            mark=printing.EXAMPLE if any(party.is_example for party in about.parties) else "",
        )
    )


def _table(one: Masked) -> bytes:
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerows(one.reading.lines)
    return written.getvalue().encode("utf-8-sig")

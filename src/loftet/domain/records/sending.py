"""Sending a thing to a registrar: the PDF with its metadata, by mail or in a folder that the operator has named."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.core.mail import EmailMessage

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.records import metadata, printing, queries
from loftet.domain.records.models import Dispatch
from loftet.domain.records.queries.register import Registered
from loftet.domain.register import queries as register
from loftet.papers.press import PaperError

# What may go wrong and be right the next time. Mail errors are OSErrors too.
FAULTS = (OSError, PaperError, DomainError)
_MAIL_FAILED = "E-postservern svarade inte eller tog inte emot mejlet."
_FOLDER_FAILED = "Det gick inte att skriva i mappen."
_NOT_SET = "Handlingen gick inte att göra om till PDF."
_GONE = "Handlingen finns inte längre i partnerskapet."


@dataclass(frozen=True)
class Package:
    """What is sent: the thing as it stands, on paper and as data."""

    row: Registered
    paper: bytes
    metadata: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the PDF."""
        return hashlib.sha256(self.paper).hexdigest()


def package(dispatch: Dispatch, at: datetime) -> Package:
    """The thing as it stands now, so that a word that has been withheld since it was asked for does not go."""
    found = queries.registered(dispatch.partnership, {dispatch.organisation_id}, at)
    row = next((one for one in found if one.handling.subject == dispatch.subject), None)
    if row is None:
        raise DomainError(_GONE)
    paper = printing.printed(row.handling, at)
    told = metadata.metadata(
        row,
        to=dispatch.organisation,
        paper=paper,
        entries=register.entries(subject=dispatch.subject).order_by("number"),
        base=settings.LOFTET_BASE_URL.rstrip("/"),
        at=at,
    )
    return Package(row, paper, told)


def deliver(dispatch: Dispatch, made: Package) -> None:
    """Hand it over. Raises `OSError`."""
    if dispatch.way == Dispatch.Way.MAIL:
        mail(dispatch, made).send()
    else:
        _put(dispatch, made)


def in_words(fault: Exception, dispatch: Dispatch) -> str:
    """Why it did not go, as the desk says it."""
    if isinstance(fault, DomainError):
        return str(fault)
    if isinstance(fault, PaperError):
        return _NOT_SET
    return _MAIL_FAILED if dispatch.way == Dispatch.Way.MAIL else _FOLDER_FAILED


def mail(dispatch: Dispatch, made: Package) -> EmailMessage:
    """The mail to a registrar. Sent again after a crash it has the same Message-ID, and is shown once."""
    one = made.row.handling
    base = settings.LOFTET_BASE_URL.rstrip("/")
    domain = base.partition("//")[2].partition(":")[0].partition("/")[0]
    numbers = "".join(f"{party.name}: {number or 'saknas'}\n" for party, number in made.row.numbers)
    body = (
        f"Till registratorn hos {dispatch.organisation.name}\n\n"
        f"Här kommer en handling att registrera: {one.document_type.label} ”{one.title}”, "
        f"{clock.in_words(one.dated)}.\n\nDiarienummer:\n{numbers}\n"
        f"Bifogat är handlingen (PDF/A) och uppgifter om den (JSON).\nBeständig adress: {base}/id/{one.subject}\n\n"
        f"{dispatch.asked_by.name} har skickat den från Löftet. "
        "Skriv gärna in diarienumret på skrivbordet, eller meddela samordnaren.\n"
    )
    message = EmailMessage(
        subject=f"Att registrera: {one.title}",
        body=body,
        to=[dispatch.email],
        headers={"Message-ID": f"<dispatch-{dispatch.public_id}@{domain}>"},
    )
    message.attach(f"{one.subject}.pdf", made.paper, "application/pdf")
    message.attach(f"{one.subject}.json", made.metadata, "application/json")
    return message


def _put(dispatch: Dispatch, made: Package) -> None:
    """Write both files under another name and then give them theirs, so that nobody fetches half of them."""
    if not settings.LOFTET_DIARY_FOLDER:
        raise FileNotFoundError("no folder is named")
    here = Path(settings.LOFTET_DIARY_FOLDER) / dispatch.organisation.public_id
    there = here / f"{made.row.handling.dated.isoformat()}-{dispatch.subject}-{dispatch.public_id}"
    if there.exists():
        return
    here.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".", dir=here))
    try:
        for name, content in ((metadata.PAPER, made.paper), (metadata.METADATA, made.metadata)):
            (unfinished / name).write_bytes(content)
        unfinished.chmod(0o750)
        os.replace(unfinished, there)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise

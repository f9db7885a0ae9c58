"""Signing by hand: the printed version bears its digest, one party enters it, another confirms it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.signing import queries, scans
from loftet.domain.signing.actions.versions import lock, must_wait, unless_named
from loftet.domain.signing.models import Paper, PaperAnswer, PaperLine, Signature, Version

# How many characters of a digest people compare with what is printed.
SHOWN_OF_DIGEST = 8


@dataclass(frozen=True)
class HandSigned:
    """What stands at one signature on a paper."""

    organisation: Organisation
    name: str
    title: str
    signed_on: date


@transaction.atomic
def enter_paper(
    *,
    version: Version,
    digest_start: str,
    lines: Sequence[HandSigned],
    scan: bytes,
    by: Membership,
    at: datetime | None = None,
) -> Paper:
    """Enter a printed version that has been signed by hand. It counts when another party has confirmed it.

    `digest_start` is what the digest printed on the paper begins with, so that it is the paper of this version.
    """
    at = at or clock.now()
    _must_handle_papers(by, version, at)
    lock(version.document)
    must_wait(version)
    kind = scans.kind_of(scan)
    typed = digest_start.strip().lower()
    if len(typed) < SHOWN_OF_DIGEST or not version.digest.startswith(typed):
        raise DomainError(
            "Kontrollsumman hör inte till den här texten. Inget är sparat. Jämför med det som står på papperet."
        )
    _must_be_signed_by_those_who_have_not(version, lines, clock.day_of(at))
    paper = Paper.objects.create(
        version=version,
        entered_by=by.organisation,
        entered_at=at,
        scan=scan,
        scan_kind=kind,
        scan_digest=hashlib.sha256(scan).hexdigest(),
    )
    for line in lines:
        PaperLine.objects.create(
            paper=paper,
            organisation=line.organisation,
            name=line.name.strip(),
            title=line.title.strip(),
            signed_on=line.signed_on,
        )
    journal.record(
        verb="signing.paper_entered", subject=version.document, by=by, at=at, data={"version": version.number}
    )
    return paper


@transaction.atomic
def answer_paper(
    *, paper: Paper, is_right: bool, by: Membership, reason: str = "", at: datetime | None = None
) -> list[Signature]:
    """Say whether a paper that another party entered is right. If it is, what it bears are signatures from now on."""
    at = at or clock.now()
    version = paper.version
    _must_handle_papers(by, version, at)
    lock(version.document)
    must_wait(version)
    if by.organisation_id == paper.entered_by_id:
        raise DomainError("Ni har själva fört in papperet. Den andra parten ska bekräfta det. Inget är ändrat.")
    if not is_right and not reason.strip():
        raise DomainError("Skriv vad som inte stämmer, så att den andra parten kan rätta det. Inget är ändrat.")
    if PaperAnswer.objects.filter(paper=paper).exists():
        raise DomainError("Papperet är redan besvarat. Inget är ändrat.")
    lines = list(paper.lines.select_related("organisation"))
    _must_be_signed_by_those_who_have_not(version, lines if is_right else (), clock.day_of(at), answering=paper)
    PaperAnswer.objects.create(
        paper=paper, organisation=by.organisation, is_right=is_right, reason=reason.strip(), answered_at=at
    )
    journal.record(
        verb="signing.paper_confirmed" if is_right else "signing.paper_refused",
        subject=version.document,
        by=by,
        at=at,
        data={"version": version.number},
    )
    return [
        Signature.objects.create(
            version=version,
            organisation=line.organisation,
            digest=version.digest,
            paper=paper,
            name=line.name,
            title=line.title,
            signed_at=at,
        )
        for line in (lines if is_right else ())
    ]


def _must_handle_papers(by: Membership, version: Version, at: datetime) -> None:
    partnership = unless_named(version, by)
    if not rules.may(by, "signing.decide", partnership=partnership, at=at):
        rules.must(by, "signing.propose", partnership=partnership, at=at)


def _must_be_signed_by_those_who_have_not(
    version: Version, lines: Sequence[HandSigned | PaperLine], today: date, *, answering: Paper | None = None
) -> None:
    if not lines and answering is None:
        raise DomainError("Ange vem som har skrivit under på papperet. Inget är sparat.")
    missing = {row.organisation_id for row in queries.missing_parties(queries.fresh(version))}
    others = queries.papers_waiting(version)
    waiting = {line.organisation_id for other in others if other != answering for line in other.lines.all()}
    for line in lines:
        if line.organisation.pk not in missing:
            raise DomainError(f"{line.organisation} har redan undertecknat eller är inte part. Inget är sparat.")
        if line.organisation.pk in waiting and answering is None:
            raise DomainError(f"Ett papper från {line.organisation} väntar redan på bekräftelse. Inget är sparat.")
        if not line.name.strip() or not line.title.strip():
            raise DomainError(f"Skriv namn och funktion för {line.organisation}. Inget är sparat.")
        if not clock.day_of(version.proposed_at) <= line.signed_on <= today:
            raise DomainError(
                f"Datumet för {line.organisation} ligger före förslaget eller i framtiden. Inget är sparat."
            )

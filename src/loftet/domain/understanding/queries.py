"""Reading runs, releases, findings and needs. Public figures come from a release and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties.models import Partnership
from loftet.domain.records.handlings import Handling
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import DocumentType
from loftet.domain.records.weedables import Weedable
from loftet.domain.understanding.models import Evidence, Finding, Need, Release, Run


@dataclass(frozen=True)
class EvidenceLine:
    """One statement that a finding rests on, with its released shares (0..1) and the release they stand in."""

    number: int
    text: str
    answered: int
    agree: float
    disagree: float
    release: str
    released_at: datetime


@dataclass(frozen=True)
class Heard:
    """A published finding with its evidence and the needs that were drawn from it: one link of the chain."""

    finding: Finding
    evidence: tuple[EvidenceLine, ...]
    needs: tuple[Need, ...]


def latest_run(dialogue: Dialogue) -> Run | None:
    """The newest run, in whatever state, without its result."""
    return Run.objects.filter(dialogue=dialogue).defer("result").first()


def run_of(dialogue: Dialogue, public_id: str) -> Run:
    """One run without its result, to ask how it goes. Raises `Run.DoesNotExist`."""
    return Run.objects.defer("result").get(dialogue=dialogue, public_id=public_id)


def latest_release(dialogue: Dialogue) -> Release | None:
    """The public figures that hold now."""
    return Release.objects.filter(dialogue=dialogue).first()


def releases(dialogue: Dialogue) -> QuerySet[Release]:
    """All releases, newest first."""
    return Release.objects.filter(dialogue=dialogue)


def told_in(release: Release, number: int) -> dict | None:
    """What a release tells of a statement as answered by everyone; None when it tells nothing."""
    rows = release.figures["per_statement"]
    return next((row for row in rows if row["statement"] == number and row["answered"] is not None), None)


def findings(dialogue: Dialogue, published_only: bool = True) -> QuerySet[Finding]:
    """What we heard, with its evidence."""
    found = _with_evidence().filter(dialogue=dialogue)
    return found.filter(published_at__isnull=False) if published_only else found


def draft_findings(dialogue: Dialogue) -> QuerySet[Finding]:
    """What is written but not published."""
    return Finding.objects.filter(dialogue=dialogue, published_at__isnull=True)


def needs(dialogue: Dialogue, published_only: bool = False) -> QuerySet[Need]:
    """Needs with the findings they rest on; in public those that rest on something published."""
    found = Need.objects.filter(dialogue=dialogue)
    if published_only:
        found = found.filter(findings__published_at__isnull=False).distinct()
    return found.prefetch_related("findings")


def needs_of(dialogues: Iterable[Dialogue]) -> QuerySet[Need]:
    """Needs drawn from any of several dialogues: for the workspace."""
    return Need.objects.filter(dialogue__in=list(dialogues)).select_related("dialogue")


def trail(*, dialogue: Dialogue | None = None, needs: Iterable[str] | None = None) -> list[Heard]:
    """The public chain at this step: published findings of a dialogue, or behind needs (by permanent id), or both.

    Walk down with `evidence` (statements and released shares, `finding.dialogue`) and up with `needs`.
    """
    found = _with_evidence().filter(published_at__isnull=False).select_related("dialogue__municipality")
    if dialogue is not None:
        found = found.filter(dialogue=dialogue)
    if needs is not None:
        found = found.filter(needs__public_id__in=list(needs)).distinct()
    return [
        Heard(finding, tuple(_lines(finding)), tuple(finding.needs.all()))
        for finding in found.prefetch_related("needs")
    ]


def _with_evidence() -> QuerySet[Finding]:
    # A release holds many figures: read it once and not once for each line of evidence.
    evidence = Evidence.objects.select_related("statement__voice").prefetch_related("release")
    return Finding.objects.prefetch_related(Prefetch("evidence", evidence))


def _lines(finding: Finding) -> Iterable[EvidenceLine]:
    for evidence in finding.evidence.all():
        if row := told_in(evidence.release, evidence.statement.number):
            yield EvidenceLine(
                number=evidence.statement.number,
                text=evidence.statement.voice.text,
                answered=row["answered"],
                agree=row["agree"],
                disagree=row["disagree"],
                release=evidence.release.public_id,
                released_at=evidence.release.released_at,
            )


def holdings(partnership: Partnership) -> list[Holding]:
    """What is kept of what the partnership heard."""
    return [
        Holding(Finding.objects.filter(dialogue__partnership=partnership)),
        Holding(Need.objects.filter(dialogue__partnership=partnership)),
        Holding(Run.objects.filter(dialogue__partnership=partnership)),
    ]


# What a run says whose result, with participants in it, has been weeded.
WEEDED_RUN = "Svaren är gallrade. De tal som är släppta ligger kvar."


def weedables(about: Handling, part: DocumentType) -> list[Weedable]:
    """The stored results of a dialogue's runs go with its answers: they tell what each participant answered."""
    if part != DocumentType.ANSWERS:
        return []
    runs = Run.objects.filter(dialogue__public_id=about.subject, result__isnull=False).exclude(message=WEEDED_RUN)
    return [Weedable("analyser med deltagare", runs, {"result": {}, "message": WEEDED_RUN}, is_told=False)]

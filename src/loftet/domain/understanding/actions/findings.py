"""What we heard, with its evidence, and the needs drawn from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from loftet.analysis.identifying_text import find_identifying
from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import rules as dialogue_rules
from loftet.domain.dialogues.models import Dialogue, Statement
from loftet.domain.journal import actions as journal
from loftet.domain.parties.models import Membership
from loftet.domain.understanding import queries, rules
from loftet.domain.understanding.models import LONGEST_NEED, Evidence, Finding, Need, Release

Evidences = Iterable[tuple[Release, Statement]]


@transaction.atomic
def add_finding(
    *, dialogue: Dialogue, text: str, statements: Evidences = (), by: Membership, at: datetime | None = None
) -> Finding:
    """Write something we heard, with the released figures it rests on. A draft may wait for its evidence."""
    at = at or clock.now()
    dialogue_rules.must(rules.may_write(by, dialogue, at))
    finding = Finding.objects.create(dialogue=dialogue, text=_worded(text), created_at=at)
    _set_evidence(finding, statements)
    data = changes({}, {"text": finding.text})
    journal.record(verb="understanding.finding_added", subject=finding, by=by, at=at, data=data)
    return finding


@transaction.atomic
def edit_finding(
    *,
    finding: Finding,
    by: Membership,
    text: str | None = None,
    statements: Evidences | None = None,
    at: datetime | None = None,
) -> Finding:
    """Change a draft's words, its evidence or both."""
    at = at or clock.now()
    _lock(finding)
    dialogue_rules.must(rules.may_write(by, finding.dialogue, at))
    _must_be_draft(finding)
    before = _finding_kept(finding)
    if text is not None:
        finding.text = _worded(text)
        finding.save(update_fields=["text"])
    if statements is not None:
        finding.evidence.all().delete()
        _set_evidence(finding, statements)
    data = changes(before, _finding_kept(finding))
    journal.record(verb="understanding.finding_edited", subject=finding, by=by, at=at, data=data)
    return finding


@transaction.atomic
def remove_finding(*, finding: Finding, by: Membership, at: datetime | None = None) -> None:
    """Throw a draft away."""
    at = at or clock.now()
    _lock(finding)
    dialogue_rules.must(rules.may_write(by, finding.dialogue, at))
    _must_be_draft(finding)
    if finding.needs.exists():
        raise DomainError("Ett behov bygger på det här. Ta bort det ur behovet först. Inget är ändrat.")
    data = changes({"text": finding.text}, {"text": None})
    journal.record(verb="understanding.finding_removed", subject=finding, by=by, at=at, data=data)
    finding.delete()


@transaction.atomic
def publish_findings(*, dialogue: Dialogue, by: Membership, at: datetime | None = None) -> list[Finding]:
    """Publish every draft finding of a dialogue, or none: each needs evidence and may point out nobody."""
    at = at or clock.now()
    dialogue_rules.must(rules.may_write(by, dialogue, at))
    drafts = list(queries.draft_findings(dialogue).select_for_update(of=("self",)))
    if not drafts:
        raise DomainError("Det finns inget nytt att publicera. Skriv först vad ni hörde.")
    for finding in drafts:
        _must_have_evidence(finding)
        _must_point_out_nobody(finding.text)
    for finding in drafts:
        finding.published_at = at
        finding.save(update_fields=["published_at"])
        journal.record(verb="understanding.finding_published", subject=finding, by=by, at=at)
    return drafts


@transaction.atomic
def add_need(
    *, dialogue: Dialogue, text: str, findings: Sequence[Finding], by: Membership, at: datetime | None = None
) -> Need:
    """Say in one sentence what residents need, drawn from what we heard."""
    at = at or clock.now()
    dialogue_rules.must(rules.may_write(by, dialogue, at))
    need = Need.objects.create(dialogue=dialogue, text=_sentence(text), created_at=at)
    _set_findings(need, findings)
    journal.record(verb="understanding.need_added", subject=need, by=by, at=at)
    return need


@transaction.atomic
def edit_need(
    *,
    need: Need,
    by: Membership,
    text: str | None = None,
    findings: Sequence[Finding] | None = None,
    at: datetime | None = None,
) -> Need:
    """Change the sentence, what it is drawn from or both. What is signed quotes it as it was."""
    at = at or clock.now()
    dialogue_rules.must(rules.may_write(by, need.dialogue, at))
    before = _need_kept(need)
    if text is not None:
        need.text = _sentence(text)
        need.save(update_fields=["text"])
    if findings is not None:
        _set_findings(need, findings)
    journal.record(verb="understanding.need_edited", subject=need, by=by, at=at, data=changes(before, _need_kept(need)))
    return need


def _finding_kept(finding: Finding) -> dict[str, Any]:
    numbers = finding.evidence.order_by("statement__number").values_list("statement__number", flat=True)
    return kept(finding, ["text"], evidence=[str(number) for number in numbers])


def _need_kept(need: Need) -> dict[str, Any]:
    return kept(need, ["text"], findings=need.findings.order_by("id").values_list("text", flat=True))


def _lock(finding: Finding) -> None:
    finding.refresh_from_db(from_queryset=Finding.objects.select_for_update(of=("self",)))


def _must_be_draft(finding: Finding) -> None:
    if rules.is_published(finding):
        raise DomainError("Det här är publicerat och ligger kvar som det är. Skriv något nytt om ni hörde mer.")


def _must_have_evidence(finding: Finding) -> None:
    if not finding.evidence.exists():
        raise DomainError(
            f"”{finding.text}” har inget belägg. Lägg till minst ett påstående med släppta tal, eller ta bort texten. "
            "Alla utkast är kvar."
        )


def _must_point_out_nobody(text: str) -> None:
    for hit in find_identifying(text):
        raise DomainError(
            f"”{text[hit.start : hit.end]}” kan peka ut en person. Skriv om det utan namn, nummer och bostadsadress. "
            "Inget är publicerat."
        )


def _worded(text: str) -> str:
    words = unicodedata.normalize("NFC", text).strip()
    if not words:
        raise DomainError("Skriv vad ni hörde. Inget är sparat.")
    return words


def _sentence(text: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        raise DomainError("Skriv behovet i en mening. Inget är sparat.")
    if len(words) > LONGEST_NEED:
        raise DomainError(f"Behovet får vara högst {LONGEST_NEED} tecken och är nu {len(words)}. Inget är sparat.")
    _must_point_out_nobody(words)
    return words


def _set_evidence(finding: Finding, statements: Evidences) -> None:
    for release, statement in dict.fromkeys(statements):
        if {release.dialogue_id, statement.dialogue_id} != {finding.dialogue_id}:
            raise DomainError("Belägget hör till en annan dialog. Inget är sparat.")
        if not queries.told_in(release, statement.number):
            raise DomainError(
                f"Påstående {statement.number} har inga tal i släppet, för det är nytt eller få har svarat på det. "
                "Inget är sparat. Välj ett annat påstående eller vänta till nästa släpp."
            )
        Evidence.objects.create(finding=finding, release=release, statement=statement)


def _set_findings(need: Need, findings: Sequence[Finding]) -> None:
    if not findings:
        raise DomainError("Ett behov bygger på något ni hörde. Välj minst ett. Inget är sparat.")
    if any(finding.dialogue_id != need.dialogue_id for finding in findings):
        raise DomainError("Det ni hörde kommer från en annan dialog. Inget är sparat.")
    need.findings.set(findings)

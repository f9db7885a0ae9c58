"""Reporting on measures and answering residents. Each party may always do both alone: silence freezes nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup.models import Feedback, FindingResponse, Report
from loftet.domain.followup.status import report_is_late
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership
from loftet.domain.plans.models import Measure
from loftet.domain.promises import queries as promises
from loftet.domain.promises.models import Promise
from loftet.domain.register import actions as register
from loftet.domain.signing import guard
from loftet.domain.understanding import queries as understanding
from loftet.domain.understanding.models import Finding
from loftet.ledger.canonical import canonical_bytes, decimal_text


@transaction.atomic
def report(
    *,
    measure: Measure,
    by: Membership,
    period_start: date,
    period_end: date,
    amount: Decimal | None = None,
    delivered: bool | None = None,
    hours: Decimal | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Report:
    """Say what was done on a measure in a period. Public at once; a correction is a new report on the same period."""
    at = at or clock.now()
    rules.must(by, "followup.report", partnership=measure.partnership, at=at)
    words = _promised_words(measure, at)
    _must_be_sensible(words, period_start, period_end, amount, delivered, clock.day_of(at))
    guard.refuse_identifying({"note": note})
    row = Report.objects.create(
        measure=measure,
        organisation=by.organisation,
        period_start=period_start,
        period_end=period_end,
        amount=amount,
        delivered=delivered,
        hours=hours,
        note=note.strip(),
        is_late=report_is_late(period_end, clock.day_of(at)),
        reported_at=at,
    )
    register.append(kind="report", subject=row.public_id, parts={"report": _report_text(row)}, at=at)
    journal.record(verb="followup.reported", subject=measure, by=by, at=at, data={"report": row.public_id})
    return row


@transaction.atomic
def draft_feedback(*, dialogue: Dialogue, by: Membership, introduction: str, at: datetime | None = None) -> Feedback:
    """Start one's own organisation's answer to a dialogue, or change its introduction."""
    at = at or clock.now()
    rules.must(by, "followup.answer", partnership=dialogue.partnership, at=at)
    feedback = Feedback.objects.filter(dialogue=dialogue, organisation=by.organisation, published_at=None).first()
    feedback = feedback or Feedback(dialogue=dialogue, organisation=by.organisation, created_at=at)
    before = kept(feedback, ["introduction"])
    feedback.introduction = introduction.strip()
    feedback.save()
    journal.record(
        verb="followup.feedback_drafted",
        subject=feedback,
        by=by,
        at=at,
        data=changes(before, kept(feedback, ["introduction"])),
        only_for=by.organisation,
    )
    return feedback


@transaction.atomic
def respond(
    *,
    feedback: Feedback,
    finding: Finding,
    by: Membership,
    outcome: str,
    text: str,
    promise: Promise | None = None,
    at: datetime | None = None,
) -> FindingResponse:
    """Say what happens with one finding: promised, done, not done and why, or passed on to whom."""
    at = at or clock.now()
    _must_own_draft(feedback, by, at)
    if finding.dialogue_id != feedback.dialogue_id:
        raise DomainError("Det hör till en annan dialog. Inget är sparat.")
    if not text.strip():
        raise DomainError("Skriv ett svar, även när svaret är nej. Inget är sparat.")
    if outcome != FindingResponse.Outcome.PROMISED:
        promise = None
    elif promise is None or promises.public_promise_by_id(promise.public_id, at) is None:
        raise DomainError("”Lovat” behöver ett löfte som gäller. Välj ett, eller ett annat utfall. Inget är sparat.")
    before = _response_kept(feedback, finding)
    response, _ = FindingResponse.objects.update_or_create(
        feedback=feedback, finding=finding, defaults={"outcome": outcome, "text": text.strip(), "promise": promise}
    )
    journal.record(
        verb="followup.responded",
        subject=feedback,
        by=by,
        at=at,
        data={
            "finding": finding.public_id,
            "outcome": outcome,
            **changes(before, _response_kept(feedback, finding)),
        },
        only_for=by.organisation,
    )
    return response


@transaction.atomic
def publish_feedback(*, feedback: Feedback, by: Membership, at: datetime | None = None) -> Feedback:
    """Publish the answer. Every published finding needs one; a party may publish alone."""
    at = at or clock.now()
    _must_own_draft(feedback, by, at)
    findings = list(understanding.findings(feedback.dialogue, published_only=True))
    answered = set(feedback.responses.values_list("finding_id", flat=True))
    missing = [finding for finding in findings if finding.pk not in answered]
    if not findings:
        raise DomainError("Publicera först det ni hörde. Svaret är kvar som utkast.")
    if missing:
        raise DomainError(f"Svara också på: ”{missing[0].text}” ({len(missing)} kvar). Svaret är kvar som utkast.")
    guard.refuse_identifying({"texts": [feedback.introduction, *feedback.responses.values_list("text", flat=True)]})
    feedback.published_at = at
    feedback.save()
    register.append(
        kind="feedback.published", subject=feedback.public_id, parts={"feedback": _feedback_text(feedback)}, at=at
    )
    journal.record(verb="followup.feedback_published", subject=feedback, by=by, at=at)
    return feedback


def _response_kept(feedback: Feedback, finding: Finding) -> dict[str, Any]:
    rows = FindingResponse.objects.filter(feedback=feedback, finding=finding)
    return dict(rows.values("outcome", "text", promised=F("promise__title")).first() or {})


def _promised_words(measure: Measure, at: datetime):
    for shown in promises.promises_with_measure(measure.public_id, at):
        return next(words for words in shown.words.measures if words.id == measure.public_id)
    raise DomainError("Åtgärden ingår inte i något löfte som gäller. Rapportera när båda parter har skrivit under.")


def _must_be_sensible(words, period_start, period_end, amount, delivered, today) -> None:
    if period_end < period_start:
        raise DomainError("Periodens slut ligger före dess början. Inget är sparat.")
    if period_start > today:
        raise DomainError(
            "Perioden har inte börjat. Det som bara är planerat kan inte rapporteras som gjort. Inget är sparat."
        )
    if period_end < words.starts or period_start > words.ends:
        raise DomainError("Perioden ligger utanför åtgärdens tid. Inget är sparat.")
    if words.amount is not None and (amount is None or amount < 0):
        raise DomainError(f"Skriv hur många ({words.unit}) som är gjorda, 0 eller fler. Inget är sparat.")
    if words.amount is None and delivered is None:
        raise DomainError("Svara ja eller nej på om det är på plats. Inget är sparat.")


def _must_own_draft(feedback: Feedback, by: Membership, at: datetime) -> None:
    rules.must(by, "followup.answer", partnership=feedback.dialogue.partnership, at=at)
    if feedback.organisation_id != by.organisation_id:
        raise DomainError("Det här är den andra partens svar. Ni kan skriva ett eget. Inget är ändrat.")
    if feedback.published_at is not None:
        raise DomainError("Svaret är publicerat och ändras inte. Skriv ett nytt om något har hänt.")


def _report_text(row: Report) -> str:
    return _text(
        {
            "measure": row.measure.public_id,
            "organisation": row.organisation.public_id,
            "from": row.period_start.isoformat(),
            "to": row.period_end.isoformat(),
            "amount": None if row.amount is None else decimal_text(Decimal(row.amount)),
            "delivered": row.delivered,
            "note": row.note,
            "late": row.is_late,
        }
    )


def _feedback_text(feedback: Feedback) -> str:
    responses = feedback.responses.select_related("finding", "promise").order_by("id")
    return _text(
        {
            "dialogue": feedback.dialogue.public_id,
            "organisation": feedback.organisation.public_id,
            "introduction": feedback.introduction,
            "responses": [
                {
                    "finding": r.finding.public_id,
                    "heard": r.finding.text,
                    "outcome": r.outcome,
                    "text": r.text,
                    "promise": r.promise.public_id if r.promise else None,
                }
                for r in responses
            ],
        }
    )


def _text(value: dict) -> str:
    return canonical_bytes(value).decode()

"""Writing a promise, putting it forward and signing it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.indicators.models import Series
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places.models import Municipality
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Measure
from loftet.domain.promises.content import PromiseText, words_of
from loftet.domain.promises.models import Promise, PromiseMeasure, Target
from loftet.domain.promises.sharpness import sharpness
from loftet.domain.signing import actions as signing
from loftet.domain.signing import guard
from loftet.domain.signing import queries as signatures
from loftet.domain.signing.confirmation import Confirmation
from loftet.domain.signing.models import Paper, Signature, Version
from loftet.domain.situation.models import Problem

DOCUMENT_KIND = "promise"
WORDS = ("title", "summary", "followup", "report_every", "no_dialogue_reason", "one_party_reason", "no_target_reason")


@transaction.atomic
def draft_promise(
    *,
    by: Membership,
    partnership: Partnership,
    municipality: Municipality,
    problem: Problem,
    starts: date,
    ends: date,
    at: datetime | None = None,
    **words: Any,
) -> Promise:
    """Start a promise about a problem. `words` are those named in `WORDS`; a draft is private to the partnership."""
    at = at or clock.now()
    rules.must(by, "promises.write", partnership=partnership, at=at)
    rules.must_not_be_over(partnership, at)
    if problem.picture.partnership_id != partnership.pk:
        raise DomainError("Problemet hör till ett annat partnerskap. Välj ett problem ur er egen problembild.")
    promise = Promise(
        partnership=partnership,
        municipality=municipality,
        problem=problem,
        document=signing.open_document(kind=DOCUMENT_KIND, partnership=partnership, at=at),
        created_at=at,
    )
    _write(promise, starts, ends, words)
    journal.record(verb="promises.drafted", subject=promise, by=by, at=at)
    return promise


@transaction.atomic
def edit_promise(
    *,
    promise: Promise,
    by: Membership,
    starts: date,
    ends: date,
    problem: Problem | None = None,
    at: datetime | None = None,
    **words: Any,
) -> Promise:
    """Change the working copy. What is signed stays as it was signed until both sign a new version."""
    rules.must(by, "promises.write", partnership=promise.partnership, at=at)
    before = _kept(promise)
    if problem is not None:
        if problem.picture.partnership_id != promise.partnership_id:
            raise DomainError("Problemet hör till ett annat partnerskap. Välj ett problem ur er egen problembild.")
        promise.problem = problem
    _write(promise, starts, ends, words)
    journal.record(verb="promises.edited", subject=promise, by=by, at=at, data=changes(before, _kept(promise)))
    return promise


@transaction.atomic
def include_measure(
    *, promise: Promise, measure: Measure, by: Membership, at: datetime | None = None
) -> PromiseMeasure:
    """Let the promise select a measure of the same partnership."""
    rules.must(by, "promises.write", partnership=promise.partnership, at=at)
    if measure.partnership_id != promise.partnership_id:
        raise DomainError("Åtgärden hör till ett annat partnerskap. Inget är ändrat.")
    last = promise.lines.aggregate(last=Max("number"))["last"] or 0
    line, _ = PromiseMeasure.objects.get_or_create(promise=promise, measure=measure, defaults={"number": last + 1})
    data = {"measure": measure.public_id, **changes({"measure": None}, {"measure": measure.text})}
    journal.record(verb="promises.measure_included", subject=promise, by=by, at=at, data=data)
    return line


@transaction.atomic
def add_measure(*, promise: Promise, by: Membership, at: datetime | None = None, **words: Any) -> Measure:
    """Write a new measure and let the promise select it. `words` are those of `plans.actions.add_measure`."""
    measure = plans.add_measure(by=by, partnership=promise.partnership, at=at, **words)
    include_measure(promise=promise, measure=measure, by=by, at=at)
    return measure


@transaction.atomic
def leave_out_measure(*, promise: Promise, measure: Measure, by: Membership, at: datetime | None = None) -> None:
    """Take a measure out of the working copy; the measure itself stays."""
    rules.must(by, "promises.write", partnership=promise.partnership, at=at)
    promise.lines.filter(measure=measure).delete()
    data = {"measure": measure.public_id, **changes({"measure": measure.text}, {"measure": None})}
    journal.record(verb="promises.measure_left_out", subject=promise, by=by, at=at, data=data)


@transaction.atomic
def add_target(
    *,
    promise: Promise,
    by: Membership,
    series: Series,
    baseline: Decimal,
    baseline_period: str,
    value: Decimal,
    due: date,
    method: str,
    at: datetime | None = None,
) -> Target:
    """Set a target: from a baseline to a value by a day, counted in a way that is fixed when both sign."""
    rules.must(by, "promises.write", partnership=promise.partnership, at=at)
    if (series.good == Series.Good.DOWN and value >= baseline) or (series.good == Series.Good.UP and value <= baseline):
        direction = "lägre" if series.good == Series.Good.DOWN else "högre"
        raise DomainError(f"För det här måttet är {direction} bättre, men målet går åt andra hållet. Inget är sparat.")
    try:
        with transaction.atomic():
            target = Target.objects.create(
                promise=promise,
                series=series,
                baseline=baseline,
                baseline_period=baseline_period,
                value=value,
                due=due,
                method=method,
            )
    except IntegrityError as fault:
        raise DomainError("Det finns redan ett mål för det måttet. Inget är sparat.") from fault
    data = {"series": series.public_id, **changes({}, _target_kept(target))}
    journal.record(verb="promises.target_added", subject=promise, by=by, at=at, data=data)
    return target


@transaction.atomic
def remove_target(*, target: Target, by: Membership, at: datetime | None = None) -> None:
    """Take a target out of the working copy."""
    rules.must(by, "promises.write", partnership=target.promise.partnership, at=at)
    gone = _target_kept(target)
    data = {"series": target.series.public_id, **changes(gone, dict.fromkeys(gone))}
    journal.record(verb="promises.target_removed", subject=target.promise, by=by, at=at, data=data)
    target.delete()


@transaction.atomic
def propose(*, promise: Promise, by: Membership, at: datetime | None = None) -> Version:
    """Put the promise forward for both to sign, sharp or not: its label follows the words."""
    rules.must(by, "promises.write", partnership=promise.partnership, at=at)
    words = words_of(promise)
    if not words.measures:
        raise DomainError("Löftet har inga åtgärder än. Lägg till minst en innan ni lägger fram det. Utkastet är kvar.")
    content = words.as_content()
    guard.refuse_identifying(content)
    return signing.propose(document=promise.document, content=content, by=by, at=at)


@transaction.atomic
def sign(
    *, version: Version, digest: str, by: Membership, title: str, confirmation: Confirmation, at: datetime | None = None
) -> Signature:
    """Sign a promise; when the last party signs, it is in force, public and in the register."""
    at = at or clock.now()
    signature = signing.sign(version=version, digest=digest, by=by, title=title, confirmation=confirmation, at=at)
    _act_when_in_force(version, by, at)
    return signature


@transaction.atomic
def answer_paper(
    *, paper: Paper, is_right: bool, by: Membership, reason: str = "", at: datetime | None = None
) -> list[Signature]:
    """Say whether a promise signed by hand is right. When all have signed, it is in force as by any signature."""
    at = at or clock.now()
    signatures_made = signing.answer_paper(paper=paper, is_right=is_right, by=by, reason=reason, at=at)
    _act_when_in_force(paper.version, by, at)
    return signatures_made


def _act_when_in_force(version: Version, by: Membership, at: datetime) -> None:
    if current := signatures.came_in_force(version):
        _publish(Promise.objects.select_related("partnership").get(document=version.document), current, by, at)


def _publish(promise: Promise, version: Version, by: Membership, at: datetime) -> None:
    signing.publish_in_force(
        kind=DOCUMENT_KIND,
        subject=promise,
        scope="medborgarloften",
        version=version,
        verb="promises.in_force",
        by=by,
        at=at,
        label=sharpness(PromiseText.from_content(signatures.content(version))).label,
    )


def _kept(promise: Promise) -> dict[str, Any]:
    return kept(promise, (*WORDS, "starts", "ends", "problem__title"))


def _target_kept(target: Target) -> dict[str, Any]:
    told = kept(target, ("baseline", "baseline_period", "value", "due", "method"))
    return {"series": target.series.title, **told}


def _write(promise: Promise, starts: date, ends: date, words: dict[str, Any]) -> None:
    if ends < starts:
        raise DomainError("Slutdatumet ligger före startdatumet. Inget är sparat.")
    promise.starts, promise.ends = starts, ends
    for name, value in words.items():
        if name not in WORDS:
            raise ValueError(f"a promise has no {name!r}")
        setattr(promise, name, value)
    promise.save()

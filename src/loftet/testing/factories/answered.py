"""What became of it: reports on measures, and the answer to those who took part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from loftet.domain.base import clock
from loftet.domain.followup import actions as followup
from loftet.domain.followup.models import Feedback, Report
from loftet.domain.plans.models import Measure
from loftet.domain.promises.models import Promise
from loftet.domain.understanding.models import Finding
from loftet.testing.cast import Cast


def make_report(cast: Cast, measure: Measure, *, at: datetime | None = None, **told) -> Report:
    """Report on a measure for its first quarter."""
    at = at or clock.now()
    is_amount = measure.amount is not None
    return followup.report(
        measure=measure,
        by=cast.police_coordinator if cast.police in measure.organisations.all() else cast.coordinator,
        at=at,
        **{
            "period_start": measure.starts,
            "period_end": min(measure.starts + timedelta(days=89), clock.day_of(at), measure.ends),
            "amount": Decimal(20) if is_amount else None,
            "delivered": None if is_amount else True,
            **told,
        },
    )


def make_feedback(
    cast: Cast,
    findings: Sequence[Finding],
    *,
    promise: Promise | None = None,
    is_published: bool = True,
    at: datetime | None = None,
) -> Feedback:
    """Answer those who took part, finding by finding: promised if there is a promise, else not done and why."""
    at = at or clock.now()
    feedback = followup.draft_feedback(
        dialogue=findings[0].dialogue, by=cast.coordinator, introduction="Tack för era svar. Så här gör vi.", at=at
    )
    for finding in findings:
        followup.respond(
            feedback=feedback,
            finding=finding,
            by=cast.coordinator,
            outcome="promised" if promise else "not_done",
            text="Vi har lovat det." if promise else "Vi har inte råd i år.",
            promise=promise,
            at=at,
        )
    if is_published:
        followup.publish_feedback(feedback=feedback, by=cast.coordinator, at=at)
    return feedback

"""What became of promises, and the answers to residents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup.models import Feedback, FindingResponse, Report
from loftet.domain.followup.status import (
    Did,
    Measured,
    MeasureStatus,
    Reported,
    TargetStatus,
    measure_status,
    target_status,
)
from loftet.domain.indicators import queries as indicators
from loftet.domain.indicators.models import Measurement
from loftet.domain.parties.models import Partnership
from loftet.domain.promises import queries as promises
from loftet.domain.promises.content import MeasureText, TargetText
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.records.holdings import Holding


@dataclass(frozen=True)
class MeasureFollowup:
    """A measure as signed, its reports and its status."""

    measure: MeasureText
    reports: tuple[Report, ...]
    status: MeasureStatus


@dataclass(frozen=True)
class TargetFollowup:
    """A target as signed, its measurements and its status."""

    target: TargetText
    measurements: tuple[Measurement, ...]
    status: TargetStatus


@dataclass(frozen=True)
class PromiseFollowup:
    """The two facts of a promise, side by side and never merged."""

    shown: PublicPromise
    measures: tuple[MeasureFollowup, ...]
    targets: tuple[TargetFollowup, ...]

    @property
    def late(self) -> tuple[MeasureFollowup, ...]:
        """Measures whose report is overdue."""
        return tuple(row for row in self.measures if row.status.did is Did.OVERDUE)


def promise_followup(shown: PublicPromise, at: datetime | None = None) -> PromiseFollowup:
    """The two facts of one promise, as of a moment."""
    return promises_followup([shown], at)[0]


def promises_followup(shown: list[PublicPromise], at: datetime | None = None) -> list[PromiseFollowup]:
    """The same for several promises, in as many queries as for one."""
    at = at or clock.now()
    reports = _reports([measure.id for one in shown for measure in one.words.measures], at)
    values = indicators.values_of([target.series.id for one in shown for target in one.words.targets], at)
    return [_followup(one, reports, values, at) for one in shown]


def measure_followup(public_id: str, at: datetime | None = None) -> MeasureFollowup | None:
    """One measure of a promise in force; None when no promise in force holds it."""
    shown = promises.promises_with_measure(public_id, at)
    rows = (row for followup in promises_followup(shown, at) for row in followup.measures)
    return next((row for row in rows if row.measure.id == public_id), None)


def states_by_municipality(at: datetime | None = None) -> dict[int, str]:
    """How each municipality with promises stands: running, late or expired. One not named is unknown to Löftet."""
    at = at or clock.now()
    today = clock.day_of(at)
    states: dict[int, str] = {}
    order = ["expired", "running", "late"]
    for followup in promises_followup(promises.all_public_promises(at), at):
        words = followup.shown.words
        state = "late" if followup.late else "running" if words.ends >= today else "expired"
        for municipality in followup.shown.promise.partnership.municipalities.all():
            states[municipality.pk] = max(states.get(municipality.pk, state), state, key=order.index)
    return states


def feedback_for(dialogue: Dialogue):
    """The published answers to a dialogue's participants, with what happens with each finding."""
    return (
        Feedback.objects.filter(dialogue=dialogue, published_at__isnull=False)
        .select_related("organisation")
        .prefetch_related("responses__finding", "responses__promise__municipality")
    )


def drafts_of_feedback(dialogue: Dialogue):
    """All answers to a dialogue, drafts too: for the workspace."""
    return (
        Feedback.objects.filter(dialogue=dialogue).select_related("organisation").prefetch_related("responses__finding")
    )


def feedback_owed(dialogues, at: datetime | None = None) -> list[Dialogue]:
    """Closed dialogues that nobody has answered yet."""
    at = at or clock.now()
    answered = set(
        Feedback.objects.filter(dialogue__in=dialogues, published_at__isnull=False).values_list(
            "dialogue_id", flat=True
        )
    )
    return [dialogue for dialogue in dialogues if dialogue.is_closed(at) and dialogue.pk not in answered]


def _reports(measure_ids: list[str], at: datetime) -> dict[str, list[Report]]:
    rows = Report.objects.filter(measure__public_id__in=measure_ids, reported_at__lte=at).select_related(
        "measure", "organisation"
    )
    found: dict[str, list[Report]] = defaultdict(list)
    for row in rows.order_by("id"):
        found[row.measure.public_id].append(row)
    return found


def _followup(
    shown: PublicPromise, reports: dict[str, list[Report]], values: dict[str, list[Measurement]], at: datetime
) -> PromiseFollowup:
    today, words = clock.day_of(at), shown.words
    measures = []
    for measure in words.measures:
        rows = reports.get(measure.id, [])
        told = [Reported(r.period_start, r.period_end, r.amount, r.delivered) for r in rows]
        measures.append(MeasureFollowup(measure, tuple(rows), measure_status(measure, told, words.report_every, today)))
    targets = []
    for target in words.targets:
        measured = values.get(target.series.id, [])
        seen = [Measured(m.period_start, m.period_end, m.value, m.low, m.high) for m in measured]
        targets.append(TargetFollowup(target, tuple(measured), target_status(target, seen, today)))
    return PromiseFollowup(shown, tuple(measures), tuple(targets))


def holdings(partnership: Partnership) -> list[Holding]:
    """What is kept of the partnership's reports and answers."""
    return [
        Holding(Report.objects.filter(measure__partnership=partnership)),
        Holding(Feedback.objects.filter(dialogue__partnership=partnership)),
        Holding(FindingResponse.objects.filter(feedback__dialogue__partnership=partnership)),
    ]

"""The words of a promise as they are signed: problem, measures, targets with their locked yardstick, follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loftet.domain.plans.models import Measure
from loftet.domain.promises.models import Promise, Target
from loftet.domain.signing.canonical import plain, rebuild
from loftet.domain.situation import queries as situation
from loftet.domain.situation.content import (
    PartyText,
    PlaceText,
    ProblemText,
    parties_of,
    places_of,
    problem_words,
)

FORM = "loftet.promise/1"


@dataclass(frozen=True)
class MeasureText:
    """A measure as it is signed. `parties` are the ids of those who are responsible."""

    id: str
    parties: tuple[PartyText, ...]
    text: str
    kind: str
    depends_on: str
    amount: Decimal | None
    unit: str
    per: str
    aggregation: str
    deliverable: str
    where: str
    when: str
    starts: date
    ends: date


@dataclass(frozen=True)
class SeriesText:
    """What is measured, how, and by whom, as it was when both signed."""

    id: str
    title: str
    measures: str
    does_not_measure: str
    unit: str
    nature: str
    good: str
    enforcement_driven: bool
    source: str


@dataclass(frozen=True)
class TargetText:
    """From baseline to target by a day. Counting differently later is a new version."""

    id: str
    series: SeriesText
    baseline: Decimal
    baseline_period: str
    value: Decimal
    due: date
    method: str


@dataclass(frozen=True)
class PromiseText:
    """A promise as it is signed."""

    form: str
    id: str
    title: str
    summary: str
    starts: date
    ends: date
    places: tuple[PlaceText, ...]
    parties: tuple[PartyText, ...]
    problem: ProblemText
    measures: tuple[MeasureText, ...]
    targets: tuple[TargetText, ...]
    followup: str
    report_every: str
    no_dialogue_reason: str
    one_party_reason: str
    no_target_reason: str

    def as_content(self) -> dict:
        """Plain data, ready to be frozen."""
        return plain(self)

    @classmethod
    def from_content(cls, content: dict) -> PromiseText:
        """The same words read back from a signed version."""
        return rebuild(cls, content)


def words_of(promise: Promise) -> PromiseText:
    """The promise's working copy in the form that is signed, with the problem as both signed it where they have."""
    return PromiseText(
        form=FORM,
        id=promise.public_id,
        title=promise.title,
        summary=promise.summary,
        starts=promise.starts,
        ends=promise.ends,
        places=places_of(promise.partnership),
        parties=parties_of(promise.partnership),
        problem=situation.in_force_problem(promise.problem) or problem_words(promise.problem),
        measures=tuple(
            measure_words(line.measure)
            for line in promise.lines.select_related("measure").prefetch_related("measure__organisations")
        ),
        targets=tuple(_target_words(target) for target in promise.targets.select_related("series")),
        followup=promise.followup,
        report_every=promise.report_every,
        no_dialogue_reason=promise.no_dialogue_reason,
        one_party_reason=promise.one_party_reason,
        no_target_reason=promise.no_target_reason,
    )


def measure_words(measure: Measure) -> MeasureText:
    """A measure's working copy in the form that is signed."""
    return MeasureText(
        id=measure.public_id,
        parties=tuple(PartyText(o.public_id, o.kind, o.name) for o in measure.organisations.all()),
        text=measure.text,
        kind=measure.kind,
        depends_on=measure.depends_on,
        amount=measure.amount,
        unit=measure.unit,
        per=measure.per,
        aggregation=measure.aggregation,
        deliverable=measure.deliverable,
        where=measure.where,
        when=measure.when,
        starts=measure.starts,
        ends=measure.ends,
    )


def _target_words(target: Target) -> TargetText:
    series = target.series
    return TargetText(
        id=target.public_id,
        series=SeriesText(
            id=series.public_id,
            title=series.title,
            measures=series.measures,
            does_not_measure=series.does_not_measure,
            unit=series.unit,
            nature=series.nature,
            good=series.good,
            enforcement_driven=series.enforcement_driven,
            source=series.source,
        ),
        baseline=target.baseline,
        baseline_period=target.baseline_period,
        value=target.value,
        due=target.due,
        method=target.method,
    )

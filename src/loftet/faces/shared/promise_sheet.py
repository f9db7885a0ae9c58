"""From a promise's words to the receipt: amounts, periods and people in words, statuses and charts beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from loftet.domain.followup.queries import MeasureFollowup, PromiseFollowup, TargetFollowup
from loftet.domain.followup.status import Did, Helped, promised_amount
from loftet.domain.promises.content import MeasureText, PromiseText, TargetText
from loftet.domain.promises.sharpness import Sharpness
from loftet.domain.situation.content import ProblemText, SourceText
from loftet.domain.situation.models import ProblemSource
from loftet.faces.shared import text
from loftet.faces.shared.charts import Chart, Point, done_bar, series_chart
from loftet.faces.shared.receipt import (
    Answer,
    Band,
    MeasureLine,
    ProblemPart,
    Receipt,
    SignatureLine,
    Source,
    TargetLine,
    Voices,
)

_DID = {
    Did.DONE: ("gjord", "gjorda"),
    Did.RUNNING: ("pågår", "pågår"),
    Did.UPCOMING: ("har inte börjat", "har inte börjat"),
    Did.DUE: ("ska rapporteras nu", "ska rapporteras nu"),
    Did.OVERDUE: ("har en sen rapport", "har sena rapporter"),
    Did.PARTLY_DONE: ("delvis gjord", "delvis gjorda"),
    Did.NOT_DONE: ("inte gjord", "inte gjorda"),
}
_LIMIT = {"down": "högst", "up": "minst"}
_HELPED = {
    Helped.REACHED: ("målet är nått", "mål är nådda"),
    Helped.NOT_REACHED: ("målet är inte nått", "mål är inte nådda"),
    Helped.CANNOT_BE_JUDGED: ("målet går inte att bedöma", "mål går inte att bedöma"),
    Helped.TOO_EARLY: ("det är för tidigt att säga", "mål är det för tidigt att säga något om"),
}


@dataclass(frozen=True)
class Placed:
    """What the page around the receipt knows: addresses, codes and marks."""

    register_code: str = ""
    register_url: str = ""
    versions: str = ""
    versions_url: str = ""
    heard: str = ""
    chain_url: str = ""
    address: str = ""
    simulated: str = ""
    qr: SafeString = field(default=SafeString(""))
    heading_level: int = 1
    key: str = "kvitto"
    # Where the dialogues behind the problem are shown, by their permanent id.
    dialogues: Mapping[str, str] = field(default_factory=dict)


def sheet(
    words: PromiseText,
    *,
    judged: Sharpness,
    followup: PromiseFollowup | None = None,
    signatures: tuple[SignatureLine, ...] = (),
    placed: Placed | None = None,
) -> Receipt:
    """The receipt of a promise. Without `followup` it shows only what is promised, as before signing."""
    placed = placed or Placed()
    measures = {row.measure.id: row for row in followup.measures} if followup else {}
    targets = {row.target.id: row for row in followup.targets} if followup else {}
    return Receipt(
        band=Band(text.joined(place.name for place in words.places), text.years(words.starts, words.ends)),
        title=words.title,
        summary=words.summary,
        label="sharp" if judged.is_sharp else "ambition",
        missing=tuple(gap.sentence for gap in judged.gaps),
        problem=_problem(words.problem, placed.dialogues),
        measures=tuple(_measure(m, measures.get(m.id), f"{placed.key}-m{i}") for i, m in enumerate(words.measures)),
        targets=tuple(sheet_target(t, targets.get(t.id), f"{placed.key}-t{i}") for i, t in enumerate(words.targets)),
        followup=words.followup,
        no_target_reason=words.no_target_reason,
        did_we=did_we(followup) if followup else "",
        did_it_help=did_it_help(followup) if followup else "",
        voices=_voices(followup) if followup else None,
        signatures=signatures or tuple(SignatureLine(party.name) for party in words.parties),
        register_code=placed.register_code,
        register_url=placed.register_url,
        versions=placed.versions,
        versions_url=placed.versions_url,
        heard=placed.heard,
        chain_url=placed.chain_url,
        address=placed.address,
        simulated=placed.simulated,
        qr=placed.qr,
        heading_level=placed.heading_level,
        key=placed.key,
    )


def did_we(followup: PromiseFollowup) -> str:
    """*Gjorde vi det?* in one sentence: how many measures stand where. Never a percentage."""
    counted = Counter(row.status.did for row in followup.measures)
    parts = [f"{text.number_word(n)} {_DID[did][n != 1]}" for did in _DID if (n := counted[did])]
    total = len(followup.measures)
    return f"Av {text.number_word(total)} {text.plural(total, 'åtgärd', 'åtgärder')}: {text.joined(parts)}."


def did_it_help(followup: PromiseFollowup) -> str:
    """*Hjälpte det?* in one sentence."""
    if not followup.targets:
        return "Löftet har inget mål som mäts."
    if len(followup.targets) == 1:
        status = followup.targets[0].status
        return f"{text.capital(_HELPED[status.helped][0])}. {status.why}"
    counted = Counter(row.status.helped for row in followup.targets)
    parts = [f"{text.number_word(n)} {_HELPED[helped][1]}" for helped in _HELPED if (n := counted[helped])]
    return f"{text.capital(text.joined(parts))}."


def _problem(problem: ProblemText, dialogues: Mapping[str, str]) -> ProblemPart:
    return ProblemPart(
        what=problem.what,
        where=problem.where,
        when=problem.when,
        for_whom=problem.for_whom,
        extent=problem.extent,
        sources=tuple(
            Source(source_name(source), text.day(source.dated), dialogues.get(source.dialogue) or source.url)
            for source in problem.sources
        ),
    )


def source_name(source: SourceText) -> str:
    """A source's title, with what kind of source it is unless the title says so."""
    kind = dict(ProblemSource.Kind.choices).get(source.kind, source.kind)
    return source.title if kind.lower() in source.title.lower() else f"{source.title} ({kind})"


def _measure(measure: MeasureText, row: MeasureFollowup | None, key: str) -> MeasureLine:
    return MeasureLine(
        text=measure.text if measure.kind == "do" else f"Arbeta för: {measure.text}",
        amount=amount(measure),
        who=text.capital(text.joined(party.name for party in measure.parties)),
        when=measure.when,
        where=measure.where,
        depends_on=measure.depends_on,
        status=row.status.did.value if row else "",
        why=row.status.why if row else "",
        source=_latest_report(row) if row else None,
        bar=_bar(measure, row, key) if row else None,
    )


def amount(measure: MeasureText) -> str:
    """How much is promised, or what will be in place."""
    if measure.amount is not None:
        return text.amount_in_words(measure.amount, measure.unit, measure.per, measure.aggregation)
    return measure.deliverable or "mängden är inte angiven"


def _latest_report(row: MeasureFollowup) -> Source | None:
    if not row.reports:
        return None
    report = row.reports[-1]
    late = ", sent" if report.is_late else ""
    note = f": {report.note.rstrip('.')}" if report.note else ""
    return Source(f"{report.organisation.name} rapporterade{late}{note}", text.day(report.reported_at))


def _bar(measure: MeasureText, row: MeasureFollowup, key: str) -> Chart | None:
    if row.status.promised is None or row.status.promised <= 0:
        return None
    return done_bar(
        row.status.done,
        row.status.promised,
        measure.unit,
        key=key,
        late=row.status.did is Did.OVERDUE,
        expected_so_far=_expected_by_reports(measure, row),
    )


def _expected_by_reports(measure: MeasureText, row: MeasureFollowup) -> Decimal | None:
    """What should be done by the last day reported on. Compared with today, the unreported would count as missing."""
    if not row.reports:
        return None
    return promised_amount(measure, max(report.period_end for report in row.reports))


def sheet_target(target: TargetText, row: TargetFollowup | None = None, key: str = "") -> TargetLine:
    """A target in words, with its status and chart when it is followed up."""
    series = target.series
    unit = series.unit
    return TargetLine(
        title=series.title,
        baseline=f"{text.number(target.baseline)} {unit} ({target.baseline_period})",
        goal=f"{_LIMIT[series.good]} {text.number(target.value)} {unit} senast {text.day(target.due)}",
        method=target.method,
        source=series.source,
        caution=series.does_not_measure and f"Siffran säger inte: {series.does_not_measure}",
        status=row.status.helped.value if row else "",
        why=row.status.why if row else "",
        chart=_chart(target, row, key) if row else None,
    )


def _chart(target: TargetText, row: TargetFollowup, key: str) -> Chart:
    points = [Point(_short(m.period_start, m.period_end), m.value, m.low, m.high) for m in row.measurements]
    return series_chart(
        points,
        baseline=target.baseline,
        target=target.value,
        due=target.due,
        unit=target.series.unit,
        title=target.series.title,
        good=target.series.good,
        key=key,
    )


def _short(first, last) -> str:
    """A measured period in few letters: the year when it is a year, else month and year."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    months = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
    return f"{months[first.month - 1]} {first.year}"


def _voices(followup: PromiseFollowup) -> Voices:
    told = [report for row in followup.measures for report in row.reports if report.note]
    latest = max(told, key=lambda report: report.reported_at, default=None)
    measured = [m for row in followup.targets for m in row.measurements if m.period_end >= followup.shown.words.starts]
    parties = (
        Answer(latest.note, Source(latest.organisation.name, text.day(latest.reported_at))) if latest else Answer()
    )
    return Voices(parties=parties, measurement=_measured(followup, measured[-1]) if measured else Answer())


def _measured(followup: PromiseFollowup, latest) -> Answer:
    row = next(row for row in followup.targets if latest in row.measurements)
    unit = row.target.series.unit
    between = "" if latest.low is None else f" (troligen {text.number(latest.low)}–{text.number(latest.high)})"
    n = "" if latest.n is None else f", {text.counted(latest.n, 'svar', 'svar')}"
    words = f"{row.target.series.title}: {text.number(latest.value)} {unit}{between}{n}. {row.status.why}"
    return Answer(words, Source(row.target.series.source, text.day(latest.period_end)))

"""Signed words as lines to read, and what changed between two versions in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from loftet.domain.plans.content import AgreementText
from loftet.domain.promises.content import MeasureText, PromiseText, TargetText
from loftet.domain.situation.content import PictureText, ProblemText
from loftet.faces.shared import text
from loftet.faces.shared.promise_sheet import amount, sheet_target, source_name


@dataclass(frozen=True)
class Line:
    """One thing that a document says: under which heading, and the words. `under` names the thing that it is about."""

    heading: str
    words: str
    under: str = ""


@dataclass(frozen=True)
class Change:
    """A line that was taken away (`removed`) or came (`added`)."""

    kind: str
    line: Line


def promise_lines(words: PromiseText) -> list[Line]:
    """Everything a promise says, line by line, in a fixed order."""
    lines = [
        Line("Rubrik", words.title),
        Line("I korthet", words.summary),
        Line("Period", text.period(words.starts, words.ends)),
        *_problem_lines(words.problem),
    ]
    for measure in words.measures:
        lines += _measure_lines(measure, words)
    for target in words.targets:
        lines += _target_lines(target)
    lines += [
        Line("Så följer vi upp", words.followup),
        Line("Varför ingen dialog", words.no_dialogue_reason),
        Line("Varför bara en part har åtgärder", words.one_party_reason),
        Line("Varför effekten inte mäts", words.no_target_reason),
    ]
    return [line for line in lines if line.words]


def picture_lines(words: PictureText) -> list[Line]:
    """Everything a joint picture says, line by line, in a fixed order."""
    lines = [
        Line("Rubrik", words.title),
        Line("I korthet", words.summary),
        Line("Period", text.period(words.starts, words.ends)),
    ]
    for problem in words.problems:
        lines += _problem_lines(problem)
    return [line for line in lines if line.words]


def agreement_lines(words: AgreementText) -> list[Line]:
    """Everything an agreement says, line by line, in a fixed order."""
    lines = [
        Line("Rubrik", words.title),
        Line("Syfte", words.purpose),
        Line("Område", words.area),
        Line("Kommuner", text.joined(place.name for place in words.places)),
        Line("Parter", text.joined(party.name for party in words.parties)),
        Line("Gäller", text.period(words.starts, words.ends)),
        *(Line("Fokusområde", focus) for focus in words.focus),
    ]
    for group in words.groups:
        lines.append(Line(group.name, group.members or "Deltagarna är inte angivna"))
        lines.append(Line("Möts", group.meets, group.name))
    lines.append(Line("Så följer vi upp", words.followup))
    lines += [Line("Kontakt", contact) for contact in words.contacts]
    return [line for line in lines if line.words]


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """What was taken away and what came, in the order of the text. Each names the measure or target it is about."""
    found: list[Change] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [Change("removed", _named(line)) for line in before[i1:i2]]
            found += [Change("added", _named(line)) for line in after[j1:j2]]
    return found


def _named(line: Line) -> Line:
    return Line(f"{line.heading} ({line.under})", line.words) if line.under else line


def _measure_lines(measure: MeasureText, promise: PromiseText) -> Iterator[Line]:
    about = measure.text
    yield Line("Åtgärd", about if measure.kind == "do" else f"Arbeta för: {about}")
    yield Line("Hur mycket", amount(measure), about)
    yield Line("Vem", text.capital(text.joined(party.name for party in measure.parties)), about)
    yield Line("Var", measure.where, about)
    yield Line("När", measure.when, about)
    if (measure.starts, measure.ends) != (promise.starts, promise.ends):
        yield Line("Under tiden", text.period(measure.starts, measure.ends), about)
    yield Line("Beror på", measure.depends_on, about)


def _target_lines(target: TargetText) -> Iterator[Line]:
    shown = sheet_target(target)
    yield Line("Mål", f"{shown.title}: från {shown.baseline} till {shown.goal}")
    yield Line("Så räknas det", shown.method, shown.title)
    yield Line("Siffran visar", target.series.measures, shown.title)
    yield Line("Siffran säger inte", target.series.does_not_measure, shown.title)
    yield Line("Källa", shown.source, shown.title)


def _problem_lines(problem: ProblemText) -> Iterator[Line]:
    about = problem.title
    yield Line("Problem", about)
    yield Line("Vad", problem.what, about)
    yield Line("Var", problem.where, about)
    yield Line("När", problem.when, about)
    yield Line("För vilka", problem.for_whom, about)
    yield Line("Omfattning", problem.extent, about)
    yield Line("Troliga orsaker", problem.causes, about)
    for source in problem.sources:
        yield Line("Källa", f"{source_name(source)}, {text.day(source.dated)}", about)
    for need in problem.needs:
        yield Line("Behov", need.text, about)

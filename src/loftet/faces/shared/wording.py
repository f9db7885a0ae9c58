"""Signed words as lines to read, and what changed between two versions in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from loftet.domain.promises.content import PromiseText
from loftet.domain.situation.content import PictureText, ProblemText
from loftet.faces.shared import text
from loftet.faces.shared.promise_sheet import amount, sheet_target


@dataclass(frozen=True)
class Line:
    """One thing that a document says: under which heading, and the words."""

    heading: str
    words: str


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
        who = text.joined(party.name for party in measure.parties)
        parts = [
            measure.text,
            amount(measure),
            who,
            measure.where,
            measure.when,
            text.period(measure.starts, measure.ends),
        ]
        if measure.kind == "work_for":
            parts.insert(0, "arbeta för")
        if measure.depends_on:
            parts.append(f"beror på {measure.depends_on}")
        lines.append(Line("Åtgärd", "; ".join(part for part in parts if part)))
    for target in words.targets:
        shown = sheet_target(target)
        lines.append(Line("Mål", f"{shown.title}: från {shown.baseline} till {shown.goal}. {shown.method}"))
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


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """What was taken away and what came, in the order of the text."""
    found: list[Change] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [Change("removed", line) for line in before[i1:i2]]
            found += [Change("added", line) for line in after[j1:j2]]
    return found


def _problem_lines(problem: ProblemText) -> Iterator[Line]:
    yield Line("Problem", problem.title)
    yield Line("Vad", problem.what)
    yield Line("Var", problem.where)
    yield Line("När", problem.when)
    yield Line("För vilka", problem.for_whom)
    yield Line("Omfattning", problem.extent)
    yield Line("Troliga orsaker", problem.causes)
    for source in problem.sources:
        yield Line("Källa", f"{source.title}, {text.day(source.dated)}")
    for need in problem.needs:
        yield Line("Behov", need.text)

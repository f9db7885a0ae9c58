"""Sharp, or called by its right name.

The software never refuses what elected people have decided to sign; it refuses to call it more than it is. A promise
with nothing missing here is a *skarpt löfte*, anything less is published as *ambition* and says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loftet.domain.promises.content import MeasureText, PromiseText

DIALOGUES = {"dialogue", "staff_dialogue"}


@dataclass(frozen=True)
class Gap:
    """Something that is missing: where it belongs, and a sentence that says what to write."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Sharpness:
    """The label that a promise has earned, and what is missing for more."""

    gaps: tuple[Gap, ...]

    @property
    def is_sharp(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps

    @property
    def label(self) -> str:
        """What it is called in public."""
        return "Skarpt löfte" if self.is_sharp else "Ambition"


def sharpness(words: PromiseText) -> Sharpness:
    """Judge the words that are signed, or would be."""
    return Sharpness((*_problem_gaps(words), *_party_gaps(words), *_measure_gaps(words), *_followup_gaps(words)))


def _problem_gaps(words: PromiseText) -> Iterator[Gap]:
    problem = words.problem
    if not problem.where:
        yield Gap("problem", "Problemet saknar plats. Skriv var det finns.")
    if not problem.sources:
        yield Gap("problem", "Problemet saknar källa med datum. Ange minst en.")
    elif not words.no_dialogue_reason and not any(source.kind in DIALOGUES for source in problem.sources):
        yield Gap(
            "no_dialogue_reason",
            "Ingen källa är en dialog med invånare eller medarbetare. Lägg till en, eller skriv varför den saknas.",
        )


def _party_gaps(words: PromiseText) -> Iterator[Gap]:
    if not words.measures:
        yield Gap("measures", "Löftet saknar åtgärder. Skriv vad ni ska göra.")
        return
    acting = {party.id for measure in words.measures for party in measure.parties}
    for party in words.parties:
        if party.id not in acting and not words.one_party_reason:
            yield Gap("one_party_reason", f"{party.name} har ingen åtgärd. Lägg till en, eller skriv varför.")


def _measure_gaps(words: PromiseText) -> Iterator[Gap]:
    for measure in words.measures:
        for missing in _missing_in(measure):
            yield Gap(f"measure:{measure.id}", f"”{measure.text}”: {missing}")


def _missing_in(measure: MeasureText) -> Iterator[str]:
    if not measure.parties:
        yield "skriv vem som ansvarar."
    if measure.amount is None and not measure.deliverable:
        yield "skriv hur mycket (antal, enhet och period) eller vad som ska finnas på plats."
    if measure.kind == "work_for" and not measure.depends_on:
        yield "skriv vem som beslutar, eftersom ni arbetar för det men inte själva bestämmer."


def _followup_gaps(words: PromiseText) -> Iterator[Gap]:
    if words.no_target_reason:
        return
    outcomes = [target for target in words.targets if target.series.nature == "outcome"]
    if not outcomes:
        yield Gap(
            "targets",
            "Det saknas ett mål för effekten. Ange mått, utgångsvärde, mål och datum, "
            "eller skriv varför effekten inte kan mätas.",
        )
    elif all(target.series.enforcement_driven for target in outcomes):
        yield Gap(
            "targets",
            "Målet mäts bara med en siffra som stiger när polisen letar mer. Lägg till ett mått som inte gör det.",
        )

"""Signed words as lines: nothing is left out, and a change is told line by line with what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from loftet.domain.promises.content import MeasureText, PromiseText, SeriesText, TargetText
from loftet.domain.situation.content import NeedText, PartyText, PictureText, PlaceText, ProblemText, SourceText
from loftet.faces.shared import wording
from loftet.faces.shared.wording import Line

TOWN, POLICE = PartyText("t", "municipality", "Provby kommun"), PartyText("p", "police", "Polisen")
STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
PROBLEM = ProblemText(
    id="problem",
    title="Mörkt i parken",
    what="Lamporna är trasiga.",
    where="stadsparken",
    when="kvällar",
    for_whom="de som går hem",
    extent="46 av 100",
    causes="Gamla lampor",
    sources=(SourceText("staff_dialogue", "Samtal med fältgruppen", date(2025, 11, 3), "", ""),),
    needs=(NeedText("need", "Att kunna gå hem utan rädsla."),),
    priorities=(),
)
PATROL = MeasureText(
    id="patrol",
    parties=(POLICE,),
    text="Fotpatrull på torget",
    kind="do",
    depends_on="",
    amount=Decimal(2),
    unit="pass",
    per="week",
    aggregation="at_least",
    deliverable="",
    where="torget",
    when="fredagar",
    starts=STARTS,
    ends=ENDS,
)
LIGHTS = replace(
    PATROL,
    id="lights",
    parties=(TOWN,),
    text="Tända lamporna",
    kind="work_for",
    depends_on="Trafikverket",
    amount=None,
    unit="",
    per="",
    aggregation="",
    deliverable="20 lampor",
    where="",
    when="",
    ends=date(2026, 6, 30),
)
TARGET = TargetText(
    id="target",
    series=SeriesText(
        "s", "Otrygga på kvällen", "Andelen otrygga.", "Antal brott.", "procent", "outcome", "down", False, "Enkäten"
    ),
    baseline=Decimal(46),
    baseline_period="våren 2026",
    value=Decimal(38),
    due=ENDS,
    method="Samma fråga igen.",
)
PROMISE = PromiseText(
    form="loftet.promise/1",
    id="promise",
    title="Lugnare kvällar",
    summary="Vi gör parken ljus.",
    starts=STARTS,
    ends=ENDS,
    places=(PlaceText("9901", "Provby"),),
    parties=(TOWN, POLICE),
    problem=PROBLEM,
    measures=(PATROL, LIGHTS),
    targets=(TARGET,),
    followup="Varje kvartal.",
    report_every="quarter",
    no_dialogue_reason="Ingen hann frågas.",
    one_party_reason="Kommunen äger lamporna.",
    no_target_reason="Det går inte att mäta.",
)
PICTURE = PictureText(
    "loftet.picture/1", "pic", "Bilden", "I korthet.", STARTS, ENDS, PROMISE.places, PROMISE.parties, (PROBLEM,)
)


def read(lines: list[Line]) -> str:
    return "\n".join(f"{line.heading}: {line.words}" for line in lines).replace("\u00a0", " ")


@pytest.mark.parametrize("lines", [wording.promise_lines(PROMISE), wording.picture_lines(PICTURE)])
def test_everything_that_is_said_of_the_problem_is_read(lines):
    text = read(lines)
    for words in (PROBLEM.title, PROBLEM.what, PROBLEM.where, PROBLEM.when, PROBLEM.for_whom, PROBLEM.extent):
        assert words in text
    assert "Källa: Samtal med fältgruppen (medarbetardialog), 3 november 2025" in text
    assert f"Behov: {PROBLEM.needs[0].text}" in text


def test_everything_that_is_promised_is_read():
    text = read(wording.promise_lines(PROMISE))
    for words in (
        "Åtgärd: Fotpatrull på torget",
        "Hur mycket: minst 2 pass i veckan",
        "Vem: Polisen",
        "Åtgärd: Arbeta för: Tända lamporna",
        "Hur mycket: 20 lampor",
        "Under tiden: 1 januari–30 juni 2026",
        "Beror på: Trafikverket",
        "Mål: Otrygga på kvällen: från 46 procent (våren 2026) till högst 38 procent senast 31 december 2026",
        "Siffran säger inte: Antal brott.",
        "Så följer vi upp: Varje kvartal.",
        "Varför ingen dialog: Ingen hann frågas.",
        "Varför bara en part har åtgärder: Kommunen äger lamporna.",
        "Varför effekten inte mäts: Det går inte att mäta.",
    ):
        assert words in text
    assert text.count("Under tiden") == 1, "a measure that lasts as long as the promise does not say so again"


def test_what_is_empty_has_no_line():
    assert not [line for line in wording.promise_lines(replace(PROMISE, followup="")) if not line.words]


def changed(**measure) -> list[tuple[str, str, str]]:
    after = replace(PROMISE, measures=(replace(PATROL, **measure), LIGHTS))
    found = wording.changes(wording.promise_lines(PROMISE), wording.promise_lines(after))
    return [(row.kind, row.line.heading, row.line.words.replace("\u00a0", " ")) for row in found]


def test_a_change_is_only_what_changed_and_names_its_measure():
    assert changed(amount=Decimal(1)) == [
        ("removed", "Hur mycket (Fotpatrull på torget)", "minst 2 pass i veckan"),
        ("added", "Hur mycket (Fotpatrull på torget)", "minst 1 pass i veckan"),
    ]
    assert changed(when="") == [("removed", "När (Fotpatrull på torget)", "fredagar")]
    assert changed(ends=date(2026, 11, 30)) == [
        ("added", "Under tiden (Fotpatrull på torget)", "1 januari–30 november 2026")
    ]
    assert changed() == []


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Annan rubrik"},
        {"summary": "Annat."},
        {"ends": date(2027, 1, 31)},
        {"measures": (LIGHTS,)},
        {"targets": ()},
        {"targets": (replace(TARGET, method="Annan fråga."),)},
        {"targets": (replace(TARGET, value=Decimal(40)),)},
        {"problem": replace(PROBLEM, where="torget")},
        {"followup": "Varje år."},
        {"no_target_reason": ""},
    ],
)
def test_no_change_goes_unseen(other):
    assert wording.changes(wording.promise_lines(PROMISE), wording.promise_lines(replace(PROMISE, **other)))

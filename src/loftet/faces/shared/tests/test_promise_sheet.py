"""From a promise's words to the receipt: sentences that read well, whatever is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loftet.domain.base import clock
from loftet.domain.followup import queries as followup
from loftet.domain.promises import queries as promises
from loftet.domain.situation.content import SourceText
from loftet.faces.shared import promise_sheet
from loftet.faces.shared.promise_sheet import Placed, sheet
from loftet.testing import factories

DATED = date(2026, 3, 1)


@pytest.fixture
def followed(cast, ready_promise):
    """Follows up a promise in force for some days with these reports."""

    def follow(*, days: int = 100, reports: tuple[dict, ...] = (), **words):
        now = clock.now()
        promise = ready_promise(days_ago=days, **words)
        patrol = promise.lines.get(measure__text="Fotpatrull på torget").measure
        for told in reports:
            factories.make_report(cast, patrol, at=now - timedelta(days=1), **told)
        return followup.promise_followup(promises.public_promise_by_id(promise.public_id), now)

    return follow


def of(row, **placed):
    return sheet(row.shown.words, judged=row.shown.sharpness, followup=row, placed=Placed(**placed))


def patrol_line(receipt):
    return next(line for line in receipt.measures if line.text == "Fotpatrull på torget")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Ett pass ställdes in.", "Lokalpolisområde Provby rapporterade: Ett pass ställdes in"),
        ("Ett pass ställdes in", "Lokalpolisområde Provby rapporterade: Ett pass ställdes in"),
        ("", "Lokalpolisområde Provby rapporterade"),
    ],
)
def test_who_reported_is_one_sentence_before_its_date(followed, note, said):
    assert patrol_line(of(followed(reports=({"note": note},)))).source.text == said


def test_the_bar_is_compared_with_the_last_day_reported_on(followed):
    row = followed(reports=({"amount": Decimal(20)},))
    assert patrol_line(of(row)).bar.legend.replace("\u00a0", " ") == "20 av 104 pass, 6 efter planen."
    assert patrol_line(of(followed())).bar.note == ""


def test_a_source_names_its_kind_unless_its_title_does():
    dialogue = SourceText("dialogue", "Medborgardialogen ”Trygg i centrum”", DATED, "", "abc")
    staff = SourceText("staff_dialogue", "Samtal med fältgruppen", DATED, "", "")
    assert promise_sheet.source_name(dialogue) == "Medborgardialogen ”Trygg i centrum”"
    assert promise_sheet.source_name(staff) == "Samtal med fältgruppen (medarbetardialog)"
    assert promise_sheet.source_name(replace(staff, kind="okänd")) == "Samtal med fältgruppen (okänd)"


def test_a_dialogue_behind_the_problem_is_linked_where_the_page_knows_its_address(followed):
    row = followed()
    source = SourceText("dialogue", "Dialogen", DATED, "https://example.org/", "abc")
    problem = replace(row.shown.words.problem, sources=(source,))
    words = replace(row.shown.words, problem=problem)

    def linked(**placed):
        return sheet(words, judged=row.shown.sharpness, placed=Placed(**placed)).problem.sources[0].url

    assert linked(dialogues={"abc": "/provby/dialoger/x/resultat/"}) == "/provby/dialoger/x/resultat/"
    assert linked() == "https://example.org/"


def test_both_facts_are_a_sentence_each_and_never_a_share(followed):
    row = followed(days=160)
    assert promise_sheet.did_we(row) == "Av två åtgärder: två har sena rapporter."
    assert promise_sheet.did_it_help(row).startswith("Det är för tidigt att säga.")
    assert "%" not in promise_sheet.did_we(row) + promise_sheet.did_it_help(row)


def test_without_a_target_the_effect_is_not_judged(followed):
    row = followed(is_sharp=False)
    assert promise_sheet.did_it_help(row) == "Löftet har inget mål som mäts."


def test_before_signing_only_what_is_promised_is_shown(followed):
    row = followed()
    receipt = sheet(row.shown.words, judged=row.shown.sharpness)
    assert (receipt.did_we, receipt.did_it_help, receipt.voices) == ("", "", None)
    assert not [line for line in receipt.measures if line.bar or line.status]
    assert [line.organisation for line in receipt.signatures] == ["Provby kommun", "Lokalpolisområde Provby"]
    assert not [line for line in receipt.signatures if line.signed_on]

"""What follows on a municipality's decision: three weeks in which it may be tried, and a delegated one is reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.signing import actions, decisions, queries

TODAY = clock.day_of(clock.now())


@pytest.fixture
def version(ready_promise):
    return ready_promise(is_signed=False).document.versions.get()


def decide(version, by, **words):
    return actions.approve(version=version, by=by, body="kommunstyrelsen", decided_on=TODAY, **words)


def again(decision):
    return queries.decision(decision.version.document.public_id, decision.pk)


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2026, 9, 1), date(2026, 9, 22)),
        (date(2026, 11, 28), date(2026, 12, 21)),  # a Saturday becomes Monday
        (date(2026, 12, 3), date(2026, 12, 28)),  # Christmas Eve, two holidays and a Sunday
        (date(2026, 12, 10), date(2027, 1, 4)),  # New Year's Eve, New Year's Day and a weekend
        (date(2026, 5, 29), date(2026, 6, 22)),  # Midsummer Eve, Midsummer Day and a Sunday
        (date(2026, 3, 13), date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 4, 23), date(2026, 5, 15)),  # Ascension Day
    ],
)
def test_three_weeks_end_on_a_working_day(announced, last):
    assert decisions.next_working_day(announced + decisions.APPEAL) == last


def test_a_municipal_decision_waits_for_its_days_and_the_polices_for_none(cast, version):
    town = decide(version, cast.chair, is_delegated=True, countersigned_by="kanslichef")
    police = decide(version, cast.chief, is_delegated=True)
    assert decisions.lacks(town) == ["announced", "reported"]
    assert decisions.lacks(police) == []
    assert decisions.appeal_ends(town) is None
    actions.record_step(decision=town, kind="announced", on=TODAY, by=cast.coordinator)
    assert decisions.lacks(again(town)) == ["reported"]
    assert decisions.appeal_ends(again(town)) == decisions.next_working_day(TODAY + timedelta(days=21))
    actions.record_step(decision=again(town), kind="reported", on=TODAY, by=cast.chair)
    assert decisions.lacks(again(town)) == []


def test_what_is_wrong_is_refused(cast, strangers, version):
    town, police = decide(version, cast.chair), decide(version, cast.chief)
    for words, why in (
        ({"kind": "reported"}, "gäller inte det här beslutet"),
        ({"on": TODAY + timedelta(days=1)}, "i framtiden"),
        ({"on": TODAY - timedelta(days=1)}, "före beslutet"),
        ({"by": cast.chief}, "den andra partens"),
        ({"decision": police, "by": cast.chief}, "gäller inte det här beslutet"),
    ):
        with pytest.raises(DomainError, match=why):
            actions.record_step(**{"decision": town, "kind": "announced", "on": TODAY, "by": cast.chair, **words})
    for by in (cast.reader, strangers.chair):
        with pytest.raises(NotAllowed):
            actions.record_step(decision=town, kind="announced", on=TODAY, by=by)
    actions.record_step(decision=town, kind="announced", on=TODAY, by=cast.chair)
    with pytest.raises(DomainError, match="redan infört"):
        actions.record_step(decision=town, kind="announced", on=TODAY, by=cast.chair)


def test_a_decision_on_what_was_sent_back_asks_for_nothing(cast, version):
    made = decide(version, cast.chair)
    assert made in queries.decisions_of({cast.town.pk})
    assert made not in queries.decisions_of({cast.police.pk})
    actions.send_back(version=version, by=cast.chief, reason="Fel år.")
    assert made not in queries.decisions_of({cast.town.pk})

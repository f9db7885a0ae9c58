"""Signing by hand: one party enters the paper, and it counts when another confirms it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries as promise_queries
from loftet.domain.register import queries as register
from loftet.domain.signing import actions, queries
from loftet.domain.signing.actions import HandSigned
from loftet.domain.signing.models import PaperAnswer, Signature
from loftet.domain.signing.scans import LARGEST
from loftet.testing.confirming import confirmed

SCAN = b"%PDF-1.7 inskannat"


@pytest.fixture
def promise(ready_promise):
    return ready_promise(is_signed=False)


@pytest.fixture
def version(promise):
    return promise.document.versions.get()


def line(organisation, **changed) -> HandSigned:
    told = {"name": "Namn Efternamn", "title": "ordförande", "signed_on": clock.day_of(clock.now())}
    return HandSigned(organisation=organisation, **{**told, **changed})


def enter(cast, version, **changed):
    words = {
        "version": version,
        "digest_start": version.digest[:8],
        "lines": [line(cast.town), line(cast.police)],
        "scan": SCAN,
        "by": cast.coordinator,
    }
    return actions.enter_paper(**{**words, **changed})


def test_a_paper_counts_when_the_other_party_has_confirmed_it(cast, promise, version):
    paper = enter(cast, version)
    assert queries.state(promise.document) == "proposed"
    assert promise_queries.public_promise_by_id(promise.public_id) is None
    made = promises.answer_paper(paper=paper, is_right=True, by=cast.police_coordinator)
    assert [row.organisation for row in made] == [cast.town, cast.police]
    assert queries.state(promise.document) == "in_force"
    assert promise_queries.public_promise_by_id(promise.public_id) is not None
    entry = register.latest_entry_of(promise.public_id, "promise.in_force")
    told = register.contents_of(entry.number)["signatures"]
    assert told.count('"way":"paper"') == 2
    assert "Efternamn" not in told


def test_one_signs_by_hand_and_the_other_on_the_screen(cast, promise, version):
    promises.sign(version=version, digest=version.digest, by=cast.chief, title="chef", confirmation=confirmed())
    paper = enter(cast, version, lines=[line(cast.town)])
    promises.answer_paper(paper=paper, is_right=True, by=cast.chief)
    assert queries.state(promise.document) == "in_force"
    assert {row.paper_id is None for row in Signature.objects.all()} == {True, False}


def test_nobody_confirms_what_their_own_organisation_entered(cast, version):
    paper = enter(cast, version)
    for by in (cast.coordinator, cast.chair):
        with pytest.raises(DomainError, match="själva fört in"):
            promises.answer_paper(paper=paper, is_right=True, by=by)
    assert not Signature.objects.filter(version=version).exists()


def test_a_paper_that_is_wrong_is_refused_with_a_reason_and_can_be_entered_anew(cast, promise, version):
    paper = enter(cast, version)
    with pytest.raises(DomainError, match="Skriv vad som inte stämmer"):
        promises.answer_paper(paper=paper, is_right=False, by=cast.police_coordinator)
    promises.answer_paper(paper=paper, is_right=False, reason="Fel namn.", by=cast.police_coordinator)
    assert not Signature.objects.filter(version=version).exists()
    assert [row.answer.reason for row in queries.papers_refused(version)] == ["Fel namn."]
    with pytest.raises(DomainError, match="redan besvarat"):
        promises.answer_paper(paper=paper, is_right=True, by=cast.police_coordinator)
    promises.answer_paper(paper=enter(cast, version), is_right=True, by=cast.police_coordinator)
    assert queries.state(promise.document) == "in_force"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (lambda cast: {"digest_start": "0000000"}, "Kontrollsumman"),
        (lambda cast: {"digest_start": "00000000"}, "Kontrollsumman"),
        (lambda cast: {"digest_start": ""}, "Kontrollsumman"),
        (lambda cast: {"lines": []}, "Ange vem"),
        (lambda cast: {"lines": [line(cast.town, name=" ")]}, "namn och funktion"),
        (lambda cast: {"lines": [line(cast.town, title="")]}, "namn och funktion"),
        (lambda cast: {"lines": [line(cast.town, signed_on=clock.day_of(clock.now()) + timedelta(1))]}, "framtiden"),
        (lambda cast: {"lines": [line(cast.town, signed_on=clock.day_of(clock.now()) - timedelta(90))]}, "före"),
        (lambda cast: {"scan": b""}, "tom"),
        (lambda cast: {"scan": b"<svg onload=alert(1)>"}, "varken PDF"),
        (lambda cast: {"scan": b"MZ\x90\x00"}, "varken PDF"),
        (lambda cast: {"scan": SCAN + bytes(LARGEST)}, "större"),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_saved(cast, version, changed, why):
    with pytest.raises(DomainError, match=why):
        enter(cast, version, **changed(cast))
    assert not version.papers.exists()


def test_a_party_is_entered_once_and_never_after_it_has_signed(cast, version):
    enter(cast, version, lines=[line(cast.town)])
    with pytest.raises(DomainError, match="väntar redan på bekräftelse"):
        enter(cast, version)
    promises.sign(version=version, digest=version.digest, by=cast.chief, title="chef", confirmation=confirmed())
    with pytest.raises(DomainError, match="redan undertecknat"):
        enter(cast, version, lines=[line(cast.police)])


def test_who_signed_on_the_screen_meanwhile_is_not_signed_twice(cast, version):
    paper = enter(cast, version)
    promises.sign(version=version, digest=version.digest, by=cast.chief, title="chef", confirmation=confirmed())
    with pytest.raises(DomainError, match="redan undertecknat"):
        promises.answer_paper(paper=paper, is_right=True, by=cast.police_coordinator)
    assert Signature.objects.filter(version=version).count() == 1
    assert not PaperAnswer.objects.exists()


def test_a_paper_of_a_version_that_was_sent_back_is_worth_nothing(cast, version):
    paper = enter(cast, version)
    actions.send_back(version=version, by=cast.chief, reason="Fel år.")
    with pytest.raises(DomainError, match="väntar inte längre"):
        promises.answer_paper(paper=paper, is_right=True, by=cast.police_coordinator)


def test_only_those_who_propose_or_decide_in_the_partnership(cast, strangers, version):
    for by in (cast.reader, cast.moderator, cast.contributor, strangers.coordinator):
        with pytest.raises(NotAllowed):
            enter(cast, version, by=by)
    paper = enter(cast, version)
    for by in (cast.officer, strangers.chief):
        with pytest.raises(NotAllowed):
            promises.answer_paper(paper=paper, is_right=True, by=by)

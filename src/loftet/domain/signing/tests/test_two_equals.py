"""Two equals: nothing in force without both, neither acts for the other, and every refusal leaves all as it was."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries
from loftet.domain.register import queries as register
from loftet.domain.signing import actions
from loftet.domain.signing import queries as signing
from loftet.domain.signing.actions import versions
from loftet.domain.signing.models import Signature, Version
from loftet.testing.confirming import confirmed


@pytest.fixture
def version(ready_promise) -> Version:
    return ready_promise(is_signed=False).document.versions.get()


def sign(version, hat, **changed):
    now = clock.now()
    words = {"digest": version.digest, "title": hat.title, "confirmation": confirmed(now), "at": now} | changed
    return promises.sign(version=version, by=hat, **words)


def test_one_signature_is_not_in_force_and_two_are(cast, version):
    sign(version, cast.chair)
    assert signing.in_force(version.document) is None
    assert signing.state(version.document) is signing.State.SIGNED_BY_SOME
    assert queries.public_promises(cast.municipality) == []
    assert not register.entries(kind="promise.in_force").exists()
    sign(version, cast.chief)
    assert signing.in_force(version.document) == version
    assert [shown.promise.document_id for shown in queries.public_promises(cast.municipality)] == [version.document_id]
    assert register.entries(kind="promise.in_force").count() == 1


def test_in_force_can_be_asked_for_any_past_moment(cast, version):
    now = clock.now()
    sign(version, cast.chair, at=now - timedelta(hours=2), confirmation=confirmed(now - timedelta(hours=2)))
    sign(version, cast.chief, at=now - timedelta(hours=1), confirmation=confirmed(now - timedelta(hours=1)))
    assert signing.in_force(version.document, now - timedelta(hours=1, minutes=1)) is None
    assert signing.in_force(version.document, now - timedelta(hours=1)) == version


@pytest.mark.parametrize("who", ["coordinator", "police_coordinator", "moderator", "contributor", "reader"])
def test_only_signatories_sign(cast, version, who):
    with pytest.raises(NotAllowed):
        sign(version, cast.hats[who])
    assert not Signature.objects.filter(version=version).exists()
    sign(version, cast.chair)


def test_another_municipalitys_signatory_is_refused(cast, strangers, version):
    with pytest.raises(NotAllowed):
        sign(version, strangers.chair)
    sign(version, cast.chair)


def test_a_party_signs_once(cast, version):
    sign(version, cast.chair)
    with pytest.raises(DomainError, match="redan undertecknat"):
        sign(version, cast.chair)
    assert version.signatures.count() == 1


def test_the_digest_must_be_that_of_the_words(cast, version):
    with pytest.raises(DomainError, match="har ändrats"):
        sign(version, cast.chair, digest="0" * 64)
    sign(version, cast.chair)


@pytest.mark.parametrize("age", [timedelta(minutes=10, seconds=1), timedelta(seconds=-1)])
def test_an_old_confirmation_is_not_good_enough(cast, version, age):
    now = clock.now()
    with pytest.raises(DomainError, match="Bekräfta vem du är"):
        sign(version, cast.chair, at=now, confirmation=confirmed(now - age))
    sign(version, cast.chair, at=now, confirmation=confirmed(now - timedelta(minutes=9)))


def test_a_membership_that_has_ended_does_not_sign(cast, version):
    cast.chair.ends = clock.day_of(clock.now()) - timedelta(days=1)
    cast.chair.save()
    with pytest.raises(NotAllowed):
        sign(version, cast.chair)


def test_sent_back_ends_a_proposal_for_good(cast, version):
    sign(version, cast.chair)
    actions.send_back(version=version, by=cast.chief, reason="Antalet pass stämmer inte.")
    assert signing.state(version.document) is signing.State.SENT_BACK
    with pytest.raises(DomainError, match="väntar inte längre"):
        sign(version, cast.chief)
    assert signing.in_force(version.document) is None


def test_sending_back_needs_a_reason(cast, version):
    with pytest.raises(DomainError, match="Skriv varför"):
        actions.send_back(version=version, by=cast.chief, reason=" ")
    assert signing.open_version(version.document) == version


def test_one_proposal_at_a_time(cast, version):
    promise = version.document.promise
    with pytest.raises(DomainError, match="väntar redan"):
        promises.propose(promise=promise, by=cast.police_coordinator)
    actions.send_back(version=version, by=cast.coordinator, reason="Vi drar tillbaka det.")
    assert promises.propose(promise=promise, by=cast.police_coordinator).number == 2


def test_a_new_proposal_voids_nothing_until_all_have_signed_it(cast, ready_promise):
    promise = ready_promise()
    first = signing.in_force(promise.document)
    with pytest.raises(DomainError, match="likadant"):
        promises.propose(promise=promise, by=cast.coordinator)
    promises.edit_promise(
        promise=promise, by=cast.coordinator, starts=promise.starts, ends=promise.ends, summary="Vi gör ännu mer."
    )
    second = promises.propose(promise=promise, by=cast.coordinator)
    sign(second, cast.chief)
    assert signing.in_force(promise.document) == first
    assert queries.public_promises(cast.municipality)[0].words.summary != "Vi gör ännu mer."
    sign(second, cast.chair)
    assert signing.in_force(promise.document) == second
    assert [v.number for v in queries.versions(promise)] == [1, 2]


def test_the_register_never_holds_the_name_of_who_signed(cast, version):
    sign(version, cast.chair)
    sign(version, cast.chief)
    entry = register.entries(kind="promise.in_force").get()
    texts = " ".join(register.contents_of(entry.number).values())
    assert cast.chair.title in texts
    for hat in cast.hats.values():
        assert hat.person.name not in texts
        assert hat.person.email not in texts


def test_deciding_comes_with_a_body_and_a_day_that_has_been(cast, version):
    today = clock.day_of(clock.now())
    with pytest.raises(DomainError, match="framtiden"):
        actions.approve(version=version, by=cast.chair, body="kommunstyrelsen", decided_on=today + timedelta(days=1))
    decision = actions.approve(
        version=version, by=cast.chair, body="kommunstyrelsen", decided_on=today, paragraph="§ 12"
    )
    assert decision.organisation == cast.town
    assert signing.in_force(version.document) is None


@pytest.mark.transactional
def test_two_who_sign_at_the_same_moment_give_one_promise_in_force_and_one_entry(real_database, cast, ready_promise):
    version = ready_promise(is_signed=False).document.versions.get()
    answers = real_database.together(lambda: sign(version, cast.chair), lambda: sign(version, cast.chief))
    assert [type(answer) for answer in answers] == [Signature, Signature]
    assert signing.in_force(version.document) == version
    assert register.entries(kind="promise.in_force").count() == 1


@pytest.mark.transactional
def test_one_who_signs_while_the_other_sends_back_gives_one_consistent_outcome(real_database, cast, ready_promise):
    version = ready_promise(is_signed=False).document.versions.get()
    sign(version, cast.chair)
    answers = real_database.together(
        lambda: sign(version, cast.chief),
        lambda: actions.send_back(version=version, by=cast.chief, reason="Stämmer inte."),
    )
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert len(refused) == 1
    is_in_force = signing.in_force(version.document) is not None
    was_sent_back = version.decisions.filter(outcome="sent_back").exists()
    assert is_in_force != was_sent_back


@pytest.mark.transactional
def test_the_same_words_are_refused_though_the_last_signature_came_while_one_waited_to_propose(
    real_database, cast, ready_promise, monkeypatch
):
    promise = ready_promise(is_signed=False)
    version = promise.document.versions.get()
    sign(version, cast.chair)
    waiting, signed, lock = threading.Event(), threading.Event(), versions.lock

    def wait_for_the_chief(document) -> None:
        if threading.current_thread().name == "proposer":
            waiting.set()
            # On SQLite the proposer is the one writer by now, so that the chief waits instead.
            signed.wait(10 if connection.vendor == "postgresql" else 0.2)
        lock(document)

    def propose() -> object:
        threading.current_thread().name = "proposer"
        return promises.propose(promise=promise, by=cast.coordinator)

    def sign_last() -> object:
        waiting.wait(10)
        try:
            return sign(version, cast.chief)
        finally:
            signed.set()

    monkeypatch.setattr(versions, "lock", wait_for_the_chief)
    refused, signature = real_database.together(propose, sign_last)
    assert isinstance(refused, DomainError)
    assert ("likadant" if connection.vendor == "postgresql" else "väntar redan") in str(refused)
    assert isinstance(signature, Signature)
    assert signing.in_force(version.document) == version
    assert version.document.versions.count() == 1

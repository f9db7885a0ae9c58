"""Promises in public: only what every party has signed, as a receipt, in lists, and with all its versions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loftet.domain.base import clock
from loftet.domain.plans import actions as plans
from loftet.domain.promises import actions as promises
from loftet.domain.register import queries as register
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signed
from loftet.testing import factories
from loftet.testing.confirming import confirmed

PROMISE = "/provby/medborgarloften/lugnare-kvallar-i-centrum/"


def seen_anywhere(client, title: str) -> list[str]:
    """The public pages that show a title."""
    lists = ["/provby/", "/medborgarloften/", "/loftesboken/", "/"]
    return [address for address in lists if title in client.get(address).content.decode()]


@pytest.mark.parametrize("signers", [(), ("chair",), ("chief",)])
def test_a_promise_that_not_both_have_signed_is_nowhere(cast, client, signers, ready_promise):
    promise = ready_promise(is_signed=False)
    version = signed.open_version(promise.document)
    for name in signers:
        hat = getattr(cast, name)
        signing.approve(version=version, by=hat, body=hat.title, decided_on=clock.day_of(clock.now()))
        promises.sign(version=version, digest=version.digest, by=hat, title=hat.title, confirmation=confirmed())
    for address in (PROMISE, f"{PROMISE}versioner/", f"{PROMISE}kedjan/", f"/id/{promise.public_id}"):
        assert client.get(address).status_code == 404, address
    assert seen_anywhere(client, "Lugnare kvällar i centrum") == []
    assert not register.entries(subject=promise.public_id).exists()


def test_the_same_promise_is_public_once_both_have_signed(cast, client, ready_promise):
    promise = ready_promise()
    assert client.get(PROMISE).status_code == 200
    assert client.get(f"/id/{promise.public_id}")["Location"] == PROMISE
    assert {"/provby/", "/medborgarloften/", "/loftesboken/"} <= set(seen_anywhere(client, "Lugnare kvällar i centrum"))


def test_the_receipt_reads_from_problem_to_proof(chain, page):
    receipt = page(PROMISE)
    text = receipt.text
    order = ["Problemet", "Det här gör vi", "Så följer vi upp", "Gjorde vi det?", "Hjälpte det?", "Underskrifter"]
    assert [heading for heading in receipt.headings if heading in order] == order
    assert "Lokalpolisområde Provby rapporterade: Ett pass ställdes in, " in text
    assert receipt.link("Medborgardialogen ”Trygg i centrum”").address.endswith("/trygg-i-centrum/resultat/")
    assert receipt.link("Bygger på ett behov").address == f"{PROMISE}kedjan/"


def test_an_ambition_says_what_it_lacks(cast, page, ready_promise):
    ready_promise(is_sharp=False)
    text = page(PROMISE).text
    assert "Ambition" in text
    assert "Det här saknas för ett skarpt löfte:" in text


def test_a_promise_whose_time_is_over_stands_among_the_earlier(cast, page, ready_promise):
    ready_promise(days_ago=420)
    place = page("/provby/")
    assert place.headings.index("Tidigare löften") > place.headings.index("Medborgarlöften")
    assert "Inget löfte gäller just nu." in place.text
    assert "Löftets tid är slut." in place.text


def test_the_only_version_says_that_nothing_has_changed(chain, page):
    assert "Det här är den enda versionen. Inget har ändrats." in page(f"{PROMISE}versioner/").text


def test_a_change_is_shown_word_by_word_and_names_its_measure(chain, page):
    now = clock.now()
    patrol = chain.promise.lines.get(measure__text="Fotpatrull på torget").measure
    plans.edit_measure(
        measure=patrol,
        by=chain.cast.police_coordinator,
        organisations=[chain.cast.police],
        starts=patrol.starts,
        ends=patrol.ends,
        at=now,
        **{**factories.signed.PATROL, "amount": Decimal(1)},
    )
    version = promises.propose(promise=chain.promise, by=chain.cast.coordinator, at=now)
    assert "Version 2" not in page(f"{PROMISE}versioner/").headings
    factories.sign_by_both(chain.cast, version, promises.sign)
    versions = page(f"{PROMISE}versioner/")
    assert versions.headings[1:3] == ["Version 2", "Ändrat från version 1"]
    text = versions.text.replace("\u00a0", " ")
    assert "Borttaget, Hur mycket (Fotpatrull på torget): minst 2 pass i veckan" in text
    assert "Nytt, Hur mycket (Fotpatrull på torget): minst 1 pass i veckan" in text
    assert text.count("Borttaget,") == 1
    assert "Version 2 av 2" in page(PROMISE).text


def test_the_list_shows_what_is_late_and_both_facts(chain, page):
    text = page("/medborgarloften/").text
    assert "Rapporten är sen" in text
    assert "Gjorde vi det?" in text
    assert "Hjälpte det?" in text

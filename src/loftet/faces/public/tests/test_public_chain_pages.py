"""Every public page along the chain, from a closed dialogue to the answer, each keeping the house rules."""

from __future__ import annotations

import pytest

from loftet.domain.places import actions as places
from loftet.testing import factories


def test_every_page_of_the_chain_answers(chain, client):
    for address in chain.pages:
        assert client.get(address).status_code == 200, address
    assert client.get("/loftesboken/6/").status_code == 404


def test_one_can_walk_from_the_place_to_the_answer_and_to_the_proof(chain, page):
    place = page("/provby/")
    promise = place.link("Lugnare kvällar i centrum").follow().page
    assert promise.h1 == "Lugnare kvällar i centrum"
    walk = promise.link("Se hela kedjan").follow().page
    assert "Ingen har rapporterat om åtgärden." in walk.text
    heard = walk.link(chain.finding.text).follow().page
    assert heard.h1 == "Resultat: Trygg i centrum"
    assert chain.finding.text in heard.element(chain.finding.public_id)
    answer = heard.link("Läs svaret till er som var med").follow().page
    assert "Vi har lovat det." in answer.text
    again = answer.link(f"Läs löftet och följ hur det går: {chain.finding.text}").follow().page
    entry = next(link for link in again.links() if link.address.startswith("/loftesboken/") and "-" in link.text)
    assert (
        "Ett medborgarlöfte skrevs under av båda parter: Lugnare kvällar i centrum, Provby." in entry.follow().page.text
    )


def test_the_picture_links_down_to_the_dialogue_and_up_to_the_promise(chain, page):
    picture = page(chain.picture_address)
    assert picture.link("Medborgardialogen ”Trygg i centrum”").address == f"{chain.dialogue_address}resultat/"
    assert picture.link("Lugnare kvällar i centrum").address == chain.promise_address
    assert chain.need.text in picture.text
    assert "Inget löfte handlar om det här problemet än." in picture.text


def test_the_result_tells_what_was_answered_and_what_it_led_to(chain, page):
    shown = page(f"{chain.dialogue_address}resultat/").element(chain.finding.public_id)
    assert "Lovat enligt Provby kommun" in shown
    assert "Problem: Mörkt i stadsparken" in shown
    assert "Medborgarlöfte: Lugnare kvällar i centrum" in shown


def test_the_walk_counts_what_is_missing(chain, page):
    assert "En länk saknas och är utmärkt." in page(f"{chain.promise_address}kedjan/").text


def test_a_promise_without_a_dialogue_says_so_along_the_walk(cast, page, ready_promise):
    ready_promise(is_sharp=False)
    walk = page("/provby/medborgarloften/lugnare-kvallar-i-centrum/kedjan/")
    for gap in (
        "Löftet bygger inte på någon dialog som hållits här.",
        "Problemet är inte kopplat till något behov.",
        "Löftet har inget mål som mäts.",
    ):
        assert gap in walk.text
    assert "Fem länkar saknas och är utmärkta." in walk.text


def test_former_addresses_lead_on_to_the_present_ones(chain, client):
    for kind, subject, wanted in (
        ("dialoger", ("dialogue", chain.dialogue.public_id), "Nytt namn på dialogen"),
        ("medborgarloften", ("promise", chain.promise.public_id), "Nytt namn på löftet"),
        ("problembilder", ("picture", chain.picture.public_id), "Nytt namn på bilden"),
    ):
        scope = f"{kind}:{chain.cast.municipality.code}"
        places.claim_slug(scope=scope, wanted=wanted, subject_kind=subject[0], subject=subject[1])
    old = [address for address in chain.pages if address.startswith("/provby/") and address != "/provby/"]
    assert len(old) == 10
    for address in old:
        response = client.get(address)
        assert (response.status_code, "nytt-namn-pa" in response["Location"]) == (301, True), address
        assert response["Location"].rstrip("/").split("/")[4:] == address.rstrip("/").split("/")[4:]
        assert client.get(response["Location"]).status_code == 200


def test_the_wrong_place_is_led_right_or_not_found(chain, strangers, client):
    assert client.get("/PROVBY/").status_code in {301, 302}
    for address in (chain.dialogue_address, chain.promise_address, chain.picture_address):
        assert client.get(address.replace("/provby/", "/grannby/")).status_code == 404
        assert client.get(address.replace("/provby/", "/ingenstans-alls/")).status_code == 404


@pytest.mark.parametrize("page_name", ["", "delta/", "sag-det-sjalv/", "mina-svar/", "resultat/", "svar/"])
def test_a_draft_dialogue_has_no_pages(cast, client, page_name):
    factories.make_dialogue(cast, is_published=False)
    assert client.get(f"/provby/dialoger/trygg-i-centrum/{page_name}").status_code == 404
    assert "Trygg i centrum" not in client.get("/provby/").page.text


def test_the_place_names_those_who_promise_and_not_their_staff(chain, page):
    text = page("/provby/").text
    assert "Provby kommun" in text
    assert "Lokalpolisområde Provby" in text
    assert not [hat.person.name for hat in chain.cast.hats.values() if hat.person.name in text]

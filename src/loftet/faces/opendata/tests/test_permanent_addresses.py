"""Addresses that never change: they lead to where a public thing is shown now, and nowhere before it is public."""

from __future__ import annotations

import pytest

from loftet.domain.places import actions as places
from loftet.faces.opendata.addresses import address_of
from loftet.testing import factories


def test_a_permanent_id_leads_to_the_page_of_what_is_public(cast, client, ready_promise):
    promise = ready_promise()
    picture = promise.problem.picture
    dialogue = factories.make_dialogue(cast)
    for subject, address in (
        (cast.municipality, "/provby/"),
        (dialogue, "/provby/dialoger/trygg-i-centrum/"),
        (picture, "/provby/problembilder/gemensam-problembild-for-provby/"),
        (promise, "/provby/medborgarloften/lugnare-kvallar-i-centrum/"),
    ):
        response = client.get(f"/id/{subject.public_id}")
        assert (response.status_code, response["Location"]) == (302, address)
        assert client.get(address).status_code == 200


def test_it_follows_when_the_thing_or_its_place_gets_a_new_address(cast, client, ready_dialogue):
    dialogue = ready_dialogue()
    scope = f"dialoger:{cast.municipality.code}"
    places.claim_slug(scope=scope, wanted="Ny fråga", subject_kind="dialogue", subject=dialogue.public_id)
    assert client.get(f"/id/{dialogue.public_id}")["Location"] == "/provby/dialoger/ny-fraga/"
    places.claim_slug(scope="kommun", wanted="Nyby", subject_kind="municipality", subject=cast.municipality.public_id)
    assert client.get(f"/id/{dialogue.public_id}")["Location"] == "/nyby/dialoger/ny-fraga/"


def test_a_draft_has_claimed_its_address_and_its_id_tells_nothing(cast, client, ready_picture, ready_dialogue):
    dialogue = ready_dialogue(is_published=False, title="Hemlig rubrik")
    picture = ready_picture(is_signed=False, title="Hemlig bild")
    promise = factories.make_promise(cast, is_signed=False, title="Hemligt löfte")
    for subject in (dialogue, picture, promise):
        assert address_of(subject.public_id) is None
        response = client.get(f"/id/{subject.public_id}")
        assert response.status_code == 404
        assert "hemlig" not in response.content.decode().lower()


def test_what_has_no_page_of_its_own_is_shown_by_its_register_entry(cast, client, ready_promise):
    promise = ready_promise()
    report = factories.make_report(cast, promise.lines.get(measure__text="Fotpatrull på torget").measure)
    response = client.get(f"/id/{report.public_id}", follow=True)
    assert response.redirect_chain == [("/loftesboken/2/", 302)]
    assert "En åtgärd rapporterades" in response.page.text


@pytest.mark.parametrize("public_id", ["000000000000", "x", "participant", "a" * 300])
def test_an_id_that_stands_for_nothing_is_not_found(cast, client, public_id):
    assert client.get(f"/id/{public_id}").status_code == 404


def test_a_participant_and_a_voice_have_no_address(cast, client, ready_dialogue):
    voice = factories.make_voice(ready_dialogue())
    for private in (voice, voice.participant, cast.town, cast.coordinator.person):
        assert client.get(f"/id/{getattr(private, 'public_id', private.pk)}").status_code == 404

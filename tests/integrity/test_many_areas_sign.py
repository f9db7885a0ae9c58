"""Partnerships of every shape sign real promises: one police area with several municipalities, one large municipality
with several police areas and a board. Nothing is in force before the last of those who are required has signed."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from loftet.domain.base import clock
from loftet.domain.parties import actions as parties
from loftet.domain.parties import queries
from loftet.domain.places.models import LocalPoliceAreaMunicipality
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries as promised
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signed
from loftet.domain.situation import actions as situation
from loftet.testing import factories
from loftet.testing.cast import make_municipality, make_person
from loftet.testing.confirming import confirmed

NOW = clock.now()
BEFORE = NOW - timedelta(days=400)


def signatory(organisation, number: int):
    person = make_person(name=f"Undertecknare {number}", email=f"u{number}@example.org")
    return parties.add_membership(
        person=person, organisation=organisation, role="signatory", title="ordförande", at=BEFORE
    )


@pytest.fixture
def one_area_with_three_municipalities(cast):
    """Two more municipalities in the police area, parties of the same partnership."""
    hats = [cast.chair]
    for number, name in ((1, "Mellanby"), (2, "Överby")):
        municipality = make_municipality(name=name, code=f"97{number:02}", at=BEFORE)
        municipality.local_police_areas.clear()
        LocalPoliceAreaMunicipality.objects.create(
            area=cast.police.local_police_area, municipality=municipality, provenance="sourced"
        )
        town = parties.add_organisation(
            kind="municipality", name=f"{name} kommun", short_name="kommunen", municipality=municipality, at=BEFORE
        )
        cast.partnership.municipalities.add(municipality)
        parties.join_partnership(
            partnership=cast.partnership, organisation=town, by=None, starts=clock.day_of(BEFORE), at=BEFORE
        )
        hats.append(signatory(town, number))
    return sorted([*hats, cast.chief], key=lambda hat: hat.organisation.rank)


@pytest.fixture
def one_municipality_with_three_areas(cast):
    """Two more police areas and a board of the municipality's, parties of the same partnership."""
    board = parties.add_board(
        organisation=cast.town, name="Stadsdelsnämnden i Provby", short_name="stadsdelsnämnden", at=BEFORE
    )
    areas = [
        parties.add_organisation(
            kind="police", name=f"Lokalpolisområde Provby {where}", short_name="polisen", at=BEFORE
        )
        for where in ("Norra", "Södra")
    ]
    for organisation in (board, *areas):
        parties.join_partnership(
            partnership=cast.partnership, organisation=organisation, by=None, starts=clock.day_of(BEFORE), at=BEFORE
        )
    return [cast.chair, signatory(board, 1), cast.chief, *(signatory(area, 2 + n) for n, area in enumerate(areas))]


def sign(version, verb, hat):
    signing.approve(version=version, by=hat, body=hat.title, decided_on=clock.day_of(NOW), at=NOW)
    verb(version=version, digest=version.digest, by=hat, title=hat.title, confirmation=confirmed(NOW), at=NOW)


def proposed(cast, hats):
    """A promise about a problem in a picture that all have signed."""
    picture = factories.make_picture(cast, is_signed=False, at=NOW - timedelta(days=40))
    version = situation.propose_picture(picture=picture, by=cast.coordinator, at=NOW - timedelta(days=30))
    for hat in hats:
        sign(version, situation.sign_picture, hat)
    return factories.make_promise(cast, problem=picture.problems.get(), is_signed=False, at=NOW)


@pytest.mark.long
@pytest.mark.parametrize("shape", ["one_area_with_three_municipalities", "one_municipality_with_three_areas"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_promise_is_in_force_when_the_last_of_all_has_signed(cast, request, shape, order):
    hats = request.getfixturevalue(shape)
    promise = proposed(cast, hats)
    version = signed.open_version(promise.document)
    assert [one.organisation for one in version.required.all()] == [hat.organisation for hat in hats]
    assert queries.signing_parties(cast.partnership) == [hat.organisation for hat in hats]
    for hat in hats[::order]:
        assert signed.in_force(promise.document) is None
        assert promised.public_promises(cast.municipality) == []
        sign(version, promises.sign, hat)
    assert signed.in_force(promise.document) == version
    (shown,) = promised.public_promises(cast.municipality)
    assert {party.name for party in shown.words.parties} == {hat.organisation.name for hat in hats}


@pytest.mark.long
def test_every_order_of_three_that_sign_comes_to_the_same(cast):
    area = parties.add_organisation(
        kind="police", name="Lokalpolisområde Provby Norra", short_name="polisen", at=BEFORE
    )
    parties.join_partnership(
        partnership=cast.partnership, organisation=area, by=None, starts=clock.day_of(BEFORE), at=BEFORE
    )
    hats = [cast.chair, cast.chief, signatory(area, 1)]
    promise = proposed(cast, hats)
    for round_, order in enumerate(permutations(hats)):
        if round_:
            days = {"starts": promise.starts, "ends": promise.ends}
            summary = f"Vi är på plats {round_} kvällar."
            promises.edit_promise(promise=promise, by=cast.coordinator, summary=summary, **days)
            promises.propose(promise=promise, by=cast.coordinator, at=NOW)
        version = signed.open_version(promise.document)
        for hat in order:
            assert signed.in_force(promise.document) != version
            sign(version, promises.sign, hat)
        assert signed.in_force(promise.document) == version


def test_one_account_signs_for_every_place_of_its_area(cast, strangers):
    """One officer with a hat in two areas signs each area's promise, and the other area's signature is not given."""
    both = parties.add_membership(
        person=cast.chief.person, organisation=strangers.police, role="signatory", title="chef", at=BEFORE
    )
    here = factories.make_promise(cast, is_signed=False)
    version = signed.open_version(here.document)
    with pytest.raises(Exception, match="Du har inte behörighet"):
        promises.sign(
            version=version, digest=version.digest, by=both, title="chef", confirmation=confirmed(NOW), at=NOW
        )
    sign(version, promises.sign, cast.chief)
    assert [row.organisation for row in signed.missing_parties(signed.open_version(here.document))] == [cast.town]

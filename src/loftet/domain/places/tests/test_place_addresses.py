"""Names in addresses: unique, with history, and kind to those who leave a ring or two dots out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from loftet.domain.places import actions, queries
from loftet.domain.places.models import Municipality, Slug
from loftet.domain.places.names import MUNICIPALITIES

AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
SCOPE = "medborgarloften:2062"


def claim(wanted: str, subject: str, scope: str = SCOPE) -> str:
    return actions.claim_slug(scope=scope, wanted=wanted, subject_kind="promise", subject=subject, at=AT)


def test_every_municipality_has_an_address_of_its_own(places):
    slugs = [queries.slug_of(municipality) for municipality in queries.all_municipalities()]
    assert len(set(slugs)) == 290
    assert {"mora", "malung-salen", "ostra-goinge", "dals-ed", "upplands-bro", "alvdalen"} <= set(slugs)


def test_habo_and_habo_both_take_their_county_and_the_bare_address_asks(places):
    assert queries.municipality("habo-uppsala").name == "Håbo"
    assert queries.municipality("habo-jonkoping").name == "Habo"
    assert queries.resolve(MUNICIPALITIES, "habo") is None
    with pytest.raises(Municipality.DoesNotExist):
        queries.municipality("habo")
    asked = queries.find_place("habo")
    assert asked.is_shared
    assert asked.municipality is None
    assert [found.name for found in asked.suggestions] == ["Habo", "Håbo"]


def test_with_the_ring_only_one_habo_is_meant(places):
    for written in ("håbo", "Håbo"):
        found = queries.find_place(written)
        assert (found.municipality.name, found.is_current) == ("Håbo", False)
    assert queries.find_place("Habo").is_shared


def test_nobody_can_claim_the_shared_address(places):
    assert claim("Habo", "subject00001", scope=MUNICIPALITIES) == "habo-2"


@pytest.mark.parametrize("written", ["Malmö", "malmö", "MALMÖ", "Malmo"])
def test_an_address_with_dots_or_capitals_leads_to_the_right_place(places, written):
    found = queries.find_place(written)
    assert (queries.slug_of(found.municipality), found.is_current) == ("malmo", False)


def test_an_address_in_force_is_the_place_itself(places):
    found = queries.find_place("malmo")
    assert (found.municipality.name, found.is_current) == ("Malmö", True)


def test_an_address_that_is_nearly_right_gets_suggestions(places):
    assert [m.name for m in queries.find_place("gallivarre").suggestions] == ["Gällivare"]
    assert [m.name for m in queries.find_place("kårsta").suggestions] == ["Vallentuna"]
    assert queries.find_place("qqqqqqqq").suggestions == ()


def test_the_same_claim_twice_changes_nothing(db):
    assert claim("Lugnare kvällar", "subject00001") == "lugnare-kvallar"
    before = list(Slug.objects.values())
    assert claim("Lugnare kvällar", "subject00001") == "lugnare-kvallar"
    assert list(Slug.objects.values()) == before


def test_a_taken_address_gets_a_number_and_keeps_it(db):
    assert claim("Trygg i centrum", "subject00001") == "trygg-i-centrum"
    assert claim("Trygg i centrum", "subject00002") == "trygg-i-centrum-2"
    assert claim("Trygg i centrum", "subject00003") == "trygg-i-centrum-3"
    assert claim("Trygg i centrum", "subject00002") == "trygg-i-centrum-2"
    assert claim("Trygg i centrum", "subject00002", scope="medborgarloften:2031") == "trygg-i-centrum"


def test_an_old_address_stays_and_is_nobody_elses(db):
    claim("Lugnare kvällar", "subject00001")
    assert claim("Lugnare nätter", "subject00001") == "lugnare-natter"
    old = queries.resolve(SCOPE, "lugnare-kvallar")
    assert (old.subject, old.is_current) == ("subject00001", False)
    assert queries.current_slug(SCOPE, "subject00001") == "lugnare-natter"
    assert claim("Lugnare kvällar", "subject00002") == "lugnare-kvallar-2"


def test_one_can_take_back_an_old_address_of_ones_own(db):
    claim("Lugnare kvällar", "subject00001")
    claim("Lugnare nätter", "subject00001")
    assert claim("Lugnare kvällar", "subject00001") == "lugnare-kvallar"
    assert queries.current_slug(SCOPE, "subject00001") == "lugnare-kvallar"
    assert Slug.objects.filter(scope=SCOPE).count() == 2


@pytest.mark.parametrize("word", ["API", "id", "Län", "skrivbord", "Löftesboken", "om", "en", "Sök", "Kommuner"])
def test_a_word_of_the_sites_own_is_no_place(db, word):
    with pytest.raises(actions.AddressTaken, match="används av webbplatsen själv"):
        claim(word, "subject00001", scope=MUNICIPALITIES)
    assert not Slug.objects.filter(subject="subject00001").exists()


def test_below_a_place_such_a_word_gets_a_number(db):
    assert claim("Ny", "subject00001") == "ny-2"
    assert claim("Om", "subject00002") == "om"


def test_a_title_without_letters_falls_back_on_the_permanent_id(db):
    assert claim("– ? –", "subject00001") == "subject00001"


def test_a_claim_that_loses_the_race_takes_the_next_address(db, monkeypatch):
    from loftet.domain.places.actions import addresses

    real, calls = addresses._claim, []

    def beaten_once(*args):
        calls.append(args)
        if len(calls) == 1:
            Slug.objects.create(scope=SCOPE, slug="torget", subject_kind="promise", subject="subject00009", since=AT)
            raise IntegrityError
        return real(*args)

    Slug.objects.create(scope=SCOPE, slug="torget", subject_kind="promise", subject="subject00008", since=AT)
    monkeypatch.setattr(addresses, "_claim", beaten_once)
    assert claim("Torget", "subject00001") == "torget-2"


def test_the_database_refuses_two_current_addresses(db):
    claim("Torget", "subject00001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Slug.objects.create(scope=SCOPE, slug="annat", subject_kind="promise", subject="subject00001", since=AT)


def test_where_a_thing_lies_is_found_from_its_permanent_id(places):
    mora = queries.municipality("mora")
    claim("Lugnare kvällar", "subject00001")
    found = queries.slug_with_place("subject00001")
    assert (found.slug.slug, found.place) == ("lugnare-kvallar", "mora")
    assert queries.slug_with_place(mora.public_id).place == "mora"
    assert queries.slug_with_place("nobody000000") is None
    assert queries.slugs_of_kind("promise") == {"subject00001": "lugnare-kvallar"}
    assert queries.current_slugs(SCOPE, ["subject00001", "nobody000000"]) == {"subject00001": "lugnare-kvallar"}

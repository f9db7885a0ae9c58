"""Swedish names as addresses, sort keys and search words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.domain.places import names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Åre", "are"),
        ("Älvsbyn", "alvsbyn"),
        ("Örkelljunga", "orkelljunga"),
        ("Idéer på Åsö", "ideer-pa-aso"),
        ("Malung-Sälen", "malung-salen"),
        ("A\u030are", "are"),
        ("  Trygg & säker!  ", "trygg-och-saker"),
        ("Ǌ Čaða", "nj-cada"),
        ("日本", ""),
    ],
)
def test_slugs(name, slug):
    assert names.slugify_swedish(name) == slug


@given(st.text(max_size=200))
def test_a_slug_is_always_fit_for_an_address(text):
    slug = names.slugify_swedish(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= names.MAX_SLUG
    assert names.slugify_swedish(slug) == slug


def test_a_long_name_ends_at_a_whole_word():
    slug = names.slugify_swedish("Ett mycket långt namn på ett löfte som handlar om torget och om stationen i stan")
    assert slug == "ett-mycket-langt-namn-pa-ett-lofte-som-handlar-om-torget-och"
    assert len(names.slugify_swedish("x" * 200)) == names.MAX_SLUG


def test_a_name_that_is_a_word_of_the_sites_own_takes_its_county():
    assert names.addresses([("9999", "Om", "Hallands län")]) == ({"9999": "om-halland"}, set())


def test_three_of_a_name_and_two_in_a_county_are_still_told_apart():
    given_names = [("1", "Å", "Kalmar län"), ("2", "A", "Kalmar län"), ("3", "Ä", "Skåne län")]
    assert names.addresses(given_names) == ({"1": "a-kalmar", "2": "a-kalmar-2", "3": "a-skane"}, {"a"})


def test_reserved_words_are_addresses_themselves():
    assert all(names.slugify_swedish(word) == word for word in names.RESERVED | names.RESERVED_BELOW)

"""Finding a municipality by what people call it, and by where they are."""

from __future__ import annotations

import pytest
from shapely import Point

from loftet.domain.places import geometry, queries
from loftet.domain.places.models import Municipality
from loftet.domain.places.tests.loading import double_the_municipalities


def names(text: str, **kwargs) -> list[str]:
    return [hit.municipality.name for hit in queries.search(text, **kwargs)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Malung", "Malung-Sälen"),
        ("malung sälen", "Malung-Sälen"),
        ("Sälen", "Malung-Sälen"),
        ("Gallivare", "Gällivare"),
        ("GÄLLIVARE", "Gällivare"),
        ("gäll", "Gällivare"),
        ("Kårsta", "Vallentuna"),
        ("Karsta", "Vallentuna"),
        ("Kristianstads kommun", "Kristianstad"),
        ("Malmö stad", "Malmö"),
        ("Borås kommun", "Borås"),
        ("Väsby", "Upplands Väsby"),
        ("Bålsta", "Håbo"),
        ("Mora", "Mora"),
        (" mora ", "Mora"),
    ],
)
def test_search_finds_first(places, text, first):
    assert names(text)[0] == first


def test_the_spelling_with_the_same_letters_comes_first(places):
    assert names("habo") == ["Habo", "Håbo"]
    assert names("håbo") == ["Håbo", "Habo"]
    assert all(hit.is_exact for hit in queries.search("habo"))


def test_a_town_says_which_it_was(places):
    (hit,) = queries.search("Kårsta")
    assert (hit.locality, hit.is_exact, hit.is_close) == ("Kårsta", False, False)


def test_the_municipality_comes_before_a_village_of_the_same_name(places):
    hits = queries.search("Mora")
    assert [(hit.municipality.name, hit.locality) for hit in hits[:2]] == [("Mora", ""), ("Säter", "Mora")]


def test_each_municipality_comes_once(places):
    found = names("s", limit=300)
    assert len(found) == len(set(found))


def test_the_limit_holds(places):
    assert len(queries.search("s", limit=4)) == 4


def test_a_misspelt_name_is_found_as_close(places):
    hits = queries.search("Gälivare")
    assert [(hit.municipality.name, hit.is_close) for hit in hits] == [("Gällivare", True)]


@pytest.mark.parametrize("text", ["", "   ", "–", "qqqqqqqqqq", "日本"])
def test_nothing_is_found_where_nothing_is(places, text):
    assert queries.search(text) == []


def test_counties_are_found_by_name(places):
    assert [county.name for county in queries.search_counties("skåne")] == ["Skåne län"]
    assert [county.name for county in queries.search_counties("Dalarnas län")] == ["Dalarnas län"]
    assert queries.search_counties("") == []


def test_a_search_costs_the_same_on_twice_the_rows(places, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.search("mora")
    double_the_municipalities()
    with django_assert_num_queries(3):
        assert len(queries.search("mora")) > 2


def test_every_middle_point_lies_in_its_own_municipality(places):
    for municipality in Municipality.objects.all():
        middle = Point(municipality.longitude, municipality.latitude)
        assert geometry.as_shape(municipality.boundary).intersects(middle), municipality


@pytest.mark.parametrize(
    ("lat", "lon", "name"), [(61.0, 14.54, "Mora"), (59.33, 18.07, "Stockholm"), (57.7, 11.97, "Göteborg")]
)
def test_a_position_within_a_municipality(places, lat, lon, name):
    found = queries.nearest(lat, lon)
    assert (found.municipality.name, found.is_inside, found.distance_km) == (name, True, 0.0)


def test_a_position_at_sea_gets_the_nearest(places):
    found = queries.nearest(57.9, 18.0)
    assert (found.municipality.name, found.is_inside) == ("Gotland", False)
    assert 20 < found.distance_km < 35


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (float("nan"), 15), (0, 999), (float("inf"), 0)])
def test_what_is_no_position_has_no_municipality(places, lat, lon):
    assert queries.nearest(lat, lon) is None


def test_without_boundaries_nothing_is_near(places):
    Municipality.objects.update(boundary=None)
    assert queries.nearest(60, 15) is None


def test_a_position_costs_two_queries(places, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.nearest(61.0, 14.54)

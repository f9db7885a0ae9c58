"""Lists and areas: right, in Swedish order, in few queries however many the rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from loftet.domain.places import queries
from loftet.domain.places.models import County, LocalPoliceAreaMunicipality, PoliceRegion, Provenance
from loftet.domain.places.tests.loading import double_the_municipalities


def test_all_municipalities_in_swedish_order(places):
    names = [municipality.name for municipality in queries.all_municipalities()]
    assert len(names) == 290
    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Östhammar") > names.index("Ängelholm") > names.index("Åsele") > names.index("Ystad")


def test_lists_cost_the_same_on_twice_the_rows(places, django_assert_num_queries):
    def read_everything():
        for municipality in queries.all_municipalities():
            assert municipality.slug
            assert municipality.county.police_region.name
            assert municipality.inhabitants
        for county in queries.counties():
            assert county.police_region.name
        for region in queries.police_regions():
            assert list(region.counties.all())
        overviews, _shared = queries.districts_of(queries.police_region("vast"))
        assert [queries.slug_of(m) for overview in overviews for m in overview.municipalities]

    with django_assert_num_queries(1 + 1 + 2 + 2 + 3):
        read_everything()
    double_the_municipalities()
    assert len(queries.all_municipalities()) == 580
    with django_assert_num_queries(1 + 1 + 2 + 2 + 3):
        read_everything()


def test_a_county_knows_its_region_and_how_many_it_holds(places):
    dalarna = next(county for county in queries.counties() if county.slug == "dalarna")
    assert (dalarna.police_region.name, dalarna.municipality_count) == ("Bergslagen", 15)
    assert len(queries.in_county(queries.county("dalarna"))) == 15
    with pytest.raises(County.DoesNotExist):
        queries.county("dalarnas-lan")


def test_districts_say_how_they_are_known(places):
    overviews, shared = queries.districts_of(queries.police_region("stockholm"))
    found = {overview.district.name: overview for overview in overviews}
    assert list(found) == ["Gotland", "Stockholm City", "Stockholm Nord", "Stockholm Syd"]
    assert found["Stockholm Nord"].provenance == ((Provenance.JUDGED, 14),)
    assert "Södra Roslagen" in [area.name for area in found["Stockholm Nord"].local_areas]
    assert [municipality.name for municipality in shared] == ["Stockholm"]


def test_every_municipality_stands_in_one_region(places):
    count = 0
    for region in queries.police_regions():
        overviews, shared = queries.districts_of(region)
        count += sum(len(overview.municipalities) for overview in overviews) + len(shared)
    assert count == 290
    with pytest.raises(PoliceRegion.DoesNotExist):
        queries.police_region("soder")


def test_population_is_the_latest_with_its_year_and_source(places):
    found = queries.population(queries.municipality("mora"))
    assert (found.count, found.year, found.source.key) == (20_419, 2025, "population-2025")


def test_population_by_age_is_the_whole_table_of_its_year(places):
    year, rows = queries.population_by_age(queries.municipality("upplands-vasby"))
    assert year == 2019
    assert len(rows) == 36
    assert (rows[0].age_group, rows[0].sex, rows[0].count) == ("0-4", "men", 1547)
    assert rows[-1].age_group == "85+"


def test_without_figures_there_is_no_population(places):
    double_the_municipalities()
    twin = queries.municipality("tvilling-x000")
    assert queries.population_by_age(twin) is None
    twin.population.all().delete()
    assert queries.population(twin) is None


def test_local_areas_hold_from_a_day_to_a_day(places):
    mora = queries.municipality("mora")
    day = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    (link,) = queries.local_areas_of(mora, day)
    assert (link.area.name, link.provenance) == ("Mora", Provenance.SOURCED)
    LocalPoliceAreaMunicipality.objects.filter(pk=link.pk).update(starts=date(2026, 3, 2))
    assert queries.local_areas_of(mora, day) == []
    LocalPoliceAreaMunicipality.objects.filter(pk=link.pk).update(starts=date(2026, 3, 1), ends=date(2026, 3, 1))
    assert queries.local_areas_of(mora, day) == [link]


def test_a_place_fetched_by_these_questions_knows_its_address(places, django_assert_num_queries):
    mora = queries.municipality("mora")
    with django_assert_num_queries(0):
        assert queries.slug_of(mora) == "mora"
        assert mora.county.name == "Dalarnas län"

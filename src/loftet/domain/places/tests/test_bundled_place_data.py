"""The files that come with Löftet, before any database."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import shapely

from loftet.domain.places import bundled, geometry
from loftet.domain.places.models import Provenance


def test_the_country_is_whole():
    assert len(bundled.table("counties")) == 21
    assert len({row["region"] for row in bundled.table("counties")}) == 7
    assert len(bundled.table("police_districts")) == 27
    assert len({row["code"] for row in bundled.table("municipalities")}) == 290
    assert len(bundled.table("localities")) == 1323


def test_population_sums_to_the_official_totals():
    totals: Counter[int] = Counter()
    for row in bundled.population():
        totals[row["year"]] += row["count"]
    assert totals == {2019: 10_327_589, 2024: 10_587_140, 2025: 10_605_520}


def test_the_age_table_has_both_sexes_and_eighteen_groups_everywhere():
    found = Counter((row["municipality"], row["sex"]) for row in bundled.population() if row["age_group"])
    assert len(found) == 580
    assert set(found.values()) == {18}


def test_every_count_names_a_source_that_exists():
    keys = {source["key"] for source in bundled.sources()}
    assert {row["source"] for row in bundled.population()} <= keys
    assert len(keys) == len(bundled.sources())


def test_every_source_says_producer_year_and_licence():
    for source in bundled.sources():
        assert all(source[name].strip(" –") for name in ("title", "producer", "year", "licence")), source["key"]


def test_links_to_police_areas_carry_their_provenance():
    municipalities = bundled.table("municipalities")
    known = Counter(row["provenance"] for row in municipalities)
    assert known == {"sourced": 116, "county_rule": 72, "judged": 102}
    assert all(row["source"] for row in municipalities if row["provenance"] == "sourced")
    links = bundled.table("local_police_areas")
    assert len(links) == 77
    assert all(row["source"] for row in links)
    assert {row["provenance"] for row in links} <= {value for value, _label in Provenance.choices}


def test_what_the_source_page_says_about_uncertainty_is_what_the_files_hold():
    note = next(source["note"] for source in bundled.sources() if source["key"] == "police-areas")
    judged = [row for row in bundled.table("municipalities") if row["provenance"] == "judged"]
    known = {row["municipality"] for row in bundled.table("local_police_areas")}
    assert f"För {len(judged)} kommuner" in note
    assert f"känt för {len(known)} kommuner" in note


def test_neighbours_share_their_borders():
    boundaries = bundled.boundaries()
    shapes = [geometry.as_shape(b) for key, b in boundaries.items() if key.startswith("municipality:")]
    assert len(shapes) == 290
    assert shapely.coverage_is_valid(shapes)


def test_a_county_is_exactly_its_municipalities():
    boundaries = bundled.boundaries()
    for county in bundled.table("counties"):
        parts = [
            geometry.as_shape(b) for key, b in boundaries.items() if key.startswith(f"municipality:{county['code']}")
        ]
        whole = geometry.as_shape(boundaries[f"county:{county['code']}"])
        assert shapely.union_all(parts).symmetric_difference(whole).area < 1e-9, county["name"]


def test_borders_stay_shared_when_simplified_together():
    boundaries = bundled.boundaries()
    shapes = [geometry.as_shape(b) for key, b in boundaries.items() if key.startswith("municipality:20")]
    simple = geometry.simplify_together([geometry.to_plane(shape) for shape in shapes], 5.0)
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(shapes).sum() * 0.8


def test_the_plane_measures_kilometres():
    stockholm, goteborg = shapely.Point(18.0686, 59.3293), shapely.Point(11.9746, 57.7089)
    apart = geometry.to_plane(stockholm).distance(geometry.to_plane(goteborg))
    assert abs(apart - 398) < 4  # the distance along a great circle is 398 km


def test_the_files_are_small_enough_to_carry():
    size = sum(len(gzip.compress(path.read_bytes())) for path in bundled.DATA.iterdir())
    assert size < 600_000
    assert json.loads((bundled.DATA / "boundaries.json").read_text(encoding="utf-8"))

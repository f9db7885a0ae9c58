"""Loading the bundled places: whole, repeatable, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import CharField, Sum
from django.test.utils import CaptureQueriesContext

from loftet.domain.journal import queries as journal
from loftet.domain.places import actions, bundled, queries
from loftet.domain.places.actions import loading
from loftet.domain.places.models import (
    County,
    DataSource,
    Locality,
    LocalPoliceArea,
    LocalPoliceAreaMunicipality,
    Municipality,
    PoliceDistrict,
    PoliceRegion,
    Population,
    Provenance,
    Slug,
)

LATER = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def test_a_first_load_fills_every_table(places):
    assert Municipality.objects.count() == 290
    assert County.objects.count() == 21
    assert PoliceRegion.objects.count() == 7
    assert PoliceDistrict.objects.count() == 27
    assert LocalPoliceArea.objects.count() == 25
    assert Locality.objects.count() == 1323
    assert DataSource.objects.count() == 8
    assert places.updated == places.unchanged == 0
    assert places.by_kind["kommuner"].created == 290


@pytest.mark.parametrize("model", [DataSource, PoliceDistrict, Municipality, LocalPoliceAreaMunicipality, Locality])
def test_every_text_fits_its_column(places, model):
    columns = [field for field in model._meta.fields if isinstance(field, CharField)]
    for row in model.objects.all():
        too_long = [field.name for field in columns if len(getattr(row, field.name)) > field.max_length]
        assert too_long == [], row


def test_population_adds_up(places):
    def total(**which) -> int:
        return Population.objects.filter(**which).aggregate(sum=Sum("count"))["sum"]

    assert total(year=2025) == 10_605_520
    assert total(year=2019) == 10_327_589
    assert total(year=2019, sex="women") + total(year=2019, sex="men") == 10_327_589


def test_every_municipality_is_complete(places):
    for municipality in queries.all_municipalities():
        assert municipality.county.police_region.name
        assert municipality.inhabitants_year == 2025
        assert municipality.inhabitants > 2000
        assert municipality.slug
        has_district = municipality.police_district is not None
        assert has_district or municipality.police_district_note, municipality
    assert not Municipality.objects.filter(boundary__isnull=True).exists()
    assert not Municipality.objects.filter(police_district_provenance=Provenance.UNKNOWN).exists()


def test_a_second_load_changes_nothing_and_writes_nothing(places):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = actions.load_bundled(at=LATER)
    assert (again.created, again.updated) == (0, 0)
    assert again.unchanged == places.created
    wrote = [q["sql"] for q in asked if q["sql"].split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert wrote == []


def test_a_changed_name_and_boundary_are_mended_and_noted(places):
    mora = queries.municipality("mora")
    right = Municipality.objects.get(pk=mora.pk).boundary
    Municipality.objects.filter(pk=mora.pk).update(name="Morra", boundary={"type": "Point", "coordinates": [0, 0]})
    report = actions.load_bundled(at=LATER)
    mended = Municipality.objects.get(pk=mora.pk)
    assert report.by_kind["kommuner"].updated == 1
    assert (mended.name, mended.boundary) == ("Mora", right)
    (event,) = journal.history(mora.public_id)
    assert (event.verb, event.at, event.data) == ("municipality.updated", LATER, {"fields": ["boundary", "name"]})


def test_a_new_name_gets_a_new_address_and_the_old_one_leads_on(places, monkeypatch):
    table = bundled.table("municipalities")
    for row in table:
        if row["code"] == "2062":
            row["name"] = "Mora-Venjan"
    real = bundled.table
    monkeypatch.setattr(bundled, "table", lambda name: table if name == "municipalities" else real(name))
    mora = queries.municipality("mora")
    assert actions.load_bundled(at=LATER).by_kind["adresser"].created == 1
    assert queries.slug_of(Municipality.objects.get(pk=mora.pk)) == "mora-venjan"
    found = queries.find_place("mora")
    assert (found.municipality, found.is_current) == (mora, False)


def test_what_a_coordinator_has_entered_is_never_overwritten(places):
    entered = {"police_district_provenance": Provenance.ENTERED, "police_district_note": "Rättat i mars."}
    other = PoliceDistrict.objects.get(name="Skaraborg")
    Municipality.objects.filter(code="1480").update(police_district=other, **entered)
    link = LocalPoliceAreaMunicipality.objects.first()
    LocalPoliceAreaMunicipality.objects.filter(pk=link.pk).update(provenance=Provenance.ENTERED, source="Vi själva")
    report = actions.load_bundled(at=LATER)
    kept = Municipality.objects.get(code="1480")
    assert report.updated == 0
    assert (kept.police_district, kept.police_district_note) == (other, "Rättat i mars.")
    assert LocalPoliceAreaMunicipality.objects.get(pk=link.pk).source == "Vi själva"


def test_a_judged_link_that_differs_is_mended(places):
    other = PoliceDistrict.objects.get(name="Skaraborg")
    Municipality.objects.filter(code="1480").update(police_district=other)
    assert actions.load_bundled(at=LATER).updated == 1
    assert Municipality.objects.get(code="1480").police_district.name == "Storgöteborg"


def test_a_load_that_breaks_saves_nothing(places, monkeypatch):
    def broken():
        raise OSError("filen gick inte att läsa")

    Municipality.objects.filter(code="2062").update(name="Morra")
    monkeypatch.setattr(loading, "_load_population", broken)
    with pytest.raises(OSError, match="gick inte att läsa"):
        actions.load_bundled(at=LATER)
    assert Municipality.objects.get(code="2062").name == "Morra"


def test_progress_is_told_for_each_kind(places):
    told = []
    actions.load_bundled(at=LATER, progress=lambda kind, done, total: told.append((kind, done, total)))
    assert [done for _kind, done, _total in told] == list(range(1, 10))
    assert {total for _kind, _done, total in told} == {9}
    assert told[0][0] == "datakällor"


def test_permanent_ids_differ_and_stay(places):
    before = dict(Municipality.objects.values_list("code", "public_id"))
    actions.load_bundled(at=LATER)
    assert dict(Municipality.objects.values_list("code", "public_id")) == before
    assert len(set(before.values())) == 290
    assert Slug.objects.filter(is_current=True).count() == 290

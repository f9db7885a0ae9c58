"""Loading the bundled places. A second run changes nothing; what a person has entered is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from loftet.domain.base import clock
from loftet.domain.journal import actions as journal
from loftet.domain.places import bundled, names
from loftet.domain.places.actions import addresses
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
)

# Told after each kind of thing: what it was, how many kinds are done, how many there are.
Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
DISTRICT_FIELDS = (
    "police_district_id",
    "police_district_provenance",
    "police_district_source",
    "police_district_note",
)


@dataclass(frozen=True)
class Counts:
    """How many rows of one kind were new, changed and as before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class LoadReport:
    """What a load did, by what people call the things."""

    by_kind: dict[str, Counts] = field(default_factory=dict)

    @property
    def created(self) -> int:
        """New rows in all."""
        return sum(counts.created for counts in self.by_kind.values())

    @property
    def updated(self) -> int:
        """Changed rows in all."""
        return sum(counts.updated for counts in self.by_kind.values())

    @property
    def unchanged(self) -> int:
        """Rows that were right already."""
        return sum(counts.unchanged for counts in self.by_kind.values())


@transaction.atomic
def load_bundled(*, at: datetime | None = None, progress: Progress | None = None) -> LoadReport:
    """Bring every bundled place into the database, in one transaction, and say what changed.

    Nothing is deleted. A municipality that changes is noted in the journal. A link to a police area that a coordinator
    has entered stays as entered.
    """
    at = at or clock.now()
    shapes = bundled.boundaries()
    steps: list[tuple[str, Callable[[], Counts]]] = [
        ("datakällor", lambda: _sync(DataSource, bundled.sources(), key=("key",))),
        ("polisregioner", lambda: _load_regions(shapes)),
        ("län", lambda: _load_counties(shapes)),
        ("polisområden", _load_districts),
        ("kommuner", lambda: _load_municipalities(shapes, at)),
        ("adresser", lambda: _load_addresses(at)),
        ("lokalpolisområden", _load_local_areas),
        ("orter", _load_localities),
        ("folkmängd", _load_population),
    ]
    by_kind: dict[str, Counts] = {}
    for number, (kind, load) in enumerate(steps, start=1):
        by_kind[kind] = load()
        if progress:
            progress(kind, number, len(steps))
    return LoadReport(by_kind)


def _sync(
    model: type[models.Model],
    rows: Iterable[Row],
    *,
    key: tuple[str, ...],
    keep: Callable[[Any], Row] | None = None,
    on_change: Callable[[Any, list[str]], object] | None = None,
) -> Counts:
    """Make the table hold these rows. `keep` names what an existing row keeps whatever the bundle says."""
    existing = {tuple(getattr(found, name) for name in key): found for found in model._default_manager.all()}
    new, changed, fields, unchanged = [], [], set(), 0
    for row in rows:
        found = existing.get(tuple(row[name] for name in key))
        if found is None:
            new.append(model(**row))
            continue
        wanted = {**row, **keep(found)} if keep else row
        different = [name for name, value in wanted.items() if getattr(found, name) != value]
        if not different:
            unchanged += 1
            continue
        for name in different:
            setattr(found, name, wanted[name])
        if on_change:
            on_change(found, different)
        changed.append(found)
        fields.update(different)
    model._default_manager.bulk_create(new, batch_size=1000)
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields), batch_size=100)
    return Counts(len(new), len(changed), unchanged)


def _load_regions(shapes: dict[str, Any]) -> Counts:
    regions = sorted({row["region"] for row in bundled.table("counties")})
    rows = (
        {"name": name, "slug": names.slugify_swedish(name), "boundary": shapes[f"region:{name}"]} for name in regions
    )
    return _sync(PoliceRegion, rows, key=("name",))


def _load_counties(shapes: dict[str, Any]) -> Counts:
    regions = dict(PoliceRegion.objects.values_list("name", "id"))
    rows = (
        {
            "code": row["code"],
            "name": row["name"],
            "slug": names.county_word(row["name"]),
            "police_region_id": regions[row["region"]],
            "boundary": shapes[f"county:{row['code']}"],
        }
        for row in bundled.table("counties")
    )
    return _sync(County, rows, key=("code",))


def _load_districts() -> Counts:
    regions = dict(PoliceRegion.objects.values_list("name", "id"))
    rows = ({"region_id": regions[row["region"]], "name": row["name"]} for row in bundled.table("police_districts"))
    return _sync(PoliceDistrict, rows, key=("region_id", "name"))


def _load_municipalities(shapes: dict[str, Any], at: datetime) -> Counts:
    counties = dict(County.objects.values_list("code", "id"))
    # A district's name occurs once in the country, so the municipality's row need not repeat the region.
    districts = dict(PoliceDistrict.objects.values_list("name", "id"))
    rows = (
        {
            "code": row["code"],
            "name": row["name"],
            "county_id": counties[row["county"]],
            "police_district_id": districts[row["police_district"]] if row["police_district"] else None,
            "police_district_provenance": row["provenance"],
            "police_district_source": row["source"],
            "police_district_note": row["note"],
            "skr_group": row["skr_group"],
            "skr_group_name": row["skr_group_name"],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "boundary": shapes[f"municipality:{row['code']}"],
        }
        for row in bundled.table("municipalities")
    )

    def note(municipality: Municipality, fields: list[str]) -> None:
        journal.record(verb="municipality.updated", subject=municipality, at=at, data={"fields": sorted(fields)})

    return _sync(Municipality, rows, key=("code",), keep=_what_a_coordinator_entered, on_change=note)


def _what_a_coordinator_entered(municipality: Municipality) -> Row:
    if municipality.police_district_provenance != Provenance.ENTERED:
        return {}
    return {name: getattr(municipality, name) for name in DISTRICT_FIELDS}


def _load_addresses(at: datetime) -> Counts:
    codes = {row["code"] for row in bundled.table("municipalities")}
    places = Municipality.objects.filter(code__in=codes).order_by("code")
    found = list(places.values_list("code", "name", "county__name", "public_id"))
    wanted, shared = names.addresses((code, name, county) for code, name, county, _public_id in found)
    by_subject = {public_id: wanted[code] for code, _name, _county, public_id in found}
    changed = addresses.claim_for_municipalities(by_subject, shared, at)
    return Counts(created=changed, unchanged=len(by_subject) + len(shared) - changed)


def _load_local_areas() -> Counts:
    table = bundled.table("local_police_areas")
    districts = dict(PoliceDistrict.objects.values_list("name", "id"))
    areas = {(districts[row["district"]], row["name"]) for row in table}
    made = _sync(
        LocalPoliceArea,
        ({"district_id": district, "name": name} for district, name in sorted(areas)),
        key=("district_id", "name"),
    )
    ids = {(a.district_id, a.name): a.id for a in LocalPoliceArea.objects.all()}
    municipalities = dict(Municipality.objects.values_list("code", "id"))
    rows = (
        {
            "area_id": ids[districts[row["district"]], row["name"]],
            "municipality_id": municipalities[row["municipality"]],
            "provenance": row["provenance"],
            "source": row["source"],
        }
        for row in table
    )
    links = _sync(LocalPoliceAreaMunicipality, rows, key=("area_id", "municipality_id"), keep=_entered_link)
    return Counts(made.created + links.created, made.updated + links.updated, made.unchanged + links.unchanged)


def _entered_link(link: LocalPoliceAreaMunicipality) -> Row:
    entered = link.provenance == Provenance.ENTERED
    return {"provenance": link.provenance, "source": link.source} if entered else {}


def _load_localities() -> Counts:
    municipalities = dict(Municipality.objects.values_list("code", "id"))
    rows = (
        {
            "source_id": row["source_id"],
            "municipality_id": municipalities[row["municipality"]],
            "name": row["name"],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        }
        for row in bundled.table("localities")
    )
    return _sync(Locality, rows, key=("source_id",))


def _load_population() -> Counts:
    municipalities = dict(Municipality.objects.values_list("code", "id"))
    sources = dict(DataSource.objects.values_list("key", "id"))
    rows = (
        {
            "municipality_id": municipalities[row["municipality"]],
            "year": row["year"],
            "sex": row["sex"],
            "age_group": row["age_group"],
            "count": row["count"],
            "source_id": sources[row["source"]],
        }
        for row in bundled.population()
    )
    return _sync(Population, rows, key=("municipality_id", "year", "sex", "age_group"))

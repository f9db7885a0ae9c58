"""Counties and the police's areas, and how well it is known what belongs to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from loftet.domain.base import clock
from loftet.domain.places.models import (
    County,
    LocalPoliceArea,
    LocalPoliceAreaMunicipality,
    Municipality,
    PoliceDistrict,
    PoliceRegion,
    Provenance,
)
from loftet.domain.places.names import sort_key
from loftet.domain.places.queries.municipalities import in_order, in_police_region


@dataclass(frozen=True)
class DistrictOverview:
    """A police district with its municipalities, and how many of the links rest on what."""

    district: PoliceDistrict
    municipalities: tuple[Municipality, ...]
    local_areas: tuple[LocalPoliceArea, ...]
    provenance: tuple[tuple[Provenance, int], ...]


def counties() -> list[County]:
    """Every county by name, with its region and `municipality_count`."""
    found = County.objects.select_related("police_region").defer("boundary", "police_region__boundary")
    return sorted(found.annotate(municipality_count=Count("municipalities")), key=lambda c: sort_key(c.name))


def county(slug: str) -> County:
    """One county with its region. Raises `County.DoesNotExist`."""
    return County.objects.select_related("police_region").defer("police_region__boundary").get(slug=slug)


def police_regions() -> list[PoliceRegion]:
    """Every police region by name, with its counties fetched."""
    counties_of = Prefetch("counties", County.objects.defer("boundary"))
    found = PoliceRegion.objects.defer("boundary").prefetch_related(counties_of)
    return sorted(found, key=lambda region: sort_key(region.name))


def police_region(slug: str) -> PoliceRegion:
    """One police region with its counties fetched. Raises `PoliceRegion.DoesNotExist`."""
    counties_of = Prefetch("counties", County.objects.defer("boundary"))
    return PoliceRegion.objects.prefetch_related(counties_of).get(slug=slug)


def districts_of(region: PoliceRegion) -> tuple[list[DistrictOverview], list[Municipality]]:
    """The districts of a region with their municipalities, and the municipalities that have no single district."""
    places = in_police_region(region)
    areas = list(LocalPoliceArea.objects.filter(district__region=region))
    overviews = []
    for district in sorted(PoliceDistrict.objects.filter(region=region), key=lambda d: sort_key(d.name)):
        members = tuple(m for m in places if m.police_district_id == district.pk)
        local = sorted((a for a in areas if a.district_id == district.pk), key=lambda a: sort_key(a.name))
        overviews.append(DistrictOverview(district, members, tuple(local), provenance_counts(members)))
    return overviews, in_order(m for m in places if m.police_district_id is None)


def provenance_counts(municipalities: Iterable[Municipality]) -> tuple[tuple[Provenance, int], ...]:
    """How many of the municipalities' links to a police district rest on what, best known first."""
    counted = Counter(m.police_district_provenance for m in municipalities)
    return tuple((kind, counted[kind]) for kind in Provenance if counted[kind])


def local_areas_of(municipality: Municipality, at: datetime | None = None) -> list[LocalPoliceAreaMunicipality]:
    """The local police areas that the municipality is known to belong to on the day, with area and provenance."""
    day = clock.day_of(at or clock.now())
    runs = (Q(starts__isnull=True) | Q(starts__lte=day)) & (Q(ends__isnull=True) | Q(ends__gte=day))
    found = LocalPoliceAreaMunicipality.objects.filter(runs, municipality=municipality).select_related("area")
    return sorted(found, key=lambda link: sort_key(link.area.name))

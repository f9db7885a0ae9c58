"""Municipalities, with what a list or a page needs in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import shapely
from django.db.models import OuterRef, QuerySet, Subquery
from shapely.geometry.base import BaseGeometry

from loftet.domain.places import geometry
from loftet.domain.places.models import County, DataSource, Municipality, PoliceRegion, Population, Slug
from loftet.domain.places.names import MUNICIPALITIES, sort_key

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Addressed(TypedDict):
        """What `addressed` adds to a municipality: its present address."""

        slug: str

    class Listed(Addressed):
        """What lists add too: who live there in the latest year known."""

        inhabitants: int | None
        inhabitants_year: int | None

    AddressedMunicipality = WithAnnotations[Municipality, Addressed]
    ListedMunicipality = WithAnnotations[Municipality, Listed]

M = TypeVar("M", bound=Municipality)
HEAVY = ("boundary", "county__boundary", "county__police_region__boundary")


def addressed() -> QuerySet[AddressedMunicipality]:
    """Municipalities with `slug` (their current address), county and region, and without the heavy boundaries."""
    current = Slug.objects.filter(scope=MUNICIPALITIES, subject=OuterRef("public_id"), is_current=True)
    return (
        Municipality.objects.annotate(slug=Subquery(current.values("slug")[:1]))
        .select_related("county__police_region", "police_district")
        .defer(*HEAVY)
    )


def counted() -> QuerySet[ListedMunicipality]:
    """As `addressed`, with `inhabitants` of the latest year known and `inhabitants_year`."""
    totals = Population.objects.filter(municipality=OuterRef("pk"), sex=Population.Sex.ALL, age_group="")
    latest = totals.order_by("-year")
    return addressed().annotate(
        inhabitants=Subquery(latest.values("count")[:1]), inhabitants_year=Subquery(latest.values("year")[:1])
    )


def in_order(found: Iterable[M]) -> list[M]:
    """By name, in Swedish order."""
    return sorted(found, key=lambda municipality: sort_key(municipality.name))


def all_municipalities() -> list[ListedMunicipality]:
    """Every municipality by name, with slug, county, region, district and inhabitants, in one query."""
    return in_order(counted())


def in_county(county: County) -> list[ListedMunicipality]:
    """The municipalities of a county, as in `all_municipalities`."""
    return in_order(counted().filter(county=county))


def in_police_region(region: PoliceRegion) -> list[ListedMunicipality]:
    """The municipalities of a police region, as in `all_municipalities`."""
    return in_order(counted().filter(county__police_region=region))


def codes() -> dict[str, int]:
    """Every municipality's key by its code, for maps."""
    return dict(Municipality.objects.values_list("code", "pk"))


def outline_in_county(municipality: Municipality) -> tuple[BaseGeometry, BaseGeometry] | None:
    """The boundaries of a municipality and its county in the plane (kilometres), or None where they are not known."""
    own, county = Municipality.objects.values_list("boundary", "county__boundary").get(pk=municipality.pk)
    if not own or not county:
        return None
    return geometry.to_plane(geometry.as_shape(own)), geometry.to_plane(geometry.as_shape(county))


def outlines_of(county: County, *, units: int) -> dict[int, BaseGeometry]:
    """The boundaries of a county's municipalities in the plane (kilometres), by the municipality's key.

    Simplified together for a drawing that is `units` wide or high: what is smaller than two units is straightened.
    """
    rows = Municipality.objects.filter(county=county, boundary__isnull=False).values_list("pk", "boundary")
    shapes = {pk: geometry.to_plane(geometry.as_shape(boundary)) for pk, boundary in rows if boundary}
    if not shapes:
        return {}
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    simple = geometry.simplify_together(list(shapes.values()), 2 * max(east - west, north - south) / units)
    return dict(zip(shapes, simple, strict=True))


def sources() -> QuerySet[DataSource]:
    """Where every set of place data comes from."""
    return DataSource.objects.order_by("title")

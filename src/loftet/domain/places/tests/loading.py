"""The bundled places in tests: loaded, and doubled."""

from __future__ import annotations

from datetime import UTC, datetime

from loftet.domain.places import actions
from loftet.domain.places.models import Municipality, Population, Slug
from loftet.domain.places.names import MUNICIPALITIES

LOADED_AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def load_places() -> actions.LoadReport:
    """Load the bundled places."""
    return actions.load_bundled(at=LOADED_AT)


def double_the_municipalities() -> None:
    """Add an example beside every municipality, with an address and inhabitants, to count queries on twice the rows."""
    real = list(Municipality.objects.order_by("code"))
    twins = Municipality.objects.bulk_create(
        Municipality(
            code=f"X{number:03}",
            name=f"{one.name} tvilling",
            county_id=one.county_id,
            police_district_id=one.police_district_id,
            police_district_provenance=one.police_district_provenance,
            boundary=one.boundary,
            latitude=one.latitude,
            longitude=one.longitude,
            is_example=True,
        )
        for number, one in enumerate(real)
    )
    Slug.objects.bulk_create(
        Slug(
            scope=MUNICIPALITIES,
            slug=f"tvilling-{twin.code.lower()}",
            subject_kind="municipality",
            subject=twin.public_id,
            since=LOADED_AT,
        )
        for twin in twins
    )
    source = Population.objects.first().source
    Population.objects.bulk_create(
        Population(municipality=twin, year=2025, count=1000, source=source) for twin in twins
    )

"""A fictional municipality with a local police area of its own, for trying things out. It lies in no county."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from loftet.domain.journal import actions as journal
from loftet.domain.places.actions.addresses import claim_slug
from loftet.domain.places.models import (
    DataSource,
    LocalPoliceArea,
    LocalPoliceAreaMunicipality,
    Municipality,
    Population,
    Provenance,
)
from loftet.domain.places.names import MUNICIPALITIES


@transaction.atomic
def add_example(
    *,
    code: str,
    name: str,
    local_police_area: str,
    population: int,
    population_year: int,
    at: datetime | None = None,
) -> tuple[Municipality, LocalPoliceArea]:
    """Add a municipality that is marked as an example everywhere, and its local police area."""
    municipality = Municipality.objects.create(code=code, name=name, is_example=True)
    area = LocalPoliceArea.objects.create(name=local_police_area, is_example=True)
    LocalPoliceAreaMunicipality.objects.create(area=area, municipality=municipality, provenance=Provenance.ENTERED)
    source, _ = DataSource.objects.get_or_create(
        key="exempel",
        defaults={
            "title": "Exempelkommunens uppgifter",
            "producer": "Löftet",
            "year": "påhittade",
            "licence": "CC0",
            "note": "Exempelkommunen finns inte. Folkmängd, platser och allt annat om den är påhittat.",
        },
    )
    Population.objects.create(municipality=municipality, year=population_year, count=population, source=source)
    claim_slug(scope=MUNICIPALITIES, wanted=name, subject_kind="municipality", subject=municipality.public_id, at=at)
    journal.record(verb="places.example_added", subject=municipality, at=at)
    return municipality, area

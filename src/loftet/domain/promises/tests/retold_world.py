"""What the tests of retold promises start from: municipalities to be told about, and a record to change."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

from loftet.domain.journal.models import Event
from loftet.domain.places.models import County, Municipality, PoliceRegion, Slug
from loftet.domain.places.names import slugify_swedish
from loftet.domain.promises.importers.files import bundled_document
from loftet.domain.promises.models.retold import RetoldMeasure, RetoldPlace, RetoldPromise, RetoldResponsible

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def told() -> list[dict[str, Any]]:
    """The records that come with the product, free to change."""
    return copy.deepcopy(bundled_document()["löften"])


def a_record(key: str = "laxa-2018", **changes: Any) -> dict[str, Any]:
    """One of the records, with some fields changed."""
    return {**next(record for record in told() if record["id"] == key), **changes}


def with_measure(**changes: Any) -> dict[str, Any]:
    """A record with one measure."""
    return a_record(åtgärder=[{"text": "Fotpatrull", "ansvarig": ["polis"], **changes}])


def make_municipalities() -> dict[str, Municipality]:
    """The municipalities that the records name, each with its address, and a made-up one."""
    region = PoliceRegion.objects.create(name="Provet", slug="provet")
    county = County.objects.create(code="99", name="Provlän", slug="provlan", police_region=region)
    names = dict.fromkeys(name for record in told() for name in record["kommun"])
    made = [Municipality(code=f"{8000 + n}", name=name, county=county) for n, name in enumerate(names, start=1)]
    made.append(Municipality(code="9801", name="Exempelby", county=county, is_example=True))
    Municipality.objects.bulk_create(made)
    Slug.objects.bulk_create(
        Slug(
            scope="kommun",
            slug=slugify_swedish(municipality.name),
            subject_kind="municipality",
            subject=municipality.public_id,
            since=AT,
        )
        for municipality in made
    )
    return {municipality.name: municipality for municipality in made}


def everything() -> list[list[dict[str, Any]]]:
    """Every row that an import may write, to compare before with after."""
    tables = (RetoldPromise, RetoldPlace, RetoldMeasure, RetoldResponsible, Slug, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]

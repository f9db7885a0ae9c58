"""Who lives in a municipality. A count always comes with its year and its source."""

from __future__ import annotations

from dataclasses import dataclass

from loftet.domain.places.models import DataSource, Municipality, Population


@dataclass(frozen=True)
class PopulationCount:
    """How many lived in a municipality in a year."""

    count: int
    year: int
    source: DataSource


@dataclass(frozen=True)
class AgeCount:
    """How many of one sex and age group; `age_group` is like `20-24` or `85+`."""

    sex: str
    age_group: str
    count: int


def population(municipality: Municipality) -> PopulationCount | None:
    """The total of the latest year known, or None."""
    row = (
        Population.objects.filter(municipality=municipality, sex=Population.Sex.ALL, age_group="")
        .select_related("source")
        .order_by("-year")
        .first()
    )
    return PopulationCount(row.count, row.year, row.source) if row else None


def population_by_age(municipality: Municipality) -> tuple[int, list[AgeCount]] | None:
    """The latest year with ages, and its counts by sex and age group from the youngest, or None."""
    rows = Population.objects.filter(municipality=municipality).exclude(age_group="")
    latest = rows.order_by("-year").values_list("year", flat=True).first()
    if latest is None:
        return None
    found = rows.filter(year=latest).values_list("sex", "age_group", "count")
    return latest, [AgeCount(*row) for row in sorted(found, key=lambda row: (_first_age(row[1]), row[0]))]


def _first_age(group: str) -> int:
    return int(group.rstrip("+").split("-")[0])

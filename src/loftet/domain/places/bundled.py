"""Reading the place data that Löftet carries with it. Where it comes from stands in `data/README.md`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the bundled tables, by its name without ending."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sources() -> list[dict[str, str]]:
    """Where each set of data comes from."""
    return json.loads((DATA / "sources.json").read_text(encoding="utf-8"))


def boundaries() -> dict[str, dict[str, Any]]:
    """GeoJSON geometries by kind and code: `municipality:2062`, `county:20`, `region:Bergslagen`."""
    return json.loads((DATA / "boundaries.json").read_text(encoding="utf-8"))


def population() -> Iterator[dict[str, Any]]:
    """Every count: totals first, then sex by age group."""
    for row in table("population_totals"):
        yield _count(row["municipality"], int(row["year"]), "all", "", row["count"])
    for row in table("population_2019"):
        municipality, sex = row.pop("municipality"), row.pop("sex")
        for age_group, count in row.items():
            yield _count(municipality, 2019, sex, age_group, count)


def _count(municipality: str, year: int, sex: str, age_group: str, count: str) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "year": year,
        "sex": sex,
        "age_group": age_group,
        "count": int(count),
        "source": f"population-{year}",
    }

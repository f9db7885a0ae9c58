"""Maps as small drawings: Sweden by state, a county by municipality, a municipality in its county."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from shapely.geometry.base import BaseGeometry

from loftet.domain.places import queries as places
from loftet.domain.places.models import County, Municipality, PoliceRegion
from loftet.domain.places.names import sort_key
from loftet.faces.public.places import drawing
from loftet.faces.public.places.states import STATES, UNKNOWN, State
from loftet.faces.shared import text

OUTLINES = Path(__file__).with_name("outlines.json")
COUNTY_SIZE = 600
SMALL_SIZE = 300


@dataclass(frozen=True)
class Area:
    """A shape on a map: its path, what it is called and where it leads."""

    path: str
    label: str = ""
    url: str = ""
    state: State | None = None


@dataclass(frozen=True)
class Map:
    """A drawing ready for `public/places/_map.html`. `fills` lie under `areas`; only areas lead anywhere."""

    key: str
    view_box: str
    title: str
    description: str
    areas: tuple[Area, ...]
    fills: tuple[Area, ...] = ()
    has_states: bool = False


@cache
def _outlines() -> dict[str, Any]:
    """The map of Sweden drawn by scripts/places_data.py. Read once, because it changes with releases only."""
    return json.loads(OUTLINES.read_text(encoding="utf-8"))


def sweden(counties: Iterable[County], states: Mapping[int, str]) -> Map:
    """Every municipality filled by state, one path for each state; each county leads to its own page."""
    outlines, codes = _outlines(), places.codes()
    by_state: dict[str, list[str]] = {state.key: [] for state in STATES}
    for code, path in outlines["municipalities"].items():
        by_state[states.get(codes.get(code, 0), UNKNOWN)].append(path)
    shown = [state for state in STATES if by_state[state.key]]
    areas = (
        Area(outlines["counties"][county.code], county.name, reverse("public:county", kwargs={"slug": county.slug}))
        for county in counties
        if county.code in outlines["counties"]
    )
    told = (f"{text.counted(len(by_state[s.key]), 'kommun', 'kommuner')}: {s.word.lower()}" for s in shown)
    return Map(
        key="sverige",
        view_box=f"0 0 {outlines['width']} {outlines['height']}",
        title="Sveriges kommuner efter hur det går med löftena",
        description=f"{'. '.join(told)}. Varje län leder till en egen sida. Tabellen över kommuner säger samma sak.",
        fills=tuple(Area("".join(by_state[state.key]), state=state) for state in shown),
        areas=tuple(areas),
        has_states=True,
    )


def county_map(county: County, municipalities: Iterable[Municipality], states: Mapping[int, str]) -> Map | None:
    """The municipalities of a county, each filled by its state and leading to its page."""
    shapes = places.outlines_of(county, units=COUNTY_SIZE)
    drawn = [municipality for municipality in municipalities if municipality.pk in shapes]
    if not drawn:
        return None
    frame = drawing.frame_around(shapes.values(), width=COUNTY_SIZE, height=COUNTY_SIZE)
    by_key = {state.key: state for state in STATES}
    areas = (
        Area(
            drawing.path_of(shapes[municipality.pk], frame),
            municipality.name,
            reverse("public:place", kwargs={"place": places.slug_of(municipality)}),
            by_key[states.get(municipality.pk, UNKNOWN)],
        )
        for municipality in drawn
    )
    return Map(
        key="lan",
        view_box=frame.view_box,
        title=f"Kommunerna i {county.name}",
        description="Varje kommun leder till sin sida. Tabellen nedanför säger samma sak.",
        areas=tuple(areas),
        has_states=True,
    )


def region_map(region: PoliceRegion) -> Map:
    """Sweden's counties with those of a police region marked."""
    outlines = _outlines()
    counties = list(region.counties.all())
    within = {county.code for county in counties}
    names = sorted((county.name for county in counties), key=sort_key)
    rest = "".join(path for code, path in outlines["counties"].items() if code not in within)
    own = "".join(path for code, path in outlines["counties"].items() if code in within)
    return Map(
        key="polisregion",
        view_box=f"0 0 {outlines['width']} {outlines['height']}",
        title=f"Var {region} ligger i Sverige",
        description=f"Polisregionen omfattar {text.joined(names)}.",
        fills=(Area(rest),),
        areas=(Area(own, str(region)),),
    )


def place_map(municipality: Municipality) -> Map | None:
    """A municipality in its county."""
    found = places.outline_in_county(municipality)
    if found is None:
        return None
    own, county = found
    frame = drawing.frame_around([county], width=SMALL_SIZE, height=SMALL_SIZE)
    return Map(
        key="laget",
        view_box=frame.view_box,
        title=f"Var {municipality.name} ligger",
        description=f"Kommunens gräns i {municipality.county}.",
        fills=(Area(_light(county, frame)),),
        areas=(Area(_light(own, frame), municipality.name),),
    )


def _light(shape: BaseGeometry, frame: drawing.Frame) -> str:
    return drawing.path_of(shape.simplify(1 / frame.scale), frame)

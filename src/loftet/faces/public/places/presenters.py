"""What the pages about places show, ready for the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString

from loftet.domain.places import queries as places
from loftet.domain.places.models import County, LocalPoliceAreaMunicipality, Municipality, PoliceRegion, Provenance
from loftet.domain.places.names import sort_key
from loftet.domain.places.queries import DistrictOverview, PopulationCount
from loftet.faces.public.places import maps
from loftet.faces.public.places.states import STATES, UNKNOWN, State
from loftet.faces.shared import text

if TYPE_CHECKING:
    from loftet.domain.places.queries.municipalities import ListedMunicipality

PROVENANCE_WORDS = {
    Provenance.SOURCED: "",
    Provenance.COUNTY_RULE: "Polisområdet är hela länet.",
    Provenance.NAME_RULE: "Området har samma namn som kommunen.",
    Provenance.JUDGED: "Uppgiften är en obelagd bedömning och kan vara fel.",
    Provenance.ENTERED: "Uppgiften kommer från kommunens eller polisens samordnare.",
    Provenance.UNKNOWN: "Löftet vet inte vilket polisområde kommunen hör till.",
}
PROVENANCE_SUMMARY = {
    Provenance.SOURCED: "har en källa",
    Provenance.COUNTY_RULE: "följer av länet",
    Provenance.NAME_RULE: "följer av namnet",
    Provenance.JUDGED: "bygger på en obelagd bedömning och kan vara fel",
    Provenance.ENTERED: "kommer från samordnare",
    Provenance.UNKNOWN: "är okända",
}


@dataclass(frozen=True)
class KnownArea:
    """A police area that a municipality belongs to, and in words how that is known."""

    name: str
    basis: str


@dataclass(frozen=True)
class PlaceFacts:
    """What `public/places/_facts.html` shows about a municipality."""

    municipality: Municipality
    district: KnownArea
    local_areas: tuple[KnownArea, ...]
    population: PopulationCount | None
    map: maps.Map | None


def place_facts(municipality: Municipality) -> PlaceFacts:
    """County, police areas with their provenance in words, population with its year, and where the place lies."""
    district = municipality.police_district
    return PlaceFacts(
        municipality=municipality,
        district=KnownArea(district.name if district else "", district_basis(municipality)),
        local_areas=tuple(_local_area(link) for link in places.local_areas_of(municipality)),
        population=places.population(municipality),
        map=maps.place_map(municipality),
    )


def district_basis(municipality: Municipality) -> str:
    """How it is known which police district a municipality belongs to."""
    if municipality.police_district is None and municipality.police_district_note:
        return _sourced(municipality.police_district_note, municipality.police_district_source)
    words = PROVENANCE_WORDS[Provenance(municipality.police_district_provenance)]
    told = " ".join(filter(None, [words, municipality.police_district_note]))
    return _sourced(told, municipality.police_district_source)


def _local_area(link: LocalPoliceAreaMunicipality) -> KnownArea:
    return KnownArea(link.area.name, _sourced(PROVENANCE_WORDS[Provenance(link.provenance)], link.source))


def _sourced(words: str, source: str) -> str:
    return " ".join(filter(None, [words, f"Källa: {source}." if source else ""]))


@dataclass(frozen=True)
class Row:
    """A municipality in a table."""

    municipality: ListedMunicipality
    url: str
    state: State
    mark: SafeString

    @property
    def county(self) -> str:
        """The county's name; an example lies in none."""
        return self.municipality.county.name if self.municipality.county else ""

    @property
    def region(self) -> str:
        """The police region's name."""
        return self.municipality.county.police_region.name if self.municipality.county else ""


def rows(municipalities: Iterable[ListedMunicipality], states: dict[int, str]) -> list[Row]:
    """Municipalities as rows of a table, in the order given."""
    by_key = {state.key: state for state in STATES}
    marks = {state.key: state.mark for state in STATES}
    found = []
    for municipality in municipalities:
        key = states.get(municipality.pk, UNKNOWN)
        url = reverse("public:place", kwargs={"place": places.slug_of(municipality)})
        found.append(Row(municipality, url, by_key[key], marks[key]))
    return found


@dataclass(frozen=True)
class Column:
    """A column that can be sorted: its address and how it is sorted now."""

    label: str
    url: str
    sorted: str = ""
    is_number: bool = False


SORTABLE: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "namn": ("Kommun", lambda row: sort_key(row.municipality.name)),
    "lan": ("Län", lambda row: sort_key(row.county)),
    "polisregion": ("Polisregion", lambda row: sort_key(row.region)),
    "folkmangd": ("Invånare", lambda row: row.municipality.inhabitants or 0),
    "loften": ("Löften", lambda row: row.state.order),
}


def sort_rows(found: list[Row], wanted: str) -> tuple[list[Row], list[Column]]:
    """Sort by one of the columns, ”-” first for the other way; what is no column means by name. Ties go by name."""
    backwards, key = wanted.startswith("-"), wanted.removeprefix("-")
    if key not in SORTABLE:
        backwards, key = False, "namn"
    by_name = sorted(found, key=SORTABLE["namn"][1])
    ordered = sorted(by_name, key=SORTABLE[key][1], reverse=backwards)
    columns = []
    for name, (label, _by) in SORTABLE.items():
        now = "" if name != key else "descending" if backwards else "ascending"
        turned = f"-{name}" if now == "ascending" else name
        columns.append(Column(label, f"?sortera={turned}", now, is_number=name == "folkmangd"))
    return ordered, columns


@dataclass(frozen=True)
class District:
    """A police district on the region's page."""

    overview: DistrictOverview
    municipalities: tuple[tuple[str, str], ...]
    basis: str
    local_areas: str


def counties_of(region: PoliceRegion) -> list[County]:
    """The region's counties in Swedish order."""
    return sorted(region.counties.all(), key=lambda county: sort_key(county.name))


def districts(region: PoliceRegion) -> tuple[list[District], list[tuple[str, str, str]]]:
    """The region's districts, and the municipalities that lie in several: name, address and how that is known."""
    overviews, shared = places.districts_of(region)
    told = [
        District(
            overview=overview,
            municipalities=tuple(map(_named_link, overview.municipalities)),
            basis=provenance_summary(overview.provenance),
            local_areas=text.joined(area.name for area in overview.local_areas),
        )
        for overview in overviews
    ]
    return told, [(*_named_link(municipality), district_basis(municipality)) for municipality in shared]


def _named_link(municipality: Municipality) -> tuple[str, str]:
    return municipality.name, reverse("public:place", kwargs={"place": places.slug_of(municipality)})


def provenance_summary(counts: Iterable[tuple[Provenance, int]]) -> str:
    """In a sentence: of how many municipalities the district is known in which way."""
    told = [f"{text.counted(n, 'uppgift', 'uppgifter')} {PROVENANCE_SUMMARY[kind]}" for kind, n in counts]
    return f"{text.capital(text.joined(told))}." if told else ""

"""Reading places: addresses, municipalities, areas, population, search and position."""

from loftet.domain.places.queries.addresses import (
    Lookup,
    Placed,
    current_slug,
    current_slugs,
    find_place,
    municipality,
    resolve,
    slug_of,
    slug_with_place,
    slugs_of_kind,
)
from loftet.domain.places.queries.areas import (
    DistrictOverview,
    counties,
    county,
    districts_of,
    local_areas_of,
    police_region,
    police_regions,
    provenance_counts,
)
from loftet.domain.places.queries.municipalities import (
    all_municipalities,
    codes,
    in_county,
    in_police_region,
    outline_in_county,
    outlines_of,
    sources,
)
from loftet.domain.places.queries.population import (
    AgeCount,
    PopulationCount,
    population,
    population_by_age,
)
from loftet.domain.places.queries.position import Nearest, nearest
from loftet.domain.places.queries.search import Hit, search, search_counties

__all__ = [
    "AgeCount",
    "DistrictOverview",
    "Hit",
    "Lookup",
    "Nearest",
    "Placed",
    "PopulationCount",
    "all_municipalities",
    "codes",
    "counties",
    "county",
    "current_slug",
    "current_slugs",
    "districts_of",
    "find_place",
    "in_county",
    "in_police_region",
    "local_areas_of",
    "municipality",
    "nearest",
    "outline_in_county",
    "outlines_of",
    "police_region",
    "police_regions",
    "population",
    "population_by_age",
    "provenance_counts",
    "resolve",
    "search",
    "search_counties",
    "slug_of",
    "slug_with_place",
    "slugs_of_kind",
    "sources",
]

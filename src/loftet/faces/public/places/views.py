"""Start, municipalities, counties, police regions, and where the data comes from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loftet.domain.places import queries as places
from loftet.domain.places.models import County, PoliceRegion
from loftet.faces.public.places import maps, presenters, states
from loftet.faces.public.register import news
from loftet.faces.shared.access import public

LONGEST_SEARCH = 80
FAR_FROM_SWEDEN_KM = 100


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Find your place by name, town, position, map or list; what a medborgarlöfte is; what is new."""
    sought = request.GET.get("plats", "").strip()[:LONGEST_SEARCH]
    found_counties = places.search_counties(sought)
    hits = [hit for hit in places.search(sought) if not (hit.is_close and found_counties)]
    exact = [hit for hit in hits if hit.is_exact]
    if len(exact) == 1:
        return redirect("public:place", place=places.slug_of(exact[0].municipality))
    position = _position(request)
    counties = places.counties()
    context = {
        "sought": sought,
        "hits": hits,
        "found_counties": found_counties,
        "position_given": position is not None,
        "nearest": _nearest(position),
        "counties": counties,
        "map": maps.sweden(counties, states.by_municipality()),
        "states": states.STATES,
        "news": news.latest(),
    }
    return render(request, "public/places/start.html", context)


def _position(request: HttpRequest) -> tuple[float, float] | None:
    """The position in the address, no finer than about a kilometre whatever was sent; None if there is none."""
    try:
        return round(float(request.GET["lat"]), 2), round(float(request.GET["lon"]), 2)
    except (KeyError, ValueError, OverflowError):
        return None


def _nearest(position: tuple[float, float] | None) -> places.Nearest | None:
    found = places.nearest(*position) if position else None
    return found if found and found.distance_km <= FAR_FROM_SWEDEN_KM else None


@public
@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Every municipality in a table that can be sorted: the same as the map says."""
    found = presenters.rows(places.all_municipalities(), states.by_municipality())
    ordered, columns = presenters.sort_rows(found, request.GET.get("sortera", ""))
    years = sorted({row.municipality.inhabitants_year for row in found if row.municipality.inhabitants_year})
    context = {"rows": ordered, "columns": columns, "states": states.STATES, "years": years}
    return render(request, "public/places/municipalities.html", context)


@public
@require_safe
def county(request: HttpRequest, slug: str) -> HttpResponse:
    """One county: its municipalities on a map and in a table."""
    try:
        found = places.county(slug)
    except County.DoesNotExist as missing:
        raise Http404("Det finns inget län med den adressen.") from missing
    members = places.in_county(found)
    known = states.by_municipality()
    context = {
        "county": found,
        "rows": presenters.rows(members, known),
        "inhabitants": sum(member.inhabitants or 0 for member in members if not member.is_example),
        "years": sorted({member.inhabitants_year for member in members if member.inhabitants_year}),
        "map": maps.county_map(found, members, known),
        "states": states.STATES,
    }
    return render(request, "public/places/county.html", context)


@public
@require_safe
def police_region(request: HttpRequest, slug: str) -> HttpResponse:
    """One police region: its districts and their municipalities, and how well that is known."""
    try:
        found = places.police_region(slug)
    except PoliceRegion.DoesNotExist as missing:
        raise Http404("Det finns ingen polisregion med den adressen.") from missing
    districts, shared = presenters.districts(found)
    context = {
        "region": found,
        "counties": presenters.counties_of(found),
        "districts": districts,
        "shared": shared,
        "map": maps.region_map(found),
    }
    return render(request, "public/places/police_region.html", context)


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where every set of place data comes from, with its licence and what is uncertain about it."""
    links = places.provenance_counts(m for m in places.all_municipalities() if not m.is_example)
    context = {"sources": places.sources(), "links": presenters.provenance_summary(links)}
    return render(request, "public/places/data.html", context)

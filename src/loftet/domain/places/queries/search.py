"""Finding a municipality by the name people use: its own or that of a town or village in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from loftet.domain.places.models import County, Locality, Municipality
from loftet.domain.places.names import fold, sort_key
from loftet.domain.places.queries.municipalities import addressed

LIMIT = 10
SUFFIXES = (" kommun", " stad", " lan")
EXACT, PREFIX, WORD = 0, 2, 4
CLOSE = 9
CLOSENESS = 0.75


@dataclass(frozen=True)
class Hit:
    """A municipality that a search found, and through which town or village if not by its own name.

    `is_exact`: its own name was written out, with or without å, ä and ö. `is_close`: the spelling only looks alike.
    """

    municipality: Municipality
    locality: str = ""
    is_exact: bool = False
    is_close: bool = False


@dataclass(frozen=True, order=True)
class _Found:
    rank: int
    accents_differ: bool
    name_key: str
    municipality_id: int
    locality: str


def search(text: str, limit: int = LIMIT) -> list[Hit]:
    """The best municipalities for a text, at most `limit`, each once.

    Order: the name itself, the start of the name, the start of a word in it; a municipality before a town or village at
    the same level; spelling with the same å, ä and ö first. If nothing fits, names that look alike. Three queries.
    """
    variants = _variants(text)
    if not variants:
        return []
    places = [(pk, name, False) for pk, name in Municipality.objects.values_list("pk", "name")]
    places += [(pk, name, True) for pk, name in Locality.objects.values_list("municipality_id", "name")]
    found = sorted(_ranked(places, variants, text.strip()) or _close(places, variants))
    best: dict[int, _Found] = {}
    for hit in found:
        best.setdefault(hit.municipality_id, hit)
    chosen = list(best.values())[:limit]
    rows = addressed().in_bulk([hit.municipality_id for hit in chosen])
    return [
        Hit(rows[hit.municipality_id], hit.locality, is_exact=hit.rank == EXACT, is_close=hit.rank == CLOSE)
        for hit in chosen
    ]


def search_counties(text: str) -> list[County]:
    """Counties whose name begins with the text, with or without ”län”."""
    variants = _variants(text)
    counties = County.objects.defer("boundary")
    found = [c for c in counties if any(fold(c.name).startswith(variant) for variant in variants)]
    return sorted(found, key=lambda county: sort_key(county.name))


def _variants(text: str) -> list[str]:
    """The folded text; and if it says ”Kristianstads kommun”, without the word and without its genitive s."""
    folded = fold(text)
    for suffix in SUFFIXES:
        if folded.endswith(suffix):
            bare = folded.removesuffix(suffix)
            return list(dict.fromkeys([bare, bare.removesuffix("s")]))
    return [folded] if folded else []


def _ranked(places: Iterable[tuple[int, str, bool]], variants: list[str], written: str) -> list[_Found]:
    hits = []
    for pk, name, is_locality in places:
        rank = min(_rank(fold(name), variant) for variant in variants)
        if rank < CLOSE:
            differ = not name.casefold().startswith(written.casefold())
            hits.append(_Found(rank + is_locality, differ, sort_key(name), pk, name if is_locality else ""))
    return hits


def _rank(name: str, sought: str) -> int:
    if name == sought:
        return EXACT
    if name.startswith(sought):
        return PREFIX
    return WORD if f" {sought}" in name else CLOSE


def _close(places: list[tuple[int, str, bool]], variants: list[str]) -> list[_Found]:
    folded = {fold(name) for _pk, name, _is_locality in places}
    alike = {name for v in variants for name in difflib.get_close_matches(v, folded, n=5, cutoff=CLOSENESS)}
    return [
        _Found(CLOSE, False, sort_key(name), pk, name if is_locality else "")
        for pk, name, is_locality in places
        if fold(name) in alike
    ]

"""Reading promises retold from elsewhere. They are historical records and are never mixed with those signed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.places.queries.municipalities import addressed
from loftet.domain.promises.importers import record, rows
from loftet.domain.promises.importers.reading import is_web_address
from loftet.domain.promises.models.retold import RetoldPlace, RetoldPromise

__all__ = [
    "PublicRetold",
    "all_retold",
    "as_told",
    "is_web_address",
    "loaded",
    "not_recognised",
    "retold_by_id",
    "retold_by_slug",
    "retold_count",
    "retold_in",
    "scope",
]

SUBJECT_KIND = "retold_promise"
NAMES = {
    RetoldPromise.RecordType.PROMISE: "Medborgarlöfte i",
    RetoldPromise.RecordType.EXTENSION: "Förlängt medborgarlöfte i",
    RetoldPromise.RecordType.FOLLOWUP: "Uppföljning av medborgarlöfte i",
    RetoldPromise.RecordType.OTHER: "Uppgift om medborgarlöfte i",
}


@dataclass(frozen=True)
class PublicRetold:
    """A retold promise, the place whose address it is shown at, and the last part of that address."""

    promise: RetoldPromise
    municipality: Municipality
    slug: str

    @property
    def name(self) -> str:
        """What it is, where and for which years: ”Medborgarlöfte i Stenungsund, Orust och Tjörn 2023–2024”."""
        names = [told.municipality.name for told in self.promise.places.all()]
        where = " och ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        return f"{NAMES[RetoldPromise.RecordType(self.promise.record_type)]} {where} {self.years}".rstrip()

    @property
    def years(self) -> str:
        """Its years in words, or nothing when they are unknown."""
        return self.promise.years

    @property
    def place(self) -> str:
        """The municipality's name in addresses."""
        return places.slug_of(self.municipality)


def scope(municipality: Municipality) -> str:
    """The scope of addresses that promises of a place share, whether signed here or retold."""
    return f"medborgarloften:{municipality.code}"


def loaded() -> QuerySet[RetoldPromise]:
    """Retold promises with their places and measures, in five queries however many they are."""
    told_places = RetoldPlace.objects.prefetch_related(Prefetch("municipality", addressed()))
    return RetoldPromise.objects.prefetch_related(Prefetch("places", told_places), "measures__responsible")


def retold_count() -> int:
    """How many retold promises the installation holds."""
    return RetoldPromise.objects.count()


def retold_in(municipality: Municipality) -> list[PublicRetold]:
    """The retold promises of a place, newest first."""
    return _public(loaded().filter(places__municipality=municipality), municipality)


def retold_by_slug(municipality: Municipality, slug: str) -> PublicRetold | None:
    """One retold promise by its address in a place; old names in the address work too. None for anything else."""
    known = places.resolve(scope(municipality), slug)
    if known is None or known.subject_kind != SUBJECT_KIND:
        return None
    # A place that a later retelling left out keeps the address: what was printed once still leads somewhere.
    return next(iter(_public(loaded().filter(public_id=known.subject), municipality)), None)


def retold_by_id(public_id: str) -> PublicRetold | None:
    """One retold promise by its permanent id, at its home address."""
    promise = loaded().filter(public_id=public_id).first()
    return next(iter(_public([promise], _home(promise))), None) if promise else None


def all_retold() -> list[PublicRetold]:
    """Every retold promise in the installation at its home address, newest first."""
    slugs = places.slugs_of_kind(SUBJECT_KIND)
    return [
        PublicRetold(promise, _home(promise), slugs[promise.public_id])
        for promise in loaded()
        if promise.public_id in slugs
    ]


def as_told(promise: RetoldPromise) -> dict[str, Any]:
    """The record as the file told it, rebuilt from the rows, with what was not recognised where it stood."""
    return record.to_record(rows.read_back(promise))


def not_recognised(promise: RetoldPromise) -> list[tuple[str, Any]]:
    """What the importer did not know, as (path in the record, value)."""
    return list(record.unrecognised_in(rows.read_back(promise)))


def _home(promise: RetoldPromise) -> Municipality:
    """The first of its municipalities by code, which is where `places` leads a permanent id."""
    return min((told.municipality for told in promise.places.all()), key=lambda municipality: municipality.code)


def _public(promises, municipality: Municipality) -> list[PublicRetold]:
    promises = list(promises)
    slugs = places.current_slugs(scope(municipality), [promise.public_id for promise in promises])
    return [
        PublicRetold(promise, municipality, slugs[promise.public_id])
        for promise in promises
        if promise.public_id in slugs
    ]

"""From an address to what it names, also when the address is old, half right or shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loftet.domain.places import names
from loftet.domain.places.models import Municipality, Slug
from loftet.domain.places.names import MUNICIPALITIES, SHARED
from loftet.domain.places.queries.municipalities import addressed, in_order
from loftet.domain.places.queries.search import search


def resolve(scope: str, slug: str) -> Slug | None:
    """The address within a scope, current or historic; None if nothing has ever had it alone."""
    return Slug.objects.filter(scope=scope, slug=slug).exclude(subject_kind=SHARED).first()


def current_slug(scope: str, subject: str) -> str:
    """The address that a thing (by its permanent id) has now. Raises `Slug.DoesNotExist`."""
    return Slug.objects.values_list("slug", flat=True).get(scope=scope, subject=subject, is_current=True)


def current_slugs(scope: str, subjects: Iterable[str]) -> dict[str, str]:
    """The present address of each of several things; one without an address is left out."""
    rows = Slug.objects.filter(scope=scope, subject__in=list(subjects), is_current=True)
    return dict(rows.values_list("subject", "slug"))


def slugs_of_kind(subject_kind: str) -> dict[str, str]:
    """The present address of everything of a kind: in its first municipality by code when it has several."""
    rows = Slug.objects.filter(subject_kind=subject_kind, is_current=True).order_by("-scope")
    return dict(rows.values_list("subject", "slug"))


@dataclass(frozen=True)
class Placed:
    """An address and the municipality under which it lies (its own address when the thing is a municipality)."""

    slug: Slug
    place: str


def slug_with_place(subject: str) -> Placed | None:
    """Where a thing with a permanent id is found now: in its first municipality by code when it has several."""
    row = Slug.objects.filter(subject=subject, is_current=True).exclude(subject_kind=SHARED).order_by("scope").first()
    if row is None:
        return None
    if row.scope == MUNICIPALITIES:
        return Placed(row, row.slug)
    owner = addressed().filter(code=row.scope.partition(":")[2]).first()
    return Placed(row, slug_of(owner)) if owner else None


def slugs_with(words: str, subjects: Iterable[str]) -> list[Slug]:
    """Addresses, old ones too, of some things by their permanent ids, that hold these words."""
    wanted = names.slugify_swedish(words)
    return list(Slug.objects.filter(subject__in=list(subjects), slug__contains=wanted)) if wanted else []


def slug_of(municipality: Municipality) -> str:
    """A municipality's address. Costs a query only if the municipality was not fetched by these questions."""
    fetched = getattr(municipality, "slug", None)
    return fetched or current_slug(MUNICIPALITIES, municipality.public_id)


def slugs_of(municipalities: Iterable[Municipality]) -> dict[int, str]:
    """The addresses of several municipalities, by primary key, in one query."""
    asked = list(municipalities)
    known = current_slugs(MUNICIPALITIES, [one.public_id for one in asked]) if asked else {}
    return {one.pk: known[one.public_id] for one in asked}


def municipality(slug: str) -> Municipality:
    """The municipality at an address in force. Raises `Municipality.DoesNotExist`; `find_place` is more generous."""
    return addressed().get(
        public_id__in=Slug.objects.filter(scope=MUNICIPALITIES, slug=slug, is_current=True).values("subject")
    )


@dataclass(frozen=True)
class Lookup:
    """What an address led to: a place, a place with another address now, or suggestions.

    `is_shared`: several municipalities are called so. Otherwise suggestions are what a search finds.
    """

    municipality: Municipality | None = None
    is_current: bool = False
    is_shared: bool = False
    suggestions: tuple[Municipality, ...] = ()


def find_place(address: str) -> Lookup:
    """Look an address up generously: as it is, as an old one, with å, ä and ö or capitals, and else what was meant."""
    row = Slug.objects.filter(scope=MUNICIPALITIES, slug=address).first()
    exact = row is not None
    if row is None:
        row = Slug.objects.filter(scope=MUNICIPALITIES, slug=names.slugify_swedish(address)).first()
    if row is None:
        return Lookup(suggestions=tuple(hit.municipality for hit in search(address, limit=5)))
    if row.subject_kind == SHARED:
        return _among_namesakes(address, row.slug)
    found = addressed().filter(public_id=row.subject).first()
    return Lookup(municipality=found, is_current=exact and row.is_current)


def _among_namesakes(address: str, slug: str) -> Lookup:
    near = addressed().filter(
        public_id__in=Slug.objects.filter(scope=MUNICIPALITIES, slug__startswith=f"{slug}-").values("subject")
    )
    same = in_order(found for found in near if names.slugify_swedish(found.name) == slug)
    written = [found for found in same if found.name.casefold() == address.casefold()]
    # "/håbo/" can only mean one of them; "/habo/" is also what people type who leave the ring out.
    if len(written) == 1 and address.casefold() != slug:
        return Lookup(municipality=written[0])
    return Lookup(suggestions=tuple(same), is_shared=True)

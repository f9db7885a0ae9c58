"""Which public thing a permanent id stands for, and where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from loftet.domain.dialogues import queries as dialogues
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans import queries as plans
from loftet.domain.promises import queries as promises
from loftet.domain.promises.queries import retold
from loftet.domain.register import queries as register
from loftet.domain.situation import queries as situation

# The kinds of address names that lead to a page: the page, and the question whether the public may see the thing yet.
# A draft has claimed its address already, and the address tells its title.
PAGES: dict[str, tuple[str, Callable[[Municipality, str], object]]] = {
    "agreement": ("public:agreement", plans.public_agreement),
    "dialogue": ("public:dialogue", dialogues.public_dialogue),
    "picture": ("public:picture", situation.public_picture),
    "promise": ("public:promise", promises.public_promise),
    "retold_promise": ("public:promise", retold.retold_by_slug),
}
MUNICIPALITY, ENTRY = "municipality", "entry"


@dataclass(frozen=True)
class Found:
    """A public thing: of which kind, where it is shown, as its step's `queries` give it, and in which municipality."""

    kind: str
    address: str
    thing: Any
    municipality: Municipality | None


def address_of(public_id: str) -> str | None:
    """The present address of a public thing, or None."""
    known = found(public_id)
    return known.address if known else None


def found(public_id: str) -> Found | None:
    """A public thing by its permanent id, or None. What has no page of its own is shown by its register entry."""
    placed = places.slug_with_place(public_id)
    if placed is None:
        return _entry(public_id)
    try:
        municipality = places.municipality(placed.place)
    except Municipality.DoesNotExist:
        return None
    if placed.slug.subject_kind == MUNICIPALITY:
        return Found(MUNICIPALITY, reverse("public:place", kwargs={"place": placed.place}), municipality, municipality)
    return _with_page(placed.slug.subject_kind, municipality, placed.place, placed.slug.slug)


def _with_page(kind: str, municipality: Municipality, place: str, slug: str) -> Found | None:
    if kind not in PAGES:
        return None
    name, is_public = PAGES[kind]
    thing = is_public(municipality, slug)
    return Found(kind, reverse(name, kwargs={"place": place, "slug": slug}), thing, municipality) if thing else None


def _entry(public_id: str) -> Found | None:
    """Reports and answers: the entry that was made when they were published."""
    entry = register.entries(subject=public_id).first()
    if entry is None:
        return None
    return Found(ENTRY, reverse("public:register_entry", kwargs={"number": entry.number}), entry, None)

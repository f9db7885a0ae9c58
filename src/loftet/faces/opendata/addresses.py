"""Where a thing with a permanent id is shown."""

from __future__ import annotations

from collections.abc import Callable

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


def address_of(public_id: str) -> str | None:
    """The present address of a public thing, or None. What has no page of its own is shown by its register entry."""
    found = places.slug_with_place(public_id)
    if found is None:
        return _entry(public_id)
    if found.slug.subject_kind == "municipality":
        return reverse("public:place", kwargs={"place": found.place})
    return _page(found.slug.subject_kind, found.place, found.slug.slug)


def _page(kind: str, place: str, slug: str) -> str | None:
    if kind not in PAGES:
        return None
    name, is_public = PAGES[kind]
    try:
        municipality = places.municipality(place)
    except Municipality.DoesNotExist:
        return None
    return reverse(name, kwargs={"place": place, "slug": slug}) if is_public(municipality, slug) else None


def _entry(public_id: str) -> str | None:
    """Reports and answers: the entry that was made when they were published."""
    entry = register.entries(subject=public_id).first()
    return reverse("public:register_entry", kwargs={"number": entry.number}) if entry else None

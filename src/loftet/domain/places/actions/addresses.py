"""Claiming a name in an address. An address that was printed once keeps working: old names stay and lead on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.places import names
from loftet.domain.places.models import Slug
from loftet.domain.places.names import MUNICIPALITIES, SHARED

ATTEMPTS = 12


class AddressTaken(DomainError):
    """The wanted address belongs to the site itself, or could not be had."""


def claim_slug(*, scope: str, wanted: str, subject_kind: str, subject: str, at: datetime | None = None) -> str:
    """Give `subject` (a permanent id) an address within `scope` and return it.

    The address comes from `wanted`, a name in words. If it is taken, also by something that has moved on, it gets -2,
    -3 and so on. The same claim twice changes nothing; a claim with a new name makes the old address historic, and a
    claim with an old name of one's own takes it back. At the top level a word of the site's own is refused with
    `AddressTaken`; below a place such a word gets a number.
    """
    base = names.slugify_swedish(wanted) or subject
    top_level = scope == MUNICIPALITIES
    if top_level and names.is_reserved(base, top_level=True):
        raise AddressTaken(f"Adressen ”/{base}/” används av webbplatsen själv. Välj ett annat namn.")
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _claim(scope, base, subject_kind, subject, at or clock.now())
        except IntegrityError:
            continue  # someone claimed the same address in the same moment: look again and take the next
    raise AddressTaken("Adressen kunde inte reserveras just nu. Inget är sparat. Försök igen om en stund.")


def _claim(scope: str, base: str, subject_kind: str, subject: str, at: datetime) -> str:
    taken = {row.slug: row for row in Slug.objects.filter(scope=scope, slug__startswith=base)}
    slug = first_free(base, taken, subject, top_level=scope == MUNICIPALITIES)
    row = taken.get(slug)
    if row and row.is_current:
        return slug
    Slug.objects.filter(scope=scope, subject=subject, is_current=True).update(is_current=False)
    if row:
        Slug.objects.filter(pk=row.pk).update(is_current=True, since=at)
    else:
        Slug.objects.create(scope=scope, slug=slug, subject_kind=subject_kind, subject=subject, since=at)
    return slug


def forget_slugs(rows: Iterable[Slug], *, at: datetime | None = None) -> None:
    """Take addresses away for good, because words in them are withheld. A thing is then found under its permanent id,
    which becomes its address."""
    at = at or clock.now()
    for row in rows:
        row.delete()
        if row.is_current:
            claim_slug(scope=row.scope, wanted=row.subject, subject_kind=row.subject_kind, subject=row.subject, at=at)


def first_free(base: str, taken: dict[str, Slug], subject: str, *, top_level: bool) -> str:
    """The first of base, base-2, base-3 … that nobody else has and that is not the site's own."""
    number, slug = 1, base
    while names.is_reserved(slug, top_level=top_level) or (slug in taken and taken[slug].subject != subject):
        number += 1
        slug = f"{base}-{number}"
    return slug


def claim_for_municipalities(wanted: dict[str, str], shared: Iterable[str], at: datetime) -> int:
    """Claim an address for each municipality (by permanent id), hold the shared ones, and return how many changed."""
    rows = {row.slug: row for row in Slug.objects.filter(scope=MUNICIPALITIES)}
    has_some = {row.subject for row in rows.values()}
    new = [
        Slug(scope=MUNICIPALITIES, slug=slug, subject_kind=SHARED, subject="", is_current=False, since=at)
        for slug in sorted(shared)
        if slug not in rows
    ]
    later = {}
    for subject, slug in wanted.items():
        if subject in has_some or slug in rows:
            later[subject] = slug
        else:
            new.append(Slug(scope=MUNICIPALITIES, slug=slug, subject_kind="municipality", subject=subject, since=at))
    Slug.objects.bulk_create(new)
    current = {row.subject: row.slug for row in rows.values() if row.is_current}
    changed = [subject for subject, slug in later.items() if current.get(subject) != slug]
    for subject in changed:
        claim_slug(scope=MUNICIPALITIES, wanted=wanted[subject], subject_kind="municipality", subject=subject, at=at)
    return len(new) + len(changed)

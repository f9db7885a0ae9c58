"""Who acts where."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, prefetch_related_objects

from loftet.domain.base import clock
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.places.models import Municipality
from loftet.domain.places.queries import municipalities as places


def _runs(day):
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def read_memberships(person) -> None:
    """Read a person's memberships once for all that is asked about them while this object of the person is used.

    For the one who is signed in, for as long as a page takes. Elsewhere every question is answered by the database.
    """
    with_organisation = Membership.objects.select_related("organisation")
    prefetch_related_objects([person], Prefetch("memberships", with_organisation, to_attr="memberships_read"))


def hats(person, at: datetime | None = None) -> list[Membership]:
    """A person's memberships on the day."""
    day = clock.day_of(at or clock.now())
    found = getattr(person, "memberships_read", None)
    if found is None:
        found = Membership.objects.filter(person=person).select_related("organisation", "person")
    return [hat for hat in found if hat.starts <= day and (hat.ends is None or day <= hat.ends)]


def partnerships_of(person, at: datetime | None = None):
    """Partnerships in which the person acts today."""
    day = clock.day_of(at or clock.now())
    organisations = [hat.organisation_id for hat in hats(person, at)]
    return (
        Partnership.objects.filter(_runs(day), members__organisation__in=organisations)
        .prefetch_related("municipalities", "members")
        .distinct()
    )


def partnerships_in(municipality: Municipality, at: datetime | None = None):
    """Partnerships that act in a municipality on the day."""
    return Partnership.objects.filter(_runs(clock.day_of(at or clock.now())), municipalities=municipality)


def municipalities_of(person, at: datetime | None = None) -> list[Municipality]:
    """Municipalities that the person works with, by name."""
    found = {m.pk: m for partnership in partnerships_of(person, at) for m in partnership.municipalities.all()}
    return places.in_order(found.values())


def signing_parties(partnership: Partnership) -> list[Organisation]:
    """The organisations whose signatures a joint document needs, municipality first."""
    found = Organisation.objects.filter(partnership_members__partnership=partnership, partnership_members__signs=True)
    order = {"municipality": 0, "police": 1, "other": 2}
    return sorted(found, key=lambda party: (order[party.kind], party.name))


def parties_of(partnership: Partnership):
    """All organisations in a partnership."""
    return Organisation.objects.filter(partnership_members__partnership=partnership).order_by("kind", "name")

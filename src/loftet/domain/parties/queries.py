"""Who acts where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, prefetch_related_objects

from loftet.domain.base import clock
from loftet.domain.parties.models import IdentityProvider, Membership, Organisation, Partnership, PartnershipMember
from loftet.domain.parties.roles import BY_KEY, ROLES
from loftet.domain.places.models import Municipality
from loftet.domain.places.queries import municipalities as places

READ = "workspace.read"
# Without one of each the work in an organisation stops: who drives it, who signs, who lets people in.
NEEDED = {
    "coordinator": ("samordnare", frozenset({"municipal_coordinator", "police_coordinator"})),
    "signatory": ("undertecknare", frozenset({"signatory"})),
    "administrator": (
        "någon som kan ge andra uppdrag",
        frozenset({"administrator", "municipal_coordinator", "police_coordinator"}),
    ),
}


def _runs(day):
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def _day(at: datetime | None) -> date:
    return clock.day_of(at or clock.now())


# --- People and their hats --------------------------------------------------------------------------------------------
def read_memberships(person) -> None:
    """Read a person's memberships once for all that is asked about them while this object of the person is used.

    For the one who is signed in, for as long as a page takes. Elsewhere every question is answered by the database.
    """
    with_organisation = Membership.objects.select_related("organisation")
    prefetch_related_objects([person], Prefetch("memberships", with_organisation, to_attr="memberships_read"))


def all_hats(person) -> list[Membership]:
    """A person's memberships, past and coming ones too, the newest first in each organisation."""
    found = getattr(person, "memberships_read", None)
    if found is None:
        found = Membership.objects.filter(person=person).select_related("organisation", "person")
    return sorted(found, key=lambda hat: (hat.organisation.rank, -hat.starts.toordinal()))


def hats(person, at: datetime | None = None) -> list[Membership]:
    """A person's memberships on the day."""
    day = _day(at)
    found = getattr(person, "memberships_read", None)
    if found is None:
        found = Membership.objects.filter(person=person).select_related("organisation", "person")
    return [hat for hat in found if hat.runs_on(day)]


def members_of(organisation: Organisation) -> list[Membership]:
    """Everyone's hats in an organisation, past and coming ones too, by role and name."""
    order = {key: place for place, key in enumerate(BY_KEY)}
    found = organisation.memberships.select_related("person", "organisation")
    return sorted(found, key=lambda hat: (order.get(hat.role, len(order)), hat.person.name, hat.starts))


def hat(pk: int) -> Membership:
    """One membership. Raises `Membership.DoesNotExist`."""
    return Membership.objects.select_related("person", "organisation__part_of").get(pk=pk)


@dataclass(frozen=True)
class Lack:
    """What an organisation would be without: the key of `NEEDED`, and whom that is in words."""

    organisation: Organisation
    key: str

    @property
    def words(self) -> str:
        """Whom it lacks, as one says it after ”utan”."""
        return NEEDED[self.key][0]


def lacks(organisations: Iterable[Organisation], day: date, *, without: Iterable[Membership] = ()) -> list[Lack]:
    """What authorities are without on a day, if some hats were taken off by then; only what they are not without now.

    Another promiser needs none of it: it takes measures on itself and may report by anyone's hat.
    """
    asked = [one for one in organisations if one.kind != Organisation.Kind.OTHER]
    rows = Membership.objects.filter(_runs(day), organisation__in=asked, person__is_active=True)
    gone = {one.pk for one in without}
    before: dict[int, set[str]] = {one.pk: set() for one in asked}
    after: dict[int, set[str]] = {one.pk: set() for one in asked}
    for row in [*rows, *(one for one in without if one.organisation_id in before)]:
        before[row.organisation_id].add(row.role)
    for row in rows:
        if row.pk not in gone:
            after[row.organisation_id].add(row.role)
    return [
        Lack(one, key)
        for one in sorted(asked, key=lambda one: one.rank)
        for key, (_words, roles) in NEEDED.items()
        if roles & before[one.pk] and not roles & after[one.pk]
    ]


def missing_now(organisation: Organisation, day: date) -> list[Lack]:
    """What an authority is without on a day."""
    if organisation.kind == Organisation.Kind.OTHER:
        return []
    rows = Membership.objects.filter(_runs(day), organisation=organisation, person__is_active=True)
    worn = set(rows.values_list("role", flat=True))
    return [Lack(organisation, key) for key, (_words, roles) in NEEDED.items() if not roles & worn]


def colleagues(organisation: Organisation, day: date) -> list:
    """Everyone with a hat in an organisation on a day, or in the municipality that it is a board of, by name."""
    near = [organisation.pk, organisation.part_of_id]
    rows = Membership.objects.filter(_runs(day), organisation__in=near, person__is_active=True)
    found = {row.person_id: row.person for row in rows.select_related("person")}
    return sorted(found.values(), key=lambda person: person.name)


def person_with_hat(public_id: str):
    """Who has or has had a hat, by the person's permanent id. Raises `Membership.DoesNotExist`."""
    row = Membership.objects.select_related("person").filter(person__public_id=public_id).first()
    if row is None:
        raise Membership.DoesNotExist("Det finns ingen sådan medarbetare.")
    return row.person


# --- Organisations ----------------------------------------------------------------------------------------------------
def organisation(public_id: str) -> Organisation:
    """One organisation. Raises `Organisation.DoesNotExist`."""
    return Organisation.objects.select_related("municipality", "local_police_area", "part_of").get(public_id=public_id)


def names(public_ids: Iterable[str]) -> dict[str, str]:
    """What organisations are called, by their permanent ids."""
    return dict(Organisation.objects.filter(public_id__in=list(public_ids)).values_list("public_id", "name"))


def organisations_of(person, at: datetime | None = None) -> list[Organisation]:
    """The organisations that a person acts for, each once."""
    found = {hat.organisation_id: hat.organisation for hat in hats(person, at)}
    return sorted(found.values(), key=lambda one: one.rank)


def all_organisations() -> list[Organisation]:
    """Every organisation in the installation."""
    return sorted(Organisation.objects.select_related("municipality"), key=lambda one: one.rank)


def boards_of(organisation: Organisation) -> list[Organisation]:
    """A municipality's boards."""
    return list(organisation.boards.order_by("name"))


def identity_providers() -> list[IdentityProvider]:
    """The organisations' own sign-ins that are in use, by organisation."""
    return list(IdentityProvider.objects.filter(ended_at__isnull=True).select_related("organisation"))


def identity_provider(public_id: str) -> IdentityProvider:
    """One that is in use. Raises `IdentityProvider.DoesNotExist`."""
    return IdentityProvider.objects.select_related("organisation").get(public_id=public_id, ended_at__isnull=True)


def identity_provider_of(person) -> IdentityProvider | None:
    """The sign-in that knows the person, the newest if there are several."""
    found = IdentityProvider.objects.filter(ended_at__isnull=True, identities__person_id=person.pk)
    return found.select_related("organisation").order_by("-identities__tied_at").first()


# --- Partnerships -----------------------------------------------------------------------------------------------------
def partnership(public_id: str) -> Partnership:
    """One partnership. Raises `Partnership.DoesNotExist`."""
    return _with_members().get(public_id=public_id)


def partnerships_with(organisation: Organisation) -> list[Partnership]:
    """The partnerships that an organisation is or has been in."""
    return list(_with_members().filter(members__organisation=organisation).distinct().order_by("name"))


def may_join(partnership: Partnership, *, everyone: bool = False) -> list[Organisation]:
    """Organisations that could become parties: the parties' own boards, and other promisers in the same places.

    With `everyone` any organisation, which is for the installation's administrator to choose among.
    """
    today = _day(None)
    present = {row.organisation_id for row in partnership.members.all() if not row.is_over_on(today)}
    near = Q(part_of__in=present) | Q(
        kind=Organisation.Kind.OTHER, municipality__in=partnership.municipalities.all().values("pk")
    )
    former = Q(pk__in=[row.organisation_id for row in partnership.members.all()], kind=Organisation.Kind.OTHER)
    found = Organisation.objects.filter(Q() if everyone else near | former).exclude(pk__in=present)
    return sorted(found, key=lambda one: one.rank)


def members_on(partnership: Partnership, at: datetime | None = None) -> set[int]:
    """The organisations in a partnership on the day, by primary key."""
    day = _day(at)
    return {row.organisation_id for row in partnership.members.all() if row.runs_on(day)}


def signers_on(partnership: Partnership, at: datetime | None = None) -> set[int]:
    """The organisations that sign in a partnership on the day, by primary key."""
    day = _day(at)
    return {row.organisation_id for row in partnership.members.all() if row.signs and row.runs_on(day)}


def members_until(partnership: Partnership, at: datetime | None = None) -> set[int]:
    """The organisations that are or have been in a partnership by the day, by primary key."""
    day = _day(at)
    return {row.organisation_id for row in partnership.members.all() if row.starts <= day}


def partnerships_of(person, at: datetime | None = None, *, former: bool = False):
    """Partnerships in which the person reads and acts; with `former` also those that their organisations have left.

    A partnership that has ended is still there: what it began is reported on and answered.
    """
    day = _day(at)
    reading = [hat.organisation_id for hat in hats(person, at) if _reads(hat)]
    rows = Q(starts__lte=day) if former else _runs(day)
    mine = PartnershipMember.objects.filter(rows, organisation__in=reading)
    return (
        Partnership.objects.filter(starts__lte=day, pk__in=mine.values("partnership"))
        .prefetch_related("municipalities", "members")
        .order_by("name", "pk")
    )


def partnerships_in(municipality: Municipality, at: datetime | None = None, *, ended: bool = False):
    """Partnerships that act in a municipality on the day; with `ended` also those that did so before."""
    day = _day(at)
    return Partnership.objects.filter(Q(starts__lte=day) if ended else _runs(day), municipalities=municipality)


def municipalities_of(person, at: datetime | None = None) -> list[Municipality]:
    """Municipalities that the person works with, by name."""
    found = {m.pk: m for partnership in partnerships_of(person, at) for m in partnership.municipalities.all()}
    return places.in_order(found.values())


def signing_parties(partnership: Partnership, at: datetime | None = None) -> list[Organisation]:
    """The organisations whose signatures a joint document needs when it is proposed, the municipality first."""
    return _parties(partnership, Q(signs=True), at)


def parties_of(partnership: Partnership, at: datetime | None = None) -> list[Organisation]:
    """All organisations in a partnership on the day, the municipality first."""
    return _parties(partnership, Q(), at)


def holders(partnership: Partnership, permission: str, at: datetime | None = None) -> list[Membership]:
    """Everyone who has a permission in the partnership on the day, one hat a person, by organisation."""
    roles = [role.key for role in ROLES if permission in role.permissions]
    found = (
        Membership.objects.filter(_runs(_day(at)), role__in=roles, person__is_active=True)
        .filter(organisation__in=parties_of(partnership, at))
        .select_related("person", "organisation")
        .order_by("organisation__name", "id")
    )
    return list({hat.person_id: hat for hat in found}.values())


def _parties(partnership: Partnership, which: Q, at: datetime | None) -> list[Organisation]:
    rows = PartnershipMember.objects.filter(which, _runs(_day(at)), partnership=partnership)
    return sorted(Organisation.objects.filter(pk__in=rows.values("organisation")), key=lambda one: one.rank)


def _with_members():
    rows = PartnershipMember.objects.select_related("organisation").order_by("starts", "pk")
    return Partnership.objects.prefetch_related("municipalities", Prefetch("members", rows))


def _reads(hat: Membership) -> bool:
    return hat.role in BY_KEY and READ in BY_KEY[hat.role].permissions

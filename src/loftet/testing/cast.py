"""The named cast: a place, its two parties and the people who act for them. Another place's cast are the strangers.

cast = make_cast()                                    # Provby
strangers = make_cast(name="Grannby", code="9902")    # the same people one municipality away
client.sign_in(cast.coordinator.person)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from loftet.domain.base import clock
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.people import actions as people
from loftet.domain.people.models import Person
from loftet.domain.places import actions as places
from loftet.domain.places import names
from loftet.domain.places.models import (
    County,
    DataSource,
    LocalPoliceArea,
    LocalPoliceAreaMunicipality,
    Municipality,
    PoliceDistrict,
    PoliceRegion,
    Population,
    Provenance,
)
from loftet.testing.confirming import give_app

PASSWORD = "ett-losenord-i-prov"
# How long before the test's moment the cast has been there: long enough for a dialogue, a promise and its follow-up.
BEFOREHAND = timedelta(days=500)


@dataclass(frozen=True)
class Part:
    """A part in the cast: the hat's role and title, and for which party it is worn."""

    role: str
    title: str
    for_police: bool = False


PARTS = {
    "coordinator": Part("municipal_coordinator", "trygghetssamordnare"),
    "police_coordinator": Part("police_coordinator", "kommunpolis", for_police=True),
    "chair": Part("signatory", "kommunstyrelsens ordförande"),
    "chief": Part("signatory", "lokalpolisområdeschef", for_police=True),
    "moderator": Part("moderator", "kommunikatör"),
    "contributor": Part("contributor", "gatuchef"),
    "officer": Part("contributor", "områdespolis", for_police=True),
    "reader": Part("reader", "nämndsekreterare"),
}


@dataclass(frozen=True)
class Cast:
    """A place and everyone who acts for it. Each part is a membership: a person with a hat on."""

    municipality: Municipality
    town: Organisation
    police: Organisation
    partnership: Partnership
    coordinator: Membership
    police_coordinator: Membership
    chair: Membership
    chief: Membership
    moderator: Membership
    contributor: Membership
    officer: Membership
    reader: Membership

    @property
    def hats(self) -> dict[str, Membership]:
        """Every part by its name."""
        return {name: getattr(self, name) for name in PARTS}


def make_cast(*, name: str = "Provby", code: str = "9901", at: datetime | None = None) -> Cast:
    """Make a municipality with county, police and partnership, and one person for each part."""
    at = (at or clock.now()) - BEFOREHAND
    municipality = make_municipality(name=name, code=code, at=at)
    town = parties.add_organisation(
        kind="municipality", name=f"{name} kommun", short_name="kommunen", municipality=municipality, at=at
    )
    police = parties.add_organisation(
        kind="police",
        name=f"Lokalpolisområde {name}",
        short_name="polisen",
        local_police_area=municipality.local_police_areas.get(),
        at=at,
    )
    partnership = parties.add_partnership(
        name=f"{name} kommun och polisen",
        organisations=[town, police],
        municipalities=[municipality],
        starts=clock.day_of(at),
        at=at,
    )
    hats = {
        key: make_hat(organisation=police if part.for_police else town, part=key, where=name, at=at)
        for key, part in PARTS.items()
    }
    return Cast(municipality, town, police, partnership, **hats)


def make_hat(*, organisation: Organisation, part: str, where: str, at: datetime | None = None) -> Membership:
    """Make a person who plays a part for an organisation."""
    played = PARTS[part]
    person = make_person(
        name=f"{played.title.capitalize()} i {where}",
        email=f"{part.replace('_', '-')}@{names.slugify_swedish(where)}.example.org",
        at=at,
    )
    if PARTS[part].role == "signatory":
        give_app(person)
    return parties.add_membership(person=person, organisation=organisation, role=played.role, title=played.title, at=at)


def make_person(*, name: str, email: str, at: datetime | None = None, is_administrator: bool = False) -> Person:
    """Make a member of staff with the password that everyone in the cast has. What they may do comes with a hat."""
    return people.add_person(email=email, name=name, password=PASSWORD, at=at, is_administrator=is_administrator)


def make_municipality(*, name: str = "Provby", code: str = "9901", at: datetime | None = None) -> Municipality:
    """Make a municipality with its address, county, police region, district and area, and a population."""
    at = at or clock.now()
    region, _ = PoliceRegion.objects.get_or_create(name="Prov", slug="prov")
    county, _ = County.objects.get_or_create(code="99", name="Provs län", slug="prov", police_region=region)
    district, _ = PoliceDistrict.objects.get_or_create(region=region, name="Prov")
    municipality = Municipality.objects.create(
        code=code,
        name=name,
        county=county,
        police_district=district,
        police_district_provenance=Provenance.SOURCED,
        latitude=60.5,
        longitude=14.5,
    )
    area = LocalPoliceArea.objects.create(district=district, name=name)
    LocalPoliceAreaMunicipality.objects.create(area=area, municipality=municipality, provenance=Provenance.SOURCED)
    source, _ = DataSource.objects.get_or_create(
        key="prov", defaults={"title": "Provets uppgifter", "producer": "Löftet", "year": "påhittade", "licence": "CC0"}
    )
    Population.objects.create(municipality=municipality, year=at.year, count=12_300, source=source)
    places.claim_slug(
        scope=names.MUNICIPALITIES, wanted=name, subject_kind="municipality", subject=municipality.public_id, at=at
    )
    return municipality

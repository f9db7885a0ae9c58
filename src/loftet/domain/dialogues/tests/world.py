"""A small world to test in: two municipalities, their police, the people who act for them, and a dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from loftet.domain.dialogues import actions
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.models import Dialogue, Participant, Statement
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.people import actions as people
from loftet.domain.places.models import County, Municipality, PoliceRegion

BEFORE = datetime(2026, 2, 20, 12, 0, tzinfo=UTC)
OPENS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DURING = datetime(2026, 3, 5, 17, 42, 13, tzinfo=UTC)
CLOSES = datetime(2026, 3, 30, 20, 0, tzinfo=UTC)
AFTER = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)

WORDS = {
    "title": "Trygg i centrum",
    "question": "Vad skulle göra dig tryggare i centrum?",
    "purpose": "Vi vill förstå vad ni som bor här behöver.",
    "can_influence": "Var polisen går, hur det är upplyst och vad som städas.",
    "cannot_influence": "Vilka lagar som gäller.",
    "what_happens": "Svaren blir underlag för nästa medborgarlöfte.",
    "answer_by": date(2026, 5, 15),
    "opens_at": OPENS,
    "closes_at": CLOSES,
    "legal_basis": "Uppgift av allmänt intresse, lag (2023:196).",
    "ladder": Dialogue.Ladder.DIALOGUE,
    "sample_type": Dialogue.SampleType.SELF_SELECTED,
    "minutes": 4,
}
SEEDS = (
    "Det behövs mer belysning i stadsparken.",
    "Polisen borde synas oftare till fots på torget.",
    "Cyklar ska inte få köras på gågatan.",
)


@dataclass
class World:
    """Who and what there is."""

    municipality: Municipality
    neighbour: Municipality
    kommun: Organisation
    police: Organisation
    partnership: Partnership
    coordinator: Membership
    moderator: Membership
    officer: Membership
    police_moderator: Membership
    neighbours_coordinator: Membership
    reader: Membership


def make_world() -> World:
    """Municipality A and B share a police; A and B are both in the partnership."""
    region = PoliceRegion.objects.create(name="Mitt", slug="mitt")
    county = County.objects.create(code="98", name="Exempels län", slug="exempel", police_region=region)
    municipality = Municipality.objects.create(code="9801", name="Exempelby", county=county, is_example=True)
    neighbour = Municipality.objects.create(code="9802", name="Grannby", county=county, is_example=True)
    kommun = parties.add_organisation(
        kind="municipality", name="Exempelby kommun", short_name="kommunen", municipality=municipality, at=BEFORE
    )
    granne = parties.add_organisation(
        kind="municipality", name="Grannby kommun", short_name="Grannby", municipality=neighbour, at=BEFORE
    )
    police = parties.add_organisation(kind="police", name="Lokalpolisområde Exempel", short_name="polisen", at=BEFORE)
    partnership = parties.add_partnership(
        name="Exempelby, Grannby och polisen",
        organisations=[kommun, granne, police],
        municipalities=[municipality, neighbour],
        starts=date(2026, 1, 1),
        at=BEFORE,
    )
    return World(
        municipality=municipality,
        neighbour=neighbour,
        kommun=kommun,
        police=police,
        partnership=partnership,
        coordinator=_hat("samordnare", kommun, "municipal_coordinator"),
        moderator=_hat("granskare", kommun, "moderator"),
        officer=_hat("kommunpolis", police, "police_coordinator"),
        police_moderator=_hat("polisgranskare", police, "moderator"),
        neighbours_coordinator=_hat("granne", granne, "municipal_coordinator"),
        reader=_hat("läsare", kommun, "reader"),
    )


def _hat(name: str, organisation: Organisation, role: str) -> Membership:
    ascii_name = name.encode("ascii", "ignore").decode()
    person = people.add_person(email=f"{ascii_name}@example.org", name=name, password="lång-nog-för-prov", at=BEFORE)
    return parties.add_membership(person=person, organisation=organisation, role=role, starts=date(2026, 1, 1))


def a_draft(world: World, *, seeds: tuple[str, ...] = SEEDS, **words: object) -> Dialogue:
    """A draft with its seeds."""
    dialogue = actions.draft_dialogue(
        by=world.coordinator,
        partnership=world.partnership,
        controller=world.kommun,
        municipality=world.municipality,
        at=BEFORE,
        **{**WORDS, **words},
    )
    for text in seeds:
        statements.add_seed(dialogue=dialogue, text=text, by=world.coordinator, at=BEFORE)
    return dialogue


def an_open_dialogue(world: World, *, seeds: tuple[str, ...] = SEEDS, **words: object) -> Dialogue:
    """A published dialogue, open at DURING."""
    dialogue = a_draft(world, seeds=seeds, **words)
    return actions.publish_dialogue(dialogue=dialogue, by=world.coordinator, at=BEFORE + timedelta(hours=1))


def someone(dialogue: Dialogue, at: datetime = DURING) -> Participant:
    """A new participant."""
    return actions.join(dialogue=dialogue, at=at)[0]


def answers(dialogue: Dialogue, participant: Participant, values: dict[int, int], at: datetime = DURING) -> None:
    """Let a participant answer statements by number."""
    by_number = {s.number: s for s in Statement.objects.filter(dialogue=dialogue)}
    for number, value in values.items():
        statements.vote(dialogue=dialogue, participant=participant, statement=by_number[number], value=value, at=at)

"""Provby with things in every state and people in every role, for the permission matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from loftet.domain.base import clock
from loftet.domain.followup import actions as followup
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.plans import actions as plans
from loftet.domain.promises import actions as promises
from loftet.domain.records import actions as records
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signatures
from loftet.domain.situation import actions as situation
from loftet.testing import factories
from loftet.testing.cast import Cast, make_cast, make_person
from loftet.testing.confirming import confirmed

ROLES = ("coordinator", "signatory", "moderator", "contributor", "reader", "administrator")
DOCUMENT = ("draft", "proposed", "signed by one", "in force", "over")


@dataclass
class World:
    """Provby with things in every state, everyone who may come to them, and the same roles in another place."""

    cast: Cast
    actors: dict[str, Membership]
    strangers: list[Membership]
    things: dict[tuple[str, str], Any] = field(default_factory=dict)

    def thing(self, kind: str, state: str) -> Any:
        """The thing of a kind in a state, read anew; in a partnership that is over it is the one that was in force."""
        found = self.things[kind, {"over": "in force"}.get(state, state)]
        return type(found)._base_manager.get(pk=found.pk)

    def version(self, kind: str, state: str):
        """The newest version of a document."""
        return self.thing(kind, state).document.versions.last()


def make_world() -> World:
    """Build everything once."""
    cast, other = make_cast(), make_cast(name="Grannby", code="9902")
    housing = parties.add_promiser(partnership=cast.partnership, name="Provbo", by=None)
    world = World(cast, {**people_of(cast, cast.town, "own"), **people_of(cast, cast.police, "other")}, [])
    world.actors["independent reviewer"] = hat_of(housing, "independent_reviewer", "oberoende")
    strangers = {**people_of(other, other.town, "own"), **people_of(other, other.police, "other")}
    world.strangers = [*strangers.values()]
    _add_dialogues(world)
    _add_documents(world)
    _add_parties(world)
    records.set_registry_address(
        partnership=cast.partnership, email="registrator@example.org", by=world.actors["own coordinator"]
    )
    # The rule that weeding rests on.
    today = clock.day_of(clock.now())
    records.decide_rule(
        partnership=cast.partnership,
        document_type="answers",
        months=1,
        starts=today,
        body="nämnden",
        decided_on=today,
        basis="planen",
        by=world.actors["own coordinator"],
    )
    return world


def hat_of(organisation, role: str, part: str) -> Membership:
    person = make_person(name=f"{part} {role}", email=f"{role}-{part}-{organisation.public_id}@example.org")
    return parties.add_membership(
        person=person, organisation=organisation, role=role, starts=clock.day_of(clock.now() - timedelta(days=400))
    )


def people_of(cast: Cast, organisation, side: str) -> dict[str, Membership]:
    """One person in each role on a side; the coordinator is the municipality's or the police's."""
    is_town = organisation == cast.town
    known = {"coordinator": cast.coordinator if is_town else cast.police_coordinator}
    known["signatory"] = cast.chair if is_town else cast.chief
    return {f"{side} {role}": known.get(role) or hat_of(organisation, role, side) for role in ROLES}


def _add_dialogues(world: World) -> None:
    cast, now = world.cast, clock.now()
    past = {"opens_at": now - timedelta(days=60), "closes_at": now - timedelta(days=40)}
    states: dict[str, dict[str, Any]] = {"draft": {"is_published": False}, "open": {}, "closed": past, "answered": past}
    for state, words in states.items():
        dialogue = factories.make_dialogue(cast, title=f"Dialog {state}", **words)
        world.things["dialogue", state] = dialogue
        world.things["heard", state] = None
        if state == "draft":
            continue
        world.things["voice", state] = factories.make_voice(dialogue)
        release = factories.make_release(cast, dialogue)
        world.things["heard", state] = factories.make_finding(cast, release)
        world.things["heard draft", state] = factories.make_finding(
            cast, release, text="Åsikterna går isär.", numbers=(5,), is_published=False
        )
        world.things["need", state] = factories.make_need(cast, world.things["heard", state])
        feedback = followup.draft_feedback(dialogue=dialogue, by=cast.coordinator, introduction="Tack.")
        world.things["feedback", state] = feedback
        respond(world, state, cast.coordinator)
        if state == "answered":
            followup.publish_feedback(feedback=feedback, by=cast.coordinator)


def _add_documents(world: World) -> None:
    cast, later = world.cast, clock.now() - timedelta(days=30)
    picture = factories.make_picture(cast, at=later)
    problem = picture.problems.get()
    for state in DOCUMENT[:-1]:
        how: dict[str, Any] = {"is_proposed": state != "draft", "is_signed": state == "in force", "at": later}
        promise = factories.make_promise(cast, problem=problem, title=f"Löfte {state}", **how)
        agreement = factories.make_agreement(cast, title=f"Avtal {state}", **how)
        drawn = factories.make_picture(cast, title=f"Bild {state}", is_signed=state == "in force", at=later)
        if state in {"proposed", "signed by one"}:
            situation.propose_picture(picture=drawn, by=cast.coordinator)
        world.things |= {("promise", state): promise, ("agreement", state): agreement, ("picture", state): drawn}
        if state == "draft":
            world.things["agreement", "private"] = agreement
            shared = factories.make_agreement(cast, title="Delat", **how)
            signing.share(document=shared.document, by=cast.coordinator)
            world.things["agreement", "shared"] = shared
        if state == "signed by one":
            for kind, verb in SIGN.items():
                sign(verb, world.version(kind, state), cast.chair)
        if state == "proposed":
            for kind in SIGN:
                world.things["paper " + kind, state] = enter(world.version(kind, state), cast.coordinator)
        if state == "in force":
            world.things["series", "-"] = promise.targets.get().series
            world.things["decision", state] = promise.document.versions.get().decisions.get(organisation=cast.town)
    world.things["partnership", "-"] = cast.partnership


SIGN = {"promise": promises.sign, "picture": situation.sign_picture, "agreement": plans.sign_agreement}


def sign(verb: Callable, version, by: Membership):
    """Sign on the words of the version."""
    return verb(version=version, digest=version.digest, by=by, title="ordförande", confirmation=confirmed())


def enter(version, by: Membership):
    """Enter a paper that those who have not signed yet have signed by hand."""
    today = clock.day_of(clock.now())
    parties_left = [row.organisation for row in signatures.missing_parties(version)]
    lines = [signing.HandSigned(party, "Namn", "chef", today) for party in parties_left]
    return signing.enter_paper(version=version, digest_start=version.digest, lines=lines, scan=b"%PDF-1.7", by=by)


def respond(world: World, state: str, by: Membership):
    """Answer the published finding in the municipality's feedback."""
    return followup.respond(
        feedback=world.thing("feedback", state),
        finding=world.thing("heard", state),
        by=by,
        outcome="not_done",
        text="Vi har inte pengar till det.",
    )


def _add_parties(world: World) -> None:
    """What the verbs of organisations and hats are tried on."""
    cast, today = world.cast, clock.day_of(clock.now())
    world.things["leaving", "-"] = world.actors["independent reviewer"].organisation
    world.things["outside", "-"] = parties.add_organisation(
        kind="other", name="Utanför", short_name="utanför", municipality=cast.municipality
    )
    hat, _token = parties.add_colleague(
        organisation=cast.town, email="inbjuden@example.org", name="Inbjuden", role="reader", by=cast.coordinator
    )
    world.things["invited", "-"] = hat.person
    world.things["short hat", "-"] = parties.add_membership(
        person=cast.contributor.person, organisation=cast.town, role="reader", ends=today + timedelta(days=9)
    )
    world.things["coming hat", "-"] = parties.add_membership(
        person=cast.officer.person, organisation=cast.town, role="contributor", starts=today + timedelta(days=9)
    )


def end_the_partnership(world: World) -> None:
    """Let the partnership have ended yesterday."""
    Partnership.objects.filter(pk=world.cast.partnership.pk).update(ends=clock.day_of(clock.now()) - timedelta(days=1))

"""The sweep over the desk by strangers notices every check that is taken away.

A sweep that finds nothing proves little by itself. Here each check that keeps strangers out is taken away in turn, and
the same sweep must then find a way in. Most things have several lines of defence; for a line that another one covers,
the other ones are taken away first, and the way in must open with this one and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType, SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.dialogues import access as dialogues
from loftet.domain.dialogues import rules as dialogue_rules
from loftet.domain.followup import access as followup
from loftet.domain.indicators import actions as indicators
from loftet.domain.parties import access as parties
from loftet.domain.parties import queries, rules
from loftet.domain.parties.models import Membership, Partnership, PartnershipMember
from loftet.domain.places.models import Municipality
from loftet.domain.plans import access as plans
from loftet.domain.promises import access as promises
from loftet.domain.signing import access as signing
from loftet.domain.situation import access as situation
from loftet.domain.understanding import access as understanding
from loftet.domain.understanding import rules as understanding_rules
from loftet.faces.workspace import desk
from loftet.faces.workspace.followup import views as reports
from loftet.faces.workspace.plans import views as agreements
from loftet.faces.workspace.plans.forms import FIELDS as AGREEMENT_FIELDS
from loftet.faces.workspace.promises.forms import MEASURE_FIELDS
from loftet.faces.workspace.tests.test_desk_access import OWN, OWN_PLACE, _own_start, _plausible, where, written

pytestmark = pytest.mark.long

Removal = Callable[[pytest.MonkeyPatch], None]
# Whose, by which method, and to which route at which address.
WayIn = tuple[str, str, tuple[str, str]]
REFUSED = {403, 404, 405}
SIGNING = {"sign", "send_back"}


@dataclass(frozen=True)
class Check:
    """How to take one check away, and the others that must be gone for it to matter; the first covers it alone."""

    remove: Removal
    behind: tuple[str, ...] = ()


# --- The ways to take a check away ------------------------------------------------------------------------------------
def _first_hat(person, _permission=None, _partnership=None, **_words):
    return queries.hats(person)[0]


ANY_HAT = SimpleNamespace(hat_for=_first_hat, hat_of=_first_hat)


def _everyones_hats(patch) -> None:
    patch.setattr(queries, "hats", lambda _person, _at=None: list(Membership.objects.select_related("organisation")))


def _any_place_is_ones_own(patch) -> None:
    everyones = SimpleNamespace(
        hats=queries.hats,
        members_on=queries.members_on,
        partnerships_of=lambda *_about, **_words: Partnership.objects.all(),
    )
    patch.setattr(desk, "queries", everyones)


def _everything_is_here(patch) -> None:
    # The views hold the function itself, so its inside is exchanged and not its name.
    patch.setattr(desk.here, "__code__", (lambda desk, thing: None).__code__)


def _here_asks_nothing_in(module: str) -> Removal:
    views = import_module(f"loftet.faces.workspace.{module}")
    return lambda patch: patch.setattr(views, "here", lambda _desk, _thing: None)


def _every_organisation_is_in(patch) -> None:
    asked, everyone = parties.hat_for, SimpleNamespace(members=PartnershipMember.objects)
    patch.setattr(
        parties, "hat_for", lambda person, permission, _, **words: asked(person, permission, everyone, **words)
    )


def _for_any_organisation(patch) -> None:
    asked = parties.hat_for
    patch.setattr(parties, "hat_for", lambda *about, organisation=None, **words: asked(*about, **words))


def _fetched_unasked(module: ModuleType, name: str) -> Removal:
    """Let one function of a step's `access` fetch the same thing with whatever hat the person has."""

    def remove(patch) -> None:
        asked = getattr(module, name)

        def fetch(*about, **words):
            with pytest.MonkeyPatch.context() as meanwhile:
                meanwhile.setattr(module, "parties", ANY_HAT)
                return asked(*about, **words)

        patch.setattr(module, name, fetch)

    return remove


def _moderated_unasked(name: str) -> Removal:
    """Let one function that gives unpublished words give them to whatever hat the person has."""

    def remove(patch) -> None:
        asked = getattr(dialogues, name)

        def fetch(*about, **words):
            with pytest.MonkeyPatch.context() as meanwhile:
                meanwhile.setattr(dialogues, "_moderators_hat", lambda person, *_about: _first_hat(person))
                return asked(*about, **words)

        patch.setattr(dialogues, name, fetch)

    return remove


def _any_organisation_is_read(patch) -> None:
    patch.setattr(parties, "organisation_for_reading", lambda _person, public_id, **_: queries.organisation(public_id))


def _any_organisation_is_handled(patch) -> None:
    patch.setattr(parties, "_administering", lambda person, *_about: _first_hat(person))


def _any_agreement_is_here(patch) -> None:
    patch.setattr(agreements, "_must_be_here", lambda _desk, _agreement: None)


def _report_of_any_place(patch) -> None:
    def measure(public_id: str):
        found = asked(public_id)
        found.partnership._prefetched_objects_cache = {"municipalities": Municipality.objects.all()}
        return found

    asked = reports.plans.measure
    patch.setattr(reports, "plans", SimpleNamespace(measure=measure))


def _acts_ask_nothing_in(module: str) -> Removal:
    """Let the acts in one module take any hat."""
    actions = import_module(f"loftet.domain.{module}")
    questions = dict.fromkeys(("may", "must", "must_not_be_over", "is_member"), lambda *_about, **_words: True)
    trusting = SimpleNamespace(**questions)
    return lambda patch: patch.setattr(actions, "rules", trusting)


def _measured_for_anyone(patch) -> None:
    patch.setattr(indicators, "_must_work_in", lambda _by, place, _at: place.partnerships.first())


def _yes(module: ModuleType, name: str) -> Removal:
    return lambda patch: patch.setattr(module, name, lambda *_about, **_words: True)


# --- The checks -------------------------------------------------------------------------------------------------------
PLACE, HERE, MEMBER = "one's own place", "in this place", "organisation in the partnership"
CHECKS = {
    "one's own hats": Check(_everyones_hats),
    PLACE: Check(_any_place_is_ones_own),
    HERE: Check(_everything_is_here),
    MEMBER: Check(_every_organisation_is_in),
    "the named organisation": Check(_for_any_organisation, (PLACE, MEMBER)),
    "hat at the desk": Check(lambda patch: patch.setattr(desk, "access", ANY_HAT), (PLACE,)),
    # Documents have no place in their address: the step's own question is the first.
    "signing: read": Check(_fetched_unasked(signing, "for_reading")),
    "signing: sign": Check(_fetched_unasked(signing, "signing_hat"), ("signing: read",)),
    "signing: send back": Check(_fetched_unasked(signing, "handling_hat"), ("signing: read",)),
    # Organisations and partnerships have no place either.
    "parties: organisation": Check(_any_organisation_is_read),
    "parties: partnership": Check(_yes(parties, "may_read_partnership")),
    "parties: administering": Check(_any_organisation_is_handled),
    "parties: changing": Check(_yes(rules, "may_cooperate"), ("parties: partnership",)),
    "parties: leaving": Check(_yes(rules, "may_take_out"), ("parties: partnership",)),
    # What is under a place is fetched by its step, which asks again.
    "dialogues: read": Check(_fetched_unasked(dialogues, "for_reading"), (PLACE,)),
    "dialogues: write": Check(_fetched_unasked(dialogues, "for_writing"), (PLACE,)),
    "dialogues: open": Check(_fetched_unasked(dialogues, "for_opening"), (PLACE,)),
    "dialogues: moderate": Check(_moderated_unasked("for_moderation"), (PLACE, "dialogues: acts, moderate")),
    "dialogues: voice": Check(_moderated_unasked("voice_for_moderation"), (PLACE, "dialogues: acts, moderate")),
    "understanding: write": Check(_fetched_unasked(understanding, "for_writing"), (PLACE, "dialogues: read")),
    "understanding: finding": Check(_fetched_unasked(understanding, "finding_for_writing"), (PLACE,)),
    "understanding: need": Check(_fetched_unasked(understanding, "need_for_writing"), (PLACE,)),
    "situation: read": Check(_fetched_unasked(situation, "for_reading"), (PLACE,)),
    "situation: write": Check(_fetched_unasked(situation, "for_writing"), (PLACE,)),
    "situation: problem": Check(_fetched_unasked(situation, "problem_for_writing"), (PLACE,)),
    "situation: source": Check(_fetched_unasked(situation, "source_for_writing"), (PLACE, "situation: acts")),
    "plans: write": Check(_fetched_unasked(plans, "for_writing"), (PLACE, "promises: write")),
    "plans: agreement": Check(_fetched_unasked(plans, "agreement_for"), (PLACE,)),
    "promises: read": Check(_fetched_unasked(promises, "for_reading"), (PLACE,)),
    "promises: write": Check(_fetched_unasked(promises, "for_writing"), (PLACE,)),
    "promises: target": Check(_fetched_unasked(promises, "target_for_writing"), (PLACE, "promises: acts")),
    "followup: answer": Check(_fetched_unasked(followup, "feedback_for_writing"), (PLACE,)),
    "followup: measure": Check(lambda patch: patch.setattr(reports, "parties", ANY_HAT), (PLACE,)),
    "followup: report": Check(
        _fetched_unasked(followup, "measure_for_reporting"), (PLACE, "followup: measure", "followup: acts, report")
    ),
    "followup: in this place": Check(_report_of_any_place, ("followup: measure",)),
    # A thing under another place's address: with no question of the hat, the place is all that is asked.
    **{
        f"in this place: {module}": Check(_here_asks_nothing_in(module), (MEMBER, "the named organisation"))
        for module in (
            "dialogues.views",
            "understanding.views",
            "understanding.heard",
            "situation.views",
            "situation.problems",
            "promises.views",
            "promises.parts",
            "followup.feedback",
        )
    },
    "in this place: dialogues.moderation": Check(
        _here_asks_nothing_in("dialogues.moderation"),
        (MEMBER, "the named organisation", "dialogues: moderate", "dialogues: acts, moderate"),
    ),
    "in this place: plans.views": Check(_any_agreement_is_here, (MEMBER, "the named organisation")),
    "in this place: indicators.views": Check(_here_asks_nothing_in("indicators.views")),
    # The acts ask last, of the hat that they are given.
    "acts: member": Check(_yes(rules, "is_member"), (PLACE, MEMBER)),
    "situation: acts": Check(_acts_ask_nothing_in("situation.actions"), (PLACE, "situation: source")),
    "promises: acts": Check(_acts_ask_nothing_in("promises.actions"), (PLACE, "promises: target")),
    "signing: acts": Check(
        _acts_ask_nothing_in("signing.actions.versions"), (PLACE, "promises: write", "promises: acts")
    ),
    "followup: acts, answer": Check(_acts_ask_nothing_in("followup.actions"), (PLACE, "followup: answer")),
    "followup: acts, report": Check(
        _acts_ask_nothing_in("followup.actions"), (PLACE, "followup: measure", "followup: report")
    ),
    "plans: acts": Check(_acts_ask_nothing_in("plans.actions.measures"), (PLACE, "promises: write", "plans: write")),
    "plans: agreement acts": Check(_acts_ask_nothing_in("plans.actions.agreements"), (PLACE, "plans: agreement")),
    "indicators: acts": Check(_measured_for_anyone, (PLACE, "hat at the desk")),
    "dialogues: acts, write": Check(_yes(dialogue_rules, "may_write"), (PLACE, "dialogues: write")),
    "dialogues: acts, open": Check(_yes(dialogue_rules, "may_open"), (PLACE, "dialogues: open")),
    "dialogues: acts, controller": Check(
        _yes(dialogue_rules, "acts_for_controller"), (PLACE, "dialogues: open", "acts: member")
    ),
    "dialogues: acts, moderate": Check(_yes(dialogue_rules, "may_moderate"), (PLACE, "dialogues: voice")),
    "understanding: acts": Check(_yes(understanding_rules, "may_write"), (PLACE, "understanding: finding")),
}


# --- The sweep --------------------------------------------------------------------------------------------------------
class Sweep:
    """Strangers at every route that is not their own, with some checks taken away."""

    def __init__(self, chain, strangers, client) -> None:
        self.client = client
        self.people = {"coordinator": strangers.coordinator.person, "chair": strangers.chair.person}
        self.addresses = {part: list(_addresses(chain, part)) for part in self.people}
        self.words = _enough(chain)
        self.before = written()

    def ways_in(self, *removed: str) -> Iterator[WayIn]:
        """One at a time, as they are found."""
        # All is asked in the end, but first in the place where something is likely, so that one find is enough sooner.
        in_provby_first = PLACE in removed
        for part, person in self.people.items():
            self.client.sign_in(person)
            addresses = sorted(self.addresses[part], key=lambda one: "/provby/" in one[1], reverse=in_provby_first)
            for name, address in addresses:
                for way in ((part, "GET", (name, address)), (part, "POST", (name, address))):
                    if self.is_open(way, *removed):
                        yield way

    def is_open(self, way: WayIn, *removed: str) -> bool:
        """Whether the one who is signed in gets anything but a refusal, or writes anything, which is then undone."""
        _part, method, (name, address) = way
        with pytest.MonkeyPatch.context() as patch, transaction.atomic():
            for check in removed:
                CHECKS[check].remove(patch)
            if method == "GET":
                answer = self.client.get(address, check=False)
            else:
                answer = self.client.post(address, _plausible(name) | self.words.get(name, {}), check=False)
            has_written = written() != self.before
            transaction.set_rollback(True)
        return answer.status_code not in REFUSED or has_written


def _enough(chain) -> dict[str, dict]:
    """What some forms need besides the plausible, so that the act behind the form is asked too."""
    today = clock.day_of(clock.now())
    period = {"period_start": today, "period_end": today}
    measure = {field: getattr(chain.measure, field) for field in MEASURE_FIELDS}
    parties_of_it = {"organisations": [party.public_id for party in chain.measure.organisations.all()]}
    return {
        "voice_moderate": {"reason": ""},
        "agreement_edit": {field: getattr(chain.agreement, field) for field in AGREEMENT_FIELDS},
        "measurement": period,
        "report": period,
        "measure_edit": {field: value for field, value in measure.items() if value is not None} | parties_of_it,
    }


def _addresses(chain, part: str) -> Iterator[tuple[str, str]]:
    """Routes and addresses. A signatory is let further than a coordinator at signing alone."""
    for place in ("provby", "grannby"):
        own = OWN | (OWN_PLACE | _own_start(part) if place == "grannby" else set())
        for name, holes in where(chain, place).items():
            if name not in own and (part == "coordinator" or (name in SIGNING and place == "provby")):
                yield name, reverse(f"workspace:{name}", kwargs=holes)


@pytest.fixture
def sweep(chain, strangers, client) -> Sweep:
    return Sweep(chain, strangers, client)


def test_with_every_check_in_place_no_stranger_gets_in(sweep):
    assert list(sweep.ways_in()) == []


@pytest.mark.parametrize("line", sorted({check.behind[0] for check in CHECKS.values() if check.behind}))
def test_this_check_alone_covers_all_that_stand_behind_it(sweep, line):
    covered = [name for name, check in CHECKS.items() if check.behind[:1] == (line,)]
    assert list(sweep.ways_in(*covered)) == []


@pytest.mark.parametrize("name", CHECKS)
def test_without_this_check_a_stranger_gets_in(sweep, name):
    behind = CHECKS[name].behind
    ways = sweep.ways_in(*behind, name)
    assert any(not sweep.is_open(way, *behind) for way in ways), "nothing shows that this check keeps anyone out"

"""Two sign while one edits, a thousand times over: one outcome each time, and nothing is left of what was refused.

In every round a proposal waits. Three people have read it, each with a connection of their own, and act at the same
moment: the chair signs, the chief signs, and the coordinator takes the proposal back, edits, proposes, or all three.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from threading import Barrier

import pytest
from django.db import connection, connections

from loftet.domain.base import clock, protection
from loftet.domain.base.errors import DomainError
from loftet.domain.journal.models import Event
from loftet.domain.promises import actions as promises
from loftet.domain.promises.models import Promise
from loftet.domain.register import queries as register
from loftet.domain.register.models import Content, Entry, Node
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries
from loftet.domain.signing.models import Decision, RequiredParty, Signature, Version
from loftet.ledger import merkle
from loftet.testing.cast import Cast
from loftet.testing.confirming import confirmed
from loftet.testing.factories import make_measure, make_picture, make_promise

pytestmark = [pytest.mark.long, pytest.mark.transactional]
# A promise's history is read at every step, so a thousand versions of one would test only how long that takes.
ROUNDS, ROUNDS_A_PROMISE = 1_000, 10
# Which of the three is first is up to the machine: on a busy one a rare outcome may need a few rounds more.
MOST_ROUNDS = 4 * ROUNDS
SEED = 20261123
# Close together, or so far apart that the coordinator, who has the longest to go, is sometimes there before both.
LONGEST_DELAYS = (0.003, 0.03)
NO_LONGER_WAITS, ANOTHER_WAITS, THE_SAME = "väntar inte längre", "väntar redan", "likadant"

Verb = Callable[[], object]
Answers = list[object]


class Plan(StrEnum):
    """What the coordinator does while the two sign."""

    NEW_WORDS = "new words"
    SAME_WORDS = "same words"
    TAKE_BACK = "take back"
    TAKE_BACK_FOR_NEW_WORDS = "take back for new words"


# Every way in which a round can end. If one were never seen, the three would not have met.
OUTCOMES = {
    (Plan.NEW_WORDS, "in force"),
    (Plan.NEW_WORDS, "in force", ANOTHER_WAITS),
    (Plan.SAME_WORDS, "in force", THE_SAME),
    (Plan.SAME_WORDS, "in force", ANOTHER_WAITS),
    (Plan.TAKE_BACK, "in force", NO_LONGER_WAITS),
    (Plan.TAKE_BACK, "taken back unsigned"),
    (Plan.TAKE_BACK, "taken back with one signature"),
    (Plan.TAKE_BACK_FOR_NEW_WORDS, "in force"),
    (Plan.TAKE_BACK_FOR_NEW_WORDS, "taken back unsigned"),
    (Plan.TAKE_BACK_FOR_NEW_WORDS, "taken back with one signature"),
}


class Room:
    """Three people who act at the same moment, round after round, each in a thread with a connection of their own."""

    def __init__(self) -> None:
        self.threads, self.gate = ThreadPoolExecutor(max_workers=3), Barrier(3, timeout=60)

    def together(self, *people: Callable[[], Sequence[Verb]], delays: Sequence[float] = (0, 0, 0)) -> list[Answers]:
        """Let each read, and when all have read, do what each meant to do; what a rule refused is its answer."""
        futures = [self.threads.submit(self._act, *person) for person in zip(people, delays, strict=True)]
        return [future.result() for future in futures]

    def _act(self, person: Callable[[], Sequence[Verb]], delay: float) -> Answers:
        try:
            verbs = person()
        except BaseException:
            self.gate.abort()
            raise
        self.gate.wait()
        time.sleep(delay)
        return [answer_of(verb) for verb in verbs]

    def close(self) -> None:
        """Each person hangs up."""
        self.gate.reset()
        self.together(*[lambda: [connections.close_all]] * 3)
        self.threads.shutdown()


def answer_of(verb: Verb) -> object:
    """What the verb gave, or the rule that said no. Any other error is a fault and is raised."""
    try:
        return verb()
    except DomainError as refusal:
        return refusal


@contextmanager
def room() -> Iterator[Room]:
    """A room that is left empty, however it went."""
    opened = Room()
    try:
        yield opened
    finally:
        opened.close()


@dataclass(frozen=True)
class Round:
    """A proposal that waited, as it was, what each answered, and what had been written before and was afterwards."""

    plan: Plan
    promise: Promise
    version: Version
    signing: tuple[object, object]
    coordinating: dict[str, object]
    rows_before: Counter[str]
    rows: Counter[str]
    last_event: int

    @property
    def signatures(self) -> list[Signature]:
        """The signatures that were given."""
        return [answer for answer in self.signing if isinstance(answer, Signature)]

    @property
    def taken_back(self) -> Decision | None:
        """The decision that took the proposal back, if it was made."""
        answer = self.coordinating.get("send_back")
        return answer if isinstance(answer, Decision) else None

    @property
    def proposed(self) -> Version | None:
        """The next version, if it was put forward."""
        answer = self.coordinating.get("propose")
        return answer if isinstance(answer, Version) else None

    @property
    def refusals(self) -> dict[str, str]:
        """Who was refused, and why."""
        answers = {"chair": self.signing[0], "chief": self.signing[1]} | self.coordinating
        return {who: str(answer) for who, answer in answers.items() if isinstance(answer, DomainError)}


# --- A round -------------------------------------------------------------------------------------------------------
def signatory(version: Version, hat) -> Callable[[], list[Verb]]:
    """Someone who reads the proposal, proves who they are, and signs what was read."""

    def read() -> list[Verb]:
        read, now = Version.objects.get(pk=version.pk), clock.now()
        words = {"version": read, "digest": read.digest, "by": hat, "title": hat.title, "confirmation": confirmed(now)}
        return [lambda: promises.sign(**words)]

    return read


def coordinator(version: Version, hat, plan: Plan, words: str) -> tuple[list[str], Callable[[], list[Verb]]]:
    """Someone who reads the working copy and then goes about it as planned: the steps, and who takes them."""
    steps = {
        Plan.NEW_WORDS: ["edit", "propose"],
        Plan.SAME_WORDS: ["propose"],
        Plan.TAKE_BACK: ["send_back"],
        Plan.TAKE_BACK_FOR_NEW_WORDS: ["send_back", "edit", "propose"],
    }[plan]

    def read() -> list[Verb]:
        read, promise = Version.objects.get(pk=version.pk), Promise.objects.get(document=version.document_id)
        verbs = {
            "edit": lambda: edit(promise, hat, words),
            "propose": lambda: promises.propose(promise=promise, by=hat),
            "send_back": lambda: signing.send_back(version=read, by=hat, reason="Vi vill ändra i texten."),
        }
        return [verbs[step] for step in steps]

    return steps, read


def edit(promise: Promise, hat, words: str) -> Promise:
    return promises.edit_promise(promise=promise, by=hat, starts=promise.starts, ends=promise.ends, summary=words)


def waiting_version(promise: Promise, cast: Cast, words: str) -> Version:
    """The proposal that the last round left waiting, or a new one."""
    waiting = queries.open_version(promise.document)
    if waiting is None:
        promise = Promise.objects.get(pk=promise.pk)
        edit(promise, cast.police_coordinator, words)
        waiting = promises.propose(promise=promise, by=cast.police_coordinator)
    return Version.objects.get(pk=waiting.pk)


def play(number: int, promise: Promise, cast: Cast, people: Room, chance: random.Random) -> Round:
    """Play a round and keep what came of it."""
    version = waiting_version(promise, cast, f"Vi gör det här i omgång {number}.")
    plan, longest = chance.choice(list(Plan)), chance.choice(LONGEST_DELAYS)
    delays = [chance.uniform(0, longest) for _ in range(3)]
    steps, who = coordinator(version, cast.coordinator, plan, f"Vi gör det här efter omgång {number}.")
    rows_before, last_event = rows_of_all(), Event.objects.latest("id").pk
    chair, chief, answers = people.together(
        signatory(version, cast.chair), signatory(version, cast.chief), who, delays=delays
    )
    return Round(
        plan=plan,
        promise=promise,
        version=version,
        signing=(*chair, *chief),
        coordinating=dict(zip(steps, answers, strict=True)),
        rows_before=rows_before,
        rows=rows_of_all(),
        last_event=last_event,
    )


def rows_of_all() -> Counter[str]:
    """How many rows each append-only table has."""
    tables = [model._meta.db_table for model in protection.protected_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM \"{table}\"" for table in tables))
        return Counter(dict(cursor.fetchall()))


# --- What must hold after each ---------------------------------------------------------------------------------------
def check(played: Round) -> str:
    """Hold a round against the database, and say in a word how it ended."""
    ending = check_ending(played)
    check_refusals(played)
    check_words(played)
    check_register(played)
    check_journal(played)
    check_nothing_else_was_written(played)
    return ending


def check_ending(played: Round) -> str:
    """Signed by both and in force, or taken back and not: never both, never neither."""
    kept = list(Signature.objects.filter(version=played.version))
    assert {row.pk for row in kept} == {row.pk for row in played.signatures}
    decisions = list(Decision.objects.filter(version=played.version))
    assert decisions == ([played.taken_back] if played.taken_back else [])
    is_in_force = queries.came_in_force(played.version) is not None
    assert is_in_force == (len(kept) == 2)
    assert is_in_force != bool(decisions)
    if is_in_force:
        assert queries.in_force(played.promise.document) == played.version
        return "in force"
    assert queries.in_force(played.promise.document) != played.version
    return "taken back with one signature" if kept else "taken back unsigned"


def check_refusals(played: Round) -> None:
    """Whoever was refused was refused for what had come before, and only for that."""
    reasons = played.refusals
    if played.taken_back:
        signed = {row.organisation_id for row in played.signatures}
        assert sum(who in reasons for who in ("chair", "chief")) == 2 - len(signed)
    else:
        assert not reasons.keys() & {"chair", "chief"}
        assert ("send_back" in reasons) == ("send_back" in played.coordinating)
    assert all(NO_LONGER_WAITS in why for who, why in reasons.items() if who in ("chair", "chief", "send_back"))
    assert "edit" not in reasons
    if why := reasons.get("propose"):
        assert ANOTHER_WAITS in why or (THE_SAME in why and played.plan is Plan.SAME_WORDS)
    # The last to act finds nothing that waits, so only the same words over again are refused for good.
    newest = played.proposed or played.version
    assert played.promise.document.versions.latest("number") == newest
    assert queries.open_version(played.promise.document) == played.proposed
    assert not (played.plan is Plan.SAME_WORDS and played.proposed)
    assert not (played.plan is Plan.TAKE_BACK_FOR_NEW_WORDS and not played.proposed)


def check_words(played: Round) -> None:
    """What was signed is what was read, to the byte; what was proposed meanwhile is another version."""
    words, digest = Version.objects.values_list("content", "digest").get(pk=played.version.pk)
    assert words == played.version.content
    assert hashlib.sha256(words.encode()).hexdigest() == digest == played.version.digest
    assert all(row.digest == digest for row in Signature.objects.filter(version=played.version))
    if proposed := played.proposed:
        assert (proposed.number, proposed.content == words) == (played.version.number + 1, False)
        assert not proposed.signatures.exists()


def check_register(played: Round) -> None:
    """The register has exactly one entry about a version in force and none about any other."""
    subject, number = played.promise.public_id, played.version.number
    found = list(register.entries(subject=subject).filter(once_key=f"promise.in_force:{subject}:{number}"))
    assert len(found) == len(played.signatures) // 2
    for entry in found:
        assert entry.kind == "promise.in_force"
        contents = register.contents_of(entry.number)
        assert contents["content"] == played.version.content
        assert contents["signatures"].count(played.version.digest) == 2


def check_journal(played: Round) -> None:
    """The journal tells of each act that was done, in an order that is possible, and of none that was refused."""
    told = list(Event.objects.filter(pk__gt=played.last_event).order_by("pk").values_list("verb", "data"))
    verbs = [verb for verb, _ in told]
    expected = Counter({"signing.signed": len(played.signatures), "promises.in_force": len(played.signatures) // 2})
    expected["signing.sent_back"] = int(played.taken_back is not None)
    expected["promises.edited"] = int("edit" in played.coordinating)
    expected["signing.proposed"] = int(played.proposed is not None)
    assert Counter(verbs) == +expected
    about = [verb for verb, data in told if data.get("version") == played.version.number]
    end = "signing.sent_back" if played.taken_back else "promises.in_force"
    assert about == ["signing.signed"] * len(played.signatures) + [end]
    if played.proposed:
        assert verbs.index("signing.proposed") > verbs.index(end)


def check_nothing_else_was_written(played: Round) -> None:
    """Every row that came is accounted for by something that was done."""
    new = list(Entry.objects.filter(number__gte=played.rows_before[Entry._meta.db_table]))
    expected = {
        Signature: len(played.signatures),
        Decision: int(played.taken_back is not None),
        Version: int(played.proposed is not None),
        RequiredParty: 2 * int(played.proposed is not None),
        Entry: len(played.signatures) // 2,
        Content: sum(len(entry.contents.all()) for entry in new),
        Node: sum(len(merkle.completed_by(entry.number)) for entry in new),
        Event: Event.objects.filter(pk__gt=played.last_event).count(),
    }
    came = played.rows - played.rows_before
    assert came == +Counter({model._meta.db_table: count for model, count in expected.items()})


def check_all(made: Sequence[Promise]) -> None:
    """After all rounds: the register has the versions in force, each once, in a tree that holds."""
    expected: Counter[str] = Counter()
    for promise in made:
        versions = queries.versions(promise.document)
        assert [version.number for version in versions] == list(range(1, len(versions) + 1))
        for version in versions:
            assert hashlib.sha256(version.content.encode()).hexdigest() == version.digest
            if queries.signed_by_all_at(version):
                assert queries.sent_back(version) is None
                expected[promise.public_id] += 1
    rows = list(register.entries(kind="promise.in_force").filter(subject__in=expected).order_by("number"))
    assert Counter(row.subject for row in rows) == expected
    assert len({row.once_key for row in rows}) == len(rows)
    leaves = [row.leaf_hash for row in Entry.objects.order_by("number")]
    assert [row.number for row in Entry.objects.order_by("number")] == list(range(len(leaves)))
    assert register.root(len(leaves)) == merkle.root([bytes.fromhex(leaf) for leaf in leaves])


# --- The thousand ----------------------------------------------------------------------------------------------------
def test_two_who_sign_while_one_edits_give_one_consistent_outcome_in_a_thousand_interleavings(real_database, cast):
    problem = make_picture(cast).problems.get()
    measures = [make_measure(cast, for_police=for_police) for for_police in (False, True)]
    draft = {"problem": problem, "measures": measures, "is_sharp": False, "is_proposed": False, "is_signed": False}
    chance, seen, made = random.Random(SEED), Counter(), []
    with room() as people:
        for number in range(MOST_ROUNDS):
            if number >= ROUNDS and set(seen) >= OUTCOMES:
                break
            if number % ROUNDS_A_PROMISE == 0:
                made.append(make_promise(cast, **draft))
            played = play(number, made[-1], cast, people, chance)
            try:
                seen[played.plan, check(played), *reasons_in(played)] += 1
            except AssertionError as fault:
                fault.add_note(f"Round {number}, {played.plan}: {played.signing}, {played.coordinating}")
                raise
    check_all(made)
    assert seen.total() >= ROUNDS
    assert set(seen) == OUTCOMES, seen


def reasons_in(played: Round) -> list[str]:
    """Why the coordinator's last step was refused, if it was."""
    *_, last = played.coordinating.values()
    found = [reason for reason in (NO_LONGER_WAITS, ANOTHER_WAITS, THE_SAME) if reason in str(last)]
    return found if isinstance(last, DomainError) else []

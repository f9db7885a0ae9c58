"""Reading dialogues. The public sees what is published; exact counts are for staff, the register tells few as few."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loftet.analysis.disclosure import suppress_small
from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue, Participant, Voice, Vote
from loftet.domain.dialogues.rules import SMALLEST_COUNT, may_moderate
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.records.holdings import Holding


@dataclass(frozen=True)
class PublicDialogue:
    """A published dialogue, its address and where it stands (a `Dialogue.State`, never draft)."""

    dialogue: Dialogue
    slug: str
    state: Dialogue.State


@dataclass(frozen=True)
class Counts:
    """How many took part and what they left, exactly: for staff."""

    participants: int
    answers: int
    statements: int
    voices: int

    def in_public(self) -> dict[str, str]:
        """The same as may be told: few people as few, and what few people have left not at all."""
        few = self.participants < SMALLEST_COUNT
        return {
            "participants": few_as_few(self.participants),
            "answers": "visas inte när få har deltagit" if few else str(self.answers),
            "statements": str(self.statements),
        }


def scope_of(municipality: Municipality) -> str:
    """Within what a dialogue's address is unique."""
    return f"dialoger:{municipality.code}"


def public_dialogues(municipality: Municipality, at: datetime | None = None) -> list[PublicDialogue]:
    """Published dialogues of a place: those open now first, then those that open soon, then closed, newest first."""
    at = at or clock.now()
    found = _loaded().filter(municipality=municipality, published_at__lte=at).order_by("-closes_at", "-id")
    order = [Dialogue.State.OPEN, Dialogue.State.COMING, Dialogue.State.CLOSED]
    return sorted(_addressed(list(found), municipality, at), key=lambda public: order.index(public.state))


def public_dialogue(municipality: Municipality, slug: str, at: datetime | None = None) -> PublicDialogue | None:
    """A published dialogue by its address. Former addresses work too: `slug` of the answer is the current one."""
    known = places.resolve(scope_of(municipality), slug)
    return public_dialogue_by_id(known.subject, at) if known else None


def public_dialogue_by_id(public_id: str, at: datetime | None = None) -> PublicDialogue | None:
    """A published dialogue by its permanent id."""
    at = at or clock.now()
    found = _loaded().filter(public_id=public_id, published_at__lte=at).first()
    return next(iter(_addressed([found], found.municipality, at)), None) if found else None


def dialogues_in(municipality: Municipality, partnerships: Iterable[Partnership]):
    """All dialogues of some partnerships in a place, drafts too: for the workspace."""
    found = _loaded().filter(municipality=municipality, partnership__in=list(partnerships))
    return found.prefetch_related("partnership__members")


def token_hash(dialogue: Dialogue, token: str) -> str:
    """How a token is stored. It is 80 random bits, so a plain hash cannot be turned back; the dialogue is hashed with
    it so that a token of one dialogue is nothing in another."""
    return hashlib.sha256(f"loftet participant {dialogue.public_id} {token}".encode()).hexdigest()


def participant_by_token(dialogue: Dialogue, token: str) -> Participant | None:
    """Who holds the token in this dialogue, or None."""
    return Participant.objects.filter(dialogue=dialogue, token_hash=token_hash(dialogue, token)).first()


def counts(dialogue: Dialogue) -> Counts:
    """How many have answered or said something, and what they have left so far."""
    votes, voices = Vote.objects.filter(statement__dialogue=dialogue), Voice.objects.filter(dialogue=dialogue)
    active = Q(Exists(votes.filter(participant=OuterRef("pk")))) | Q(Exists(voices.filter(participant=OuterRef("pk"))))
    return Counts(
        participants=Participant.objects.filter(active, dialogue=dialogue).count(),
        answers=votes.values("participant", "statement").distinct().count(),
        statements=dialogue.statements.count(),
        voices=voices.filter(participant__isnull=False).count(),
    )


def awaiting_moderation(dialogue: Dialogue):
    """Voices that wait for a decision, oldest first. Fetch the dialogue with `access.for_moderation` before this."""
    return Voice.objects.filter(dialogue=dialogue, state__in=[Voice.State.RECEIVED, Voice.State.HELD])


def waiting_count(dialogue: Dialogue) -> dict[str, int]:
    """How many voices are received and held, without their words: for the list of things to do."""
    return waiting_counts([dialogue])[dialogue.pk]


def waiting_counts(dialogues: Iterable[Dialogue]) -> dict[int, dict[str, int]]:
    """The same for several dialogues in one query, by their primary keys."""
    pks = [dialogue.pk for dialogue in dialogues]
    states = (Voice.State.RECEIVED, Voice.State.HELD)
    waiting = Voice.objects.filter(dialogue__in=pks, state__in=states).order_by()
    found: dict[int, dict[str, int]] = {pk: dict.fromkeys(states, 0) for pk in pks}
    for row in waiting.values("dialogue", "state").annotate(n=Count("id")):
        found[row["dialogue"]][row["state"]] = row["n"]
    return found


def my_voices(participant: Participant):
    """What a participant has said, whatever became of it. A voice is always shown to its own sender."""
    return Voice.objects.filter(participant=participant)


def moderation_figures() -> list[tuple[str, str]]:
    """What has become of residents' voices in all dialogues, and why some are not published; empty before the first.

    For the public page about moderation: what it is, and how many in words.
    """
    decided = Voice.objects.filter(participant__isnull=False, decided_at__isnull=False)
    rows = list(decided.order_by().values_list("state", "reason").annotate(n=Count("id")))
    if not rows:
        return []
    states, reasons = Counter[str](), Counter[str]()
    for state, reason, n in rows:
        states[state] += n
        if state == Voice.State.DECLINED:
            reasons[reason] += n
    outcomes = [state for state in (Voice.State.PUBLISHED, Voice.State.HELD, Voice.State.DECLINED) if states[state]]
    listed = sorted(reasons)
    # Totals are told, so what few people have sent is hidden together with one more count.
    told = suppress_small([states[state] for state in outcomes], minimum=SMALLEST_COUNT)
    why = suppress_small([reasons[reason] for reason in listed], minimum=SMALLEST_COUNT)
    return [
        ("granskade", few_as_few(states.total())),
        *((str(state.label), in_public(n)) for state, n in zip(outcomes, told, strict=True)),
        *((Voice.Reason(reason).label, in_public(n)) for reason, n in zip(listed, why, strict=True)),
    ]


def few_as_few(count: int) -> str:
    """A count of people as it may be told."""
    return str(count) if count >= SMALLEST_COUNT else f"färre än {SMALLEST_COUNT}"


def in_public(count: int | None) -> str:
    """A count in a table with a total as it may be told."""
    return "visas inte" if count is None else str(count)


def _addressed(dialogues: list[Dialogue], municipality: Municipality, at: datetime) -> list[PublicDialogue]:
    slugs = places.current_slugs(scope_of(municipality), [dialogue.public_id for dialogue in dialogues])
    return [
        PublicDialogue(dialogue, slugs[dialogue.public_id], dialogue.state(at))
        for dialogue in dialogues
        if dialogue.public_id in slugs
    ]


def _loaded():
    return Dialogue.objects.select_related("municipality", "controller", "partnership")


def holdings(partnership: Partnership) -> list[Holding]:
    """What is kept of the partnership's dialogues in people's words."""
    asked = Dialogue.objects.filter(partnership=partnership)
    said = Voice.objects.filter(dialogue__partnership=partnership)

    def known_to(by: Membership, at: datetime) -> QuerySet[Voice]:
        """What is published, and for those who moderate a dialogue also what is not."""
        moderated = [one.pk for one in asked.select_related("controller", "partnership") if may_moderate(by, one, at)]
        return said.filter(Q(state=Voice.State.PUBLISHED) | Q(dialogue__in=moderated))

    return [Holding(asked), Holding(said, known_to=known_to)]

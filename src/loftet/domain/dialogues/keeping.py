"""What the law asks of what is kept of a dialogue: that it is registered, and that what need not be kept can go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Case, QuerySet, Value, When

from loftet.domain.base import clock
from loftet.domain.base.models import WEEDED
from loftet.domain.dialogues import actions, rules
from loftet.domain.dialogues.methods.statements import queries as statements
from loftet.domain.dialogues.models import Dialogue, Participant, Voice, Vote
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records.disclosing import Reading, Section
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType
from loftet.domain.records.weedables import Weedable


def handlings(partnership: Partnership, at: datetime) -> list[Handling]:
    """The partnership's published dialogues, which belong in the diary of the one who answers for them."""
    found = Dialogue.objects.filter(partnership=partnership, published_at__lte=at)
    return [_handling(one, at) for one in found.select_related("controller", "partnership")]


def _handling(one: Dialogue, at: datetime) -> Handling:
    closed = clock.day_of(one.closes_at) if one.is_closed(at) else None
    return Handling(
        thing=one,
        document_type=DocumentType.DIALOGUE,
        title=one.title,
        dated=closed or clock.day_of(one.opens_at),
        parties=(one.controller,),
        closed=closed,
    )


# What nobody has published or declined.
UNDECIDED = (Voice.State.RECEIVED, Voice.State.HELD)


def weedables(about: Handling, part: DocumentType) -> list[Weedable]:
    """What a part of a dialogue consists of here. What is published stays, and so does who has something left."""
    voices = Voice.objects.filter(dialogue__public_id=about.subject)
    people = Participant.objects.filter(dialogue__public_id=about.subject)
    match part:
        case DocumentType.ANSWERS:
            return [
                Weedable("svar", Vote.objects.filter(statement__dialogue__public_id=about.subject)),
                Weedable("deltagare som inte har skrivit något", people.filter(voices__isnull=True), is_told=False),
            ]
        case DocumentType.DECLINED:
            declined = voices.filter(state=Voice.State.DECLINED).exclude(text=WEEDED)
            # The rows stay: how many were declined, and why, is public. A reason in own words goes with the text.
            note = Case(When(note="", then=Value("")), default=Value(WEEDED))
            return [Weedable("synpunkter som inte publicerades", declined, {"text": WEEDED, "note": note})]
        case DocumentType.HELD:
            held = voices.filter(state__in=UNDECIDED)
            rest = Voice.objects.filter(dialogue__public_id=about.subject).exclude(state__in=UNDECIDED)
            only_held = people.filter(voices__in=held, votes__isnull=True).exclude(voices__in=rest)
            # Read before the voices go.
            pks = list(only_held.values_list("pk", flat=True).distinct())
            return [
                Weedable("vilande synpunkter", held),
                Weedable("deltagare som bara hade skrivit det", people.filter(pk__in=pks), is_told=False),
            ]
    return []


def disclosable(about: Handling, by: Membership, at: datetime) -> list[Section]:
    """What there is to hand out of a dialogue besides itself.

    What is not published only by those who may read it, and it is told that they do; answers one by one only by the
    one who answers for them.
    """
    if about.document_type != DocumentType.DIALOGUE:
        return []
    dialogue: Dialogue = about.thing
    published = dialogue.voices.filter(state=Voice.State.PUBLISHED)
    others = dialogue.voices.exclude(state=Voice.State.PUBLISHED)
    votes = Vote.objects.filter(statement__dialogue=dialogue)
    found = []
    if published.exists():
        found.append(_section(about, "published", "publicerade synpunkter", lambda: _said(published)))
    if rules.may_moderate(by, dialogue, at) and others.exists():
        found.append(_section(about, "unpublished", "opublicerade synpunkter", lambda: _unpublished(dialogue, by, at)))
    if rules.acts_for_controller(by, dialogue) and not rules.is_kept_from(by, dialogue, at) and votes.exists():
        found.append(_section(about, "answers", "svaren ett och ett", lambda: _answers(dialogue), is_table=True))
    return found


def _section(
    about: Handling, part: str, name: str, read: Callable[[], list[tuple[str, str, str]]], is_table: bool = False
) -> Section:
    title = f"{about.title}: {name}"
    reading = partial(_reading, read, name)
    return Section(f"{about.subject}.{part}", title, about, reading, is_table)


def _reading(read: Callable[[], list[tuple[str, str, str]]], name: str) -> Reading:
    lines = tuple(read())
    return Reading(kind="Medborgardialog", standing=f"{name[:1].upper()}{name[1:]}.", lines=lines)


def _said(voices: QuerySet[Voice]) -> list[tuple[str, str, str]]:
    rows = voices.select_related("statement").order_by("statement__number")
    return [(f"Påstående {one.statement.number}", one.text, "") for one in rows]


def _unpublished(dialogue: Dialogue, by: Membership, at: datetime) -> list[tuple[str, str, str]]:
    actions.read_waiting(dialogue=dialogue, by=by, at=at)
    rows = dialogue.voices.exclude(state=Voice.State.PUBLISHED).order_by("id")
    return [
        (f"Synpunkt {number}", f"{one.text} ({one.get_state_display()}) {one.explanation}".strip(), "")
        for number, one in enumerate(rows, 1)
    ]


def _answers(dialogue: Dialogue) -> list[tuple[str, str, str]]:
    """Every current answer. Participants have numbers of this table's own, and nothing else is known of them."""
    votes = statements.current_votes(dialogue)
    numbers = {who: str(number) for number, who in enumerate(sorted({vote.participant for vote in votes}), 1)}
    rows = [(numbers[vote.participant], str(vote.statement), Vote.Value(vote.value).label) for vote in votes]
    return [("deltagare", "påstående", "svar"), *rows]

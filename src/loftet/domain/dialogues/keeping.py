"""What the law asks of what is kept of a dialogue: that it is registered, and that what need not be kept can go."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Value, When

from loftet.domain.base import clock
from loftet.domain.base.models import WEEDED
from loftet.domain.dialogues.models import Dialogue, Participant, Voice, Vote
from loftet.domain.parties.models import Partnership
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

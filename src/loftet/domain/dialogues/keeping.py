"""What the law asks of what is kept of a dialogue: that it is registered."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties.models import Partnership
from loftet.domain.records.handlings import Handling
from loftet.domain.records.models import DocumentType


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

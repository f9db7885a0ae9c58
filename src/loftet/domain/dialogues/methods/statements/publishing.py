"""A voice becomes a statement: it gets the next number in its dialogue and is shown soon."""

from __future__ import annotations

from django.db.models import Max

from loftet.analysis.routing import NEW_PRIORITY
from loftet.domain.dialogues.methods.statements.models import Statement
from loftet.domain.dialogues.models.dialogue import Dialogue
from loftet.domain.dialogues.models.voice import Voice


def as_statement(voice: Voice, *, is_seed: bool = False) -> Statement:
    """Put a published voice before others. The verbs that call this ask for permission, inside their transaction."""
    # Two moderators who publish at once would otherwise take the same number.
    dialogue = Dialogue.objects.select_for_update(of=("self",)).get(pk=voice.dialogue_id)
    last = dialogue.statements.aggregate(number=Max("number"))["number"] or 0
    return Statement.objects.create(
        dialogue=dialogue,
        voice=voice,
        number=last + 1,
        is_seed=is_seed,
        priority=NEW_PRIORITY,
    )

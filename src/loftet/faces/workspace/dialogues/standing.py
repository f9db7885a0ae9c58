"""Where a dialogue stands, as people say it: closed with an answer owed is not the same as answered."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue


def standing(dialogue: Dialogue, *, owed: bool, at: datetime) -> str:
    """A key of the family dialogue in the shared states. `owed` says that nobody has answered those who took part."""
    if not dialogue.is_closed(at):
        return dialogue.state(at).value
    if not owed:
        return "answered"
    return "answer_overdue" if clock.day_of(at) > dialogue.answer_by else "closed"

"""Fetching a dialogue or a voice with permission. Nobody on the staff gets one any other way.

All return the thing and the hat to act with, and raise the model's `DoesNotExist` or `NotAllowed`.
"""

from __future__ import annotations

from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.dialogues import rules
from loftet.domain.dialogues.models import Dialogue, Voice
from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.people.models import Person


def for_reading(
    person: Person, public_id: str, *, former: bool = False, at: datetime | None = None
) -> tuple[Dialogue, Membership]:
    """A dialogue of one's partnership, drafts too; with `former` also of one that one's organisation has left."""
    dialogue = _dialogue(public_id)
    return dialogue, parties.hat_for(person, "workspace.read", dialogue.partnership, former=former, at=at)


def for_writing(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Dialogue, Membership]:
    """A dialogue to write texts and seeds in."""
    dialogue = _dialogue(public_id)
    return dialogue, parties.hat_for(person, "dialogues.write", dialogue.partnership, at=at)


def for_opening(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Dialogue, Membership]:
    """A dialogue to publish, with a hat of its controller."""
    dialogue = _dialogue(public_id)
    return dialogue, _controllers_hat(person, "dialogues.open", dialogue, at)


def for_moderation(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Dialogue, Membership]:
    """A dialogue whose unpublished words may be read, with a hat of its controller."""
    dialogue = _dialogue(public_id)
    return dialogue, _moderators_hat(person, dialogue, at)


def voice_for_moderation(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Voice, Membership]:
    """One voice to decide on, with a hat of its dialogue's controller."""
    voice = Voice.objects.select_related("dialogue__partnership", "dialogue__controller", "dialogue__municipality").get(
        public_id=public_id
    )
    return voice, _moderators_hat(person, voice.dialogue, at)


def _dialogue(public_id: str) -> Dialogue:
    return Dialogue.objects.select_related("partnership", "controller", "municipality").get(public_id=public_id)


def _moderators_hat(person: Person, dialogue: Dialogue, at: datetime | None) -> Membership:
    hat = _controllers_hat(person, "dialogues.moderate", dialogue, at)
    rules.must(rules.may_moderate(hat, dialogue, at or clock.now()))
    return hat


def _controllers_hat(person: Person, permission: str, dialogue: Dialogue, at: datetime | None) -> Membership:
    return parties.hat_for(person, permission, dialogue.partnership, organisation=dialogue.controller, at=at)

"""Fetching with permission. All return the thing and the hat to act with, or raise `DoesNotExist` or `NotAllowed`."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.dialogues import access as dialogues
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.people.models import Person
from loftet.domain.understanding.models import Finding, Need, Run


def for_writing(person: Person, dialogue_id: str, *, at: datetime | None = None) -> tuple[Dialogue, Membership]:
    """A dialogue to order runs and write findings of."""
    dialogue, _ = dialogues.for_reading(person, dialogue_id, at=at)
    return dialogue, _hat(person, dialogue, at)


def run_for_writing(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Run, Membership]:
    """A run to release. Its result names participants and is never shown; only its release is."""
    run = Run.objects.select_related("dialogue__partnership").get(public_id=public_id)
    return run, _hat(person, run.dialogue, at)


def finding_for_writing(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Finding, Membership]:
    """A finding to rewrite."""
    finding = Finding.objects.select_related("dialogue__partnership").get(public_id=public_id)
    return finding, _hat(person, finding.dialogue, at)


def need_for_writing(person: Person, public_id: str, *, at: datetime | None = None) -> tuple[Need, Membership]:
    """A need to rewrite."""
    need = Need.objects.select_related("dialogue__partnership").get(public_id=public_id)
    return need, _hat(person, need.dialogue, at)


def _hat(person: Person, dialogue: Dialogue, at: datetime | None) -> Membership:
    return parties.hat_for(person, "understanding.write", dialogue.partnership, at=at)

"""Who may do what with runs, releases, findings and needs: one question each, composed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties import rules as parties
from loftet.domain.parties.models import Membership
from loftet.domain.records import queries as records
from loftet.domain.records.models import DocumentType
from loftet.domain.understanding.models import Finding, Run

FEWEST_PARTICIPANTS: Final = 5
FEWEST_STAFF: Final = 10
FEWEST_NEW_PARTICIPANTS: Final = 5


def may_write(hat: Membership, dialogue: Dialogue, at: datetime) -> bool:
    """Whether the hat may order runs, release figures and write what was heard."""
    return parties.may(hat, "understanding.write", partnership=dialogue.partnership, at=at)


def is_done(run: Run) -> bool:
    """Whether the run has a result."""
    return run.state == Run.State.DONE


def is_published(finding: Finding) -> bool:
    """Whether the public can read it."""
    return finding.published_at is not None


def participants_in(result: Mapping[str, Any]) -> set[str]:
    """The permanent ids of those whose votes a run's result rests on."""
    return {row["id"] for row in result["participants"]}


def is_staff_dialogue(dialogue: Dialogue) -> bool:
    """Whether employees answered, who are more easily recognised by those who read the figures."""
    return dialogue.sample_type == Dialogue.SampleType.STAFF


def fewest_participants(dialogue: Dialogue) -> int:
    """How many must have answered before any figure of a dialogue is published."""
    return FEWEST_STAFF if is_staff_dialogue(dialogue) else FEWEST_PARTICIPANTS


def new_participants(result: Mapping[str, Any], earlier: Mapping[str, Any]) -> int:
    """How many have come since an earlier run: people, however often those before have changed their minds."""
    return len(participants_in(result) - participants_in(earlier))


def must_have_its_answers(dialogue: Dialogue) -> None:
    """Raise `DomainError` when the answers have been weeded: nothing more is worked out from them."""
    if records.is_weeded(dialogue.public_id, DocumentType.ANSWERS):
        raise DomainError(
            "Svaren i dialogen är gallrade, så de kan inte analyseras. De tal som är släppta ligger kvar."
        )

"""Who may do what in a dialogue, and when: one question each, composed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues.models import Dialogue, Participant, Statement
from loftet.domain.parties import rules as parties
from loftet.domain.parties.models import Membership, Organisation

# Counts of people below this are told as "färre än 5": in a small place an exact one can point somebody out.
SMALLEST_COUNT: Final = 5


def is_draft(dialogue: Dialogue) -> bool:
    """Whether it is still private and may be rewritten."""
    return dialogue.published_at is None


def acts_for_controller(hat: Membership, dialogue: Dialogue) -> bool:
    """Whether the hat belongs to the organisation that answers for the personal data."""
    return hat.organisation_id == dialogue.controller_id


def takes_part(participant: Participant, dialogue: Dialogue) -> bool:
    """Whether the participant's token is of this dialogue."""
    return participant.dialogue_id == dialogue.pk


def belongs(statement: Statement, dialogue: Dialogue) -> bool:
    """Whether the statement was put in this dialogue."""
    return statement.dialogue_id == dialogue.pk


def may_write(hat: Membership, dialogue: Dialogue, at: datetime) -> bool:
    """Whether the hat may write the dialogue's texts and seeds."""
    return parties.may(hat, "dialogues.write", partnership=dialogue.partnership, at=at)


def may_open(hat: Membership, dialogue: Dialogue, at: datetime) -> bool:
    """Whether the hat may publish: the controller's own, since publishing starts a collection that it answers for."""
    return acts_for_controller(hat, dialogue) and parties.may(
        hat, "dialogues.open", partnership=dialogue.partnership, at=at
    )


def is_kept_from(hat: Membership, dialogue: Dialogue, at: datetime) -> bool:
    """Whether the hat's person is an officer too, and the police does not itself answer for the dialogue.

    An officer who reads of a crime must act on it, whichever hat is worn while reading.
    """
    is_polices_own = dialogue.controller.kind == Organisation.Kind.POLICE
    return not is_polices_own and parties.has_police_hat(hat.person, at)


def may_moderate(hat: Membership, dialogue: Dialogue, at: datetime) -> bool:
    """Whether the hat may see and decide on words that are not yet published.

    Asked of the controller and not of the partnership, and of the person and not of the hat alone: the police never
    sees residents' unpublished words unless it is itself the controller.
    """
    return (
        acts_for_controller(hat, dialogue)
        and parties.may(hat, "dialogues.moderate", partnership=dialogue.partnership, at=at)
        and not is_kept_from(hat, dialogue, at)
    )


def must(answer: bool) -> None:
    """Raise `NotAllowed` unless the answer is yes."""
    if not answer:
        raise NotAllowed("Du har inte behörighet att göra det här. Inget är ändrat.")


def must_be_draft(dialogue: Dialogue) -> None:
    """Raise `DomainError` when the dialogue is published: what people have answered to stays as they read it."""
    if not is_draft(dialogue):
        raise DomainError(
            "Dialogen är publicerad och står i löftesboken, så den går inte att ändra. "
            "Det som är publicerat är kvar. Skapa en ny dialog om frågan behöver ställas på ett annat sätt."
        )


def must_be_open(dialogue: Dialogue, at: datetime) -> None:
    """Raise `DomainError` unless the dialogue takes answers at the moment."""
    state = dialogue.state(at)
    if state == Dialogue.State.CLOSED:
        raise DomainError("Dialogen är stängd och tar inte emot fler svar. Det du redan har svarat är kvar.")
    if state != Dialogue.State.OPEN:
        raise DomainError("Dialogen har inte öppnat än. Inget är sparat. Kom tillbaka när den har öppnat.")


def must_take_part(participant: Participant, dialogue: Dialogue) -> None:
    """Raise `NotAllowed` unless the token is of this dialogue."""
    if not takes_part(participant, dialogue):
        raise NotAllowed("Ditt deltagande hör till en annan dialog. Inget är sparat. Gå in i den här dialogen på nytt.")

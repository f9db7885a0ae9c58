"""Making staff accounts, and inviting people to take theirs into use."""

from loftet.domain.people.actions.accounts import add_person
from loftet.domain.people.actions.invitations import INVITATION_LASTS, accept_invitation, invite_person
from loftet.domain.people.actions.second_factor import note_added, note_removed, remove_second_factor

__all__ = [
    "INVITATION_LASTS",
    "accept_invitation",
    "add_person",
    "invite_person",
    "note_added",
    "note_removed",
    "remove_second_factor",
]

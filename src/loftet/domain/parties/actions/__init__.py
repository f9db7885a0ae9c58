"""Setting up organisations and partnerships, and who acts for whom from when to when.

`by` is a hat, or a `Keeper` for the installation's own administrator. Without one the command line, an import or the
clock acts, as on an installation's first day when nobody has a hat yet.
"""

from loftet.domain.parties.actions.handover import hand_over
from loftet.domain.parties.actions.identities import (
    add_identity_provider,
    end_identity_provider,
    recognise,
    untie,
)
from loftet.domain.parties.actions.memberships import (
    add_colleague,
    add_membership,
    end_membership,
    invite_again,
    prolong_membership,
    withdraw_membership,
)
from loftet.domain.parties.actions.organisations import add_board, add_organisation, edit_organisation
from loftet.domain.parties.actions.partnerships import (
    add_partnership,
    add_promiser,
    end_partnership,
    join_partnership,
    leave_partnership,
    prolong_partnership,
)

__all__ = [
    "add_board",
    "add_colleague",
    "add_identity_provider",
    "add_membership",
    "add_organisation",
    "add_partnership",
    "add_promiser",
    "edit_organisation",
    "end_identity_provider",
    "end_membership",
    "end_partnership",
    "hand_over",
    "invite_again",
    "join_partnership",
    "leave_partnership",
    "prolong_membership",
    "prolong_partnership",
    "recognise",
    "untie",
    "withdraw_membership",
]

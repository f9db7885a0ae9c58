"""How a signatory proved who they are, and what is enough to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from loftet.domain.parties import rules
from loftet.domain.parties.models import Organisation

# A confirmation older than this is no longer one.
CONFIRMATION_LASTS = timedelta(minutes=10)


class How(StrEnum):
    """The ways to prove who one is."""

    PASSWORD = "password"
    SECOND_FACTOR = "second_factor"
    IDENTITY_PROVIDER = "identity_provider"


# A password can come into the wrong hands without anybody noticing.
ENOUGH_TO_SIGN = frozenset({How.SECOND_FACTOR, How.IDENTITY_PROVIDER})


@dataclass(frozen=True)
class Confirmation:
    """When somebody last proved who they are, and how."""

    at: datetime
    how: How
    vouched_by: Organisation | None = None
    """Whose own sign-in says so, when that is how."""

    def is_recent(self, now: datetime) -> bool:
        """Whether it is recent enough to sign on, and not of the future."""
        return timedelta(0) <= now - self.at <= CONFIRMATION_LASTS

    @property
    def is_enough(self) -> bool:
        """Whether this way of proving it is enough to sign on."""
        return self.how in ENOUGH_TO_SIGN

    def holds_for(self, organisation: Organisation) -> bool:
        """Whether it counts for one who signs for this organisation: no other's sign-in may vouch for them."""
        if self.how is not How.IDENTITY_PROVIDER:
            return True
        return self.vouched_by is not None and rules.answers_for(self.vouched_by, organisation)

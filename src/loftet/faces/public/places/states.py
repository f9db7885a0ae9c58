"""How a municipality stands with its promises, on maps and in tables: word, icon and pattern, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from loftet.domain.followup import queries as followup
from loftet.faces.shared import statuses
from loftet.faces.shared.templatetags.components import status

UNKNOWN = "unknown"
# From what most people look for to what Löftet knows nothing about. The second word is the key among the shared states.
KEYS = {"late": "late", "running": "running", "expired": "expired", "none_said": "none", UNKNOWN: "unknown"}


@dataclass(frozen=True)
class State:
    """A state with its word and its mark. `pattern` is the id of the pattern that fills it on a map."""

    key: str
    word: str
    pattern: str
    order: int

    @property
    def mark(self) -> SafeString:
        """Word, icon and colour."""
        return status("place", KEYS[self.key])


STATES = tuple(
    State(key, statuses.find("place", shared).word, f"fyllning-{shared}", order)
    for order, (key, shared) in enumerate(KEYS.items())
)


def by_municipality() -> dict[int, str]:
    """The state of each municipality with promises, by its key. One that is not named is unknown to Löftet."""
    return followup.states_by_municipality()

"""Where a document stands in its signing: what the pages of pictures and promises show of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loftet.domain.signing import queries
from loftet.domain.signing.models import Decision, Document, Version
from loftet.faces.shared import text


@dataclass(frozen=True)
class Standing:
    """The state, the proposal that waits if there is one, why the latest was sent back, and what is in force."""

    state: str
    open_version: Version | None
    sent_back: Decision | None
    in_force: Version | None

    @property
    def waits_for(self) -> str:
        """Who has not signed the proposal, in words."""
        if self.open_version is None:
            return ""
        return text.joined(row.organisation.name for row in queries.missing_parties(self.open_version))


def standing(document: Document | None, at: datetime) -> Standing:
    """Read it from the document's versions. What has no document is never put forward."""
    if document is None:
        return Standing(queries.State.DRAFT.value, None, None, None)
    rows = queries.versions(document)
    newest = rows[-1] if rows else None
    return Standing(
        state=queries.state(document, at).value,
        open_version=queries.open_version(document),
        sent_back=queries.sent_back(newest) if newest else None,
        in_force=queries.in_force(document, at),
    )

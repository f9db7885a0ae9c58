"""Who sees a draft before it is put forward."""

from __future__ import annotations

from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties.models import Membership
from loftet.domain.signing.models import Document


def is_private(document: Document) -> bool:
    """Whether the draft is still one organisation's own: neither shared for comments nor put forward."""
    return document.drafted_by_id is not None and not (document.sharings.exists() or document.versions.exists())


def may_see(hat: Membership, document: Document) -> bool:
    """Whether the hat's organisation may see the working copy."""
    return not is_private(document) or hat.organisation_id == document.drafted_by_id


def must_see(hat: Membership, document: Document) -> None:
    """Raise `NotAllowed` unless `may_see`."""
    if not may_see(hat, document):
        raise NotAllowed("Utkastet är den andra partens eget tills det delas. Inget är ändrat.")

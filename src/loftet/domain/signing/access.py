"""Fetching a document to sign, with permission."""

from __future__ import annotations

from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.signing import queries
from loftet.domain.signing.models import Document


def for_signing(person, public_id: str) -> tuple[Document, Membership]:
    """A document and the hat to decide and sign with. Raises `Document.DoesNotExist` or `NotAllowed`."""
    document = queries.document(public_id)
    return document, parties.hat_for(person, "signing.sign", document.partnership)


def for_reading(person, public_id: str) -> tuple[Document, Membership]:
    """A document and any hat in its partnership to read it with."""
    document = queries.document(public_id)
    return document, parties.hat_for(person, "workspace.read", document.partnership)


def signing_hat(person, document: Document) -> Membership | None:
    """The hat to sign a document with, or None for someone who may at most read it."""
    try:
        return parties.hat_for(person, "signing.sign", document.partnership)
    except NotAllowed:
        return None

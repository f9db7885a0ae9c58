"""Fetching a document to sign, with permission."""

from __future__ import annotations

from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.signing import queries
from loftet.domain.signing.models import Document, Paper


def handling_hat(person, document: Document) -> Membership:
    """The hat to end a proposal or to handle its papers with: one that decides, else one that proposes.

    Raises `NotAllowed`.
    """
    try:
        return parties.hat_for(person, "signing.decide", document.partnership)
    except NotAllowed:
        return parties.hat_for(person, "signing.propose", document.partnership)


def for_paper(person, document_id: str, paper_id: str) -> tuple[Paper, Membership]:
    """A paper of a document, and any hat in the partnership to look at it with.

    Raises `Document.DoesNotExist`, `Paper.DoesNotExist` or `NotAllowed`.
    """
    document, hat = for_reading(person, document_id)
    paper = queries.paper(paper_id)
    if paper.version.document_id != document.pk:
        raise Paper.DoesNotExist
    return paper, hat


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

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
        return _hat(person, "signing.decide", document)
    except NotAllowed:
        return _hat(person, "signing.propose", document)


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
    return document, _hat(person, "workspace.read", document)


def signing_hat(person, document: Document) -> Membership | None:
    """The hat to sign a document with, or None for someone who may at most read it."""
    try:
        return _hat(person, "signing.sign", document)
    except NotAllowed:
        return None


def _hat(person, permission: str, document: Document) -> Membership:
    """The hat with a permission over a document. Raises `NotAllowed`.

    A party that a proposal names comes before one that it does not: a person with hats in both can then do what waits
    for them, also when the party has left.
    """
    waiting = queries.open_version(document)
    named = {row.organisation_id for row in waiting.required.all()} if waiting else set()
    try:
        return parties.hat_of(person, permission, named)
    except NotAllowed:
        return parties.hat_for(person, permission, document.partnership)

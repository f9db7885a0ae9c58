"""Proposing, deciding and signing, on the screen or by hand."""

from loftet.domain.signing.actions.papers import SHOWN_OF_DIGEST, HandSigned, answer_paper, enter_paper
from loftet.domain.signing.actions.versions import (
    CONFIRMATION_LASTS,
    approve,
    open_document,
    propose,
    send_back,
    sign,
)

__all__ = [
    "CONFIRMATION_LASTS",
    "SHOWN_OF_DIGEST",
    "HandSigned",
    "answer_paper",
    "approve",
    "enter_paper",
    "open_document",
    "propose",
    "send_back",
    "sign",
]

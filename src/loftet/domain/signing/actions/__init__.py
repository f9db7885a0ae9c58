"""Proposing, deciding and signing, on the screen or by hand."""

from loftet.domain.signing.actions.papers import SHOWN_OF_DIGEST, HandSigned, answer_paper, enter_paper
from loftet.domain.signing.actions.versions import (
    approve,
    comment,
    open_document,
    propose,
    publish_in_force,
    record_step,
    send_back,
    share,
    sign,
)

__all__ = [
    "SHOWN_OF_DIGEST",
    "HandSigned",
    "answer_paper",
    "approve",
    "comment",
    "enter_paper",
    "open_document",
    "propose",
    "publish_in_force",
    "record_step",
    "send_back",
    "share",
    "sign",
]

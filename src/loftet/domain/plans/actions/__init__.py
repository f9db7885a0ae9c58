"""Writing measures and agreements."""

from loftet.domain.plans.actions.agreements import (
    DOCUMENT_KIND,
    answer_paper,
    draft_agreement,
    edit_agreement,
    propose_agreement,
    sign_agreement,
    terminate,
)
from loftet.domain.plans.actions.measures import add_measure, edit_measure
from loftet.domain.plans.actions.reminders import send_reminders

__all__ = [
    "DOCUMENT_KIND",
    "add_measure",
    "answer_paper",
    "draft_agreement",
    "edit_agreement",
    "edit_measure",
    "propose_agreement",
    "send_reminders",
    "sign_agreement",
    "terminate",
]

"""Fetching what is followed up, with permission."""

from __future__ import annotations

from loftet.domain.followup.models import Feedback
from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.plans import queries as plans
from loftet.domain.plans.models import Measure


def measure_for_reporting(person, public_id: str) -> tuple[Measure, Membership]:
    """A measure and the hat to report on it with. Raises `Measure.DoesNotExist` or `NotAllowed`."""
    measure = plans.measure(public_id)
    return measure, parties.hat_for(person, "followup.report", measure.partnership)


def feedback_for_writing(person, public_id: str) -> tuple[Feedback, Membership]:
    """One's own organisation's answer and the hat to write it with."""
    feedback = Feedback.objects.select_related("dialogue__partnership", "organisation").get(public_id=public_id)
    hat = parties.hat_for(person, "followup.answer", feedback.dialogue.partnership, organisation=feedback.organisation)
    return feedback, hat

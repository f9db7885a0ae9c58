"""What there is to hand out, and what has been."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records import disclosing, handlings
from loftet.domain.records.disclosing import Section
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import Disclosure


def disclosable(partnership: Partnership, by: Membership, at: datetime) -> list[Section]:
    """Everything of the partnership that one with this hat may hand out. Nothing of it is read yet."""
    found = sorted(handlings.of(partnership, at), key=lambda one: one.dated, reverse=True)
    return [section for one in found for section in disclosing.sections(one, by, at)]


def disclosures(partnership: Partnership) -> QuerySet[Disclosure]:
    """The log of a partnership, newest first."""
    return Disclosure.objects.filter(partnership=partnership).select_related("organisation", "disclosed_by")


def holdings(partnership: Partnership) -> list[Holding]:
    """What people have typed about requests, and titles: words that a decision must reach."""
    return [Holding(Disclosure.objects.filter(partnership=partnership))]

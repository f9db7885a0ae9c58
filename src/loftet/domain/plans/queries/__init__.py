"""Reading measures and agreements."""

from datetime import datetime

from django.db.models import Q, QuerySet

from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.plans.models import Agreement, Measure, Termination
from loftet.domain.plans.queries.agreements import (
    PublicAgreement,
    agreement_of,
    agreements_for,
    all_public_agreements,
    public_agreement,
    public_agreement_by_id,
    public_agreements,
    versions,
)
from loftet.domain.plans.queries.measures import measure, measures_of
from loftet.domain.records.handlings import Handling
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import DocumentType
from loftet.domain.signing import handlings as signed

__all__ = [
    "PublicAgreement",
    "agreement_of",
    "agreements_for",
    "all_public_agreements",
    "handlings",
    "holdings",
    "measure",
    "measures_of",
    "public_agreement",
    "public_agreement_by_id",
    "public_agreements",
    "versions",
]


def handlings(partnership: Partnership, at: datetime) -> list[Handling]:
    """The partnership's agreements that are to be registered."""
    found = Agreement.objects.filter(partnership=partnership).select_related("partnership")
    return signed.in_force(DocumentType.AGREEMENT, found, at)


def holdings(partnership: Partnership) -> list[Holding]:
    """The working copies of the partnership's agreements and measures, and what was said when one was ended."""
    agreements = Agreement.objects.filter(partnership=partnership)

    def known_to(by: Membership, _at: datetime) -> QuerySet[Agreement]:
        """All but the other parties' own drafts."""
        private = Q(document__drafted_by__isnull=False, document__sharings=None, document__versions=None)
        return agreements.exclude(private & ~Q(document__drafted_by=by.organisation))

    return [
        Holding(agreements, known_to=known_to),
        Holding(Termination.objects.filter(agreement__partnership=partnership)),
        Holding(Measure.objects.filter(partnership=partnership)),
    ]

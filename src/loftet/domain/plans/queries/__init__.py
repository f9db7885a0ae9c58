"""Reading measures and agreements."""

from loftet.domain.parties.models import Partnership
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
from loftet.domain.records.holdings import Holding

__all__ = [
    "PublicAgreement",
    "agreement_of",
    "agreements_for",
    "all_public_agreements",
    "holdings",
    "measure",
    "measures_of",
    "public_agreement",
    "public_agreement_by_id",
    "public_agreements",
    "versions",
]


def holdings(partnership: Partnership) -> list[Holding]:
    """The working copies of the partnership's agreements and measures, and what was said when one was ended."""
    return [
        Holding(Agreement.objects.filter(partnership=partnership)),
        Holding(Termination.objects.filter(agreement__partnership=partnership)),
        Holding(Measure.objects.filter(partnership=partnership)),
    ]

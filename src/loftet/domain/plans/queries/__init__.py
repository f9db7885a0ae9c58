"""Reading measures and agreements."""

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

__all__ = [
    "PublicAgreement",
    "agreement_of",
    "agreements_for",
    "all_public_agreements",
    "measure",
    "measures_of",
    "public_agreement",
    "public_agreement_by_id",
    "public_agreements",
    "versions",
]

"""Reading what is kept: where words stand, what is registered under which number, and what has been decided."""

from loftet.domain.records.queries.decisions import decision, decisions
from loftet.domain.records.queries.disclosing import disclosable, disclosures, holdings
from loftet.domain.records.queries.register import Registered, handling, lacking, number_of, registered
from loftet.domain.records.queries.sending import Sent, dispatches, registry_addresses, unsent
from loftet.domain.records.queries.weeding import Due, due, is_weeded, weeding_plan, weedings
from loftet.domain.records.queries.words import Found, found, word_fields

__all__ = [
    "Due",
    "Found",
    "Registered",
    "Sent",
    "decision",
    "decisions",
    "disclosable",
    "disclosures",
    "dispatches",
    "due",
    "found",
    "handling",
    "holdings",
    "is_weeded",
    "lacking",
    "number_of",
    "registered",
    "registry_addresses",
    "unsent",
    "weeding_plan",
    "weedings",
    "word_fields",
]

"""Disclosure control: what may be shown of people's answers without showing a person.

Single figures and rows (`small`), points (`points`), tables with margins and releases after each other (`tables`),
quotes (`quotes`), rounding of whole tables (`rounding`).
"""

from .points import MapPoint, base_cluster_points
from .quotes import Quoted, QuoteRule, may_be_quoted
from .rounding import RoundedTable, round_table
from .small import MINIMUM_CELL, round_percent, suppress_small
from .tables import ProtectedTable, TableError, attainable, protect_table, with_margins

__all__ = [
    "MINIMUM_CELL",
    "MapPoint",
    "ProtectedTable",
    "QuoteRule",
    "Quoted",
    "RoundedTable",
    "TableError",
    "attainable",
    "base_cluster_points",
    "may_be_quoted",
    "protect_table",
    "round_percent",
    "round_table",
    "suppress_small",
    "with_margins",
]

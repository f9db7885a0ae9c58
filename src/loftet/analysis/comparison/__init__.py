"""Fair comparison of places: funnel limits and shrinkage. Nothing here ranks places."""

from .funnel import (
    ComparisonError,
    Funnel,
    FunnelLimits,
    Standing,
    funnel_limits,
    funnel_of_rates,
    funnel_of_shares,
)
from .shrinkage import Shrunk, shrunken_rates, shrunken_shares

__all__ = [
    "ComparisonError",
    "Funnel",
    "FunnelLimits",
    "Shrunk",
    "Standing",
    "funnel_limits",
    "funnel_of_rates",
    "funnel_of_shares",
    "shrunken_rates",
    "shrunken_shares",
]

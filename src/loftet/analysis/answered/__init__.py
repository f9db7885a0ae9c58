"""Who answered, compared with who lives there, and what the others would have to think to overturn a conclusion."""

from .comparison import AnsweredError, Comparison, Group, compare_with_population, dissimilarity, r_indicator
from .sensitivity import Bounds, Part, TippingPoint, bounds, tipping_point

__all__ = [
    "AnsweredError",
    "Bounds",
    "Comparison",
    "Group",
    "Part",
    "TippingPoint",
    "bounds",
    "compare_with_population",
    "dissimilarity",
    "r_indicator",
    "tipping_point",
]

"""Did it help? Effects with their uncertainty: what changed, how sure one can be, and what cannot be judged."""

from .differences import DifferenceInDifferences, difference_in_differences
from .means import mean_change, mean_difference
from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason
from .paired import mcnemar_p, paired_newcombe, paired_shares
from .placebo import Placebo, placebo_test
from .power import (
    Detectable,
    detectable_difference_of_shares,
    detectable_mean_change,
    detectable_paired_difference,
    detectable_rate_ratio,
)
from .proportions import Limits, difference_of_shares, newcombe, wilson
from .rates import Dispersion, dispersion, rate_ratio
from .segmented import Segmented, segmented_regression
from .verdict import Direction, Judgement, judge

__all__ = [
    "CannotBeJudged",
    "Detectable",
    "DifferenceInDifferences",
    "Direction",
    "Dispersion",
    "Effect",
    "EffectError",
    "Judgement",
    "Limits",
    "Placebo",
    "Quantity",
    "Reason",
    "Segmented",
    "detectable_difference_of_shares",
    "detectable_mean_change",
    "detectable_paired_difference",
    "detectable_rate_ratio",
    "difference_in_differences",
    "difference_of_shares",
    "dispersion",
    "judge",
    "mcnemar_p",
    "mean_change",
    "mean_difference",
    "newcombe",
    "paired_newcombe",
    "paired_shares",
    "placebo_test",
    "rate_ratio",
    "segmented_regression",
    "wilson",
]

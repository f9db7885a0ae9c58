"""What a question of effect can be answered with: an estimate with its uncertainty, or why it cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loftet.analysis.checked import LARGEST


class EffectError(ValueError):
    """Figures that cannot be read as what the method asks for."""


class Reason(StrEnum):
    """Why an effect cannot be judged. The words are keys; what people read is written where it is shown."""

    TOO_FEW_ANSWERS = "too few answers"
    TOO_FEW_CASES = "too few cases"
    TOO_FEW_PERIODS = "too few periods"
    TOO_FEW_PLACES = "too few places"
    TOO_FEW_PLACES_FOR_PLACEBO = "too few places for placebo"
    TOO_OVERDISPERSED = "too overdispersed"
    TOO_AUTOCORRELATED = "too autocorrelated"
    TOO_SKEWED = "too skewed"
    NO_VARIATION = "no variation"
    UNLIKE_THE_OTHERS = "unlike the places it is compared with"
    CHANGED_MEASUREMENT = "changed measurement"
    ENFORCEMENT_DRIVEN = "enforcement-driven"


class Quantity(StrEnum):
    """What an estimate is an estimate of."""

    DIFFERENCE_OF_SHARES = "difference of shares"  # 0.04 is four percentage points
    DIFFERENCE_OF_MEANS = "difference of means"  # in the unit of the values
    RATE_RATIO = "rate ratio"  # after over before; 1 is no change
    DIFFERENCE_IN_DIFFERENCES = "difference in differences"  # in the unit of the values
    LEVEL_CHANGE = "level change"  # in the unit of the values
    SLOPE_CHANGE = "slope change"  # in the unit of the values, per period
    AVERAGE_CHANGE = "average change"  # in the unit of the values, over the periods after


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate, its interval, and what both rest on. It says what changed, not what caused the change."""

    quantity: Quantity
    estimate: float
    low: float
    high: float
    level: float  # nominal confidence of the interval, 0.95
    p_value: float  # two-sided, of no effect
    no_effect: float  # the estimate that means no change: 0, or 1 for a ratio
    method: str  # the method used, by name
    n: tuple[int, ...]  # how much was before and after, or treated and not, as the function says
    dropped: int = 0  # rows left out because a value was missing

    @property
    def excludes_no_effect(self) -> bool:
        """Whether the interval leaves out "no change"."""
        return not self.low <= self.no_effect <= self.high


@dataclass(frozen=True, slots=True)
class CannotBeJudged:
    """A result: the figures do not carry the question. `had` and `needed` say by how much, where that is a number."""

    reason: Reason
    had: float | None = None
    needed: float | None = None


def checked_level(level: float) -> float:
    """The level itself, when it is a confidence between one half and one; else EffectError."""
    if not 0.5 <= level < 1.0:
        raise EffectError(f"{level} is not a level of confidence")
    return float(level)


def checked_count(value: float, name: str) -> int:
    """A whole number of at least 0; else EffectError."""
    if isinstance(value, bool) or not float(value).is_integer() or not 0 <= value <= LARGEST:
        raise EffectError(f"{name} must be a whole number of at least 0, not {value}")
    return int(value)


def checked_table(*cells: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """The cells of one or many tables as numbers, each at least 0 and some above; else EffectError."""
    given = [np.asarray(cell, dtype=np.float64) for cell in cells]
    if not all(((cell >= 0) & (cell <= LARGEST)).all() for cell in given) or not (sum(given, np.zeros(())) > 0).all():
        raise EffectError("counts must be at least 0, a part no more than its whole, and the whole above 0")
    return tuple(given)

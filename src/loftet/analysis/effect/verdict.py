"""After: what an effect says in the one word that a reader takes away, or that it cannot be judged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .outcome import CannotBeJudged, Effect, EffectError, Reason


class Direction(StrEnum):
    """What an interval says of a change. The words are keys."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE_THAT_MATTERS = "no change that matters"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the interval says, and the effect it was read from."""

    direction: Direction
    effect: Effect


def judge(
    outcome: Effect | CannotBeJudged,
    *,
    good: Literal["up", "down"],
    matters: float | None = None,
    measurement_changed: bool = False,
    enforcement_driven: bool = False,
) -> Judgement | CannotBeJudged:
    """Read an effect: better, worse, no change that matters, or unclear; or why it cannot be judged.

    good: which way is good. matters: the smallest change worth having, in the unit of the effect, above 0 (for a
    ratio above 1: 1.1 takes changes between 1/1.1 and 1.1 for none); without it no interval can say that nothing
    changed. Better and worse need an interval that leaves out "no change"; "no change that matters" one that lies
    within what matters; all else is unclear, which is not the same as no change.
    measurement_changed: what is counted, or how, is not the same before and after. enforcement_driven: the figure
    rises when those who report it look harder, so that it cannot stand alone as proof of effect. Either cannot be
    judged, whatever the figures are. Raises EffectError for a change that matters out of range.

    >>> from loftet.analysis.effect.proportions import difference_of_shares
    >>> judge(difference_of_shares(48, 80, 56, 70), good="up").direction.value
    'better'
    >>> judge(difference_of_shares(48, 80, 56, 70), good="up", measurement_changed=True).reason.value
    'changed measurement'
    """
    if good not in ("up", "down"):
        raise EffectError(f"good is up or down, not {good!r}")
    if measurement_changed:
        return CannotBeJudged(Reason.CHANGED_MEASUREMENT)
    if enforcement_driven:
        return CannotBeJudged(Reason.ENFORCEMENT_DRIVEN)
    if isinstance(outcome, CannotBeJudged):
        return outcome
    if matters is not None and not outcome.no_effect < matters < math.inf:
        raise EffectError(f"what matters must be above {outcome.no_effect}, and a number")
    if matters is not None and _within(outcome, matters):
        return Judgement(Direction.NO_CHANGE_THAT_MATTERS, outcome)
    if not outcome.excludes_no_effect:
        return Judgement(Direction.UNCLEAR, outcome)
    rose = outcome.low > outcome.no_effect
    return Judgement(Direction.BETTER if rose == (good == "up") else Direction.WORSE, outcome)


def _within(effect: Effect, matters: float) -> bool:
    lowest = 1.0 / matters if effect.no_effect == 1.0 else -matters
    return lowest < effect.low and effect.high < matters

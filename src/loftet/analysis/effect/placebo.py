"""One place with a measure: its change among those of places without, each treated as if it had been the one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .differences import Panel, read_panel
from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_level

MINIMUM_PERIODS_FOR_UNREST = 3  # before; with fewer a place's own unrest cannot be compared

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Placebo:
    """The effect in one place, and how its size stands among the placebo effects."""

    effect: Effect  # n: 1, places without
    as_large: int  # placebo effects at least as large, in either direction
    smallest_p: float  # the smallest p-value that this many places can give
    attained_level: float  # the interval's exact confidence, at least the nominal
    unrest_rank: float | None  # share of the other places that were at least as unruly before; None: not known
    placebo_effects: tuple[float, ...]  # each other place's change less the mean of all the rest, smallest first


def placebo_test(
    values: ArrayLike, treated: ArrayLike, after: ArrayLike, *, level: float = 0.95
) -> Placebo | CannotBeJudged:
    """How much more the one place with a measure changed than the others, by ranking it among them.

    values, treated, after: as in `difference_in_differences`, with exactly one place treated. The effect is the
    place's change (mean after minus mean before) minus the mean change of the others. Then each place in turn is taken
    for the treated one. p = (1 + placebo effects at least as large, either way) / (1 + n). The interval holds every
    effect that, when taken away, leaves the place unremarkable. Both are exact when the place might as well have been
    any of them, whatever the distribution; neither knows of places of other size or unrest.
    Cannot be judged with fewer places without the measure than it takes for p to fall to 1 - level (19 for 95 %), or
    when the place was more unruly before than every other (asked with at least 3 periods before). Raises EffectError
    for other shapes or values, or another number of treated places than one.
    Source: Abadie, Diamond & Hainmueller 2010, Journal of the American Statistical Association 105; Fisher 1935 for
    the inversion of a permutation test.

    >>> others = [[50 + i % 7, 51 + i % 5, 50 + i % 3, 51 + (i * i) % 4] for i in range(19)]
    >>> p = placebo_test([[52, 53, 40, 41], *others], np.arange(20) == 0, np.arange(4) >= 2)
    >>> round(p.effect.estimate, 2), p.effect.p_value, p.smallest_p, p.as_large
    (-10.39, 0.05, 0.05, 0)
    """
    panel = read_panel(values, treated, after)
    checked_level(level)
    if int(np.asarray(treated).sum()) != 1:
        raise EffectError("a placebo test is for exactly one treated place")
    if not panel.treated.any():
        raise EffectError("the treated place has missing values")
    others = len(panel.treated) - 1
    needed = math.ceil(1.0 / (1.0 - level) - 1e-9) - 1
    if others < needed:
        return CannotBeJudged(Reason.TOO_FEW_PLACES_FOR_PLACEBO, others, needed)
    unrest = _unrest_rank(panel)
    if unrest == 0.0:
        return CannotBeJudged(Reason.UNLIKE_THE_OTHERS)
    return _ranked(panel, level, unrest)


def _ranked(panel: Panel, level: float, unrest: float | None) -> Placebo | CannotBeJudged:
    changes, rounding = panel.changes, 1e-9 * float(np.abs(panel.values).max())
    mine, theirs = float(changes[panel.treated][0]), changes[~panel.treated]
    if np.ptp(theirs) <= rounding:
        return CannotBeJudged(Reason.NO_VARIATION)
    others, aside, gap = len(theirs), theirs - theirs.mean(), mine - float(theirs.mean())
    reach_up, reach_down = _reach(aside)
    # What is equal but for rounding counts as equal: a tie must not make the place look remarkable.
    as_large = int(np.sum((reach_up if gap >= 0 else reach_down) >= abs(gap) - rounding))
    allowed = math.floor((1.0 - level) * (1 + others) + 1e-9)
    effect = Effect(
        quantity=Quantity.DIFFERENCE_IN_DIFFERENCES,
        estimate=gap,
        low=gap - float(np.sort(reach_up)[-allowed]),
        high=gap + float(np.sort(reach_down)[-allowed]),
        level=level,
        p_value=(1 + as_large) / (1 + others),
        no_effect=0.0,
        method="placebo ranks among untreated places",
        n=(1, others),
        dropped=panel.dropped,
    )
    each = np.sort((aside * (1 + others) - gap) / others)  # against the mean of all the rest, the treated among them
    return Placebo(effect, as_large, 1 / (1 + others), 1 - allowed / (1 + others), unrest, tuple(each.tolist()))


def _reach(aside: Numbers) -> tuple[Numbers, Numbers]:
    """How large the treated place's gap to the mean of the others may be for each other place to look as large.

    All places, the treated among them, are compared with the mean of all the rest, which for a place i is
    proportional to its distance from the common mean. With gap u > 0 and n others, the treated place lies n·u/(n+1)
    above that mean and the other, `aside` from the mean of the others, lies aside - u/(n+1) above it; it is as far
    out when u is at most `aside`, or at most -aside·(n+1)/(n-1) on the other side. First for u > 0, then for u < 0.
    """
    n = len(aside)
    across = (n + 1) / (n - 1)
    return np.maximum(aside, -aside * across), np.maximum(-aside, aside * across)


def _unrest_rank(panel: Panel) -> float | None:
    """Share of the other places whose path before, set against the mean path, varied at least as much."""
    before = panel.values[:, ~panel.after]
    if before.shape[1] < MINIMUM_PERIODS_FOR_UNREST:
        return None
    own = before - before.mean(axis=1, keepdims=True)
    unrest = ((own - own.mean(axis=0)) ** 2).sum(axis=1)
    mine = float(unrest[panel.treated][0])
    return float(np.mean(unrest[~panel.treated] >= mine * (1.0 - 1e-9)))

"""Difference in differences: several places with a measure, several without, periods before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from loftet.analysis.checked import LARGEST

from .means import welch
from .outcome import CannotBeJudged, Effect, EffectError, Quantity, Reason, checked_level
from .regression import clustered, least_squares

# Below this, on either side, the coverage of a nominal 95 % interval leaves 93-97 %:
# bench/analysis/effect.py, "difference in differences".
MINIMUM_PLACES = 5

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """The effect, and what a reader needs in order to trust it or not."""

    effect: Effect  # n: places with the measure, places without
    clustered_error: float  # standard error of the same estimate by regression, clustered by place (CR1)
    slope_gap_before: float | None  # how much steeper those with the measure rose before it, per period; None with one
    slope_gap_p: float | None  # two-sided; a small one speaks against the comparison, a large one does not prove it


@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """Complete rows only. values: places × periods."""

    values: Numbers
    treated: NDArray[np.bool_]
    after: NDArray[np.bool_]
    dropped: int

    @property
    def changes(self) -> Numbers:
        """Mean after minus mean before, of each place."""
        return self.values[:, self.after].mean(axis=1) - self.values[:, ~self.after].mean(axis=1)

    @property
    def slopes_before(self) -> Numbers | None:
        """Each place's least-squares slope before, per period; None with a single period before."""
        before = self.values[:, ~self.after]
        time = np.flatnonzero(~self.after) - np.flatnonzero(~self.after).mean()
        return before @ time / float(time @ time) if len(time) > 1 else None


def read_panel(values: ArrayLike, treated: ArrayLike, after: ArrayLike) -> Panel:
    """Check a panel and drop the places with a missing value (NaN). Places are put in an order of their own.

    values: places × periods, in order of time; treated: one truth value per place; after: one per period.
    Raises EffectError for other shapes, infinite values, no period before or none after.
    """
    v, t, a = np.asarray(values, dtype=np.float64), np.asarray(treated), np.asarray(after)
    if v.ndim != 2 or t.shape != v.shape[:1] or a.shape != v.shape[1:]:
        raise EffectError("values must be places × periods, treated one per place and after one per period")
    if t.dtype != np.bool_ or a.dtype != np.bool_:
        raise EffectError("treated and after must be true or false")
    if (np.abs(v[~np.isnan(v)]) > LARGEST).any():
        raise EffectError("values must be finite, NaN where missing")
    if a.all() or not a.any():
        raise EffectError("there must be periods before and periods after")
    complete = ~np.isnan(v).any(axis=1)
    v, t = v[complete], t[complete]
    order = np.lexsort((*v.T[::-1], t))  # sums then run in the same order whatever the order of the rows
    return Panel(v[order], t[order], a, int((~complete).sum()))


def difference_in_differences(
    values: ArrayLike, treated: ArrayLike, after: ArrayLike, *, level: float = 0.95
) -> DifferenceInDifferences | CannotBeJudged:
    """How much more the places with a measure changed than those without it.

    values: places × periods in order of time, as rates or shares when places differ in size; treated: which places
    have the measure (bool); after: which periods come after its start (bool), the same for all. Places with a missing
    value (NaN) are dropped and counted. Each place is reduced to one change, mean after minus mean before, so
    dependence between its periods cannot flatter the result; the changes are compared by Welch's interval. In a
    complete panel this is the regression of difference in differences, with cluster-robust errors that are unbiased
    and have their own degrees of freedom; the usual clustered standard error (CR1) is given beside.
    It rests on the two kinds of places having gone the same way without the measure, which nothing here can prove.
    Cannot be judged with fewer than 5 places on either side (for a single place see `placebo_test`).
    Raises EffectError for other shapes or values.
    Source: Bertrand, Duflo & Mullainathan 2004, Quarterly Journal of Economics 119; Bell & McCaffrey 2002, Survey
    Methodology 28; Welch 1947.

    >>> calm = [[20, 21, 20, 20], [31, 30, 32, 30], [25, 26, 25, 27], [40, 41, 39, 41], [18, 18, 20, 19]]
    >>> helped = [[24, 25, 20, 19], [33, 35, 30, 29], [28, 28, 25, 22], [37, 39, 33, 34], [21, 20, 17, 17]]
    >>> d = difference_in_differences(calm + helped, np.arange(10) >= 5, np.arange(4) >= 2)
    >>> round(d.effect.estimate, 2), round(d.effect.low, 2), round(d.effect.high, 2)
    (-4.7, -5.76, -3.64)
    """
    panel = read_panel(values, treated, after)
    checked_level(level)
    with_it = int(panel.treated.sum())
    fewest = min(with_it, len(panel.treated) - with_it)
    if fewest < MINIMUM_PLACES:
        return CannotBeJudged(Reason.TOO_FEW_PLACES, fewest, MINIMUM_PLACES)
    changes = panel.changes
    if all(np.ptp(changes[side]) <= 1e-12 * np.abs(panel.values).max() for side in (panel.treated, ~panel.treated)):
        return CannotBeJudged(Reason.NO_VARIATION)
    estimate, error, degrees = welch(changes[~panel.treated], changes[panel.treated])
    half = float(stats.t.ppf((1.0 + level) / 2.0, degrees)) * error
    gap, gap_p = _slope_gap(panel)
    effect = Effect(
        quantity=Quantity.DIFFERENCE_IN_DIFFERENCES,
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        level=level,
        p_value=float(2.0 * stats.t.sf(abs(estimate) / error, degrees)),
        no_effect=0.0,
        method="Welch t of the places' changes",
        n=(with_it, len(panel.treated) - with_it),
        dropped=panel.dropped,
    )
    return DifferenceInDifferences(effect, _clustered_error(panel), gap, gap_p)


def _clustered_error(panel: Panel) -> float:
    """The regression on place and period written out: one, with the measure, after, and both together."""
    places, periods = panel.values.shape
    treated = np.repeat(panel.treated.astype(np.float64), periods)
    after = np.tile(panel.after.astype(np.float64), places)
    fit = least_squares(np.stack([np.ones_like(after), treated, after, treated * after], axis=1), panel.values.ravel())
    return float(np.sqrt(clustered(fit, np.repeat(np.arange(places), periods))[3, 3]))


def _slope_gap(panel: Panel) -> tuple[float | None, float | None]:
    slopes = panel.slopes_before
    if slopes is None:
        return None, None
    if max(float(np.ptp(slopes[panel.treated])), float(np.ptp(slopes[~panel.treated]))) <= 1e-12:
        return float(slopes[panel.treated].mean() - slopes[~panel.treated].mean()), None
    gap, error, degrees = welch(slopes[~panel.treated], slopes[panel.treated])
    return gap, float(2.0 * stats.t.sf(abs(gap) / error, degrees))

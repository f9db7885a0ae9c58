"""Before anything is measured: how large must a change be for these numbers to show it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from loftet.analysis.checked import LARGEST

from .means import MINIMUM_VALUES
from .outcome import EffectError, Quantity, checked_level
from .paired import MINIMUM_PAIRS
from .proportions import MINIMUM_ANSWERS


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest changes that would be shown with the given power, or None where even the largest would not.

    None too where so few could not be judged afterwards.

    "With 300 answers before and 300 after, from 40 %, a rise shows from 11.4 percentage points and a fall from 10.9."
    """

    quantity: Quantity
    increase: float | None  # in the unit of the quantity: 0.114 for shares, 1.42 for a ratio
    decrease: float | None  # as a change: -0.109 for shares, 0.70 for a ratio
    base: float | None  # the share or count it was worked out from
    n: tuple[int, ...]  # as in the effect's own function
    power: float
    level: float


def detectable_difference_of_shares(
    n_before: int, n_after: int, base: float, *, power: float = 0.8, level: float = 0.95, design_effect: float = 1.0
) -> Detectable:
    """Smallest rise and fall of a share that two independent samples would show.

    n_before, n_after: answers; base: the share before, 0 to 1; design_effect: by how much weighting or clustering
    makes the answers worth fewer. Raises EffectError for values out of range.
    Source: normal power of the pooled z-test, Fleiss, Levin & Paik 2003, Statistical Methods for Rates and
    Proportions, chapter 4.

    >>> d = detectable_difference_of_shares(300, 300, 0.4)
    >>> round(d.increase, 3), round(d.decrease, 3)
    (0.114, -0.109)
    """
    _check(power, level, n_before, design_effect)
    _check(power, level, n_after, design_effect)
    if not 0.0 <= base <= 1.0:
        raise EffectError("a share lies between 0 and 1")
    m, k = n_before / design_effect, n_after / design_effect
    z = float(stats.norm.ppf((1.0 + level) / 2.0))

    def reached(change: float) -> float:
        p, q = base, base + change
        pooled = (m * p + k * q) / (m + k)
        under_none = np.sqrt(pooled * (1.0 - pooled) * (1.0 / m + 1.0 / k))
        under_change = np.sqrt(p * (1.0 - p) / m + q * (1.0 - q) / k)
        return _normal_power(abs(change), under_none, under_change, z)

    judged = min(n_before, n_after) >= MINIMUM_ANSWERS
    return Detectable(
        Quantity.DIFFERENCE_OF_SHARES,
        _smallest(reached, 1.0 - base, power) if judged else None,
        _smallest(reached, -base, power) if judged else None,
        base,
        (n_before, n_after),
        power,
        level,
    )


def detectable_paired_difference(
    n: int, base: float, *, agreement: float = 0.5, power: float = 0.8, level: float = 0.95
) -> Detectable:
    """Smallest rise and fall of a share that the same people, asked twice, would show.

    n: people; base: the share before; agreement: correlation (phi) of a person's two answers, 0 to 1; where so large
    a correlation is impossible for two unequal shares, the largest possible. Raises EffectError for values out of
    range. Source: Connor 1987, Biometrics 43 (power of McNemar's test).

    >>> d = detectable_paired_difference(300, 0.4)
    >>> round(d.increase, 3), round(d.decrease, 3)
    (0.081, -0.078)
    """
    _check(power, level, n, 1.0)
    if not 0.0 <= base <= 1.0 or not 0.0 <= agreement <= 1.0:
        raise EffectError("a share and an agreement lie between 0 and 1")
    z = float(stats.norm.ppf((1.0 + level) / 2.0))

    def reached(change: float) -> float:
        p, q = base, base + change
        both = min(p * q + agreement * np.sqrt(p * (1.0 - p) * q * (1.0 - q)), p, q)
        changed = p + q - 2.0 * both
        return _normal_power(abs(change), np.sqrt(changed / n), np.sqrt(max(changed - change**2, 0.0) / n), z)

    return Detectable(
        Quantity.DIFFERENCE_OF_SHARES,
        _smallest(reached, 1.0 - base, power) if n >= MINIMUM_PAIRS else None,
        _smallest(reached, -base, power) if n >= MINIMUM_PAIRS else None,
        base,
        (n,),
        power,
        level,
    )


def detectable_mean_change(n: int, deviation: float, *, power: float = 0.8, level: float = 0.95) -> Detectable:
    """Smallest change of a mean that n people, asked twice, would show.

    deviation: standard deviation of the people's differences, above 0, in the unit of the values. Raises EffectError
    for values out of range. Source: noncentral t, Cohen 1988, Statistical Power Analysis, chapter 2.

    >>> round(detectable_mean_change(100, 1.0).increase, 4)
    0.2829
    """
    _check(power, level, n, 1.0)
    if n < 2 or not (np.isfinite(deviation) and deviation > 0):
        raise EffectError("a mean change needs two people and a deviation above 0")
    quantile = float(stats.t.ppf((1.0 + level) / 2.0, n - 1))

    def reached(change: float) -> float:
        shift = change * np.sqrt(n)
        # Deep in the far tail the library has no number; there is next to nothing there.
        beyond = float(np.nan_to_num(stats.nct.cdf(-quantile, n - 1, shift)))
        return float(stats.nct.sf(quantile, n - 1, shift)) + beyond

    top = (quantile + float(stats.norm.ppf(power)) + 5.0) / np.sqrt(n)
    found = _smallest(reached, top, power) if n >= MINIMUM_VALUES["t"] else None
    size = None if found is None else found * deviation
    return Detectable(Quantity.DIFFERENCE_OF_MEANS, size, None if size is None else -size, None, (n,), power, level)


def detectable_rate_ratio(
    count_before: float,
    *,
    exposure_ratio: float = 1.0,
    dispersion: float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> Detectable:
    """Smallest rise and fall of a rate that would be shown, as ratios of after to before.

    count_before: the count expected before, above 0; exposure_ratio: exposure after over before; dispersion: variance
    over mean of such counts, at least 1. Raises EffectError for values out of range.
    Source: normal power of the log ratio, variance dispersion · (1/before + 1/after); Signorini 1991, Biometrika 78.

    >>> d = detectable_rate_ratio(120, dispersion=2.0)
    >>> round(d.increase, 3), round(d.decrease, 3)
    (1.587, 0.544)
    """
    _check(power, level, 1, dispersion)
    if not all(1.0 / LARGEST <= given <= LARGEST for given in (count_before, exposure_ratio)):
        raise EffectError("a count and an exposure are above 0")
    z = float(stats.norm.ppf((1.0 + level) / 2.0))

    def reached(log_ratio: float) -> float:
        after = count_before * exposure_ratio * np.exp(log_ratio)
        error = np.sqrt(dispersion * (1.0 / count_before + 1.0 / after))
        return _normal_power(abs(log_ratio), error, error, z)

    # A fall leaves fewer to count: beyond some depth it becomes harder to show, so the search stops at the best.
    deepest = optimize.minimize_scalar(lambda v: -reached(v), bounds=(-20.0, 0.0), method="bounded").x
    up, down = _smallest(reached, 20.0, power), _smallest(reached, float(deepest), power)
    return Detectable(
        Quantity.RATE_RATIO,
        None if up is None else float(np.exp(up)),
        None if down is None else float(np.exp(down)),
        count_before,
        (),
        power,
        level,
    )


def _check(power: float, level: float, n: float, design_effect: float) -> None:
    checked_level(level)
    if not 0.5 <= power < 1.0:
        raise EffectError("a power lies between one half and one")
    if not 1 <= n <= LARGEST or not 1.0 <= design_effect <= LARGEST:
        raise EffectError("there must be somebody, and a design effect or dispersion of at least 1")


def _normal_power(size: float, under_none: float, under_change: float, z: float) -> float:
    """Chance that an estimate around `size`, of error `under_change`, lies beyond z · `under_none` on either side."""
    if under_change == 0.0:
        return float(size > z * under_none)
    above = stats.norm.sf((z * under_none - size) / under_change)
    return float(above + stats.norm.cdf((-z * under_none - size) / under_change))


def _smallest(reached: Callable[[float], float], furthest: float, power: float) -> float | None:
    """The change between 0 and `furthest` at which the power is reached, or None when it never is."""
    if furthest == 0.0 or reached(furthest) < power:
        return None
    return float(optimize.brentq(lambda v: reached(v) - power, 0.0, furthest, xtol=1e-12))

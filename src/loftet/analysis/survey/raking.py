"""Raking: weights that give a random sample the population's margins in several variables at once."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .designs import RandomDesign, SurveyError, require_random
from .weights import Floats, checked_weights, design_effect, effective_n

Ints = NDArray[np.int64]
Target = Mapping[Any, float]


@dataclass(frozen=True, eq=False, slots=True)
class Raking:
    """Weights for N respondents, and how well they reach the margins.

    weights: N, mean 1, read-only. worst_deviation: the largest difference between a weighted share and its target, in
    percentage points; worst_category: (variable, category) where it is. rounds: how often all margins were gone
    through. trimmed: how many respondents stand at the highest weight allowed. When `converged` is False the
    margins cannot be reached together, or not with such a limit, or not in so many rounds.
    """

    weights: Floats
    n: int
    converged: bool
    rounds: int
    worst_deviation: float
    worst_category: tuple[str, Hashable]
    trimmed: int
    design_effect: float
    effective_n: float
    codes: Ints  # N × variables: which category of each variable, for the variance of what is weighted


@dataclass(frozen=True, eq=False, slots=True)
class _Margins:
    names: tuple[str, ...]
    categories: tuple[tuple[Hashable, ...], ...]
    shares: tuple[Floats, ...]


def rake(
    design: RandomDesign,
    variables: Mapping[str, Sequence[Any] | NDArray[Any]],
    targets: Mapping[str, Target],
    *,
    base: ArrayLike | None = None,
    largest: float | None = None,
    max_rounds: int = 1000,
    tolerance: float = 1e-10,
) -> Raking:
    """Weights for N respondents that give every variable its population shares (iterative proportional fitting).

    variables: for each name the category of each respondent (N). targets: for the same names the population of each
    category, as numbers of people or shares. base: weights to start from (N), such as inverse chances of being drawn.
    largest: no weight may exceed this many times the mean weight (above 1); trimming and raking then take turns.
    tolerance: the largest difference from a target, in percentage points, that counts as reached.
    Raises SurveyError for a design that is not random, names or lengths that do not match, targets that are not
    numbers, a category with a target but no respondents (or none with a base weight), and the reverse: each is named.
    Source: Deming & Stephan 1940; convergence: Ireland & Kullback 1968; trimming in turn with raking: Battaglia,
    Hoaglin & Frankel 2009.

    >>> r = rake(RandomDesign(), {"sex": ["w", "w", "w", "m"]}, {"sex": {"w": 50, "m": 50}})
    >>> r.weights.round(4).tolist(), r.converged, round(r.effective_n, 4)
    ([0.6667, 0.6667, 0.6667, 2.0], True, 3.0)
    """
    require_random(design, "weights")
    if not (0 < tolerance < math.inf and 1 <= max_rounds < math.inf) or (largest is not None and not largest > 1):
        raise SurveyError("raking needs a tolerance above 0, at least one round and a largest weight above 1")
    margins = _margins(variables, targets)
    codes = _codes(variables, margins)
    start = np.ones(len(codes)) if base is None else checked_weights(base, len(codes))
    _check_cells(codes, start, margins)
    rows, row_of, size = _distinct(codes, start)
    fitted, rounds = _fitted(rows, start, row_of, size, margins, largest, max_rounds, tolerance / 100.0)
    weights = np.minimum(fitted[row_of] * (len(codes) / float(np.sum(fitted * size))), largest or math.inf)
    deviation, where = _worst(rows, fitted * size, margins)
    weights.setflags(write=False)
    codes.setflags(write=False)
    return Raking(
        weights=weights,
        n=len(weights),
        converged=deviation <= tolerance / 100.0,
        rounds=rounds,
        worst_deviation=100.0 * deviation,
        worst_category=where,
        trimmed=0 if largest is None else int(np.sum(weights >= largest * (1.0 - 1e-9))),
        design_effect=design_effect(weights),
        effective_n=effective_n(weights),
        codes=codes,
    )


def _fitted(
    rows: Ints,
    start: Floats,
    row_of: Ints,
    size: Floats,
    margins: _Margins,
    largest: float | None,
    max_rounds: int,
    limit: float,
) -> tuple[Floats, int]:
    """The weight of one respondent of each distinct row, and the rounds it took."""
    weight = np.empty(len(rows))
    weight[row_of] = start
    weight /= np.sum(weight * size)
    cap = math.inf if largest is None else largest / float(size.sum())
    for done in range(1, int(max_rounds) + 1):
        for column, shares in enumerate(margins.shares):
            observed = np.bincount(rows[:, column], weights=weight * size, minlength=len(shares))
            weight *= np.divide(shares, observed, out=np.zeros_like(shares), where=observed > 0)[rows[:, column]]
        total = float(np.sum(weight * size))
        if largest is not None:
            weight, total = _trimmed(weight / total, size, cap), 1.0
        weight /= total
        if _worst(rows, weight * size, margins)[0] <= limit:
            return weight, done
    return weight, max_rounds


def _trimmed(weight: Floats, size: Floats, cap: float) -> Floats:
    """No weight above the cap, what was cut off shared by the others in proportion; the sum stays 1."""
    at_cap = np.zeros(len(weight), dtype=bool)
    while True:
        over = (weight > cap * (1.0 + 1e-12)) & ~at_cap
        if not over.any():
            return weight
        at_cap |= over
        free = float(np.sum(weight[~at_cap] * size[~at_cap]))
        left = 1.0 - cap * float(np.sum(size[at_cap]))
        weight = np.where(at_cap, cap, weight * (left / free if free > 0 else 0.0))


def _worst(rows: Ints, mass: Floats, margins: _Margins) -> tuple[float, tuple[str, Hashable]]:
    """The largest difference between a weighted share and its target, and where."""
    worst = -1.0
    where: tuple[str, Hashable] = ("", None)
    total = float(mass.sum())
    for column, (name, shares) in enumerate(zip(margins.names, margins.shares, strict=True)):
        off = np.abs(np.bincount(rows[:, column], weights=mass, minlength=len(shares)) / total - shares)
        place = int(np.argmax(off))
        if off[place] > worst:
            worst, where = float(off[place]), (name, margins.categories[column][place])
    return worst, where


def _margins(variables: Mapping[str, Any], targets: Mapping[str, Target]) -> _Margins:
    if not targets or set(variables) != set(targets):
        raise SurveyError(f"variables {sorted(variables)} but targets for {sorted(targets)}")
    names = tuple(sorted(targets))
    shares = []
    for name in names:
        given = _floats(name, targets[name])
        if not np.isfinite(given).all() or (given < 0).any() or not given.any():
            raise SurveyError(f"the targets of {name!r} are not numbers of at least 0 with a sum above 0")
        given = given / given.max()  # so that a sum cannot overflow
        shares.append(given / given.sum())
    return _Margins(names, tuple(tuple(targets[name]) for name in names), tuple(shares))


def _floats(name: str, target: Target) -> Floats:
    try:
        return np.array([float(value) for value in target.values()], dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SurveyError(f"the targets of {name!r} are not numbers") from error


def _codes(variables: Mapping[str, Sequence[Any] | NDArray[Any]], margins: _Margins) -> Ints:
    columns = []
    for name, categories in zip(margins.names, margins.categories, strict=True):
        column = variables[name]
        values = column.tolist() if isinstance(column, np.ndarray) else list(column)
        place = {category: i for i, category in enumerate(categories)}
        try:
            codes = np.fromiter((place.get(value, -1) for value in values), dtype=np.int64, count=len(values))
        except TypeError as error:
            raise SurveyError(f"{name}: a category is a word or a number") from error
        if (codes < 0).any():
            row = int(np.argmax(codes < 0))
            raise SurveyError(f"row {row}: {name} is {values[row]!r}, which has no target")
        columns.append(codes)
    if len({len(column) for column in columns}) != 1:
        raise SurveyError("the variables differ in length")
    if len(columns[0]) == 0:
        raise SurveyError("there are no respondents to weight")
    return np.stack(columns, axis=1)


def _check_cells(codes: Ints, start: Floats, margins: _Margins) -> None:
    empty, unwanted = [], []
    for column, (name, categories) in enumerate(zip(margins.names, margins.categories, strict=True)):
        shares = margins.shares[column]
        weight = np.bincount(codes[:, column], weights=start, minlength=len(shares))
        empty += [f"{name} {categories[i]!r}" for i in np.flatnonzero((shares > 0) & (weight == 0))]
        unwanted += [f"{name} {categories[i]!r}" for i in np.flatnonzero((shares == 0) & (weight > 0))]
    if empty:
        raise SurveyError(f"nobody to weight in {', '.join(empty)}: join it with another category")
    if unwanted:
        raise SurveyError(f"respondents but no population in {', '.join(unwanted)}")


def _distinct(codes: Ints, start: Floats) -> tuple[Ints, Ints, Floats]:
    """Respondents alike in every variable and base weight are one row: its codes, who is in it and how many."""
    alike = bool((start == start[0]).all())
    key = np.zeros(len(start), dtype=np.int64) if alike else np.unique(start, return_inverse=True)[1]
    for column in range(codes.shape[1]):  # made dense again after each step, so that the keys cannot overflow
        _, key = np.unique(key * (int(codes[:, column].max()) + 1) + codes[:, column], return_inverse=True)
    size = np.bincount(key)
    rows = np.empty((len(size), codes.shape[1]), dtype=np.int64)
    rows[key] = codes
    return rows, key, size.astype(np.float64)

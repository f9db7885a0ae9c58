"""Tables of counts with margins, and releases of them after each other.

A hidden count can be worked out from the margins, or from an earlier release of the same table. So hiding small counts
is not enough: others must be hidden with them until everything that has been published leaves each small count open
within at least as many people as the minimum. That is checked by linear programming, over all releases at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loftet.analysis.checked import LARGEST

from .programming import Relations, range_of, shift_within
from .small import MINIMUM_CELL

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, ...]
_NEAR = 12  # lines of a long table among which a shift is sought first


class TableError(ValueError):
    """A table that is not one of counts, or releases that cannot follow each other."""


@dataclass(frozen=True, eq=False, slots=True)
class ProtectedTable:
    """A table that may be released. The last place along each axis is the margin."""

    shown: tuple[Any, ...]  # nested as the table: counts, None where hidden
    counts: Counts  # with margins; for the producer alone
    hidden: Mask
    primary: Mask  # hidden for being small, or for making a small difference to an earlier release
    minimum: int
    dropped: float  # share of the cells that say something (count above 0) that are hidden
    held_back: bool  # all that says something is hidden: there is nothing to release yet

    @property
    def complementary(self) -> Mask:
        """Hidden only so that others can't be worked out."""
        return self.hidden & ~self.primary


def with_margins(counts: ArrayLike) -> Counts:
    """The table with a sum at the end of each axis.

    Raises TableError when it is not a table of counts, 0, 1, 2 …

    >>> with_margins([[1, 2], [3, 4]]).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    """
    try:
        given = np.asarray(counts)
    except ValueError as error:
        raise TableError("rows of unequal length are no table") from error
    if not 1 <= given.ndim <= 3 or not given.size:
        raise TableError("a table has one to three axes, each with something on it")
    if given.dtype.kind not in "iuf" or not np.isfinite(given.astype(np.float64)).all():
        raise TableError("a count is a whole number")
    if (given != np.floor(given)).any() or (given < 0).any():
        raise TableError("a count is a whole number, never negative")
    if (given > LARGEST / given.size).any():
        raise TableError("no table of people has such counts")
    table: Counts = given.astype(np.int64)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def protect_table(
    counts: ArrayLike,
    *,
    minimum: int = MINIMUM_CELL,
    earlier: Sequence[ProtectedTable] = (),
    hide_unanimous: bool = False,
) -> ProtectedTable:
    """Hide what must be hidden of a table with one to three axes and all its margins, and as little else as found.

    Primary: counts of 1 to `minimum` - 1, margins too; with `hide_unanimous`, also the only answer of a whole line,
    which tells what everyone there answered. Complementary: others, until all that is published leaves an interval of
    at least `minimum` people for each small count. earlier: the releases before of the same table, oldest first, where
    answers have only been added since; then a difference of 1 to `minimum` - 1 people to the release before counts as
    small too, and the small counts of earlier releases stay as open as they were. What has been shown cannot be taken
    back, so it can come to it that nothing may be shown now (`held_back`).
    For each small count the others are chosen by the cheapest shift of people that leaves all that is shown as it is
    (a linear programme; with three axes, in whole numbers), and everything is checked together at the end.
    Arguments are not changed; the same table with rows or columns in another order loses the same cells, unless rows or
    columns are equal in all their counts.
    Raises TableError for what is no table of counts, releases of another shape, or counts that have shrunk.
    Source: Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data; Kelly, Golden & Assad 1992.

    >>> protect_table([[20, 3, 9], [8, 11, 30], [14, 25, 7]]).shown
    ((None, None, 9, 32), (None, None, 30, 49), (14, 25, 7, 46), (42, 39, 46, 127))
    """
    if minimum < 2:
        raise TableError("the minimum is at least 2")
    table = with_margins(counts)
    order = _own_order(table)
    before = [(release.counts[np.ix_(*order)], release.hidden[np.ix_(*order)]) for release in _checked(table, earlier)]
    search = _Search.of(table[np.ix_(*order)], before, minimum, hide_unanimous)
    search.protect()
    back = tuple(np.argsort(places) for places in order)
    hidden, primary = search.hidden[np.ix_(*back)], search.primary[np.ix_(*back)]
    says = table > 0
    return ProtectedTable(
        shown=_nested(table, hidden),
        counts=table,
        hidden=hidden,
        primary=primary,
        minimum=minimum,
        dropped=float((hidden & says).sum() / max(says.sum(), 1)),
        held_back=bool(says.any() and hidden[says].all()),
    )


def attainable(releases: Sequence[ProtectedTable], release: int, cell: Cell) -> tuple[float, float]:
    """What an outsider can work out of one cell from everything in all releases: the least and the most it can be.

    cell: places along the axes, the last one for the margin. The most is infinite when nothing bounds it. The
    bounds are in whole numbers. Raises TableError when there is no such cell.

    >>> attainable([protect_table([[20, 3, 9], [8, 11, 30], [14, 25, 7]])], 0, (0, 1))
    (0.0, 14.0)
    """
    layers = [(each.counts, each.hidden) for each in releases]
    if not 0 <= release < len(layers) or len(cell) != layers[0][0].ndim:
        raise TableError("there is no such cell")
    try:
        places = tuple(range(size)[place] for place, size in zip(cell, layers[0][0].shape, strict=True))
    except IndexError as error:
        raise TableError("there is no such cell") from error
    relations = _relations(layers)
    value = float(layers[release][0][places])
    if not layers[release][1][places]:
        return value, value
    return range_of(relations, {relations.number[release, places]: 1.0})


def _checked(table: Counts, earlier: Sequence[ProtectedTable]) -> Sequence[ProtectedTable]:
    least = np.zeros_like(table)
    for release in earlier:
        if release.counts.shape != table.shape:
            raise TableError("an earlier release has another shape")
        if (release.counts < least).any():
            raise TableError("the earlier releases are not in order: counts have shrunk")
        least = release.counts
    if (table < least).any():
        raise TableError("counts have shrunk since the last release: answers were taken back")
    return earlier


def _own_order(table: Counts) -> tuple[NDArray[np.int64], ...]:
    """An order of the places along each axis that follows from the counts; the margin stays last."""
    order = []
    for axis in range(table.ndim):
        lines = np.moveaxis(table, axis, 0).reshape(table.shape[axis], -1)
        keys = [(-int(line.max(initial=0)), *np.sort(line)[::-1].tolist()) for line in lines[:-1]]
        order.append(np.array([*sorted(range(len(keys)), key=keys.__getitem__), len(keys)]))
    return tuple(order)


def _lines(shape: tuple[int, ...]) -> Iterator[tuple[list[Cell], Cell]]:
    """The cells of each line, and the margin that is their sum."""
    for axis, size in enumerate(shape):
        others = [range(n) for i, n in enumerate(shape) if i != axis]
        for rest in product(*others):
            cells = [(*rest[:axis], place, *rest[axis:]) for place in range(size)]
            yield cells[:-1], cells[-1]


def _relations(layers: Sequence[tuple[Counts, Mask]]) -> Relations:
    """All that ties the hidden cells of the releases together."""
    # Two releases of a table with two axes are tied as a table with three is.
    relations = Relations(in_whole_numbers=layers[0][0].ndim + len(layers) - 1 > 2)
    lines = list(_lines(layers[0][0].shape))
    for at, (counts, hidden) in enumerate(layers):
        for place in map(tuple, np.argwhere(hidden).tolist()):
            relations.add((at, place), float(counts[place]))
        for inside, margin in lines:
            known, unknown = 0.0, {}
            for place, sign in [*((p, 1.0) for p in inside), (margin, -1.0)]:
                if hidden[place]:
                    unknown[relations.number[at, place]] = sign
                else:
                    known += sign * float(counts[place])
            if unknown:
                relations.equal(unknown, -known)
    for at, ((before, hidden_before), (counts, hidden)) in enumerate(pairwise(layers)):
        for place in map(tuple, np.argwhere(hidden_before | hidden).tolist()):
            first, second = relations.number.get((at, place)), relations.number.get((at + 1, place))
            if first is not None and second is not None:
                relations.at_most({first: 1.0, second: -1.0}, 0.0)
            elif first is not None:
                relations.at_most({first: 1.0}, float(counts[place]))
            elif second is not None:
                relations.at_most({second: -1.0}, -float(before[place]))
    return relations


@dataclass(eq=False, slots=True)
class _Search:
    """The search for what to hide in the newest of the releases."""

    table: Counts
    before: list[tuple[Counts, Mask]]
    minimum: int
    hidden: Mask
    primary: Mask
    lines: list[tuple[list[Cell], Cell]]

    @classmethod
    def of(cls, table: Counts, before: list[tuple[Counts, Mask]], minimum: int, hide_unanimous: bool) -> _Search:
        small = (table > 0) & (table < minimum)
        if before:
            more = table - before[-1][0]
            small |= (more > 0) & (more < minimum)
        if hide_unanimous:
            small |= _unanimous(table)
        return cls(table, before, minimum, small.copy(), small, list(_lines(table.shape)))

    @property
    def layers(self) -> list[tuple[Counts, Mask]]:
        return [*self.before, (self.table, self.hidden)]

    def protect(self) -> None:
        """Hide more until nothing small can be worked out; in the last resort, everything.

        A shift that leaves all that is shown as it is proves that its cell is open, and hiding more takes nothing from
        the proof. What earlier releases hid has no such proof any more, and is looked at by what can be worked out.
        """
        for place in map(tuple, np.argwhere(self.primary).tolist()):
            self._hide_with(place)
        while self.before and not self.hidden.all() and (exposed := self._exposed()):
            fresh = [place for place in exposed if not self.hidden[place]]
            self.hidden[tuple(np.array(fresh or exposed).T)] = True
            changed = [self._hide_with(place) for place in exposed]
            if not fresh and not any(changed):
                self.hidden[:] = True

    def _hide_with(self, place: Cell) -> bool:
        """Hide the cells of the cheapest shift of people that moves this cell by the minimum; whether any was new."""
        least = self.before[-1][0] if self.before else np.zeros_like(self.table)
        spare = (self.table - least).astype(np.float64)
        # A shown cell costs what it says; a margin, which many read, costs more than all that it sums.
        cost = np.where(self.hidden, 0.0, 1.0 + self.table)
        near = _near(cost, spare, place)
        support = shift_within(self.lines, cost, spare, place, float(self.minimum), near)
        if support is None and near is not None:
            support = shift_within(self.lines, cost, spare, place, float(self.minimum), None)
        if support is None:
            self.hidden[:] = True
            return True
        new = support & ~self.hidden
        self.hidden |= support
        return bool(new.any())

    def _exposed(self) -> list[Cell]:
        """Places where something small in an earlier release, or between two, is now open by less than the minimum."""
        relations = _relations(self.layers)
        found: list[Cell] = []
        for at, (counts, hidden) in enumerate(self.before):
            small = (counts > 0) & (counts < self.minimum) & hidden
            targets = [(place, {relations.number[at, place]: 1.0}) for place in map(tuple, np.argwhere(small).tolist())]
            if at:
                more = counts - self.before[at - 1][0]
                for place in map(tuple, np.argwhere((more > 0) & (more < self.minimum)).tolist()):
                    signs = (((at, place), 1.0), ((at - 1, place), -1.0))
                    targets.append((place, {relations.number[n]: sign for n, sign in signs if n in relations.number}))
            found += [place for place, terms in targets if not self._is_open(relations, terms)]
        return list(dict.fromkeys(found))

    def _is_open(self, relations: Relations, terms: dict[int, float]) -> bool:
        low, high = range_of(relations, terms)
        return high - low >= self.minimum - 1e-6


def _near(cost: NDArray[np.float64], spare: NDArray[np.float64], place: Cell) -> Mask | None:
    """In a long table with two axes, the lines among which a cheap shift is sought first; None for all of them.

    Those where one person moved along the line of the cell, and back along another, costs least.
    """
    if cost.ndim != 2 or max(cost.shape) <= 2 * _NEAR:
        return None
    axis = int(np.argmax(cost.shape))
    costs, spares = (np.moveaxis(array, axis, 0) for array in (cost, spare))
    row, column = place[axis], place[1 - axis]
    others = np.delete(costs + costs[row], column, axis=1).min(axis=1)
    dear = costs[:, column] + others + np.where(spares[:, column] > 0, 0.0, np.inf)
    dear[[row, -1]] = -1.0  # the cell's own line, and the margin's
    near = np.zeros(costs.shape, dtype=bool)
    near[np.argsort(dear, kind="stable")[:_NEAR]] = True
    return np.moveaxis(near, 0, axis)


def _unanimous(table: Counts) -> Mask:
    """Cells that hold all of a line: what everyone there answered."""
    found = np.zeros(table.shape, dtype=bool)
    for inside, margin in _lines(table.shape):
        holding = [place for place in inside if table[place] > 0]
        if len(holding) == 1 and len(inside) > 1 and table[margin] > 0:
            found[holding[0]] = True
    return found


def _nested(table: Counts, hidden: Mask) -> tuple[Any, ...]:
    if table.ndim == 1:
        return tuple(None if out else count for count, out in zip(table.tolist(), hidden.tolist(), strict=True))
    return tuple(_nested(row, out) for row, out in zip(table, hidden, strict=True))

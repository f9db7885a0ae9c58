"""Single figures and single rows of counts: what may be shown without showing a person."""

from __future__ import annotations

from collections.abc import Sequence

MINIMUM_CELL = 5
_STEPS = (1, 5, 10, 20)  # percent


def round_percent(count: int, total: int, *, minimum: int = MINIMUM_CELL) -> int | None:
    """`count` of `total` in percent, never finer than one person; None when `total` is below `minimum`.

    The step is the finest of 1, 5, 10 and 20 percent that is at least 100 / total, so that a single answer never moves
    the figure by more than a step nor can be read from it. Halves are rounded up.
    Raises ValueError when count is not between 0 and total.

    >>> round_percent(154, 212), round_percent(14, 30), round_percent(3, 8), round_percent(2, 3)
    (73, 45, 40, None)
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a share")
    if total < max(minimum, 100 // _STEPS[-1]):
        return None
    step = next(s for s in _STEPS if s * total >= 100)
    return step * ((200 * count + step * total) // (2 * step * total))


def suppress_small(counts: Sequence[int], *, minimum: int = MINIMUM_CELL) -> tuple[int | None, ...]:
    """The counts of one row whose total is known, with None where a figure could point at few people.

    Counts from 1 to `minimum` - 1 are hidden. Then the smallest of the others is hidden too, until at least two are
    hidden and together they make `minimum`: otherwise the total would give them away. A row whose total is below
    `minimum` is hidden whole, unless it is all zeros. Raises ValueError for a negative count.
    Source: Hundepool et al. 2012, Statistical Disclosure Control (primary and secondary suppression).

    >>> suppress_small([40, 12, 3]), suppress_small([40, 12, 0]), suppress_small([2, 1, 0])
    ((40, None, None), (40, 12, 0), (None, None, None))
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count is never negative")
    hidden = {i for i, count in enumerate(counts) if 0 < count < minimum}
    by_size = sorted((i for i in range(len(counts)) if i not in hidden), key=lambda i: (counts[i], i))
    while hidden and by_size and (len(hidden) < 2 or sum(counts[i] for i in hidden) < minimum):
        hidden.add(by_size.pop(0))
    return tuple(None if i in hidden else count for i, count in enumerate(counts))

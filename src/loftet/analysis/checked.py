"""What is given to the library's functions, looked at in one way: groupings, places, and how large is large."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Nothing that people count or measure is larger (or closer to nothing), and squares of it are still numbers.
LARGEST: Final = 1e12


def grouping(labels: ArrayLike, n: int | None = None, *, least: int = 0) -> NDArray[np.int64]:
    """One whole number for each of n things: its group.

    least: the least number there may be, -1 where a thing may be in none. Raises ValueError for anything else.

    >>> grouping([0, 1, 1]).tolist(), grouping(np.array([1.0, -1.0]), 2, least=-1).tolist()
    ([0, 1, 1], [1, -1])
    """
    given = np.asarray(labels)
    if given.ndim != 1 or (n is not None and len(given) != n):
        raise ValueError(f"{'one row of' if n is None else n} participants but groups for {given.size}")
    return _whole(given, least)


def _whole(given: NDArray[Any], least: int) -> NDArray[np.int64]:
    none = "" if least == 0 else " or -1 for none"
    if given.dtype.kind in "iu" and (not given.size or (given.min() >= least and given.max() <= LARGEST)):
        return given.astype(np.int64, copy=False)
    if given.dtype.kind not in "biuf" or not np.isfinite(given).all() or (given != np.floor(given)).any():
        raise ValueError(f"a group is 0, 1, …{none}")
    if given.size and (given.min() < least or given.max() > LARGEST):
        raise ValueError(f"a group is 0, 1, …{none}")
    return given.astype(np.int64)


def plane(points: ArrayLike, n: int | None = None) -> NDArray[np.float64]:
    """Places of N things in a plane (N × 2), n of them if that is said. Raises ValueError for anything else.

    >>> plane([[0, 1], [2, 3]]).shape
    (2, 2)
    """
    given = np.asarray(points)
    if given.ndim != 2 or given.shape[1] != 2 or (n is not None and len(given) != n) or given.dtype.kind not in "biuf":
        raise ValueError(f"places of {'N' if n is None else n} things are that many rows of two numbers")
    if not (np.abs(given) <= LARGEST).all():
        raise ValueError("a place is two finite numbers, none of them huge")
    return given.astype(np.float64, copy=False)


def counted_in(parts: ArrayLike, wholes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Counts and what they are parts of, arrays of one shape or one number: 0 ≤ part ≤ whole.

    Raises ValueError for anything else.

    >>> [a.tolist() for a in counted_in([1, 2], [3, 3])]
    [[1.0, 2.0], [3.0, 3.0]]
    """
    a, n = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    if a.size != n.size and 1 not in (a.size, n.size):
        raise ValueError(f"{a.size} counts of {n.size} wholes")
    if not ((a >= 0).all() and (a <= n).all() and (n <= LARGEST).all()):
        raise ValueError("a count is at least 0 and at most its whole")
    return a, n

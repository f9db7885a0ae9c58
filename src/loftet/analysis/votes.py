"""Votes as a sparse matrix: who agreed, disagreed or passed on what.

A missing vote and a pass are different facts. A pass is stored as an explicit zero in the sparse matrix, a missing
vote is not stored at all, and nothing here ever fills the holes: with N participants and D statements the memory used
grows with the number of votes and not with N times D.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from .checked import LARGEST

AGREE, PASS, DISAGREE = 1, 0, -1
_PART = 500_000  # votes looked at a time, so that what is worked out on the way stays small
Id = int | str


class VoteError(ValueError):
    """Votes that cannot be read as votes. `row` counts the given rows from 0, or is None when no row is to blame."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message if row is None else f"row {row}: {message}")
        self.row = row


@dataclass(frozen=True, slots=True)
class Statement:
    """What the analysis must know of a statement beside its votes.

    `moderated_out` means that a moderator has taken it away; `is_meta` that it asks about the person ("I live here")
    and not about the matter.
    """

    id: Id
    text: str = ""
    moderated_out: bool = False
    is_meta: bool = False


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """N participants × D statements, at most one vote in each cell: 1 agree, 0 pass, -1 disagree.

    Rows and columns stand in the natural order of their ids (whole numbers by value, before words), so the order in
    which votes were given never matters. Only participants and statements with at least one vote are in the matrix.
    The arrays are read-only.
    """

    cells: sparse.csr_array  # int8, N × D; a pass is an explicit zero
    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    moderated: NDArray[np.bool_]  # D
    meta: NDArray[np.bool_]  # D

    @classmethod
    def from_arrays(
        cls,
        participants: Sequence[Id] | NDArray[Any],
        statements: Sequence[Id] | NDArray[Any],
        votes: ArrayLike,
        times: ArrayLike | None = None,
        *,
        moderated: Collection[Id] = (),
        meta: Collection[Id] = (),
    ) -> VoteMatrix:
        """Build the matrix from one row per vote cast; the last vote of a participant on a statement counts.

        participants, statements, votes, times: arrays of equal length, one entry per vote cast.
        votes: 1 agree, 0 pass, -1 disagree. times: any numbers that grow with time; without them, and between equal
        times, a later row replaces an earlier one. moderated, meta: ids of statements that a moderator has taken away
        or that ask about the person; ids without votes are ignored. Arrays that are marked as read-only may become part
        of the matrix; others are copied.
        Raises VoteError, naming the row, for any other value, a missing id or a time that is not a number.

        >>> m = VoteMatrix.from_arrays(["b", "a", "b"], [1, 1, 1], [1, 0, -1])
        >>> m.participants, m.statements, m.cells.toarray().tolist()
        (('a', 'b'), (1,), [[0], [-1]])
        >>> VoteMatrix.from_arrays(["a", "b"], [1, 1], [1, 7])
        Traceback (most recent call last):
        ...
        loftet.analysis.votes.VoteError: row 1: the vote 7 is not 1, 0 or -1
        """
        values = _checked_votes(votes)
        _same_length(values, participants=participants, statements=statements)
        row_ids, rows = _coded(participants, "participant")
        column_ids, columns = _coded(statements, "statement")
        clock = _checked_times(times, len(values))
        cells = _last_of_each_cell(rows, columns, values, clock, (len(row_ids), len(column_ids)))
        return cls(
            cells=_frozen(cells),
            participants=row_ids,
            statements=column_ids,
            moderated=_mask(column_ids, moderated),
            meta=_mask(column_ids, meta),
        )

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Which statements (D) take no part in the opinion map: moderated out or about the person."""
        return self.moderated | self.meta

    @property
    def n_votes(self) -> int:
        """The number of cells with a vote, passes included."""
        return int(self.cells.nnz)

    @property
    def rows(self) -> NDArray[np.int32]:
        """The row of each stored vote, in the order of `cells.data`."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), np.diff(self.cells.indptr))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many agreed with, disagreed with and voted on each statement, passes included (3 × D).

        >>> VoteMatrix.from_arrays("abc", [1, 1, 1], [1, 0, -1]).counts.ravel().tolist()
        [1, 1, 3]
        """
        n_columns = len(self.statements)
        found = np.zeros(3 * n_columns, dtype=np.int64)
        for part in self.parts():
            found += np.bincount(self.answers(part), minlength=3 * n_columns)
        disagree, passed, agree = found.reshape(n_columns, 3).T
        return _read_only(np.stack([agree, disagree, agree + passed + disagree]))

    def parts(self) -> Iterator[slice]:
        """The stored votes a part at a time, so that what is worked out for each of them stays small."""
        return (slice(start, start + _PART) for start in range(0, self.n_votes, _PART))

    def answers(self, part: slice) -> NDArray[Any]:
        """Three times the column, plus 0 for disagree, 1 for pass and 2 for agree, for a part of the stored votes.

        >>> VoteMatrix.from_arrays("aa", [1, 2], [1, -1]).answers(slice(None)).tolist()
        [2, 3]
        """
        answers = self.cells.indices[part] * 3
        answers += self.cells.data[part]
        answers += 1
        return answers

    def votes_per_participant(self, columns: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """How many votes each participant (N) has cast, passes included; with a mask, only on those statements.

        >>> VoteMatrix.from_arrays("aab", [1, 2, 2], [1, 0, -1]).votes_per_participant().tolist()
        [2, 1]
        """
        if columns is None or columns.all():
            return np.diff(self.cells.indptr).astype(np.int64)
        return np.bincount(self.rows[columns[self.cells.indices]], minlength=len(self.participants))

    def with_statements(self, statements: Iterable[Statement]) -> VoteMatrix:
        """The same votes, with moderated and meta statements as these say.

        Raises VoteError when votes are on a statement that is not among them.

        >>> m = VoteMatrix.from_arrays("ab", [1, 2], [1, 1])
        >>> m.with_statements([Statement(1), Statement(2, moderated_out=True)]).closed.tolist()
        [False, True]
        """
        known = {s.id: s for s in statements}
        for name in self.statements:
            if name not in known:
                raise VoteError(f"there are votes on statement {name!r}, which is not among the statements")
        moderated = [name for name in self.statements if known[name].moderated_out]
        meta = [name for name in self.statements if known[name].is_meta]
        return replace(self, moderated=_mask(self.statements, moderated), meta=_mask(self.statements, meta))

    def taken(self, rows: NDArray[np.int64]) -> VoteMatrix:
        """The votes of the participants in these rows alone, on all statements; a statement may be left without votes.

        >>> VoteMatrix.from_arrays("ab", [1, 2], [1, -1]).taken(np.array([1])).cells.toarray().tolist()
        [[0, -1]]
        """
        return replace(self, cells=_frozen(self.cells[rows]), participants=tuple(self.participants[i] for i in rows))

    def reordered(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> VoteMatrix:
        """The same votes with row `rows[i]` at place i and column `columns[j]` at place j.

        >>> m = VoteMatrix.from_arrays("ab", [1, 2], [1, -1])
        >>> m.reordered(np.array([1, 0]), np.array([0, 1])).cells.toarray().tolist()
        [[0, -1], [1, 0]]
        """
        place = np.empty(len(columns), dtype=self.cells.indices.dtype)
        place[columns] = np.arange(len(columns))
        taken = self.cells[rows]
        cells = sparse.csr_array((taken.data, place[taken.indices], taken.indptr), shape=self.cells.shape)
        cells.sort_indices()
        return VoteMatrix(
            cells=_frozen(cells),
            participants=tuple(self.participants[i] for i in rows),
            statements=tuple(self.statements[j] for j in columns),
            moderated=_read_only(self.moderated[columns]),
            meta=_read_only(self.meta[columns]),
        )._with_counts(self.counts[:, columns])

    def _with_counts(self, counts: NDArray[np.int64]) -> VoteMatrix:
        """The same matrix, which need not count again what has been counted."""
        self.__dict__["counts"] = _read_only(counts)
        return self


def natural_order(name: Id) -> tuple[int, int, str, bool]:
    """Sort key for ids: whole numbers by value, then words by letter.

    >>> sorted(["10", "b", "9", 2], key=natural_order)
    [2, '9', '10', 'b']
    """
    text = str(name)
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        return (0, int(text), text, isinstance(name, str))
    return (1, 0, text, True)


def _checked_votes(votes: ArrayLike) -> NDArray[np.int8]:
    given = np.asarray(votes)
    if given.ndim != 1:
        raise VoteError(f"votes must be one row of numbers, not an array of {given.ndim} dimensions")
    if given.dtype == np.int8 and given.min(initial=0) >= DISAGREE and given.max(initial=0) <= AGREE:
        return given
    if given.size and given.dtype.kind not in "iuf":
        wrong = next((i for i, vote in enumerate(given.tolist()) if not _is_vote(vote)), 0)
        raise VoteError(f"the vote {given.tolist()[wrong]!r} is not 1, 0 or -1", wrong)
    bad = ~np.isin(given, (AGREE, PASS, DISAGREE))
    if bad.any():
        row = int(np.argmax(bad))
        raise VoteError(f"the vote {given[row].item()!r} is not 1, 0 or -1", row)
    return given.astype(np.int8)


def _is_vote(vote: object) -> bool:
    return isinstance(vote, (int, float)) and not isinstance(vote, bool) and vote in (AGREE, PASS, DISAGREE)


def _checked_times(times: ArrayLike | None, length: int) -> NDArray[np.float64] | None:
    if times is None:
        return None
    given = np.asarray(times)
    if given.shape != (length,):
        raise VoteError(f"{length} votes but {given.size} times")
    if length and given.dtype.kind not in "iuf":
        raise VoteError("the times are not numbers")
    bad = ~np.isfinite(given.astype(np.float64))
    if bad.any():
        raise VoteError("the time is not a number", int(np.argmax(bad)))
    return given.astype(np.float64)


def _same_length(values: NDArray[np.int8], **others: Sequence[Id] | NDArray[Any]) -> None:
    for name, column in others.items():
        if len(column) != len(values):
            raise VoteError(f"{len(values)} votes but {len(column)} {name}")


def _coded(names: Sequence[Id] | NDArray[Any], what: str) -> tuple[tuple[Id, ...], NDArray[Any]]:
    """The distinct ids in natural order, and for each row the place of its id among them (int32 or int64)."""
    if isinstance(names, np.ndarray) and names.dtype.kind in "iu" and names.ndim == 1 and names.size:
        return _coded_numbers(names)
    plain: list[Hashable] = names.tolist() if isinstance(names, np.ndarray) else list(names)
    first: dict[Hashable, int] = {}
    codes = np.fromiter((first.setdefault(name, len(first)) for name in plain), dtype=np.int64, count=len(plain))
    for name, code in first.items():
        if isinstance(name, bool) or not isinstance(name, (int, str)) or name == "":
            raise VoteError(f"the {what} {name!r} is not an id", int(np.argmax(codes == code)))
    known = [name for name in first if isinstance(name, (int, str))]
    ordered = sorted(range(len(known)), key=lambda i: natural_order(known[i]))
    place = np.empty(len(known), dtype=np.int64)
    place[ordered] = np.arange(len(known))
    return tuple(known[i] for i in ordered), place[codes]


def _coded_numbers(names: NDArray[Any]) -> tuple[tuple[int, ...], NDArray[Any]]:
    """The same for an array of whole numbers, without looking at them one by one."""
    low, high = int(names.min()), int(names.max())
    if high - low > 4 * names.size + 1_000_000:
        distinct, codes = np.unique(names, return_inverse=True)
        return tuple(distinct.tolist()), codes.ravel()
    within = names if low == 0 else (names - names.dtype.type(low)).astype(np.int64, copy=False)
    present = np.zeros(high - low + 1, dtype=bool)
    present[within] = True
    if present.all():
        return tuple(range(low, high + 1)), within
    place = np.cumsum(present, dtype=np.int32) - np.int32(1)
    return tuple((np.flatnonzero(present) + low).tolist()), place[within]


def _last_of_each_cell(
    rows: NDArray[Any],
    columns: NDArray[Any],
    values: NDArray[np.int8],
    clock: NDArray[np.float64] | None,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """The votes that count, by row and column: of several in the same cell, the latest; of equally late, the last."""
    if clock is not None and np.any(clock[1:] < clock[:-1]):
        order = np.argsort(clock, kind="stable")
        rows, columns, values = rows[order], columns[order], values[order]
    state = _order_of(rows, columns)
    if state == "none":
        order = _counted_order(columns, shape[1])
        order = order[_counted_order(rows[order], shape[0])]
        rows, columns, values = rows[order], columns[order], values[order]
    if state != "strict":
        is_last = np.ones(len(rows), dtype=bool)
        is_last[:-1] = (columns[1:] != columns[:-1]) | (rows[1:] != rows[:-1])
        rows, columns, values = rows[is_last], columns[is_last], values[is_last]
    starts = np.zeros(shape[0] + 1, dtype=np.int64 if len(rows) > np.iinfo(np.int32).max else np.int32)
    np.cumsum(counted(rows, shape[0]), out=starts[1:])
    return sparse.csr_array((_own(values, np.int8), _own(columns, starts.dtype), starts), shape=shape)


def _own(array: NDArray[Any], kind: Any) -> NDArray[Any]:
    """The array itself if nobody can change it, or else a copy: what others may change is no part of the matrix."""
    return array.astype(kind, copy=array.flags.writeable)


def _order_of(rows: NDArray[Any], columns: NDArray[Any]) -> Literal["strict", "sorted", "none"]:
    """Whether the votes stand by row and in each row by column, and whether each cell has one vote."""
    strict = True
    for start in range(0, len(rows) - 1, _PART):
        r, c = rows[start : start + _PART + 1], columns[start : start + _PART + 1]
        same_row = r[1:] == r[:-1]
        if not ((r[1:] > r[:-1]) | (same_row & (c[1:] >= c[:-1]))).all():
            return "none"
        strict = strict and not (same_row & (c[1:] == c[:-1])).any()
    return "strict" if strict else "sorted"


def counted(keys: NDArray[Any], count: int) -> NDArray[np.int64]:
    """How often each of 0..count-1 stands among the keys. NumPy's own makes a wider copy of all of them.

    Raises ValueError for keys of any other kind.

    >>> counted(np.array([0, 2, 2], dtype=np.int32), 3).tolist()
    [1, 0, 2]
    """
    if keys.dtype.kind not in "iu" or not 0 <= count <= LARGEST or count % 1:
        raise ValueError(f"keys are whole numbers from 0 and below {count}")
    found = np.zeros(int(count), dtype=np.int64)
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        low = int(part.min())
        here = np.bincount(part - low)
        found[low : low + len(here)] += here
    return found


def _counted_order(keys: NDArray[Any], count: int) -> NDArray[Any]:
    """The stable order of keys 0..count-1, by counting and not by comparing: SciPy's transposition does just that."""
    one_each = sparse.csr_array(
        (np.ones(len(keys), dtype=np.int8), keys, np.arange(len(keys) + 1)), shape=(len(keys), count)
    )
    return one_each.tocsc().indices


def _mask(names: tuple[Id, ...], chosen: Collection[Id]) -> NDArray[np.bool_]:
    wanted = set(chosen)
    return _read_only(np.fromiter((name in wanted for name in names), dtype=bool, count=len(names)))


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array


def _frozen(cells: sparse.csr_array) -> sparse.csr_array:
    for part in (cells.data, cells.indices, cells.indptr):
        part.setflags(write=False)
    return cells

"""Votes as a sparse matrix: what is kept, what is refused, and that order and arguments are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.canonical import canonical_order
from loftet.analysis.votes import Statement, VoteError, VoteMatrix, natural_order

CELLS = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 6)), st.sampled_from([1, 0, -1]), max_size=40)


def matrix(cells: dict[tuple[int, int], int], **masks) -> VoteMatrix:
    return VoteMatrix.from_arrays([p for p, _ in cells], [s for _, s in cells], list(cells.values()), **masks)


def as_dict(votes: VoteMatrix) -> dict:
    rows, columns = votes.rows, votes.cells.indices
    return {
        (votes.participants[i], votes.statements[j]): int(v)
        for i, j, v in zip(rows, columns, votes.cells.data, strict=True)
    }


@settings(deadline=None)
@given(CELLS)
def test_every_vote_is_kept_passes_too(cells: dict) -> None:
    votes = matrix(cells)
    assert as_dict(votes) == cells
    assert votes.n_votes == len(cells)
    assert votes.votes_per_participant().sum() == len(cells)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([1, 0, -1])), max_size=30))
def test_the_last_vote_wins_in_the_given_order(rows: list) -> None:
    last = {(p, s): v for p, s, v in rows}
    assert as_dict(VoteMatrix.from_arrays(*[[r[i] for r in rows] for i in range(3)])) == last


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(-1, 1), min_size=1, max_size=20))
def test_the_latest_vote_wins_in_any_order_when_times_are_given(random, cast: list[int]) -> None:
    rows = [("a", "s", vote, time) for time, vote in enumerate(cast)]
    random.shuffle(rows)
    votes = VoteMatrix.from_arrays(*[[r[i] for r in rows] for i in range(4)])
    assert as_dict(votes) == {("a", "s"): cast[-1]}


def test_between_equal_times_the_later_row_wins() -> None:
    assert as_dict(VoteMatrix.from_arrays("aa", "ss", [1, -1], [5, 5])) == {("a", "s"): -1}


@pytest.mark.parametrize(
    ("votes", "row", "shown"),
    [
        ([1, 0, 2], 2, "2"),
        ([1, 0.5, -1], 1, "0.5"),
        ([1, 0, float("nan")], 2, "nan"),
        ([1, "agree", 0], 0, "'1'"),
        ([True, False, True], 0, "True"),
        ([1, None, 0], 1, "None"),
    ],
)
def test_a_bad_vote_is_refused_by_row(votes: list, row: int, shown: str) -> None:
    with pytest.raises(VoteError, match=f"row {row}: the vote {shown} is not 1, 0 or -1") as refused:
        VoteMatrix.from_arrays("abc", "xyz", votes)
    assert refused.value.row == row


@pytest.mark.parametrize(
    ("participants", "statements", "message"),
    [
        (["a", ""], [1, 2], "row 1: the participant '' is not an id"),
        (["a", None], [1, 2], "row 1: the participant None is not an id"),
        (["a", "b"], [1.5, 2], "row 0: the statement 1.5 is not an id"),
        (["a"], [1, 2], "2 votes but 1 participants"),
    ],
)
def test_bad_ids_are_refused(participants: list, statements: list, message: str) -> None:
    with pytest.raises(VoteError, match=message):
        VoteMatrix.from_arrays(participants, statements, [1, 1])


@pytest.mark.parametrize(
    ("times", "message"),
    [([1], "2 votes but 1 times"), ([1, float("nan")], "row 1: the time"), (["a", "b"], "the times are not numbers")],
)
def test_bad_times_are_refused(times: list, message: str) -> None:
    with pytest.raises(VoteError, match=message):
        VoteMatrix.from_arrays("ab", "xy", [1, 1], times)


def test_votes_of_two_dimensions_are_refused() -> None:
    with pytest.raises(VoteError, match="2 dimensions"):
        VoteMatrix.from_arrays("ab", "xy", [[1, 1]])


def test_an_empty_matrix_is_a_matrix() -> None:
    votes = VoteMatrix.from_arrays([], [], [])
    assert (votes.cells.shape, votes.n_votes, votes.votes_per_participant().tolist()) == ((0, 0), 0, [])


def test_arguments_are_unchanged_and_results_cannot_be() -> None:
    people, names, cast = np.array(["b", "a"]), np.array([2, 1]), np.array([1, -1], dtype=np.int8)
    votes = VoteMatrix.from_arrays(people, names, cast, moderated=[2])
    assert (people.tolist(), names.tolist(), cast.tolist()) == (["b", "a"], [2, 1], [1, -1])
    assert all(array.flags.writeable for array in (people, names, cast))
    for array in (votes.cells.data, votes.cells.indices, votes.cells.indptr, votes.moderated, votes.meta):
        assert not array.flags.writeable


def test_statements_set_the_masks_and_must_cover_the_votes() -> None:
    votes = VoteMatrix.from_arrays("ab", [1, 2], [1, 1], moderated=[1, 99])
    assert votes.closed.tolist() == [True, False]
    marked = votes.with_statements([Statement(2, is_meta=True), Statement(1), Statement(3)])
    assert (marked.moderated.tolist(), marked.meta.tolist()) == ([False, False], [False, True])
    assert votes.closed.tolist() == [True, False]
    with pytest.raises(VoteError, match="votes on statement 2"):
        votes.with_statements([Statement(1)])


def test_ids_sort_by_value_then_by_letter() -> None:
    assert sorted(["b", 10, "9", "-3", "a1", "07", 7], key=natural_order) == ["-3", "07", 7, "9", 10, "a1", "b"]


@settings(deadline=None)
@given(CELLS, st.randoms(use_true_random=False))
def test_canonical_order_does_not_know_the_names(cells: dict, random) -> None:
    """Under any names, the same kind of participant and of statement stands at the same place."""
    one, other = (in_canonical_order(v) for v in (matrix(cells), matrix(renamed(cells, random))))
    assert histogram(one.cells.toarray(), one) == histogram(other.cells.toarray(), other)
    assert histogram(one.cells.T.toarray(), one) == histogram(other.cells.T.toarray(), other)


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_canonical_order_gives_back_the_same_matrix_where_votes_tell_all_apart(random) -> None:
    drawn = np.random.Generator(np.random.PCG64(1)).integers(-1, 3, size=(8, 7))
    cells = {(p, s): int(v) for (p, s), v in np.ndenumerate(drawn) if v < 2}
    one, other = (in_canonical_order(v) for v in (matrix(cells), matrix(renamed(cells, random))))
    assert one.cells.indices.tolist() == other.cells.indices.tolist()
    assert one.cells.data.tolist() == other.cells.data.tolist()


def in_canonical_order(votes: VoteMatrix) -> VoteMatrix:
    return votes.reordered(*canonical_order(votes))


def renamed(cells: dict, random) -> dict:
    people, names = list(range(8)), list(range(7))
    random.shuffle(people)
    random.shuffle(names)
    return {(f"p{people[p]}", f"s{names[s]}"): v for (p, s), v in cells.items()}


def histogram(dense: np.ndarray, votes: VoteMatrix) -> list:
    """For each line, how many agree, disagree, and the votes cast by the line at the same place."""
    return [[int((line == 1).sum()), int((line == -1).sum())] for line in dense] + [votes.n_votes]


@settings(deadline=None)
@given(CELLS)
def test_canonical_order_is_an_order(cells: dict) -> None:
    votes = matrix(cells)
    rows, columns = canonical_order(votes)
    assert sorted(rows) == list(range(len(votes.participants)))
    assert sorted(columns) == list(range(len(votes.statements)))
    assert as_dict(votes.reordered(rows, columns)) == cells


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from([0, 5, 2_000_000_000]), st.integers(-1, 1)), min_size=1))
def test_arrays_of_whole_numbers_are_read_as_lists_are(rows: list) -> None:
    people, statements, cast = ([row[i] for row in rows] for i in range(3))
    slow = VoteMatrix.from_arrays(people, statements, cast)
    fast = VoteMatrix.from_arrays(np.array(people), np.array(statements), np.array(cast, dtype=np.int8))
    assert (fast.participants, fast.statements) == (slow.participants, slow.statements)
    assert fast.cells.toarray().tolist() == slow.cells.toarray().tolist()
    assert fast.n_votes == slow.n_votes


@pytest.mark.parametrize("shape", ["by row", "by column", "twice"])
def test_votes_in_any_order_are_sorted(shape: str) -> None:
    people, statements = np.divmod(np.arange(60, dtype=np.int32), 6)
    order = {"by row": np.arange(60), "by column": np.argsort(statements, kind="stable"), "twice": np.arange(60)[::-1]}
    chosen = order[shape] if shape != "twice" else np.concatenate([order[shape], order[shape]])
    votes = (np.arange(len(chosen)) % 3 - 1).astype(np.int8)
    read = VoteMatrix.from_arrays(people[chosen], statements[chosen], votes)
    expected = {(int(p), int(s)): int(v) for p, s, v in zip(people[chosen], statements[chosen], votes, strict=True)}
    assert read.cells.has_sorted_indices
    assert {(p, s): int(read.cells[p, s]) for p in range(10) for s in range(6)} == expected


def test_what_can_change_is_copied() -> None:
    people, statements, cast = (np.array(x, dtype=np.int32) for x in ([0, 1], [0, 0], [1, -1]))
    cast = cast.astype(np.int8)
    read = VoteMatrix.from_arrays(people, statements, cast)
    cast[0], statements[1] = 0, 7
    assert read.cells.toarray().tolist() == [[1], [-1]]
    assert not read.cells.data.flags.writeable


def test_counts_are_those_of_the_cells_in_any_order() -> None:
    read = VoteMatrix.from_arrays("aabbc", [1, 2, 1, 2, 2], [1, 0, -1, 1, 1])
    assert read.counts.tolist() == [[1, 2], [1, 0], [2, 3]]
    moved = read.reordered(np.array([2, 0, 1]), np.array([1, 0]))
    assert moved.counts.tolist() == [[2, 1], [0, 1], [3, 2]]
    assert read.taken(np.array([0])).counts.tolist() == [[1, 0], [0, 0], [1, 1]]

"""Principal axes against the filled-in matrix they stand for, and where eigenvalues are equal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import sparse

from loftet.analysis import association as association_module
from loftet.analysis import axes as axes_module
from loftet.analysis.association import association
from loftet.analysis.axes import centre, extremity, first_value, leading_eigenpairs, principal_axes, project
from loftet.analysis.tests.opinion_data import NAMES, conversation
from loftet.analysis.votes import VoteMatrix

CELLS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 7)), st.sampled_from([1, 0, -1]), min_size=12, max_size=90
)


def matrix(cells: dict, **masks) -> VoteMatrix:
    return VoteMatrix.from_arrays([p for p, _ in cells], [s for _, s in cells], list(cells.values()), **masks)


def filled_in(votes: VoteMatrix) -> np.ndarray:
    """The textbook way: the N × D matrix with the mean of each statement in the holes, closed statements zero."""
    dense = np.full(votes.cells.shape, np.nan)
    dense[votes.rows, votes.cells.indices] = votes.cells.data
    dense = np.where(np.isnan(dense), np.nanmean(dense, axis=0), dense)
    dense[:, votes.closed] = 0.0
    return dense


@settings(deadline=None)
@given(CELLS, st.sets(st.integers(0, 7), max_size=2))
def test_axes_are_the_principal_components_of_the_filled_in_matrix(cells: dict, moderated: set) -> None:
    votes = matrix(cells, moderated=moderated)
    dense = filled_in(votes)
    centred = dense - dense.mean(axis=0)
    _, singular, components = np.linalg.svd(centred, full_matrices=False)
    assume(len(singular) > 2)
    assume(singular[0] ** 2 - singular[1] ** 2 > 1e-3)
    assume(singular[1] ** 2 - singular[2] ** 2 > 1e-3)
    ours = principal_axes(votes)
    np.testing.assert_allclose(ours.means, dense.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(ours.components * components[:2], axis=1)), 1.0, atol=1e-9)
    np.testing.assert_allclose(ours.explained, singular[:2] ** 2 / np.sum(singular**2), atol=1e-12)
    for axis in ours.components:
        assert axis[np.argmax(np.abs(axis) > np.abs(axis).max() * (1 - 1e-9))] > 0


@settings(deadline=None)
@given(CELLS)
def test_projection_is_the_scaled_product_with_the_filled_in_matrix(cells: dict) -> None:
    votes = matrix(cells)
    axes, dense = principal_axes(votes), filled_in(votes)
    scale = np.sqrt(len(votes.statements) / votes.votes_per_participant())
    expected = (dense - axes.means) @ axes.components.T * scale[:, None]
    np.testing.assert_allclose(project(votes, axes), expected, atol=1e-12)


@settings(deadline=None)
@given(CELLS)
def test_extremity_is_how_far_out_one_agree_vote_lies(cells: dict) -> None:
    votes = matrix(cells)
    axes = principal_axes(votes)
    for j, distance in enumerate(extremity(axes)):
        position = np.sqrt(len(votes.statements)) * (1 - axes.means[j]) * axes.components[:, j]
        assert distance == pytest.approx(np.linalg.norm(position), abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_lanczos_and_the_whole_solution_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    votes = conversation(name).votes
    whole = principal_axes(votes)
    monkeypatch.setattr(axes_module, "_SMALL", 0)
    iterated = principal_axes(votes)
    np.testing.assert_allclose(iterated.components, whole.components, rtol=0, atol=1e-9)
    np.testing.assert_allclose(iterated.explained, whole.explained, rtol=0, atol=1e-12)
    largest = whole.explained[0] * whole.variance
    assert first_value(centre(votes)[1]) == pytest.approx(largest, rel=1e-5)
    assert first_value(centre(votes)[1]) <= largest * (1 + 1e-12)


@pytest.mark.parametrize("shape", [(5, 40), (40, 5)])
def test_wide_and_tall_matrices_are_solved_alike(shape: tuple[int, int]) -> None:
    dense = np.random.Generator(np.random.PCG64(4)).standard_normal(shape)
    values, vectors = leading_eigenpairs(sparse.csr_array(dense))
    _, singular, components = np.linalg.svd(dense, full_matrices=False)
    count = len(values)
    np.testing.assert_allclose(values, singular[:count] ** 2, rtol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(vectors * components[:count].T, axis=0)), 1.0, atol=1e-12)


@pytest.mark.parametrize("many", [0, 10**9])
@pytest.mark.parametrize("shape", [(410, 600), (600, 410)])
def test_large_matrices_are_solved_as_exactly_by_iteration(
    shape: tuple[int, int], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the third value close to the second, where iteration is slow."""
    monkeypatch.setattr(axes_module, "_MANY", many)
    rng = np.random.Generator(np.random.PCG64(5))
    sides = [np.linalg.qr(rng.standard_normal((length, 6)))[0] for length in shape]
    dense = sides[0] * [9.0, 5.0, 4.99, 3.0, 2.0, 1.0] @ sides[1].T + 0.01 * rng.standard_normal(shape)
    values, vectors = leading_eigenpairs(sparse.csr_array(dense))
    _, singular, components = np.linalg.svd(dense, full_matrices=False)
    np.testing.assert_allclose(values[:2], singular[:2] ** 2, rtol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(vectors[:, :2] * components[:2].T, axis=0)), 1.0, atol=1e-9)


@pytest.mark.parametrize("many", [0, 10**9])
def test_equal_values_are_found_in_a_large_matrix_too(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One vector alone would find each of them once; three that are equal send the matrix to the whole solution."""
    monkeypatch.setattr(axes_module, "_MANY", many)
    for diagonal in ([5.0, 5.0, 2.0, 1.0] * 2, [5.0, 3.0, 1.0] * 3, [4.0] * 3 + [1.0] * 9):
        matrix = sparse.csr_array(np.diag(diagonal))
        whole = np.sort(np.square(diagonal))[::-1]
        monkeypatch.setattr(axes_module, "_SMALL", 0)
        values, vectors = leading_eigenpairs(matrix)
        np.testing.assert_allclose(values[:2], whole[:2], rtol=1e-12)
        np.testing.assert_allclose(matrix.T @ (matrix @ vectors), vectors * values, atol=1e-10)


def test_equal_eigenvalues_give_one_answer_for_any_basis() -> None:
    """Four statements, each dividing its own people: every axis in their space is as good as any other."""
    basis = np.linalg.qr(np.random.Generator(np.random.PCG64(8)).standard_normal((4, 4)))[0]
    answers = [axes_module._axes_of(np.ones(4), vectors)[0] for vectors in (np.eye(4), basis, -basis[:, ::-1])]
    for answer in answers:
        np.testing.assert_allclose(answer, [[1, 0, 0, 0], [0, 1, 0, 0]], atol=1e-12)


def test_nothing_to_explain_gives_zero_axes() -> None:
    axes = principal_axes(VoteMatrix.from_arrays("abab", [1, 1, 2, 2], [1, 1, -1, -1]))
    assert axes.variance == 0.0
    assert not axes.components.any()
    assert not project(VoteMatrix.from_arrays("ab", [1, 1], [1, 1]), axes_of_one()).any()


def axes_of_one():
    return principal_axes(VoteMatrix.from_arrays("ab", [1, 1], [1, 1]))


def test_one_dimension_leaves_the_second_axis_empty() -> None:
    axes = principal_axes(VoteMatrix.from_arrays("abab", [1, 1, 2, 2], [1, -1, 1, -1]))
    assert axes.explained.tolist() == pytest.approx([1.0, 0.0])
    assert not axes.components[1].any()


@pytest.mark.parametrize("name", NAMES)
def test_real_conversations_stand_out_from_their_shuffles(name: str) -> None:
    found = association(conversation(name).votes)
    assert found.stands_out
    assert found.participants == min(len(conversation(name).votes.participants), 1000)
    exactly = 1e-5 if found.participants < 1000 else 0.02  # of a part, it is that part's own
    assert found.observed == pytest.approx(conversation(name).expected["pca_explained_variance_ratio"][0], abs=exactly)


def test_of_many_participants_a_part_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(association_module, "_MOST", 100)
    votes = conversation("brexit").votes
    found = association(votes, seed=3)
    assert found.participants == 100
    assert found.stands_out
    assert found == association(votes, seed=3)


@pytest.mark.long
def test_shuffled_votes_do_not_stand_out_from_their_shuffles() -> None:
    votes, rng = conversation("brexit").votes, np.random.Generator(np.random.PCG64(3))
    standing_out = 0
    for _ in range(20):
        cast = votes.cells.tocsc(copy=True)
        values = cast.data.copy()
        for start, end in zip(cast.indptr, cast.indptr[1:], strict=False):
            rng.shuffle(values[start:end])
        people, names = cast.indices, np.repeat(np.arange(cast.shape[1]), np.diff(cast.indptr))
        standing_out += association(VoteMatrix.from_arrays(people, names, values)).stands_out
    assert standing_out <= 2

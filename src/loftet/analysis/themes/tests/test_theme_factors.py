"""Factors of a matrix: as good as the reference, the same whatever the start of lapack, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.decomposition import NMF

from loftet.analysis.themes.factors import factorise, leading_singular, varimax
from loftet.analysis.themes.tests.theme_data import faq
from loftet.analysis.themes.vectors import Lexicon, count_words, text_vectors


def faq_matrix() -> sparse.csr_array:
    counts = count_words(faq()[0])
    return text_vectors(counts, Lexicon.of(counts.words), 2).matrix


@pytest.mark.parametrize("k", [2, 5, 12])
def test_the_objective_agrees_with_the_reference_nmf(k: int) -> None:
    """scikit-learn's NMF(solver="cd", init="nndsvda"), half the squared Frobenius norm, within two in a thousand.

    Both stop in a local minimum that depends on the start, so neither is always the lower.
    """
    matrix = faq_matrix()
    reference = NMF(k, init="nndsvda", max_iter=1000).fit(sparse.csr_matrix(matrix))
    ours = factorise(matrix, k)
    assert ours.converged
    assert ours.objective == pytest.approx(0.5 * reference.reconstruction_err_**2, rel=2e-3)


def test_the_objective_is_what_it_says() -> None:
    matrix = faq_matrix()
    f = factorise(matrix, 4)
    assert f.objective == pytest.approx(0.5 * np.sum((matrix.toarray() - f.texts @ f.terms) ** 2), rel=1e-9)


def test_more_rounds_never_make_it_worse() -> None:
    matrix = faq_matrix()
    objectives = [factorise(matrix, 6, tolerance=0.0, most_iterations=n).objective for n in (1, 2, 4, 8, 16)]
    assert objectives == sorted(objectives, reverse=True)
    assert not factorise(matrix, 6, tolerance=0.0, most_iterations=3).converged


def test_a_product_of_factors_is_found_again() -> None:
    """Parts without common terms are the only factors of their product (Donoho & Stodden 2003)."""
    rng = np.random.Generator(np.random.PCG64(3))
    w = rng.random((60, 3)) * (rng.random((60, 3)) < 0.6)
    w[:3] = np.eye(3)
    h = np.kron(np.eye(3), np.array([[3.0, 2.0, 1.0]]))
    f = factorise(sparse.csr_array(w @ h), 3, tolerance=1e-9, most_iterations=5000)
    np.testing.assert_allclose(f.texts @ f.terms, w @ h, atol=1e-4)
    directions = f.terms / np.linalg.norm(f.terms, axis=1, keepdims=True)
    order = np.argmax(directions @ h.T, axis=0)
    np.testing.assert_allclose(directions[order] * 14**0.5, h, atol=1e-3)


@given(st.integers(1, 4), st.integers(0, 9999))
def test_factors_are_finite_and_not_negative_and_the_matrix_is_left_alone(k: int, seed: int) -> None:
    rng = np.random.Generator(np.random.PCG64(seed))
    dense = rng.random((6, 5)) * (rng.random((6, 5)) < 0.4)  # whole rows and columns may be zero
    matrix = sparse.csr_array(dense)
    f = factorise(matrix, k)
    np.testing.assert_array_equal(matrix.toarray(), dense)
    for part in (f.texts, f.terms):
        assert np.all(np.isfinite(part))
        assert np.all(part >= 0)
    assert f.objective <= 0.5 * np.sum(dense**2) + 1e-9


@pytest.mark.parametrize("matrix", [np.zeros((3, 3)), np.ones((4, 2)), np.eye(2)])
def test_matrices_without_structure_have_factors_too(matrix: np.ndarray) -> None:
    f = factorise(sparse.csr_array(matrix), 2)
    np.testing.assert_allclose(f.texts @ f.terms, matrix, atol=1e-3)


@pytest.mark.parametrize(
    ("matrix", "k", "message"),
    [
        (np.ones((2, 3)), 3, "3 factors of a matrix of 2 × 3"),
        (np.ones((2, 3)), 0, "0 factors"),
        (np.array([[1.0, -1.0]]), 1, "negative"),
        (np.array([[1.0, np.nan]]), 1, "endless"),
        (np.array([[1.0, np.inf]]), 1, "endless"),
    ],
)
def test_what_has_no_such_factors_is_refused(matrix: np.ndarray, k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        factorise(sparse.csr_array(matrix), k)


@pytest.mark.parametrize("shape", [(30, 20), (90, 60), (60, 90)])
def test_singular_triplets_equal_those_of_the_whole_matrix(shape: tuple[int, int]) -> None:
    dense = np.random.Generator(np.random.PCG64(1)).random(shape)
    left, values, right = leading_singular(sparse.csr_array(dense), 4)
    np.testing.assert_allclose(values, np.linalg.svd(dense, compute_uv=False)[:4], rtol=1e-9)
    np.testing.assert_allclose(dense @ right.T, left * values, atol=1e-8)


def test_a_turned_cross_is_turned_back_even_from_a_place_of_symmetry() -> None:
    """At 45° between two axes the varimax criterion has its least value, and its gradient is zero there."""
    cross = np.vstack([np.eye(2)[[0] * 5], np.eye(2)[[1] * 5]])
    quarter = np.array([[1.0, -1.0], [1.0, 1.0]]) / 2**0.5
    turned = cross @ quarter
    found = turned @ varimax(turned)
    np.testing.assert_allclose(np.sort(found, axis=1), np.sort(cross, axis=1), atol=1e-9)


@given(st.integers(0, 9999), st.integers(2, 5))
def test_varimax_is_a_rotation(seed: int, k: int) -> None:
    rows = np.random.Generator(np.random.PCG64(seed)).standard_normal((12, k))
    rotation = varimax(rows)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(k), atol=1e-9)

"""Two non-negative factors of a sparse matrix: texts × themes and themes × terms.

The search starts from the leading singular vectors, turned (varimax) until each text lies along as few of them as
possible. That start has no lot in it, lies close to the end, and by itself already says which text goes where: the
number of themes is judged on it, over and over, at a small part of the cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import qr
from scipy.sparse.linalg import svds

Floats = NDArray[np.float64]

_TURNS = 100
_SMALL = 40  # with fewer rows or columns the singular vectors are solved whole
_TINY = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class Factors:
    """The matrix X (n × m) as W·H, both without negative numbers."""

    texts: Floats  # W, n × k
    terms: Floats  # H, k × m
    objective: float  # ½‖X - WH‖²
    iterations: int
    converged: bool


def leading_singular(matrix: sparse.csr_array, k: int) -> tuple[Floats, Floats, Floats]:
    """The k leading singular triplets of a matrix (n × m), largest first: left n × k, values k, right k × m.

    There are fewer than k where the matrix has fewer rows or columns. ARPACK starts from a vector of ones, so that
    the same matrix gives the same bytes. Source: Lehoucq, Sorensen & Yang 1998, ARPACK users' guide.

    >>> left, values, right = leading_singular(sparse.csr_array(np.diag([3.0, 2.0, 1.0])), 2)
    >>> values.round(6).tolist(), left.shape, right.shape
    ([3.0, 2.0], (3, 2), (2, 3))
    """
    smallest = min(matrix.shape)
    k = min(k, smallest)
    if smallest <= max(_SMALL, k + 1):
        left, values, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
        return left[:, :k], values[:k], right[:k]
    left, values, right = svds(matrix, k, v0=np.ones(smallest), solver="arpack")
    order = np.argsort(-values, kind="stable")
    return np.asarray(left[:, order]), np.asarray(values[order]), np.asarray(right[order])


def varimax(rows: Floats) -> Floats:
    """The rotation (k × k) after which each row (n × k) lies along as few axes as possible.

    Each axis points to the side where its third moment is positive: most texts lie near zero on a theme, a few far out.
    The search starts from k rows that lie as far apart as possible, since it cannot leave a place of symmetry.
    Source: Kaiser 1958, The varimax criterion; Rohe & Zeng 2023, Vintage factor analysis with varimax performs
    statistical inference, for why it finds the topics of a topic model; Damle, Minden & Ying 2019, Simple, direct and
    efficient multi-way spectral clustering, for the start.

    >>> turned = np.array([[1.0, 1.0], [2.0, 2.0], [1.0, -1.0], [3.0, -3.0]]) / 2**0.5
    >>> np.abs(turned @ varimax(turned)).round(6).tolist()
    [[0.0, 1.0], [0.0, 2.0], [1.0, 0.0], [3.0, 0.0]]
    """
    rotation, before = _towards_corners(rows), 0.0
    for _ in range(_TURNS):
        turned = rows @ rotation
        square = turned * turned
        u, values, vt = np.linalg.svd(rows.T @ (turned * (square - square.mean(axis=0))))
        rotation, criterion = u @ vt, float(values.sum())
        if criterion <= before * (1.0 + 1e-6):
            break
        before = criterion
    third = np.sum((rows @ rotation) ** 3, axis=0)
    return rotation * np.where(third < 0, -1.0, 1.0)


def _towards_corners(rows: Floats) -> Floats:
    k = rows.shape[1]
    if len(rows) < k:
        return np.eye(k)
    corners = qr(np.round(rows.T, 9), mode="r", pivoting=True)[1][:k]
    u, _, vt = np.linalg.svd(rows[corners].T)
    return u @ vt


def turned_axes(left: Floats, values: Floats, k: int) -> tuple[Floats, Floats]:
    """Rows (n × k) on the k first singular axes after varimax, and the rotation (k × k).

    Every row counts alike in the rotation, however much of it the axes explain.
    """
    rows = left[:, :k] * values[:k]
    rotation = varimax(unit_length(rows))
    return rows @ rotation, rotation


def unit_length(rows: Floats) -> Floats:
    """Rows (n × d) of length one; those of no length stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > _TINY)


def factorise(matrix: sparse.csr_array, k: int, *, tolerance: float = 1e-4, most_iterations: int = 400) -> Factors:
    """Least-squares non-negative factors W (n × k) and H (k × m) of a sparse matrix X (n × m) without negatives.

    Each column of W and then each row of H in turn is set to its best value, the others fixed (HALS). It has
    converged when the step that the gradient still allows is `tolerance` of what it was in the first round.
    k: at least 1 and at most the smaller of n and m; ValueError otherwise, and for negative or endless numbers.
    Source: Cichocki & Phan 2009, Fast local algorithms for large scale nonnegative matrix and tensor factorizations;
    the stopping rule is that of scikit-learn's NMF(solver="cd"), whose objective it agrees with.

    >>> f = factorise(sparse.csr_array(np.array([[2.0, 2, 0], [1, 1, 0], [0, 0, 3]])), 2)
    >>> (f.texts @ f.terms).round(3).tolist(), f.converged
    ([[2.0, 2.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 3.0]], True)
    """
    if not 1 <= k <= min(matrix.shape):
        raise ValueError(f"{k} factors of a matrix of {matrix.shape[0]} × {matrix.shape[1]}")
    if not np.all(np.isfinite(matrix.data)) or np.any(matrix.data < 0):
        raise ValueError("the matrix has negative or endless numbers")
    w, h = _start(matrix, k)
    transposed = sparse.csr_array(matrix.T)
    first = 0.0
    iteration, left = 0, np.inf
    while iteration < most_iterations and (iteration == 0 or left > tolerance * first):
        iteration += 1
        left = _descended(w, matrix @ h.T, h @ h.T)
        left += _descended(ht := np.ascontiguousarray(h.T), transposed @ w, w.T @ w)
        h = np.ascontiguousarray(ht.T)
        first = first or left
    return Factors(w, h, _objective(matrix, w, h), iteration, left <= tolerance * first)


def _start(matrix: sparse.csr_array, k: int) -> tuple[Floats, Floats]:
    """What is positive of the turned singular vectors. A little everywhere: HALS cannot leave zero by itself."""
    left, values, right = leading_singular(matrix, k)
    rows, rotation = turned_axes(left, values, k)
    columns = rotation.T @ right
    w, h = np.maximum(rows, 0.0), np.maximum(columns, 0.0)
    average = matrix.sum() / (matrix.shape[0] * matrix.shape[1]) if matrix.nnz else 0.0
    return np.maximum(w, average / 100), np.maximum(h, average / 100)


def _descended(w: Floats, xh: Floats, hh: Floats) -> float:
    """Set each column of w (n × k), in place, to its best non-negative value; return how far the gradient pointed."""
    left = 0.0
    for j in range(w.shape[1]):
        gradient = w @ hh[:, j] - xh[:, j]
        left += float(np.abs(np.where(w[:, j] == 0.0, np.minimum(gradient, 0.0), gradient)).sum())
        if hh[j, j] > _TINY:
            w[:, j] = np.maximum(w[:, j] - gradient / hh[j, j], 0.0)
    return left


def _objective(matrix: sparse.csr_array, w: Floats, h: Floats) -> float:
    """½‖X - WH‖² without forming WH."""
    square = float(matrix.data @ matrix.data)
    cross = float(np.sum((matrix @ h.T) * w))
    return 0.5 * (square - 2.0 * cross + float(np.sum((w.T @ w) * (h @ h.T))))

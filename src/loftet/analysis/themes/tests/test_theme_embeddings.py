"""Themes from vectors that another model gives: the same results, in the same shape, with the same refusals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from loftet.analysis.themes import ThemeError, find_themes
from loftet.analysis.themes.spaces import EmbeddingSpace
from loftet.analysis.themes.tests.test_theme_search import as_bytes
from loftet.analysis.themes.tests.theme_data import SUBJECTS, made_up
from loftet.analysis.themes.words import words_of

TEXTS, LABELS = made_up(60)


def by_subject(texts: Sequence[str]) -> np.ndarray:
    """A small model: how many words of each subject a text has, a little of its length, and a large common part."""
    pools = [set(pool.split()) for pool in SUBJECTS.values()]
    rows = [[sum(w in pool for w in words_of(text)) for pool in pools] + [len(text) / 500, 9.0] for text in texts]
    return np.array(rows, dtype=np.float32)


def test_themes_from_vectors_have_words_voices_and_a_number_too() -> None:
    found = find_themes(TEXTS, embed=by_subject)
    assert found.outcome == "themes"
    assert found.number is not None
    assert found.number.chosen == 4 == len(found.themes)
    assert adjusted_rand_score(LABELS, found.nearest) == 1.0
    assert found.converged
    assert 0 <= found.objective < 0.2
    for theme in found.themes:
        assert theme.words
        assert theme.voices[0].is_main
        assert theme.found_again > 0.95


def test_any_order_gives_identical_bytes_with_vectors_too() -> None:
    backwards = dict(reversed(TEXTS.items()))
    assert as_bytes(find_themes(backwards, n_themes=4, embed=by_subject)) == as_bytes(
        find_themes(TEXTS, n_themes=4, embed=by_subject)
    )


def test_texts_without_words_are_not_given_to_the_model() -> None:
    seen: list[str] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        seen.extend(texts)
        return by_subject(texts)

    found = find_themes({**TEXTS, "tom": "det är så"}, n_themes=4, embed=embed)
    assert "det är så" not in seen
    assert "tom" in found.other


@pytest.mark.parametrize(
    ("embed", "message"),
    [
        (lambda texts: np.zeros(len(texts)), r"shape \(60,\) for 60 texts"),
        (lambda texts: np.zeros((len(texts) - 1, 4)), r"shape \(59, 4\)"),
        (lambda texts: np.zeros((len(texts), 0)), r"shape \(60, 0\)"),
        (lambda texts: np.full((len(texts), 2), np.nan), "not finite"),
        (lambda texts: np.full((len(texts), 2), np.inf), "not finite"),
        (lambda texts: np.full((len(texts), 2), "a"), "did not give numbers"),
    ],
)
def test_vectors_that_are_none_are_refused(embed, message: str) -> None:
    with pytest.raises(ThemeError, match=message):
        find_themes(TEXTS, embed=embed)


def test_equal_vectors_have_no_clear_themes() -> None:
    assert find_themes(TEXTS, embed=lambda texts: np.ones((len(texts), 3))).outcome == "no_clear_themes"


def test_one_cloud_has_no_clear_themes() -> None:
    cloud = np.random.Generator(np.random.PCG64(4)).standard_normal((60, 6))
    assert find_themes(TEXTS, embed=lambda texts: cloud).outcome == "no_clear_themes"


def test_turning_all_vectors_changes_nothing() -> None:
    """Spherical k-means on centred vectors does not know the axes or a common shift and scale."""
    rng = np.random.Generator(np.random.PCG64(8))
    turn, _ = np.linalg.qr(rng.standard_normal((6, 6)))
    one = find_themes(TEXTS, n_themes=4, embed=by_subject)
    for scale, shift in ((3.0, 2.0), (1e200, 0.0), (1e-200, 0.0)):
        other = find_themes(TEXTS, n_themes=4, embed=lambda t, a=scale, b=shift: a * (by_subject(t) @ turn) + b)
        assert one.main.tolist() == other.main.tolist()
        np.testing.assert_allclose(one.strengths, other.strengths, atol=1e-5)


def test_the_chance_cloud_has_the_same_covariance_up_to_scale() -> None:
    vectors = np.random.Generator(np.random.PCG64(2)).standard_normal((4000, 2)) @ np.array([[3.0, 0.0], [2.0, 0.5]])
    space = EmbeddingSpace.of(vectors)
    cloud = space.by_chance(np.random.Generator(np.random.PCG64(3)))
    shapes = [covariance / np.trace(covariance) for covariance in (np.cov(x.centred.T) for x in (space, cloud))]
    np.testing.assert_allclose(shapes[1], shapes[0], atol=0.02)

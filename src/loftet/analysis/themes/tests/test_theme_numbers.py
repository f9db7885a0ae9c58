"""The number of themes: overlap of partitions, and how often the right number is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.themes import find_themes
from loftet.analysis.themes.numbers import matched_overlap
from loftet.analysis.themes.tests.theme_data import made_up

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


def test_overlap_by_hand() -> None:
    """Groups {0, 1, 2}, {3, 4} against {0, 1}, {2, 3, 4}: each shares two of three."""
    found = matched_overlap(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]), 2)
    np.testing.assert_allclose(found, [2 / 3, 2 / 3])


@given(LABELS, st.permutations(range(4)))
def test_overlap_does_not_know_the_names_or_the_order_of_partitions(pairs: list, names: list[int]) -> None:
    one, other = np.array(pairs).T
    found = matched_overlap(one, other, 4)
    assert np.all((found >= 0) & (found <= 1))
    # Several matchings may be best: then it is their sum that is the same.
    assert matched_overlap(one, np.array(names)[other], 4).sum() == pytest.approx(found.sum())
    assert matched_overlap(other, one, 4).sum() == pytest.approx(found.sum())
    assert matched_overlap(one, one, 4).sum() == len(set(one.tolist()))


def test_fewer_subjects_give_fewer_themes() -> None:
    number = find_themes(made_up(70, subjects=2)[0]).number
    assert number is not None
    assert number.chosen == 2
    assert len(number.tried) == len(number.stability) == len(number.error) == len(number.by_chance)
    assert number.chosen == max(number.plausible)
    assert all(0 <= s <= 1 for s in (*number.stability, *number.by_chance))


@pytest.mark.long
def test_the_right_number_is_found_again_and_again_and_chance_is_seldom_taken_for_themes() -> None:
    chosen = [find_themes(made_up(100, seed=seed)[0]).number.chosen for seed in range(8)]
    assert sum(k == 4 for k in chosen) >= 7
    by_chance = [find_themes(made_up(100, seed=seed, mixed=True)[0]).outcome for seed in range(8)]
    assert by_chance.count("no_clear_themes") >= 7

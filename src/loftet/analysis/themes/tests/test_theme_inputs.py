"""Any input to the public functions of themes: left as it was, read in any order, and answered or refused in words."""

from __future__ import annotations

from copy import deepcopy
from itertools import permutations
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.themes import StatementIndex, ThemeError, find_themes, likeness, say_opposite_or_other
from loftet.analysis.themes.tests.theme_data import made_up

TEXTS = {i: text[:60] for i, text in made_up(36)[0].items()}
ODD = ("", " \n\t", "😀😀", "\x00", "\ud800", "mörkt\x00i \udfffparken", "x" * 9_000, "1" * 9_000, "- " * 9_000)
SAID = {1: "Mörkt i parken", 2: "Bussen är sen", 3: "Fler lampor i parken", 4: "Parken är mörk"}


def by_length(texts: list[str]) -> np.ndarray:
    """Two numbers that follow from a text."""
    return np.array([[len(text), text.count("a")] for text in texts], dtype=np.float64)


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([None, by_length]))
def test_themes_of_shuffled_and_renamed_voices_are_the_same_and_the_voices_unchanged(random, embed) -> None:
    names = [f"röst {i}" for i in TEXTS]
    random.shuffle(names)
    items = [(name, TEXTS[i]) for i, name in enumerate(names)]
    random.shuffle(items)
    texts = dict(items)
    before = deepcopy(texts)
    plain, other = (find_themes(given, n_themes=3, embed=embed) for given in (TEXTS, texts))
    assert list(texts.items()) == list(before.items())
    rows = [other.ids.index(names[i]) for i in plain.ids]
    assert [(t.words, t.size, t.found_again) for t in other.themes] == [
        (t.words, t.size, t.found_again) for t in plain.themes
    ]
    assert other.main[rows].tolist() == plain.main.tolist()
    np.testing.assert_allclose(other.shares[rows], plain.shares, atol=1e-9)
    np.testing.assert_allclose(other.strengths[rows], plain.strengths, atol=1e-9)


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_alone_and_among_others_have_a_result(odd: str) -> None:
    assert find_themes({1: odd}).outcome == "too_few_texts"
    same = find_themes(dict.fromkeys(range(30), odd[:40]))
    assert same.outcome == ("too_few_texts" if same.n_wordless else "no_clear_themes")
    among = find_themes({**TEXTS, 99: odd}, n_themes=3)
    assert among.outcome == "themes"
    assert np.isfinite(among.shares).all()
    assert find_themes({**TEXTS, 99: odd}, n_themes=3, embed=lambda texts: np.eye(len(texts))).converged
    index = StatementIndex.of({1: odd, 2: "Mörkt i parken"})
    assert all(near.likeness == 1.0 for near in index.near(odd, least=0.99))
    assert likeness(odd, odd) in (0.0, 1.0)
    assert likeness(odd, "Sena bussar") < 0.1
    assert not say_opposite_or_other(odd, odd)


def test_a_long_row_of_letters_takes_time_in_proportion() -> None:
    """Far longer when every ending of it was looked up."""
    start = process_time()
    likeness("å" * 100_000, "s" * 100_000)
    say_opposite_or_other("b" * 100_000, "x-" * 50_000)
    assert find_themes({**TEXTS, 99: "x" * 100_000}, n_themes=3).outcome == "themes"
    assert process_time() - start < 3


@given(st.permutations(list(SAID)), st.text(max_size=30))
def test_an_index_in_any_order_and_under_other_names_finds_the_same(order: list[int], text: str) -> None:
    statements = {i: SAID[i] for i in order}
    before = dict(statements)
    one, other = StatementIndex.of(SAID), StatementIndex.of(statements)
    renamed = StatementIndex.of({100 - i: SAID[i] for i in order})
    for asked in (text, "Mörkt i parken"):
        near = one.near(asked, least=0.2)
        assert other.near(asked, least=0.2) == near
        assert {(100 - int(n.id), n.likeness) for n in renamed.near(asked, least=0.2)} == {
            (n.id, n.likeness) for n in near
        }
    assert list(statements.items()) == list(before.items())


def test_the_order_of_words_never_matters_to_likeness() -> None:
    words = ["mörkt", "parken", "lampor", "bussen"]
    for order in permutations(words):
        assert likeness(" ".join(order), " ".join(words)) == 1.0
        assert not say_opposite_or_other(" ".join(order), " ".join(words))


def of_rows(row: list) -> object:
    """An embedding that gives this row for each text."""
    return lambda texts: [row] * len(texts)


@pytest.mark.parametrize(
    "embed",
    [
        lambda texts: [[1.0] * (i % 3 + 1) for i in range(len(texts))],
        lambda texts: None,
        lambda texts: np.zeros((len(texts), 2, 2)),
        lambda texts: np.ma.masked_all((len(texts), 2)),
        of_rows([None, 1.0]),
        of_rows([10**400, 1]),
        of_rows([float("nan"), 1.0]),
        of_rows([1j, 1.0]),
        lambda texts: np.full((len(texts), 2), np.longdouble(np.finfo(np.float64).max) * 2),
    ],
)
def test_vectors_that_cannot_be_read_are_refused(embed) -> None:
    with pytest.raises(ThemeError, match=r"embedding (?:gave|did not give)"):
        find_themes(TEXTS, n_themes=3, embed=embed)


@pytest.mark.parametrize(
    "call",
    [
        lambda: find_themes(["Mörkt i parken"]),
        lambda: find_themes(None),
        lambda: find_themes(TEXTS, n_themes=float("nan")),
        lambda: find_themes(TEXTS, n_themes=2.5),
        lambda: find_themes(TEXTS, n_themes="3"),
        lambda: find_themes(TEXTS, most_themes=float("nan")),
        lambda: find_themes(TEXTS, most_themes=None),
        lambda: likeness(None, "a"),
        lambda: say_opposite_or_other("a", b"a"),
        lambda: StatementIndex.of(["a"]),
        lambda: StatementIndex.of(SAID).adding(None),
        lambda: StatementIndex.of(SAID).near("parken", least="0.5"),
        lambda: StatementIndex.of(SAID).near("parken", most=float("nan")),
        lambda: StatementIndex.of(SAID).near("parken", most=-1),
    ],
)
def test_what_is_no_text_or_number_is_refused(call) -> None:
    with pytest.raises(ThemeError):
        call()

"""Statements that say nearly the same: symmetric, whatever else is there, and never the opposite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.analysis.themes import StatementIndex, ThemeError, likeness, say_opposite_or_other
from loftet.analysis.themes.near import NEARLY_THE_SAME
from loftet.analysis.themes.tests.theme_data import rows_of

PAIRS = rows_of("statement_pairs.csv")
SAID = {i: pair["one"] for i, pair in enumerate(PAIRS)}
WORDS = ("mörkt", "parken", "Storgatan", "inte", "fler", "färre", "otrygg", "trygg", "30", "50", "på", "är")
SENTENCES = st.lists(st.sampled_from(WORDS)).map(" ".join)


def says_the_same(one: str, other: str) -> bool:
    return bool(StatementIndex.of({1: one}).near(other))


def test_precision_and_recall_on_the_labelled_pairs() -> None:
    """The threshold was chosen on the pairs in even places; here are the odd ones."""
    odd = PAIRS[1::2]
    hinted = [pair for pair in odd if says_the_same(pair["one"], pair["other"])]
    right = [pair for pair in hinted if pair["same"] == "1"]
    assert len(right) / len(hinted) >= 0.85
    assert len(right) / sum(pair["same"] == "1" for pair in odd) >= 0.65


def test_what_is_turned_over_or_said_of_another_place_or_number_is_never_the_same() -> None:
    apart = [pair for pair in PAIRS if pair["kind"] in ("negation", "opposite", "number")]
    assert len(apart) > 15
    assert [pair for pair in apart if says_the_same(pair["one"], pair["other"])] == []


def test_what_is_misspelt_or_turned_about_is_the_same() -> None:
    alike = [pair for pair in PAIRS if pair["kind"] in ("spelling", "order")]
    assert sum(says_the_same(pair["one"], pair["other"]) for pair in alike) >= 0.9 * len(alike)


@given(SENTENCES, SENTENCES)
def test_likeness_and_difference_are_symmetric(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert say_opposite_or_other(one, other) == say_opposite_or_other(other, one)
    assert says_the_same(one, other) == says_the_same(other, one)
    assert not say_opposite_or_other(one, one)
    assert likeness(one, one) in (0.0, 1.0)


@given(SENTENCES, st.randoms(use_true_random=False))
def test_the_order_of_statements_and_what_else_is_there_never_matter(text: str, random) -> None:
    few = {name: SAID[name] for name in range(0, 60, 4)}
    items = list(few.items())
    random.shuffle(items)
    index = StatementIndex.of(dict(items))
    assert index.near(text) == StatementIndex.of(few).near(text)
    for near in index.near(text, least=0.3):
        assert near.likeness == pytest.approx(likeness(text, SAID[int(near.id)]), abs=1e-9)


def test_statements_added_one_by_one_give_the_same_index() -> None:
    few = {name: SAID[name] for name in range(12)}
    whole, grown = StatementIndex.of(few), StatementIndex.of({})
    for name in (*range(6, 12), *reversed(range(6))):
        before = grown.ids
        more = grown.adding({name: SAID[name]})
        assert grown.ids == before
        grown = more
    assert grown.ids == whole.ids
    assert grown.marks == whole.marks
    assert abs(grown.terms - whole.terms).sum() == 0.0


def test_statements_taken_away_are_not_found() -> None:
    index = StatementIndex.of(SAID)
    assert index.near(SAID[3])[0].id == 3
    assert all(near.id != 3 for near in index.without([3, "no such"]).near(SAID[3]))
    assert len(index.ids) == len(SAID)


def test_the_most_alike_come_first_then_by_id_and_at_most_as_many_as_asked() -> None:
    index = StatementIndex.of({"b": "Mörkt i parken", "a": "Mörkt i parken", 10: "Mörkt i parken vid skolan"})
    assert [n.id for n in index.near("Parken: mörkt")] == ["a", "b", 10]
    assert [n.id for n in index.near("Parken: mörkt", most=1)] == ["a"]
    assert index.near("Parken: mörkt", most=0) == ()
    assert index.near("det är så") == index.near("") == StatementIndex.of({}).near("Parken") == ()
    assert StatementIndex.of({1: "", 2: "det är"}).near("det är") == ()


@pytest.mark.parametrize("least", [0.0, 1.1, float("nan")])
def test_a_likeness_that_is_none_is_refused(least: float) -> None:
    with pytest.raises(ThemeError, match="likeness"):
        StatementIndex.of({}).near("mörkt", least=least)


@pytest.mark.parametrize("statements", [{True: "a"}, {"": "a"}, {1: None}, {1: "a", "1": "b"}])
def test_statements_that_are_none_are_refused(statements: dict) -> None:
    with pytest.raises(ThemeError):
        StatementIndex.of(statements)


def test_an_id_cannot_be_added_twice() -> None:
    with pytest.raises(ThemeError, match="'1' is in the index already"):
        StatementIndex.of({1: "mörkt"}).adding({1: "ljust"})


def test_the_threshold_is_between_a_half_and_one() -> None:
    assert 0.5 < NEARLY_THE_SAME < 1.0

"""Themes of texts: what is found, what is refused, and that order and names do not matter."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from loftet.analysis.themes import ThemeError, Themes, find_themes
from loftet.analysis.themes.find import FEWEST_TEXTS
from loftet.analysis.themes.tests.theme_data import SUBJECTS, made_up

TEXTS, LABELS = made_up(90)


def as_bytes(found: Themes) -> list[object]:
    """Everything in a result, arrays as their bytes."""
    values = [getattr(found, field.name) for field in fields(found)]
    return [value.tobytes() if isinstance(value, np.ndarray) else value for value in values]


@cache
def of_four() -> Themes:
    """Four themes of the texts: several tests compare with them."""
    return find_themes(TEXTS, n_themes=4)


def test_subjects_without_common_words_are_found_and_counted() -> None:
    found = find_themes(TEXTS)
    assert found.outcome == "themes"
    assert found.number is not None
    assert found.number.chosen == 4 == len(found.themes)
    assert 4 in found.number.plausible
    assert adjusted_rand_score(LABELS, found.nearest) > 0.95
    assert found.converged
    assert found.iterations > 0
    for theme in found.themes:
        words = {word.word for word in theme.words}
        assert max(len(words & set(pool.split())) for pool in SUBJECTS.values()) >= len(words) - 1 > 2
        assert theme.found_again > 0.8
        assert theme.name == ", ".join(word.word for word in theme.words[:3])


def test_sizes_voices_shares_and_main_themes_tell_one_story() -> None:
    found = find_themes({**TEXTS, 900: "Jag tycker det är så!", 901: ""}, n_themes=4)
    assert found.n_wordless == 2
    assert {900, 901} <= set(found.other)
    assert [theme.size for theme in found.themes] == sorted((t.size for t in found.themes), reverse=True)
    assert sum(theme.size for theme in found.themes) + len(found.other) == len(found.ids) == 92
    total = found.shares.sum(axis=1)
    np.testing.assert_allclose(total[np.isin(found.ids, [900, 901], invert=True)], 1.0)
    assert total[-2:].tolist() == [0.0, 0.0]
    assert np.all((found.strengths >= 0) & (found.strengths <= 1))
    for j, theme in enumerate(found.themes):
        telling = [round(v.share * v.strength * v.n_words**0.5, 9) for v in theme.voices]
        assert telling == sorted(telling, reverse=True)
        assert 1 < theme.voices[0].n_words <= len(theme.words)
        assert all(v.share >= 1 / 3 and v.strength >= 0.05 for v in theme.voices)
        assert {v.id for v in theme.voices if v.is_main} == {
            name for name, main in zip(found.ids, found.main, strict=True) if main == j
        }


def test_a_text_about_two_things_is_a_voice_in_both_themes_with_one_main() -> None:
    both = SUBJECTS["ljus"].split()[:6] + SUBJECTS["skräp"].split()[:6]
    found = find_themes({**TEXTS, "båda": " ".join(both)}, n_themes=4)
    having = [v for theme in found.themes for v in theme.voices if v.id == "båda"]
    assert len(having) == 2
    assert sum(v.is_main for v in having) == 1


def test_a_text_about_something_else_is_in_other_and_not_forced() -> None:
    found = find_themes({**TEXTS, "annat": "Kyrkans orgel restaureras av hantverkare från Estland"}, n_themes=4)
    assert "annat" in found.other
    assert found.main[found.ids.index("annat")] == -1


@settings(max_examples=3)
@given(st.randoms(use_true_random=False))
def test_any_order_of_the_texts_gives_identical_bytes(random) -> None:
    items = list(TEXTS.items())
    random.shuffle(items)
    assert as_bytes(find_themes(dict(items), n_themes=4)) == as_bytes(of_four())


def test_any_order_gives_the_same_number_of_themes_to_the_byte() -> None:
    few = dict(list(TEXTS.items())[:40])
    assert as_bytes(find_themes(dict(reversed(few.items())))) == as_bytes(find_themes(few))


def first(name: int | str) -> int:
    """The id that a renamed text had before."""
    return 997 - int(str(name)[1:])


def test_other_ids_give_the_same_themes_under_other_names() -> None:
    renamed = {f"p{997 - i}": text for i, text in TEXTS.items()}
    one, other = of_four(), find_themes(renamed, n_themes=4)
    assert [t.words for t in one.themes] == [t.words for t in other.themes]
    shares = [[{n(v.id): v.share for v in t.voices} for t in found.themes] for found, n in ((one, int), (other, first))]
    assert shares[0] == shares[1]
    assert dict(zip(one.ids, one.main.tolist(), strict=True)) == {
        first(name): main for name, main in zip(other.ids, other.main.tolist(), strict=True)
    }


def test_arguments_are_unchanged_and_results_cannot_be() -> None:
    texts = dict(TEXTS)
    found = find_themes(texts, n_themes=3)
    assert texts == TEXTS
    for array in (found.main, found.shares, found.strengths):
        assert not array.flags.writeable


@pytest.mark.parametrize("texts", [{}, {1: "mörkt"}, dict.fromkeys(range(50), "att det är så")])
def test_too_few_texts_is_a_result(texts: dict[int, str]) -> None:
    found = find_themes(texts)
    assert found.outcome == "too_few_texts"
    assert (found.themes, found.number, found.other) == ((), None, tuple(sorted(texts)))
    assert found.nearest.tolist() == [-1] * len(texts)


def test_thirty_texts_with_words_are_enough() -> None:
    few = {i: TEXTS[i] for i in range(FEWEST_TEXTS)}
    assert find_themes(few).outcome != "too_few_texts"
    assert find_themes({**few, 0: "…"}).outcome == "too_few_texts"


@pytest.mark.parametrize(
    "texts",
    [dict.fromkeys(range(60), "Det är mörkt i parken"), made_up(50, mixed=True)[0], dict.fromkeys(range(60), "Ljus")],
)
def test_no_clear_themes_is_a_result(texts: dict[int, str]) -> None:
    """All say the same, or everybody speaks of everything at once."""
    found = find_themes(texts)
    assert found.outcome == "no_clear_themes"
    assert found.number is not None
    assert found.number.chosen is None
    assert not any(found.number.clear)
    assert len(found.other) == len(texts)


def test_answers_of_one_word_are_themes_by_their_words() -> None:
    """Dealing out single words changes nothing, so chance is no measure there, and the result says so."""
    found = find_themes({i: ["Belysning", "Trafiken", "Skräp!", "Polisen"][i % 4] for i in range(60)})
    assert found.number is not None
    assert (found.number.chosen, found.number.against_chance) == (4, False)
    assert sorted(theme.name for theme in found.themes) == ["belysning", "polisen", "skräp", "trafiken"]
    assert found.other == ()


def test_a_given_number_of_themes_is_kept_to_even_where_nothing_is_clear() -> None:
    found = find_themes(made_up(70, mixed=True)[0], n_themes=3)
    assert (found.outcome, len(found.themes), found.number) == ("themes", 3, None)


def test_more_themes_than_texts_with_words_is_too_few_texts() -> None:
    assert find_themes({1: "mörkt", 2: "sent"}, n_themes=3).outcome == "too_few_texts"


@pytest.mark.parametrize(
    ("texts", "options", "message"),
    [
        ({True: "a"}, {}, "True is not an id"),
        ({"": "a"}, {}, "'' is not an id"),
        ({1.5: "a"}, {}, "1.5 is not an id"),
        ({1: None}, {}, "the text of 1 is not a text"),
        ({1: "a", "1": "b"}, {}, "two ids are written alike"),
        ({1: "a"}, {"n_themes": 1}, "two or more"),
        ({1: "a"}, {"most_themes": 1}, "two or more"),
    ],
)
def test_what_is_no_text_is_refused(texts: dict, options: dict, message: str) -> None:
    with pytest.raises(ThemeError, match=message):
        find_themes(texts, **options)

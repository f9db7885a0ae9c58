"""The guard's grades, and what they are on the sentences set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from loftet.analysis.identifying_text import Hit, find_identifying
from loftet.analysis.identifying_text.grading import Grades, Labelled, grade, is_set_aside

DATA = Path(__file__).parents[5] / "tests" / "data" / "identifying_text"


def labelled(name: str) -> Iterator[Labelled]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(row["text"], tuple((start, end, kind) for start, end, kind in row["spans"]))


@pytest.fixture(scope="module")
def set_aside() -> Grades:
    """The third of the first batch, and the whole second batch."""
    first = [sentence for sentence in labelled("sentences.jsonl") if is_set_aside(sentence.text)]
    return grade([*first, *labelled("second.jsonl")], find_identifying)


@pytest.mark.parametrize("kind", ["national_id", "phone", "email", "plate"])
def test_numbers_are_found(set_aside: Grades, kind) -> None:
    assert set_aside.of(kind).labels >= 15
    assert set_aside.of(kind).recall >= 0.95


def test_names_are_found(set_aside: Grades) -> None:
    assert set_aside.of("name").labels >= 80
    assert set_aside.of("name").recall >= 0.85
    assert set_aside.of("name").precision >= 0.9


def test_harmless_sentences_are_rarely_stopped(set_aside: Grades) -> None:
    assert set_aside.harmless >= 150
    assert len(set_aside.stopped) <= 0.05 * set_aside.harmless, set_aside.stopped


def test_the_sentences_are_many_and_half_of_them_harmless() -> None:
    first = list(labelled("sentences.jsonl"))
    assert len(first) >= 600
    assert 0.4 < sum(not sentence.spans for sentence in first) / len(first) < 0.6
    assert 0.28 < sum(is_set_aside(sentence.text) for sentence in first) / len(first) < 0.39
    both = [sentence.text for sentence in [*first, *labelled("second.jsonl")]]
    assert len(set(both)) == len(both)


def test_counts_by_hand() -> None:
    sentences = [
        Labelled("abcdefgh", ((0, 4, "name"), (6, 8, "phone"))),
        Labelled("harmless", ()),
        Labelled("harmless too", ()),
        Labelled("missed", ((0, 6, "name"),)),
    ]
    told = {
        "abcdefgh": (Hit("name", 2, 4), Hit("name", 4, 5), Hit("plate", 6, 8)),
        "harmless": (Hit("name", 0, 2),),
        "harmless too": (),
        "missed": (),
    }
    done = grade(sentences, told.__getitem__)
    name, phone = done.of("name"), done.of("phone")
    assert (name.labels, name.found, name.covered, name.hits, name.right) == (2, 1, 0, 3, 1)
    assert (name.recall, name.precision) == (0.5, pytest.approx(1 / 3))
    assert (phone.labels, phone.found, phone.covered, phone.hits, phone.precision) == (1, 0, 1, 0, None)
    assert done.of("email").recall is None
    assert (done.sentences, done.harmless, done.identifying) == (4, 2, 2)
    assert (done.stopped, done.let_through) == (("harmless",), ("missed",))
    assert grade(sentences[::-1], told.__getitem__).kinds == done.kinds


def test_a_label_outside_its_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        grade([Labelled("kort", ((0, 9, "name"),))], find_identifying)


def test_nothing_graded() -> None:
    done = grade([], find_identifying)
    assert (done.sentences, done.harmless, done.stopped, done.of("name").recall) == (0, 0, (), None)

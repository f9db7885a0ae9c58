"""Any text to the public functions of readability: an answer within the text, in time in proportion to its length."""

from __future__ import annotations

import math
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.readability import (
    BANDS,
    PHRASES,
    band,
    facts_in,
    find_vague,
    measure_readability,
    split_sentences,
)

ODD = ("", " \n\t", "😀😀", "\x00", "\ud800", "Vi\x00verkar \udfff för", "…", "\r\n\r\n", "﻿", "٣", "²")
ROWS = ("0", "a", "å", " ", "@", ".", "-", "\n", "…", ":", "_", "1 ", "1,", "000 ", "a@", ".)", "\x00")
PIECES = st.sampled_from([*ODD, "Vi verkar för ljus.", "regelbundet", "varje fredag", "t.ex.", "kl. 18", "2 ", "ökad "])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join))


@given(TEXTS)
@settings(max_examples=60)
def test_any_text_has_an_answer_that_lies_within_it(text: str) -> None:
    found = measure_readability(text)
    assert found.sentences == split_sentences(text)
    assert (found.lix is None) == (found.words == 0)
    assert found.lix is None or (0 < found.lix < math.inf and found.band == band(found.lix))
    assert len(found.hardest()) <= 3
    end = 0
    for vague in find_vague(text):
        assert end <= vague.start < vague.end <= len(text)
        end = vague.end
    assert facts_in(text) <= {"who", "what", "when", "how much"}


@given(
    st.lists(st.sampled_from(["Vi verkar för ljus.", "Polisen går varje fredag.", "Vi gör en översyn."]), max_size=6)
)
@settings(max_examples=30)
def test_what_is_vague_in_a_sentence_does_not_depend_on_the_others(parts: list[str]) -> None:
    def phrases(pieces: list[str]) -> list[tuple[str, str]]:
        text = "\n".join(pieces)
        return sorted((v.phrase, text[v.start : v.end]) for v in find_vague(text))

    alone = sorted(found for part in parts for found in phrases([part]))
    assert phrases(parts) == phrases(parts[::-1]) == alone


@pytest.mark.parametrize("row", [".", "!)", "…"])
def test_a_hundred_thousand_signs_that_end_no_sentence_take_time_in_proportion(row: str) -> None:
    """A row of full stops before a letter took its square in time when each was tried for the end of a sentence."""
    text = row * (100_000 // len(row)) + "x"
    start = process_time()
    assert measure_readability(text).words == 1
    assert find_vague(text) == ()
    assert process_time() - start < 2


@pytest.mark.long
@pytest.mark.parametrize("row", ROWS)
def test_a_hundred_thousand_signs_of_each_kind(row: str) -> None:
    text = row * (100_000 // len(row)) + "x"
    start = process_time()
    assert measure_readability(text).words >= 0
    assert all(vague.end <= len(text) for vague in find_vague(text))
    assert process_time() - start < 6


def test_every_phrase_finds_itself_and_every_band_its_own_beginning() -> None:
    for phrase in PHRASES:
        said = " ".join(word.split("|")[0].replace("*", "") for word in phrase.written.split() if word != "_")
        found = find_vague(said)
        assert found, phrase.written
        assert found[0].start == 0
    assert [band(least) for least, _ in BANDS[1:]] == [name for _, name in BANDS[1:]]


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf, -math.inf])
def test_no_text_has_such_an_index(value: float) -> None:
    with pytest.raises(ValueError, match="No text has LIX"):
        band(value)

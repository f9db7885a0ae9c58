"""Any text to the guard: hits within it that do not depend on what stands far away, in time in proportion."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.identifying_text import find_identifying

ODD = (
    "",
    " \n\t",
    "😀😀",
    "\x00",
    "\ud800",
    "\x00Ring\udfff 070-174 06 05",
    "٣" * 12,
    "²²²²²²²²²²",
    "İ" * 20,
    "ß@ß.se",
)
ROWS = ("0", "a", "Å", " ", "@", ".", "-", "_", "/", "+1", "x.", "1-", "a@", "www.", "a'", "&", "\n", "\x00")
LINES = (
    "Ring Fatima på 070-174 06 05.",
    "Grannen i 3:an säljer knark.",
    "Det är mörkt vid E4 efter kl 18.30.",
    "Skriv till nagon@example.se.",
    "Storgatan 12 är trasig.",
)


def kinds(text: str, **options) -> list[tuple[str, str]]:
    """What is found, without where."""
    return [(hit.kind, text[hit.start : hit.end]) for hit in find_identifying(text, **options)]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_an_answer(text: str) -> None:
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find_identifying(text))


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_has_hits_in_order_without_overlap(text: str) -> None:
    end = 0
    for hit in find_identifying(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
    assert find_identifying(text) == find_identifying(text)


def test_an_accusation_begins_and_ends_in_one_sentence() -> None:
    """The last two words of one sentence and the offence of the next once made a hit that began with a full stop."""
    text = "Ring Fatima på 070-174 06 05.\nGrannen i 3:an säljer knark."
    assert ("accusation", "Grannen i 3:an säljer knark") in kinds(text)
    assert kinds("Ring Anna Berg på stationen. Killar säljer knark.") == [("name", "Anna Berg")]
    assert kinds("Anna Berg i nr. 3 säljer knark.")[1] == ("accusation", "i nr. 3 säljer knark")


@given(st.permutations(LINES))
@settings(max_examples=20)
def test_the_order_of_lines_never_matters(lines: list[str]) -> None:
    alone = sorted(found for line in LINES for found in kinds(line))
    assert {kind for kind, _ in alone} == {"name", "phone", "accusation", "email", "address"}
    assert sorted(kinds("\n".join(lines))) == alone


def test_places_in_any_order_are_no_surnames_and_stay_as_they_are() -> None:
    places = ["nyberga", "lindblom", "ekdala"]
    text = "Det är mörkt vid Lindblom på kvällen"
    assert kinds(text, places=places) == kinds(text, places=set(places)) == kinds(text, places=places[::-1]) == []
    assert places == ["nyberga", "lindblom", "ekdala"]


def test_rows_of_signs_take_time_in_proportion() -> None:
    """Each row of signs is ended by a letter that keeps a pattern from closing; here shorter rows of all kinds."""
    start = process_time()
    for row in ROWS:
        assert all(hit.end <= 8_001 for hit in find_identifying(row * (8_000 // len(row)) + "x"))
    assert process_time() - start < 10


@pytest.mark.long
@pytest.mark.parametrize("row", ROWS)
def test_a_hundred_thousand_signs_of_each_kind(row: str) -> None:
    start = process_time()
    assert all(hit.end <= 100_001 for hit in find_identifying(row * (100_000 // len(row)) + "x"))
    assert process_time() - start < 6

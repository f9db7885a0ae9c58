"""Sentences, words and the readability index."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.readability import band, find_vague, measure_readability, split_sentences

SPLIT = [
    ("Han gick. Hon kom!", ["Han gick.", "Hon kom!"]),
    ("Vi ses kl. 18.30 vid t.ex. torget.", ["Vi ses kl. 18.30 vid t.ex. torget."]),
    ("Bl.a. Mora och Orsa är med.", ["Bl.a. Mora och Orsa är med."]),
    ("Buss nr. 12 går ca. 3,5 km.", ["Buss nr. 12 går ca. 3,5 km."]),
    ("Vi har bänkar, lampor m.m. Sedan behövs ljus.", ["Vi har bänkar, lampor m.m.", "Sedan behövs ljus."]),
    ("Vi har bänkar m.m. på torget.", ["Vi har bänkar m.m. på torget."]),
    ("Kostnaden är 3 000 kr. Den delas.", ["Kostnaden är 3 000 kr.", "Den delas."]),
    ("Så här: vi börjar.", ["Så här:", "vi börjar."]),
    ("Sankt S:t Olof kl 18:30 är sent.", ["Sankt S:t Olof kl 18:30 är sent."]),
    ("Enligt K. Karlsson är det bra.", ["Enligt K. Karlsson är det bra."]),
    ("Den 3. maj börjar vi.", ["Den 3. maj börjar vi."]),
    ("Det gäller 2026. Sedan är det slut.", ["Det gäller 2026.", "Sedan är det slut."]),
    ("Va?! Nej … Jo.", ["Va?!", "Nej …", "Jo."]),
    ("Hon sa: ”Kom hit.” Sedan gick hon.", ["Hon sa:", "”Kom hit.”", "Sedan gick hon."]),
    ("Trygg i centrum\nVi byter lampor.", ["Trygg i centrum", "Vi byter lampor."]),
    ("En mening som är bruten\növer två rader.", ["En mening som är bruten\növer två rader."]),
    ("Vi lovar:\n- fler lampor\n- två patruller\n", ["Vi lovar:", "fler lampor", "två patruller"]),
    ("1. Byt lampor\n2. Klipp häcken.\n3) Ring", ["Byt lampor", "Klipp häcken.", "Ring"]),
    ("Stycke ett\n\nstycke två", ["Stycke ett", "stycke två"]),
    ("", []),
    (" \n ... – ! ", []),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT, ids=[repr(text) for text, _ in SPLIT])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == expected


def test_the_index_is_counted_as_its_author_did() -> None:
    """By hand: 12 words in 2 sentences, 3 of them long (kommunen, gatlampor, december)."""
    found = measure_readability("Nu byter kommunen alla gamla gatlampor. Allt är klart den 1 december.")
    assert (found.words, found.long_words, len(found.sentences)) == (12, 3, 2)
    assert found.lix == pytest.approx(12 / 2 + 100 * 3 / 12)
    assert (found.words_per_sentence, found.long_share) == (6, 0.25)
    assert found.band == "lättläst"


def test_six_letters_are_not_long_and_seven_are() -> None:
    assert measure_readability("lampor").long_words == 0
    assert measure_readability("lampors").long_words == 1
    assert measure_readability("A-lampan").long_words == 1  # seven letters, the hyphen is none
    assert measure_readability("1234567890 t.ex. 3 000 000,50").long_words == 0


def test_a_text_without_words_has_no_index() -> None:
    for text in ("", "  \n", "... – !"):
        found = measure_readability(text)
        assert (found.lix, found.band, found.words, found.sentences) == (None, None, 0, ())
        assert (found.words_per_sentence, found.long_share, found.hardest()) == (None, None, ())


def test_few_words_are_said_to_be_few() -> None:
    assert not measure_readability("ord " * 99).is_enough
    assert measure_readability("ord " * 100).is_enough


def test_the_hardest_sentences_come_first() -> None:
    text = "Kort sats. Samverkansöverenskommelsen undertecknades gemensamt. Vi ses där."
    hardest = measure_readability(text).hardest(2)
    assert [text[s.start : s.end][:5] for s in hardest] == ["Samve", "Vi se"]
    assert measure_readability(text).hardest(0) == ()


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_an_index_that_no_text_has_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="LIX"):
        band(value)


def test_bands_begin_where_the_table_says() -> None:
    told = [band(value) for value in (29.99, 30, 39.99, 40, 49.99, 50, 59.99, 60)]
    assert told == ["mycket lättläst", *["lättläst"] * 2, *["medelsvår"] * 2, *["svår"] * 2, "mycket svår"]


_TEXT = st.text(alphabet=st.sampled_from("abcåÄÖ 12.,:!?\n-–”t.ex"), max_size=120)


@settings(deadline=None)
@given(_TEXT)
def test_sentences_lie_in_order_without_overlap(text: str) -> None:
    sentences = split_sentences(text)
    assert all(0 <= s.start < s.end <= len(text) and 0 <= s.long_words <= s.words > 0 for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Vi byter lampor.", "Polisen kommer.", "Trygghetsvandringen börjar."]), min_size=1))
def test_the_order_of_sentences_is_irrelevant(parts: list[str]) -> None:
    forward, backward = (measure_readability(" ".join(order)) for order in (parts, parts[::-1]))
    assert forward.lix == backward.lix


def test_long_texts_take_little_time() -> None:
    """Searching must grow with the length of the text (here two seconds) and not with its square."""
    start = process_time()
    for piece in (
        "a",
        "a. ",
        "\n",
        "1. ",
        "t.ex. ",
        "verka ",
        "så långt ",
        "1 000 ",
        "varje ",
        "x-",
        "om ",
        "en gång ",
    ):
        text = piece * (20_000 // len(piece))
        measure_readability(text)
        find_vague(text)
    assert process_time() - start < 8

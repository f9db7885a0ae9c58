"""The product's own public texts are easy to read: LIX at most 40 on each page.

LIX = words per sentence + percentage of words with more than six letters (Björnsson 1968, Läsbarhet). Below 40 is easy,
as in fiction; official Swedish lies around 50 to 60.
"""

from __future__ import annotations

import re

import pytest

from loftet.testing.page_rules.document import Document, tag

HARDEST = 40
RUNNING = ("p", "li", "dd")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def lix(text: str) -> float:
    """The readability index of running text. Raises ValueError for text without a word."""
    words = WORD.findall(text)
    if not words:
        raise ValueError("there is nothing to read")
    sentences = len(re.findall(r"[.?:](?=\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def running_text(page: Document) -> str:
    """What is read as sentences in the main part of a page, each piece closed with a full stop."""
    pieces = [
        page.text(element)
        for element in page.elements
        if tag(element) in RUNNING and page.inside(element, "main") and not page.inside(element, "nav", "article")
    ]
    return " ".join(piece if piece.endswith((".", "?", ":")) else f"{piece}." for piece in pieces if piece)


def test_the_index_is_counted_as_its_author_did():
    assert lix("Han gick hem. Hon gick till skolan.") == pytest.approx(3.5)
    assert lix("Samverkansöverenskommelsen undertecknades.") == pytest.approx(102)
    with pytest.raises(ValueError, match="nothing to read"):
        lix("123")


@pytest.mark.parametrize(
    "address", ["/om/", "/om/integritet/", "/om/granskning/", "/om/tillganglighet/", "/loftesboken/kontrollera/", "/"]
)
def test_the_texts_about_the_product_are_easy(db, client, address):
    found = lix(running_text(client.get(address).page.document))
    assert found <= HARDEST, f"LIX {found:.0f} on {address}. Shorten the sentences and choose shorter words."


@pytest.mark.parametrize("page", ["", "delta/", "sag-det-sjalv/", "mina-svar/", "resultat/", "svar/"])
def test_the_texts_around_a_dialogue_are_easy(open_dialogue, client, page):
    found = lix(running_text(client.get(f"/provby/dialoger/trygg-i-centrum/{page}").page.document))
    assert found <= HARDEST, f"LIX {found:.0f} on {page or 'the dialogue'}."

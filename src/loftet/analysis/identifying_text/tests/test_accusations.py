"""Accusations: one person or household and an offence, and neither alone."""

from __future__ import annotations

import pytest

from loftet.analysis.identifying_text import find_identifying

ACCUSED = [
    ("Grannen i 3:an säljer knark.", "Grannen i 3:an säljer knark"),
    ("han i kiosken säljer sprit", "han i kiosken säljer sprit"),
    ("Jag vet att min granne slår sina barn.", "min granne slår sina barn"),
    ("Hon som bor ovanför oss stjäl paket.", "Hon som bor ovanför oss stjäl"),
    ("Familjen mitt emot fuskar med bidrag.", "Familjen mitt emot fuskar med"),
    ("Ordföranden tar mutor.", "Ordföranden tar mutor"),
    ("Den gamle mannen i parken blottar sig.", "Den gamle mannen i parken blottar sig"),
    ("grannens son gör inbrott", "grannens son gör inbrott"),
    ("Mannen på ettan är en tjuv.", "Mannen på ettan är en tjuv"),
    ("Chauffören körde full i går.", "Chauffören körde full"),
]
PASSED = [
    "Ungdomar säljer droger i parken.",
    "Någon stjäl cyklar vid stationen.",
    "En man hotade mig med kniv.",
    "Grannen ringde polisen när någon sålde knark.",
    "Killen i kassan blev hotad och slagen.",
    "Läraren berättade att elever säljer snus.",
    "Han i kiosken hjälper barnen.",
    "Min granne spelar hög musik.",
    "Rektorn vill stoppa dem som säljer droger.",
    "Vakten stoppade en tjuv.",
    "Grannarna i huset stjäl varandras tid.",
    "Kvinnan på tvåan säljer bullar.",
]


@pytest.mark.parametrize(("text", "words"), ACCUSED, ids=[text for text, _ in ACCUSED])
def test_an_accusation_is_found(text: str, words: str) -> None:
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_identifying(text)] == [("accusation", words)]


@pytest.mark.parametrize("text", PASSED)
def test_without_one_person_or_without_an_offence_it_passes(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_identifying(text)] == []


def test_of_somebody_named_the_name_and_what_is_said_are_reported_apart() -> None:
    text = "Fatima på trean säljer droger, och på Storgatan 4 säljer han vapen."
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_identifying(text)] == [
        ("name", "Fatima"),
        ("accusation", "på trean säljer droger"),
        ("address", "Storgatan 4"),
        ("accusation", "säljer han vapen"),
    ]

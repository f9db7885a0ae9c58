"""Names of people, and what looks like them. All persons are invented."""

from __future__ import annotations

import pytest

from loftet.analysis.identifying_text import find_identifying
from loftet.analysis.identifying_text.lists import first_names, surnames

NAMES = [
    ("Jag träffade Anna Berg vid bron.", "Anna Berg"),
    ("jag träffade anna karlsson vid bron", "anna karlsson"),
    ("Det var fatima som såg det.", "fatima"),
    ("Fatima såg det.", "Fatima"),
    ("Vi frågade Karl-Johan.", "Karl-Johan"),
    ("Vi frågade Sven-Inger Xylofon.", "Sven-Inger Xylofon"),
    ("Ahmeds moped låter.", "Ahmeds"),
    ("Vi såg Anna von Essen där.", "Anna von Essen"),
    ("Samtal med Omar al Masri i går.", "Omar al Masri"),
    ("K. Andersson bor här.", "K. Andersson"),
    ("Fråga M Lindgren.", "M Lindgren"),
    ("Anna K. såg det.", "Anna K"),
    ("En kille som heter Qvirre kör.", "Qvirre"),
    ("han heter qvirre", "qvirre"),
    ("De kallar honom Burken.", "Burken"),
    ("Rektor Blåtand svarar inte.", "Blåtand"),
    ("Grannen Pixel larmade.", "Pixel"),
    ("Familjen Berg har flyttat.", "Berg"),
    ("Vi pratade med Lindgren i styrelsen.", "Lindgren"),
    ("andersson på tvåan", "andersson"),
    ("Vi såg Björn vid kiosken.", "Björn"),
    ("Stig Björk klagar.", "Stig Björk"),
    ("Siv och Stig går nattvandring.", "Siv"),
    ("Igår såg jag Qaspar Lindqvist där.", "Qaspar Lindqvist"),
    ("Mvh Qvirre", "Qvirre"),
]

NO_NAMES = [
    "Viktor Rydbergs gata är mörk.",
    "Selma Lagerlöfs torg och Karl Johansgatan.",
    "På Sankt Eriksplan och vid Drottning Kristinas väg.",
    "Birger Jarlsgatan och Nils Ericson-terminalen.",
    "Stig av bussen. Björn syns ibland. Sten kastas. Liv behövs.",
    "stig, björn, sten, liv, maj, hans, love, dag, bo och my",
    "I Maj och den 1 Maj är det fullt.",
    "Varje Dag är lika lång.",
    "Kafé Linnea, Restaurang Emil och Projekt Love.",
    "Stormen Gudrun fällde träd.",
    "Karlssons Livs och Anderssons bageri.",
    "Nilsson & Co och Larsson AB bygger.",
    "Clas Ohlson säljer lampor, Willys har öppet.",
    "Vanliga Svensson bryr sig.",
    "Vi bor i Berg, Lund och Norberg.",
    "Lindesberg och Karlskrona.",
    "Skolan heter Qvirre. Appen heter Trygg.",
    "Han heter något annat.",
    "En så kallad Trygghetskväll.",
    "SÄTT UPP FLER LAMPOR PÅ STORA TORGET I MORA",
    "Kommunalrådet och kommunpolisen kom.",
    "Hälsningar Styrelsen",
    "Fråga ordföranden Kommunstyrelsen väljer.",
    "– Inga lampor lyser. • Mina barn är rädda.",
]


@pytest.mark.parametrize(("text", "name"), NAMES, ids=[text for text, _ in NAMES])
def test_a_name_is_found(text: str, name: str) -> None:
    first = find_identifying(text)[0]
    assert (first.kind, text[first.start : first.end]) == ("name", name)


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_looks_like_a_name_passes(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_identifying(text)] == []


def test_places_that_are_told_are_no_surnames() -> None:
    text = "Det blåser mer kring torget, men Hellström är lugnt."
    assert [hit.kind for hit in find_identifying(text)] == ["name"]
    assert find_identifying(text, places=frozenset({"hellström"})) == ()
    both = "Anna Hellström bor där."
    (hit,) = find_identifying(both, places=["hellström"])
    assert both[hit.start : hit.end] == "Anna Hellström"


def test_a_name_keeps_its_number_beside_it() -> None:
    text = "Ring Fatima på 070-174 06 05."
    assert [hit.kind for hit in find_identifying(text)] == ["name", "phone"]


def test_the_lists_are_in_small_letters_and_what_is_ambiguous_is_in_them() -> None:
    for names, words in (
        (first_names.FIRST_NAMES, first_names.ALSO_WORDS),
        (surnames.SURNAMES, surnames.ALSO_WORDS),
    ):
        assert words < names
        assert all(name == name.casefold() and name.strip() for name in names)
    assert len(first_names.FIRST_NAMES) > 2_000
    assert len(surnames.SURNAMES) > 1_000

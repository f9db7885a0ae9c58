"""The first day: no places are loaded, and the pages stand all the same."""

from __future__ import annotations


def test_pages_stand_before_anything_is_loaded(db, page):
    assert "Inga uppgifter är inlästa än" in page("/om/data/").text
    assert page("/").h1 == "Vad har lovats där du bor?"
    assert page("/kommuner/").h1 == "Kommuner"
    assert "Vi hittade inget för ”Mora”" in page("/?plats=Mora").headings


def test_a_position_finds_nothing_then(db, page):
    assert "Platsen ligger utanför Sverige" not in page("/").text
    assert page("/?lat=61.00&lon=14.54").h1

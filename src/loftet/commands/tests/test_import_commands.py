"""Importing places and promises from the command line."""

from __future__ import annotations

import json

import pytest

from loftet.domain.places.models import Municipality
from loftet.domain.places.tests.loading import load_places
from loftet.domain.promises.models.retold import RetoldPromise

pytestmark = pytest.mark.django_db

GOOD = {
    "id": "mora-2024",
    "kommun": ["Mora"],
    "ar_fran": 2024,
    "ar_till": 2025,
    "posttyp": "löfte",
    "nivå": "kommun",
    "kalla_url": "https://exempel.se/mora",
    "hela_sidan_lästes": True,
    "underlag": [],
    "problem": "Buskörning i centrum.",
    "åtgärder": [{"text": "Trafikkontroller", "ansvarig": ["polis"], "antal": 2, "enhet": "kontroller"}],
    "flaggor": {"problem": "ja", "konkret_åtgärd_vem_när": "delvis", "uppföljning_med_mått": "nej"},
}


@pytest.fixture
def places(ready, home):
    ready("places", load_places)


def written(path, *records) -> str:
    path.write_text(json.dumps({"löften": records}, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_places_are_loaded_once(loftet, home):
    said = loftet("import", "places")
    assert said.code == 0
    assert said.out.startswith("Orterna är inlästa: ")
    assert Municipality.objects.count() == 290
    assert loftet("import", "places").out == "Alla orter fanns redan.\n"


def test_promises_go_in_and_the_last_line_counts_them(places, loftet, tmp_path):
    file = written(tmp_path / "löften.json", GOOD, {**GOOD, "id": "mora-2025", "färg": "blå"})
    said = loftet("import", "promises", file)
    assert (said.code, said.out.splitlines()[-1]) == (0, "2 lästes in, 0 fanns redan, 0 avvisades.")
    assert 'mora-2025, färg: "blå"' in said.out
    assert loftet("import", "promises", file).out.splitlines()[-1] == "0 lästes in, 2 fanns redan, 0 avvisades."
    assert RetoldPromise.objects.count() == 2


def test_a_refused_record_ends_with_one_and_the_others_go_in(places, loftet, tmp_path):
    file = written(tmp_path / "löften.json", GOOD, {**GOOD, "id": "x-2025", "kommun": ["Ankeborg"]})
    said = loftet("import", "promises", file)
    assert (said.code, said.out.splitlines()[-1]) == (1, "1 lästes in, 0 fanns redan, 1 avvisades (okänd kommun: 1).")
    assert "Avvisad: x-2025. Det finns ingen kommun som heter ”Ankeborg”." in said.out
    assert RetoldPromise.objects.count() == 1


def test_a_changed_retelling_takes_the_older_ones_place_only_when_asked(places, loftet, tmp_path):
    loftet("import", "promises", written(tmp_path / "a.json", GOOD))
    changed = written(tmp_path / "b.json", {**GOOD, "problem": "Nytt problem."})
    assert loftet("import", "promises", changed).code == 1
    assert RetoldPromise.objects.get().problem == "Buskörning i centrum."
    assert loftet("import", "promises", changed, "--replace").code == 0
    assert RetoldPromise.objects.get().problem == "Nytt problem."


@pytest.mark.parametrize(
    ("content", "swedish", "english"),
    [
        (b'{"l\xc3\xb6ften": [\n  {"id": }\n]}', "rad 2, tecken 10", "line 2, column 10"),
        (b"\xff\xfe\x00", "inte text i UTF-8", "not text in UTF-8"),
        (b"[]", "ett JSON-objekt med listan ”löften”", "a JSON object with one list “löften”"),
        (b"{}", "ingen lista ”löften”", "a JSON object with one list “löften”"),
        (None, "gick inte att öppna", "could not be opened: No such file"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_nothing_goes_in(content, swedish, english, places, loftet, tmp_path, request):
    file = tmp_path / "fil.json"
    if content is not None:
        file.write_bytes(content)
    for sentence, prepare in ((swedish, lambda: None), (english, lambda: request.getfixturevalue("in_english"))):
        prepare()
        said = loftet("import", "promises", file)
        assert (said.code, said.out) == (1, "")
        assert sentence in said.err.splitlines()[-1]
        assert str(file) in said.err.splitlines()[-1]
    assert not RetoldPromise.objects.exists()

"""Löftesboken for people: what each entry says in words, the exact characters behind them, and the proof."""

from __future__ import annotations

import json

import pytest

from loftet.domain.base import clock
from loftet.domain.register import actions as register
from loftet.domain.register import keys, queries
from loftet.domain.register.models import Content
from loftet.faces.public.register import news, reading

NOW = clock.now()


@pytest.fixture
def signed(chain, log_key):
    """The chain under a signed checkpoint."""
    register.sign_checkpoint()
    return chain


def number_of(kind: str) -> int:
    return queries.entries(kind=kind).get().number


def test_the_list_says_what_happened_and_about_what(chain, page):
    text = page("/loftesboken/").text
    for said in (
        "En dialog publicerades: Trygg i centrum",
        "En dialog stängde: Trygg i centrum",
        "En problembild skrevs under av båda parter: Gemensam problembild för Provby, Provby",
        "Ett medborgarlöfte skrevs under av båda parter: Lugnare kvällar i centrum, Provby",
        "En åtgärd rapporterades: Lokalpolisområde Provby: Fotpatrull på torget",
        "Ett svar till dem som var med publicerades: Provby kommun om dialogen Trygg i centrum",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("kind", "heading", "said"),
    [
        ("dialogue.opened", "Dialogen", "Vad skulle göra dig tryggare i centrum?"),
        ("dialogue.closed", "Dialogen", "Deltagare 20"),
        ("picture.in_force", "De undertecknade orden", "Mörkt i stadsparken"),
        ("promise.in_force", "De undertecknade orden", "minst 2 pass i veckan"),
        ("report", "Rapporten", "Gjort 20 pass"),
        ("feedback.published", "Svaret", "Vi har lovat det."),
    ],
)
def test_an_entry_reads_in_words(chain, page, kind, heading, said):
    shown = page(f"/loftesboken/{number_of(kind)}/")
    assert heading in shown.headings
    assert said in shown.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "link", "leads"),
    [
        ("dialogue.opened", "Gå till dialogen", "Trygg i centrum"),
        ("picture.in_force", "Gå till problembilden", "Gemensam problembild för Provby"),
        ("promise.in_force", "Gå till löftet", "Lugnare kvällar i centrum"),
        ("report", "Gå till löftet", "Lugnare kvällar i centrum"),
        ("feedback.published", "Gå till svaret", "Svar till er som var med i Trygg i centrum"),
    ],
)
def test_an_entry_leads_to_what_it_is_about(chain, page, kind, link, leads):
    assert page(f"/loftesboken/{number_of(kind)}/").link(link).follow().page.h1 == leads


def test_no_part_of_an_entry_is_left_out_of_the_exact_characters(chain, client):
    for entry in queries.entries().prefetch_related("contents"):
        html = client.get(f"/loftesboken/{entry.number}/").content.decode()
        for content in entry.contents.all():
            assert content.salt in html
        for commitment in json.loads(entry.envelope)["parts"].values():
            assert commitment in html


def test_every_part_of_a_dialogue_has_words_of_its_own(chain):
    for kind in ("dialogue.opened", "dialogue.closed"):
        assert set(reading.parts_of(queries.entries(kind=kind).get())) <= set(reading.DIALOGUE_PARTS)


def test_a_new_entry_waits_for_its_proof_and_then_has_it(chain, log_key, page):
    assert "oftast inom någon minut" in page("/loftesboken/3/").text
    register.sign_checkpoint()
    text = page("/loftesboken/3/").text
    assert "kontrollpunkten för 6" in text
    assert "oftast inom någon minut" not in text


def test_withheld_words_leave_an_entry_that_says_so(signed, page, monkeypatch):
    entry = queries.entry(number_of("report"))
    monkeypatch.setattr(queries, "entry", lambda number: Withheld(entry))
    shown = page(f"/loftesboken/{entry.number}/")
    assert "En del av orden visas inte" in shown.text
    assert "inget beslut om det står i Löftesboken" in shown.text
    assert "Vägen till roten" in shown.text
    assert "Rapporten" not in shown.headings


class Withheld:
    """An entry whose contents have been withheld by decision; the envelope stands."""

    def __init__(self, entry):
        self.entry, self.contents = entry, self

    def __getattr__(self, name):
        return getattr(self.entry, name)

    @staticmethod
    def all():
        return Content.objects.none()


def test_the_list_turns_pages_and_survives_nonsense(cast, page, client):
    for number in range(30):
        register.append(
            kind="dialogue.opened", subject=f"prov{number:08}", parts={"title": f"Fråga {number:02}"}, at=NOW
        )
    first = page("/loftesboken/")
    assert "Fråga 29" in first.text
    assert "Fråga 04" not in first.text
    assert "Fråga 04" in first.link("Nästa").follow().page.text
    for nonsense in ("0", "99", "x", "-1"):
        assert client.get(f"/loftesboken/?sida={nonsense}").status_code == 200


def test_the_book_can_be_empty(db, page):
    assert "Boken är tom" in page("/loftesboken/").text
    assert "Boken har ingen kontrollpunkt än." in page("/loftesboken/kontrollera/").text


def test_how_to_check_names_the_files_that_it_offers(signed, page):
    shown = page("/loftesboken/kontrollera/")
    assert "loftet verify loftesboken.jsonl --public-key nyckel.txt" in shown.text
    assert keys.public_key().vkey in shown.text
    assert shown.link("Hämta boken").address == "/loftesboken/export.jsonl"


@pytest.mark.parametrize("number", ["6", "999999", "9" * 30])
def test_a_number_that_is_not_there(chain, client, number):
    assert client.get(f"/loftesboken/{number}/").status_code == 404


def test_news_are_the_newest_entries_with_links_that_lead_somewhere(chain, client):
    items = news.latest()
    assert [item["what"] for item in items] == [
        "Ett svar till dem som var med publicerades",
        "Ett medborgarlöfte skrevs under av båda parter",
        "En problembild skrevs under av båda parter",
        "En dialog stängde",
        "En dialog publicerades",
    ]
    assert items[1]["title"] == "Lugnare kvällar i centrum, Provby"
    for item in items:
        assert client.get(item["url"], follow=True).status_code == 200


def test_a_register_that_began_anew_says_so_and_why(fresh_database, log_key, client):
    register.append(kind="report", subject="abcdefghjkm1", parts={"report": "{}"})
    lost = register.sign_checkpoint().note
    fresh_database()
    register.restart(reason="Disken gick sönder.")
    page = client.get("/loftesboken/0/").page
    assert "Löftesboken började om" in page.text
    assert "Skäl Disken gick sönder." in page.text
    assert lost.splitlines()[2] in page.text

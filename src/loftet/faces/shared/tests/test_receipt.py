"""The receipt: what stands on the sheet, in which order, and what it says when something is missing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from loftet.faces.shared import gallery
from loftet.faces.shared.receipt import (
    Answer,
    Band,
    MeasureLine,
    ProblemPart,
    Receipt,
    SignatureLine,
    Source,
    Voices,
)
from loftet.testing.page_rules import check_page

BARE = Receipt(band=Band("Mora kommun", "2026"), title="Lugnare kvällar")


def drawn(receipt: Receipt) -> str:
    return render_to_string("shared/receipt.html", {"receipt": receipt})


def words(html: str) -> str:
    """What is read, without marks and with ordinary spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def on_a_page(html: str) -> str:
    """A receipt as a page's whole content, for the house rules."""
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Lugnare kvällar i centrum</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="Löfte">'
        f'</head><body><a href="#innehall">Hoppa</a><main id="innehall">{html}</main></body></html>'
    )


def test_it_reads_top_to_bottom():
    text = words(drawn(gallery.sharp_receipt()))
    order = [
        "Mora kommun Medborgarlöfte 2026",
        "Lugnare kvällar i centrum",
        "Skarpt löfte",
        "Problemet",
        "Det här gör vi",
        "Så följer vi upp",
        "Gjorde vi det?",
        "Hjälpte det?",
        "Fyra röster om löftet",
        "Underskrifter",
        "Löftesboken",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("level", [1, 2])
def test_its_headings_follow_where_it_stands(level):
    html = drawn(replace(gallery.sharp_receipt(), heading_level=level))
    assert f'<h{level} class="receipt-title">Lugnare kvällar i centrum</h{level}>' in html
    assert html.count(f"<h{level + 1}>") == 7


def test_it_keeps_the_house_rules_as_a_page():
    assert check_page(on_a_page(drawn(replace(gallery.sharp_receipt(), heading_level=1)))) == []


def test_a_measure_has_its_amount_bar_status_and_source():
    text = words(drawn(gallery.sharp_receipt()))
    assert "Polisen går till fots på torget och vid resecentrum minst 2 pass i veckan" in text
    assert "Pågår 81 av 104 pass, enligt planen. Polisens rapport , 3 oktober 2026".replace(" ,", ",") in text
    assert "Rapporten är sen" in text


def test_all_bars_stand_in_one_table():
    html = drawn(gallery.sharp_receipt())
    assert html.count("Visa talen som tabell") == 1
    table = html[html.index("<caption>Gjort mot lovat</caption>") :]
    assert table.index("Polisen går till fots") < table.index("Trygghetsvandring")


def test_the_two_answers_are_never_merged():
    html = drawn(replace(BARE, did_we="Två åtgärder är gjorda."))
    assert "Två åtgärder är gjorda." in html
    assert "Inget är mätt än." in html
    html = drawn(replace(BARE, did_it_help="Målet är nått."))
    assert "Inget är rapporterat än." in html


def test_the_four_voices_stand_apart_and_silence_is_said():
    html = drawn(replace(BARE, voices=Voices(residents=Answer("Ungefär 4 av 10 märker skillnad."))))
    text = words(html)
    assert "De som bor här säger Ungefär 4 av 10 märker skillnad." in text
    assert "Parterna säger Parterna har inte rapporterat än." in text
    assert "Mätningen säger Inget är mätt än." in text
    assert "En oberoende granskare säger Ingen oberoende har granskat än." in text
    assert html.count('class="silent"') == 3


def test_signatures_are_equal_lines_and_an_unsigned_one_waits():
    lines = (
        SignatureLine("Mora kommun", "Anna Exempel", "ordförande", "12 december 2025"),
        SignatureLine("Polisen", role="chef för lokalpolisområdet"),
    )
    html = drawn(replace(BARE, signatures=lines))
    assert html.count('<div class="signature">') == 2
    text = words(html)
    assert "Anna Exempel Mora kommun ordförande 12 december 2025" in text
    assert "Väntar på underskrift Polisen chef för lokalpolisområdet" in text


def test_an_ambition_says_what_it_lacks():
    text = words(drawn(gallery.ambition_receipt()))
    assert "Ambition Det här saknas för ett skarpt löfte: ”Vara mer synliga vid skolorna”" in text
    assert "skriv hur mycket eller vad som ska finnas på plats." in text
    assert "Skarpt löfte " not in text


def test_what_another_decides_is_said():
    line = MeasureLine(text="Sänkt hastighet", amount="klart 2027", who="Kommunen", depends_on="Trafikverket")
    assert "Vi arbetar för det. Trafikverket beslutar." in words(drawn(replace(BARE, measures=(line,))))


def test_what_there_is_nothing_to_say_about_is_left_out():
    text = words(drawn(BARE))
    for heading in (
        "Problemet",
        "Det här gör vi",
        "Så följer vi upp",
        "Gjorde vi det?",
        "Fyra röster",
        "Underskrifter",
    ):
        assert heading not in text
    assert "Löftesboken" not in text
    assert "None" not in text


def test_a_made_up_and_a_retold_promise_say_so_first():
    html = drawn(replace(BARE, simulated="Talen är påhittade."))
    assert html.index("Talen är påhittade.") < html.index("receipt-title")
    source = Source("kommunens webbplats", "maj 2024", "https://example.org/lofte")
    html = drawn(replace(BARE, retold="Inte undertecknat i Löftet. Återgivet från", retold_source=source))
    assert "Återgivet" in html
    assert '<a href="https://example.org/lofte">kommunens webbplats</a>, maj 2024' in html


def test_everything_on_it_is_escaped():
    evil = "<script>x</script>"
    receipt = replace(
        BARE,
        title=evil,
        summary=evil,
        missing=(evil,),
        label="ambition",
        problem=ProblemPart(what=evil, where=evil, sources=(Source(evil),)),
        measures=(MeasureLine(text=evil, amount=evil, who=evil),),
        followup=evil,
        did_we=evil,
        voices=Voices(parties=Answer(evil)),
        signatures=(SignatureLine(evil, evil, evil, evil, evil),),
        register_code=evil,
        address=evil,
    )
    html = drawn(receipt)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 16


def test_several_receipts_can_share_a_page():
    html = drawn(gallery.sharp_receipt()) + drawn(gallery.ambition_receipt())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))

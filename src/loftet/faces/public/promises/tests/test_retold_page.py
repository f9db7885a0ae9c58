"""The page of a retold promise: says that it is retold, what the source says, and nothing that is ours to say."""

from __future__ import annotations

import pytest
from django.shortcuts import render
from django.test import RequestFactory

from loftet.domain.promises.importers.retold import bundled_document, import_retold
from loftet.domain.promises.queries import retold as queries
from loftet.domain.promises.tests.retold_world import AT, a_record, make_municipalities, with_measure
from loftet.faces.public.promises import retold
from loftet.testing.page_rules import Document, check_document


@pytest.fixture
def municipalities(db):
    return make_municipalities()


def page_of(record: dict) -> retold.RetoldPage:
    assert import_retold({"löften": [record]}, at=AT).refused == ()
    return retold.page_of(queries.all_retold()[0])


def open_page(key: str) -> Document:
    """The page of a record, which goes in as it was told unless it is there already."""
    if not queries.loaded().filter(source_key=key).exists():
        import_retold({"löften": [a_record(key)]}, at=AT)
    found = queries.retold_by_id(queries.loaded().get(source_key=key).public_id)
    context = retold.context(found, found.place)
    return Document(render(RequestFactory().get("/"), retold.TEMPLATE, context).content.decode())


def words(document: Document) -> str:
    return document.text(document.all("main")[0])


@pytest.mark.long
def test_every_retold_promise_keeps_the_house_rules(municipalities):
    import_retold(bundled_document(), at=AT)
    broken = {promise.source_key: check_document(open_page(promise.source_key)) for promise in queries.loaded()}
    assert len(broken) == 44
    assert not {key: rules for key, rules in broken.items() if rules}


def test_the_page_says_that_it_is_retold_and_never_signed_here(municipalities):
    page = open_page("laxa-2018")
    said = words(page)
    assert page.text(page.all("h1")[0]) == "Medborgarlöfte i Laxå 2018–2020"
    assert "Återgivet Inte underskrivet här" in said
    assert "Hela sidan lästes. Uppgifterna lades in här 2 mars 2026." in said.replace("\u00a0", " ")
    assert "Bara en del av sidan lästes" not in said
    assert "1 juli 2018 – 30 juni 2020" in said.replace("\u00a0", " ")
    assert "Ingen av dem har skrivit under här." in said
    assert not [e for e in page.elements if set(e.get("class", "").split()) & {"signature", "signatures", "status"}]


def test_what_was_not_seen_is_unknown_and_not_a_no(municipalities):
    said = words(open_page("jonkoping-2024"))
    assert "Det som är okänt här kan alltså stå längre ned på sidan eller i ett bifogat dokument." in said
    assert "mot vilket mått? Okänt. Det syntes inte i den del som lästes." in said
    said = words(open_page("laxa-2018"))
    assert "mot vilket mått? Nej." in said


def test_sources_are_links_that_say_they_lead_away(municipalities):
    page = open_page("lidingo-2019")
    links = [(link.text, link.get("href")) for link in page.all("a") if "external" in link.get("rel", "")]
    assert links == [
        ("polisen.se", "https://polisen.se/om-polisen/medborgarloften/lidingo-/"),
        ("polisen.se, sida 2", "https://polisen.se/aktuellt/nyheter/2019/januari/vi-har-lyssnat-pa-dig/"),
    ]
    assert [link.get("href") for link in page.all("a") if link.text == "Till Lidingö"] == ["/lidingo/"]


def test_a_source_that_is_no_web_address_is_text_and_never_a_link(municipalities):
    page = page_of(a_record(fler_källor=["javascript:alert(1)", "Protokoll 2018-09-12", "http://www.laxa.se/"]))
    assert [(source.name, source.address) for source in page.sources[1:]] == [
        ("javascript:alert(1)", ""),
        ("Protokoll 2018-09-12", ""),
        ("laxa.se", "http://www.laxa.se/"),
    ]


@pytest.mark.parametrize(
    ("measure", "who", "details"),
    [
        ({"antal": 3, "enhet": "kontakter", "per": "vecka (snitt)"}, "Polisen", ["i snitt 3 kontakter i veckan"]),
        ({"antal": 3, "enhet": "kontakter", "per": "vecka (minst)"}, "Polisen", ["minst 3 kontakter i veckan"]),
        ({"antal": 3, "enhet": "kontakter", "per": "vecka"}, "Polisen", ["3 kontakter i veckan"]),
        ({"antal": 1, "enhet": "arbetsdag"}, "Polisen", ["1 arbetsdag"]),
        ({"antal": 2.5, "per": "perioden"}, "Polisen", ["2,5 under hela perioden"]),
        ({"per": "termin"}, "Polisen", ["per termin"]),
        ({"plats": "torget", "nar": "kväll"}, "Polisen", ["torget", "kväll"]),
        ({"ansvarig": ["kommun", "polis"]}, "Kommunen och polisen tillsammans", []),
        ({"ansvarig": ["polis", "annan:McDonald's"]}, "Polisen och McDonald’s tillsammans", []),
        ({"ansvarig": ["regionen"]}, "Regionen", []),
        ({"ansvarig": []}, "", []),
    ],
)
def test_a_measure_says_what_is_told_and_no_more(municipalities, measure, who, details):
    line = page_of(with_measure(**measure)).measures[0]
    assert (line.who, [detail.replace("\u00a0", " ") for detail in line.details]) == (who, details)


@pytest.mark.parametrize(
    ("changes", "heading", "period"),
    [
        ({"ar_fran": 2018, "ar_till": 2020}, "Medborgarlöfte i Laxå 2018–2020", "2018–2020"),
        ({"ar_fran": 2019, "ar_till": 2019}, "Medborgarlöfte i Laxå 2019", "2019"),
        ({"ar_fran": 2024, "ar_till": None}, "Medborgarlöfte i Laxå från 2024", "Från 2024"),
        ({"ar_fran": None, "ar_till": 2021}, "Medborgarlöfte i Laxå till och med 2021", "Till och med 2021"),
        ({"ar_fran": None, "ar_till": None}, "Medborgarlöfte i Laxå", "Vilka år löftet gäller framgår inte."),
        ({"posttyp": "förlängning"}, "Förlängt medborgarlöfte i Laxå 2018–2020", "2018–2020"),
        ({"posttyp": "uppföljning"}, "Uppföljning av medborgarlöfte i Laxå 2018–2020", "2018–2020"),
        ({"posttyp": "avtal"}, "Uppgift om medborgarlöfte i Laxå 2018–2020", "2018–2020"),
    ],
)
def test_the_heading_says_what_it_is_where_and_when(municipalities, changes, heading, period):
    page = page_of(a_record(period_exakt=None, **changes))
    assert (page.heading, page.period) == (heading, period)


def test_several_municipalities_are_named_together(municipalities):
    said = words(open_page("sot-2023"))
    assert "Medborgarlöfte i Stenungsund, Orust och Tjörn 2023–2024" in said
    assert "Löftet gäller tre kommuner tillsammans: Stenungsund, Orust och Tjörn." in said
    assert "Kommunerna" in said
    assert "kommundirektör (tre personer)" in said


def test_what_was_not_recognised_is_shown_plainly(municipalities):
    measure = {"text": "Fotpatrull", "ansvarig": ["polis"], "antal": 2, "per": "dygn"}
    import_retold({"löften": [a_record(posttyp="avtal", bilaga={"sidor": 4}, åtgärder=[measure])]}, at=AT)
    page = open_page("laxa-2018")
    assert check_document(page) == []
    said = words(page)
    assert "Kändes inte igen: per dygn" in said
    assert "posttyp avtal" in said
    assert 'bilaga {"sidor": 4}' in said


def test_words_from_a_file_are_words_and_never_markup(municipalities):
    import_retold({"löften": [a_record(problem='<script>alert(1)</script> "Otrygghet"', kostnad="<b>5</b>")]}, at=AT)
    page = open_page("laxa-2018")
    assert check_document(page) == []
    assert "<script>alert(1)</script> ”Otrygghet”" in words(page)
    assert "kostnad <b>5</b>" in words(page)

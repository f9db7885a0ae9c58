"""The public pages about places, as people meet them. The client checks the house rules on each."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from loftet.domain.followup import queries as followup
from loftet.domain.places import actions, names, queries
from loftet.domain.places.models import Municipality
from loftet.domain.places.tests.loading import LOADED_AT, double_the_municipalities
from loftet.faces.public.places import presenters, states

WORDS = {state.key: state.word for state in states.STATES}


@pytest.fixture
def stands(places, monkeypatch):
    """Let municipalities stand in given states, by name of municipality."""

    def stand(**by_slug: str) -> None:
        found = {queries.municipality(slug.replace("_", "-")).pk: key for slug, key in by_slug.items()}
        monkeypatch.setattr(followup, "states_by_municipality", lambda: found)

    return stand


# --- Start -----------------------------------------------------------------------------------------------------------
def test_the_start_page_leads_to_every_county(places, page):
    start = page("/")
    assert start.h1 == "Vad har lovats där du bor?"
    for county in queries.counties():
        assert start.link(county.name).address == f"/lan/{county.slug}/"


def test_searching_for_a_town_leads_to_its_municipality(places, page):
    found = page("/").form("Hitta din plats").fill("Kommun eller ort", "Kårsta").submit().page
    assert "Här ligger Kårsta." in found.text
    assert found.link("Vallentuna").address == "/vallentuna/"
    assert found.form("Hitta din plats").value("Kommun eller ort") == "Kårsta"


@pytest.mark.parametrize(("sought", "address"), [("mora", "/mora/"), ("Gallivare", "/gallivare/")])
def test_a_municipality_written_out_is_arrived_at_at_once(places, client, sought, address):
    response = client.get("/", {"plats": sought})
    assert (response.status_code, response["Location"]) == (302, address)


def test_two_of_the_same_name_are_both_offered(places, page):
    found = page("/?plats=habo")
    assert found.link("Habo").address == "/habo-jonkoping/"
    assert found.link("Håbo").address == "/habo-uppsala/"


def test_a_misspelt_name_is_asked_back(places, page):
    found = page("/?plats=Gälivare")
    assert "Ingen heter ”Gälivare”. Menade du någon av de här?" in found.headings
    assert found.link("Gällivare").address == "/gallivare/"


def test_a_county_is_found_too(places, page):
    assert "Det här hittade vi för ”skåne”" in page("/?plats=skåne").headings


def test_nothing_found_says_what_to_do(places, page):
    found = page("/?plats=qqqqqqq")
    assert "Vi hittade inget för ”qqqqqqq”" in found.headings
    assert found.link("välja i listan över alla kommuner").address == "/kommuner/"


def test_what_is_sought_is_shown_as_text(places, client):
    html = client.get("/", {"plats": "<b>fet</b>"}).content.decode()
    assert "<b>fet</b>" not in html
    assert "&lt;b&gt;fet&lt;/b&gt;" in html


def test_a_search_is_kept_out_of_search_engines(places, client):
    assert "noindex" in client.get("/?plats=qqqqq").content.decode()
    assert "noindex" not in client.get("/").content.decode()


def test_a_position_within_at_sea_and_far_away(places, page):
    assert "Du verkar vara i Mora, Dalarnas län." in page("/?lat=61.00&lon=14.54").text
    assert "Närmast ligger Gotland" in page("/?lat=57.90&lon=18.00").text
    assert "Platsen ligger utanför Sverige." in page("/?lat=48.85&lon=2.35").text


def test_a_position_is_no_finer_than_a_kilometre_whatever_is_sent(places, client, monkeypatch):
    asked = []
    monkeypatch.setattr(queries, "nearest", lambda lat, lon: asked.append((lat, lon)))
    client.get("/?lat=61.00712345&lon=14.54321987")
    assert asked == [(61.01, 14.54)]


@pytest.mark.parametrize("query", ["lat=norr&lon=14", "lat=61", "lat=nan&lon=14", "lat=inf&lon=14", "lat=1e999&lon=1"])
def test_a_position_that_is_none_breaks_nothing(places, client, query):
    assert client.get(f"/?{query}").status_code == 200


def test_news_are_listed_when_there_are_any(places, rf):
    item = {"title": "Lugnare kvällar", "url": "/mora/", "what": "Nytt löfte i Mora", "day": LOADED_AT.date()}
    html = render_to_string("public/places/start.html", {"news": [item]}, rf.get("/"))
    assert "Vad är nytt?" in html
    assert "Nytt löfte i Mora" in html
    assert "Vad är nytt?" not in render_to_string("public/places/start.html", {}, rf.get("/"))


def test_the_first_view_is_light(places, client):
    html = client.get("/").content
    files = ["shared/loftet.css", "public/places/places.css", "public/places/position.js", "shared/favicon.svg"]
    weights = [len(gzip.compress(content)) for content in [html, *(Path(finders.find(f)).read_bytes() for f in files)]]
    assert sum(weights) < 60_000, weights
    assert weights[0] < 20_000


def test_position_script_sends_nothing_by_itself():
    script = Path(finders.find("public/places/position.js")).read_text(encoding="utf-8")
    assert all(word not in script for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "cookie"))
    assert script.count("toFixed(2)") == 2


# --- The map and its table -------------------------------------------------------------------------------------------
def test_map_and_table_say_the_same(stands, page, client):
    stands(mora="late", orsa="running", leksand="expired", rattvik="none_said")
    rows = {row[0]: row[-1] for row in page("/kommuner/").table("Kommuner")}
    assert rows["Mora"] == WORDS["late"]
    assert rows["Orsa"] == WORDS["running"]
    assert rows["Leksand"] == WORDS["expired"]
    assert rows["Rättvik"] == WORDS["none_said"]
    html = client.get("/").content.decode()
    counts = "1 kommun: uppföljning är sen. 1 kommun: löften gäller. 1 kommun: löften har gått ut."
    assert counts in html.replace("\xa0", " ")
    for pattern in ("late", "running", "expired", "none", "unknown"):
        assert html.count(f'id="fyllning-{pattern}"') == 1
        assert f'fill="url(#fyllning-{pattern})"' in html


def test_unknown_is_never_shown_as_none(stands, page, client):
    stands()
    table = page("/kommuner/").table("Kommuner")
    assert {row[-1] for row in table[1:]} == {WORDS["unknown"]}
    assert WORDS["unknown"] != WORDS["none_said"]
    assert "Att något inte är känt för Löftet betyder inte att kommunen saknar löften." in page("/").text
    assert "290 kommuner: inte känt för löftet" in client.get("/").content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("", "Ale", "Övertorneå"),
        ("namn", "Ale", "Övertorneå"),
        ("-namn", "Övertorneå", "Ale"),
        ("folkmangd", "Dorotea", "Stockholm"),
        ("-folkmangd", "Stockholm", "Dorotea"),
        ("lan", "Karlshamn", "Ödeshög"),
        ("polisregion", "Arvika", "Ödeshög"),
        ("-loften", "Ale", "Mora"),
        ("hittepå", "Ale", "Övertorneå"),
    ],
)
def test_the_table_is_sorted_by_the_address(stands, client, sort, first, last):
    stands(mora="late")
    html = client.get(f"/kommuner/?sortera={sort}", check=False).content.decode()
    names = re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', html)
    assert len(names) == 290
    assert (names[0], names[-1]) == (first, last)


def test_a_heading_turns_the_order_and_says_so(places, client):
    response = client.get("/kommuner/?sortera=folkmangd")
    assert 'aria-sort="ascending"><a href="?sortera=-folkmangd">Invånare' in response.content.decode()
    turned = response.page.link("Invånare").follow()
    assert 'aria-sort="descending"><a href="?sortera=folkmangd">Invånare' in turned.content.decode()


@pytest.mark.long
def test_pages_cost_the_same_on_twice_the_rows(places, client):
    addresses = ["/", "/kommuner/", "/lan/dalarna/", "/polisregioner/vast/", "/om/data/"]
    for address in addresses:
        client.get(address, check=False)

    def costs() -> dict[str, int]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address, check=False)
            found[address] = len(asked)
        return found

    before = costs()
    double_the_municipalities()
    assert costs() == before
    assert max(before.values()) <= 8, before


def test_an_example_without_a_county_is_shown_for_what_it_is(places, page, client):
    example = Municipality.objects.create(code="9899", name="Exempelby", is_example=True)
    actions.claim_slug(
        scope="kommun", wanted=example.name, subject_kind="municipality", subject=example.public_id, at=LOADED_AT
    )
    assert len(page("/kommuner/?sortera=lan").table("Kommuner")) == 292
    assert "Löftet vet inte vilket polisområde kommunen hör till." in page("/exempelby/").text
    assert page("/?plats=exempel").link("Exempelby").address == "/exempelby/"
    assert client.get("/exempelbyn/").page.link("Exempelby").address == "/exempelby/"


# --- Counties and police regions -------------------------------------------------------------------------------------
def test_a_county_shows_its_municipalities_on_map_and_in_table(stands, page):
    stands(mora="late")
    dalarna = page("/lan/dalarna/")
    table = dalarna.table("Dalarnas län")
    assert len(table) == 16
    assert ["Mora", "20 419", WORDS["late"]] in [[cell.replace("\xa0", " ") for cell in row] for row in table]
    on_map = {link.address for link in dalarna.links() if link.text in {row[0] for row in table[1:]}}
    assert len(on_map) == 15
    assert "286 048 (2025)" in dalarna.text.replace("\xa0", " ")


def test_a_police_region_says_how_its_districts_are_known(places, page):
    stockholm = page("/polisregioner/stockholm/")
    text = stockholm.text.replace("\xa0", " ")
    assert "14 uppgifter bygger på en obelagd bedömning och kan vara fel." in text
    assert "Kommunen delas mellan polisområdena Stockholm City, Stockholm Nord och Stockholm Syd." in text
    assert stockholm.link("Gotlands län").address == "/lan/gotland/"


@pytest.mark.parametrize("address", ["/lan/dalarnas-lan/", "/polisregioner/soder/"])
def test_what_is_not_there_is_not_found(places, client, address):
    assert client.get(address).status_code == 404


def test_every_source_is_told_with_licence_and_doubt(places, page):
    data = page("/om/data/")
    for source in queries.sources():
        assert source.title in data.headings
        assert source.licence in data.text
        assert source.note in data.text
    assert "102 uppgifter bygger på en obelagd bedömning" in data.text.replace("\xa0", " ")


# --- Arriving at a place ---------------------------------------------------------------------------------------------
def test_facts_carry_year_and_provenance(places, page):
    facts = page("/mora/").text.replace("\xa0", " ")
    assert "20 419 (2025)" in facts
    assert "Källa: orebronyheter.com 2018-04-09, om polisområdena Dalarna, Värmland och Örebro." in facts
    assert "(i arkivet Region-Dalarna/brott)" in facts


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("goteborg", "Uppgiften är en obelagd bedömning och kan vara fel."),
        ("nacka", "Källan säger bara hur många kommuner området har: 10. Källa: polisen.se"),
        ("umea", "Polisområdet är hela länet. Källa: Brå 2015-02-12"),
        ("stockholm", "Kommunen delas mellan polisområdena"),
    ],
)
def test_how_a_district_is_known_is_said_in_words(places, slug, words):
    assert words in presenters.district_basis(queries.municipality(slug))


def test_a_small_map_shows_the_municipality_in_its_county(places):
    drawn = presenters.place_facts(queries.municipality("mora")).map
    assert drawn.title == "Var Mora ligger"
    assert len(drawn.areas[0].path) + len(drawn.fills[0].path) < 3000


def test_the_shared_address_asks_which_one(places, page):
    asked = page("/habo/")
    assert asked.h1 == "Vilken kommun menar du?"
    assert asked.link("Håbo").address == "/habo-uppsala/"
    assert asked.link("Habo").address == "/habo-jonkoping/"


@pytest.mark.parametrize(("address", "to"), [("/håbo/", "/habo-uppsala/"), ("/Malmö/", "/malmo/")])
def test_an_address_as_it_is_said_leads_to_the_place(places, client, address, to):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, to)


def test_an_old_address_leads_on_with_the_rest_of_the_way(places, client):
    mora = queries.municipality("mora")
    actions.claim_slug(scope="kommun", wanted="Mora stad", subject_kind="municipality", subject=mora.public_id)
    response = client.get("/mora/medborgarloften/lugnt/?som=karta")
    assert (response.status_code, response["Location"]) == (301, "/mora-stad/medborgarloften/lugnt/?som=karta")


def test_an_address_nearly_right_gets_suggestions_and_one_far_off_is_not_found(places, client):
    nearly = client.get("/gallivarre/")
    assert nearly.status_code == 404
    assert nearly.page.link("Gällivare").address == "/gallivare/"
    assert client.get("/qqqqqqqq/", check=False).status_code == 404


def test_every_first_word_of_an_address_is_reserved():
    def first_words(patterns, before: str = ""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            word = route.lstrip("^").split("/")[0]
            if word or isinstance(pattern, URLPattern):
                yield word
            else:
                yield from first_words(pattern.url_patterns, route)

    found = {word for word in first_words(get_resolver("loftet.config.urls").url_patterns) if word and "<" not in word}
    assert {"skrivbord", "kommuner", "om", "id"} <= found
    assert {word for word in found if not names.is_reserved(word, top_level=True)} == set()

"""The test client refuses broken pages, and reads and fills in pages by their words."""

from __future__ import annotations

import pytest
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path

from loftet.testing.client import BrokenPage, NotOnThePage, PageClient

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{h1} – Löftet</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Prov"></head><body>
<a href="#m">Hoppa till innehållet</a><main id="m"><h1>{h1}</h1>{body}</main></body></html>"""
FORM = """<form method="post" action="../svar/" aria-label="Svara"><input type="hidden" name="hemligt" value="7">
<label for="ort">Ort <span>(frivilligt)</span></label><input id="ort" name="ort" value="Mora">
<label>Ålder <select name="alder"><option value="">Välj</option><option value="1" selected>Under 25</option>
<option value="2">25 och äldre</option></select></label>
<label>Berätta <textarea name="ord">
Hej</textarea></label>
<fieldset><legend>Belysning</legend><label><input type="radio" name="ljus" value="ja" checked>Ja</label>
<label><input type="radio" name="ljus" value="nej">Nej</label></fieldset>
<fieldset><legend>Vakter</legend><label><input type="radio" name="vakt" value="ja">Ja</label>
<label><input type="radio" name="vakt" value="nej">Nej</label></fieldset>
<label><input type="checkbox" name="val" value="a" checked>Alfa</label>
<label><input type="checkbox" name="val" value="b">Beta</label><input name="av" value="x" aria-label="Av" disabled>
<button name="gor" value="spara">Spara</button> <button name="gor" value="skicka">Skicka</button></form>"""
TABLE = """<table><caption>Svar</caption><tr><th scope="col">Ort</th><th scope="col">Antal</th></tr>
<tr><td>Mora</td><td><b>4</b>  st</td></tr></table>"""


def show(body: str = "", h1: str = "Provsida", status: int = 200, lang: str = "sv", **headers):
    html = PAGE.format(body=body, h1=h1, lang=lang)
    return lambda request: HttpResponse(html, status=status, headers=headers)


def echo(request):
    said = "; ".join(f"{key}={'+'.join(values)}" for key, values in sorted((request.POST or request.GET).lists()))
    origin = request.headers.get("Sec-Fetch-Site")
    return show(f'<p id="sagt">{said}</p><p id="fran">{origin}</p>', h1="Tack")(request)


class Site:
    """The addresses of a small site for these tests."""

    urlpatterns = [
        path("bra/", show(f'<p>Ett   två<br>tre</p><p><a href="/bra/">Läs mer</a></p>{TABLE}')),
        path("form/", show(FORM)),
        path("sok/", show('<form action="/svar/"><label>Ort <input name="ort"></label><button>Sök</button></form>')),
        path("svar/", echo),
        path("dalig/", show('<p style="color: red">Ett</p>')),
        path("borta/", show("<h3>Ett</h3>", status=404)),
        path("dod/", show('<a href="/finns/inte/">Vidare</a>')),
        path("vidare/", lambda request: HttpResponseRedirect("/dalig/")),
        path("engelska/", show('<p>We say "hi".</p>', lang="en", **{"Content-Language": "en"})),
        path("data/", lambda request: JsonResponse({"a": 1})),
    ]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = Site
    settings.MIDDLEWARE = []


def test_the_client_of_every_test_is_the_page_client(client):
    assert isinstance(client, PageClient)


def test_a_page_that_keeps_the_rules_is_read_by_its_words(client, page):
    read = client.get("/bra/").page
    assert read.h1 == "Provsida"
    assert read.title == "Provsida – Löftet"
    assert read.text == "Provsida Ett två tre Läs mer Svar Ort Antal Mora 4 st"
    assert [(link.text, link.address) for link in read.links()] == [
        ("Hoppa till innehållet", "#m"),
        ("Läs mer", "/bra/"),
    ]
    assert read.link("Läs mer").follow().page.h1 == "Provsida"
    assert read.table("Svar") == read.table() == [["Ort", "Antal"], ["Mora", "4 st"]]
    assert page("/bra/").h1 == "Provsida"


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("/dalig/", "has_no_inline_style"),
        ("/borta/", "headings_do_not_skip"),
        ("/dod/", "links_lead_to_routes"),
    ],
)
def test_a_page_that_breaks_a_rule_is_refused_unless_the_test_says_so(client, address, rule):
    with pytest.raises(BrokenPage, match=rf"GET {address} \(\d+\) breaks house rules:\n- {rule}:"):
        client.get(address)
    assert client.get(address, check=False).page.h1 == "Provsida"


def test_a_page_behind_a_redirect_is_checked_too(client):
    with pytest.raises(BrokenPage, match="GET /dalig/"):
        client.get("/vidare/", follow=True)
    assert client.get("/vidare/").status_code == 302
    assert client.get("/vidare/", follow=True, check=False).page.h1 == "Provsida"


def test_the_declared_language_is_the_one_that_counts(client):
    assert client.get("/engelska/").page.h1 == "Provsida"


def test_other_answers_than_pages_are_left_alone(client):
    assert client.get("/data/").json() == {"a": 1}


def test_a_form_is_sent_as_a_browser_sends_it(client):
    said = client.get("/form/").page.form("Svara").submit("Skicka").page.element("sagt")
    assert said == "alder=1; gor=skicka; hemligt=7; ljus=ja; ord=Hej; ort=Mora; val=a"


def test_a_form_is_filled_in_by_its_labels(client):
    form = client.get("/form/").page.form("Svara")
    form.fill("Ort", "Orsa").fill("Ålder", "25 och äldre").fill("Berätta", "Mer ljus")
    form.choose("Nej", of="Vakter").choose("Nej", of="Belysning").tick("Alfa", False).tick("Beta")
    said = form.submit("Spara").page.element("sagt")
    assert said == "alder=2; gor=spara; hemligt=7; ljus=nej; ord=Mer ljus; ort=Orsa; vakt=nej; val=b"


def test_a_search_form_is_sent_by_get(client):
    answer = client.get("/sok/").page.form().fill("Ort", "Mora").submit()
    assert answer.request["REQUEST_METHOD"] == "GET"
    assert answer.page.element("sagt") == "ort=Mora"
    assert answer.page.element("fran") == "same-origin"


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda page: page.link("Skriv under"), "Looked for one link ”Skriv under”. None fits."),
        (lambda page: page.form("Skriv under"), "On the page: Svara / Spara / Skicka."),
        (lambda page: page.form().fill("Postnummer", "1"), "On the page: Ort (frivilligt); Ålder; Berätta; Av."),
        (lambda page: page.form().choose("Nej"), "2 fits"),
        (lambda page: page.form().fill("Ålder", "90"), "On the page: Välj; Under 25; 25 och äldre."),
        (lambda page: page.form().submit(), "2 fits. On the page: Spara; Skicka."),
        (lambda page: page.table(), "nothing of the kind"),
        (lambda page: page.element("x"), "None fits. On the page: ort; m."),
    ],
)
def test_what_is_not_on_the_page_is_not_found(client, act, message):
    with pytest.raises(NotOnThePage) as refusal:
        act(client.get("/form/").page)
    assert message in str(refusal.value)

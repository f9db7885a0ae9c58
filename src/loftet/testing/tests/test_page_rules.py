"""Each page rule is shown to bite, by itself, and to let the right page pass."""

from __future__ import annotations

import pytest

from loftet.testing.page_rules import RULES, check_page

HEAD = (
    '<meta charset="utf-8"><title>Trygg i centrum – Provby</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="En dialog.">'
)
BEFORE = '<a href="#innehall">Hoppa till innehållet</a><header><a href="/">Löftet</a></header>'
MAIN = '<main id="innehall"><h1>Trygg i centrum</h1>{}</main>'


def page(body: str = "", *, head: str = HEAD, before: str = BEFORE, main: str = MAIN, lang: str = "sv") -> str:
    """A page that keeps every rule, with one part of it changed."""
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body>{before}{main.format(body)}</body></html>'


def broken_rules(html: str, **about) -> set[str]:
    return {sentence.split(":")[0] for sentence in check_page(html, **about)}


# The rule, what breaks it, and what keeps it in its stead.
IN_MAIN = [
    ("parses", "<p>Ett<ul><li>Två</li></ul></p>", "<p>Ett</p><ul><li>Två</li></ul>"),
    ("parses", "<div>", "<div></div>"),
    ("parses", '<p id="a" class="b" class="c">Ett</p>', '<p id="a" class="b c">Ett</p>'),
    ("parses", '<p><a href="/?a=1&b=2">Två val</a></p>', '<p><a href="/?a=1&amp;b=2">Två val</a></p>'),
    ("holds_only_what_it_may", "<span><div>Ett</div></span>", "<div><span>Ett</span></div>"),
    ("holds_only_what_it_may", "<ul><p>Ett</p></ul>", "<ul><li><p>Ett</p></li></ul>"),
    (
        "holds_only_what_it_may",
        "<span><a href='/'><div>Ett</div></a></span>",
        "<div><a href='/'><div>Ett</div></a></div>",
    ),
    ("holds_only_what_it_may", "<dl><li>Ett</li></dl>", "<dl><div><dt>Ett</dt><dd>1</dd></div></dl>"),
    (
        "presses_one_thing_at_a_time",
        '<a href="/"><button type="button">Öppna</button></a>',
        '<a href="/">Start</a><button type="button">Öppna</button>',
    ),
    ("uses_ids_once", '<p id="a">Ett</p><p id="a">Två</p>', '<p id="a">Ett</p><p id="b">Två</p>'),
    ("uses_ids_once", '<p id="">Ett</p>', "<p>Ett</p>"),
    ("uses_ids_once", '<p id="a b">Ett</p>', '<p id="a-b">Ett</p>'),
    ("uses_todays_html", "<center>Ett</center>", "<div>Ett</div>"),
    ("uses_todays_html", '<p align="center">Ett</p>', '<p class="centred">Ett</p>'),
    ("headings_do_not_skip", "<h3>Ett</h3>", "<h2>Ett</h2><h3>Två</h3><h2>Tre</h2>"),
    ("headings_do_not_skip", "<h2></h2>", "<h2>Ett</h2>"),
    ("fields_have_labels", '<input name="q">', '<label for="q">Sök</label><input id="q" name="q">'),
    ("fields_have_labels", '<label for="q"></label><input id="q">', "<label>Sök <input></label>"),
    ("fields_have_labels", '<textarea name="q"></textarea>', '<textarea name="q" aria-label="Sök"></textarea>'),
    (
        "fields_have_labels",
        "<label><select><option>Mora</option></select></label>",
        "<label>Kommun <select><option>Mora</option></select></label>",
    ),
    (
        "labels_lead_to_fields",
        '<label for="x">Sök</label><input id="q" aria-label="Sök">',
        '<label for="q">Sök</label><input id="q">',
    ),
    ("labels_lead_to_fields", "<label>Sök</label>", "<label>Sök <input></label>"),
    ("labels_lead_to_fields", '<label for="q">Sök</label><p id="q">Ett</p>', '<h2 id="q">Sök</h2>'),
    (
        "references_are_there",
        '<label>Sök <input aria-describedby="hjalp"></label>',
        '<label>Sök <input aria-describedby="hjalp"></label><p id="hjalp">Skriv en ort.</p>',
    ),
    ("buttons_have_names", '<button type="button"></button>', '<button type="button" aria-label="Stäng"></button>'),
    (
        "buttons_have_names",
        '<button type="button"><span aria-hidden="true">×</span></button>',
        '<button type="button"><span aria-hidden="true">×</span> Stäng</button>',
    ),
    ("buttons_have_names", '<input type="submit" value="">', '<input type="submit" value="Skicka">'),
    ("pictures_have_names", '<img src="/a.png">', '<img src="/a.png" alt="">'),
    ("pictures_have_names", '<svg role="img"><path d="M0 0"/></svg>', '<svg role="img"><title>Karta</title></svg>'),
    ("pictures_have_names", "<svg><path/></svg>", '<svg aria-hidden="true"><path/></svg>'),
    (
        "tables_have_headers",
        "<table><tr><td>1</td></tr></table>",
        '<table><tr><th scope="row">Antal</th><td>1</td></tr></table>',
    ),
    (
        "tables_have_headers",
        "<table><tr><th>Antal</th><td>1</td></tr></table>",
        '<table><tr><th scope="row">Antal</th><td>1</td></tr></table>',
    ),
    ("groups_have_names", "<fieldset><p>Ett</p></fieldset>", "<fieldset><legend>Ett</legend></fieldset>"),
    ("links_have_names", '<a href="/"><svg aria-hidden="true"></svg></a>', '<a href="/" aria-label="Start"></a>'),
    ("links_lead_somewhere", '<a href="">Start</a>', '<a href="/">Start</a>'),
    ("links_lead_somewhere", '<a href="#">Start</a>', '<a href="#innehall">Start</a>'),
    ("links_lead_somewhere", '<a href="#ovan">Upp</a>', '<a href="#innehall">Upp</a>'),
    ("links_lead_somewhere", '<a href="/mora//">Dialog</a>', '<a href="/mora/dialoger/">Dialog</a>'),
    ("links_lead_somewhere", '<a href="/mora/None/">Dialog</a>', '<a href="/none/">Dialog</a>'),
    ("links_lead_somewhere", '<form action="/None/"></form>', '<form action="/sok/"></form>'),
    ("has_no_inline_script", "<script>alert(1)</script>", '<script src="/static/a.js"></script>'),
    ("has_no_inline_script", "<script></script>", '<script type="application/ld+json">{"a": {"b": {}}}</script>'),
    ("has_no_inline_style", "<style>p { color: red }</style>", "<p>Ett</p>"),
    ("has_no_inline_style", '<p style="color: red">Ett</p>', '<p class="red">Ett</p>'),
    ("has_no_inline_handlers", '<p onclick="a()">Ett</p>', '<p data-on="a">Ett</p>'),
    ("has_no_inline_handlers", '<a href="javascript:a()">Ett</a>', '<a href="/a/">Ett</a>'),
    (
        "loads_nothing_from_elsewhere",
        '<script src="https://example.org/a.js"></script>',
        '<script src="/static/a.js"></script>',
    ),
    ("loads_nothing_from_elsewhere", '<img alt="" src="//example.org/a.png">', '<img alt="" src="data:image/png,">'),
    ("uses_swedish_quotation_marks", '<p>Vi säger "hej".</p>', "<p>Vi säger ”hej”.</p>"),
    ("uses_swedish_quotation_marks", "<p>Vi säger “hej”.</p>", "<p>Vi säger ”hej”.</p>"),
    ("uses_swedish_quotation_marks", "<p>Vi säger 'hej'.</p>", "<p>Vi säger ’hej’.</p>"),
    ("uses_swedish_quotation_marks", "<p><b>Vi</b> säger &quot;hej&quot;.</p>", '<p lang="en">We say "hi".</p>'),
    ("uses_swedish_quotation_marks", "<p aria-label='\"Hej\"'>Hej</p>", '<p aria-label="”Hej”">Hej</p>'),
    ("uses_swedish_quotation_marks", '<p>"Hej"</p>', '<p><code>"Hej"</code></p><blockquote>"Hej"</blockquote>'),
    ("has_nothing_left_over", "<p>{{ name }}</p>", "<p>{ett}</p>"),
    ("has_nothing_left_over", "<p>{% endif %}</p>", "<p>50 %</p>"),
    ("has_nothing_left_over", '<p class="{{ name }}">Ett</p>', '<p class="name">Ett</p>'),
    ("has_nothing_left_over", "<p>None</p>", "<p>Nones lek</p>"),
]

OF_THE_PAGE = [
    ("has_doctype", page().removeprefix("<!doctype html>\n"), page()),
    ("declares_its_language", page(lang="en"), page(lang="sv-SE")),
    ("declares_its_language", page(lang=""), page()),
    ("describes_itself", page(head=HEAD.replace('content="En dialog."', 'content=""')), page()),
    ("describes_itself", page(head=HEAD.replace("width=device-width, ", "")), page()),
    ("describes_itself", page(head=HEAD.replace("initial-scale=1", "user-scalable=no")), page()),
    ("describes_itself", page(head=HEAD.replace('<meta charset="utf-8">', "")), page()),
    ("has_one_h1", page("<h1>Två</h1>"), page("<h2>Två</h2>")),
    ("has_one_h1", page(main='<main id="innehall">{}</main>'), page()),
    ("has_one_h1", page(main='<main id="innehall"><h1> </h1></main>'), page()),
    ("title_begins_with_h1", page(head=HEAD.replace("Trygg i centrum –", "Otrygg –")), page()),
    ("title_begins_with_h1", page(head=HEAD.replace("<title>Trygg i centrum – Provby</title>", "")), page()),
    ("headings_do_not_skip", page(before=BEFORE + "<h3>Meny</h3>"), page(before=BEFORE + "<h2>Meny</h2>")),
    (
        "headings_do_not_skip",
        page(main='<main id="innehall"><h2>Ett</h2><h1>Trygg i centrum</h1></main>'),
        page(main='<main id="innehall"><h1>Trygg i centrum</h1><h2>Ett</h2></main><footer><h2>Om</h2></footer>'),
    ),
    ("has_one_main", page(main='<div id="innehall"><h1>Trygg i centrum</h1></div>'), page()),
    ("has_one_main", page('<div role="main">Ett</div>'), page("<div>Ett</div>")),
    ("begins_with_a_skip_link", page(before='<a href="/">Löftet</a>'), page()),
    ("begins_with_a_skip_link", page(main="<main><h1>Trygg i centrum</h1></main>"), page()),
]


@pytest.mark.parametrize(("rule", "broken", "kept"), [(r, page(b), page(k)) for r, b, k in IN_MAIN] + OF_THE_PAGE)
def test_a_rule_bites_and_passes(rule, broken, kept):
    assert rule in broken_rules(broken)
    assert check_page(kept) == []


def test_every_rule_is_shown_to_bite():
    shown = {rule for rule, _, _ in IN_MAIN + OF_THE_PAGE} | {"links_lead_to_routes"}
    assert shown == {rule.__name__ for rule in RULES}


def test_a_sentence_names_place_and_remedy():
    assert check_page(page('<input name="q">')) == [
        'fields_have_labels: <input name="q"> has no label. Write <label for="…"> with words, or aria-label.'
    ]
    (sentence,) = check_page(page("</b>"))
    assert sentence.startswith("parses: Line 2, column ")
    assert "</b>" in sentence


def test_links_are_held_against_the_routes():
    html = page('<a href="/mora/?sida=2#a">Mora</a>')
    assert check_page(html, route_exists=lambda path: path in {"/", "/mora/"}) == []
    assert broken_rules(html, route_exists=lambda path: path == "/") == {"links_lead_to_routes"}


def test_an_error_page_needs_no_description():
    html = page(head=HEAD.replace('<meta name="description" content="En dialog.">', ""))
    assert check_page(html, status=404) == []
    assert broken_rules(html, status=200) == {"describes_itself"}


def test_a_page_in_another_language_says_so():
    html = page('<p>We say "hi".</p>', lang="en")
    assert check_page(html, language="en") == []
    assert broken_rules(html, language="sv") == {"declares_its_language"}


def test_todays_html_passes_though_the_parser_is_older():
    assert check_page(page("<label>Val <select><option>a</option><hr><option>b</option></select></label>")) == []
    assert "parses" in broken_rules(page("<label>Val <select><option>a</option><p><option>b</option></select></label>"))

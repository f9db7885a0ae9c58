"""The shared pages in a real browser: accessibility rules, narrow screens, touch targets, the strict policy, paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

pytestmark = [pytest.mark.browser, pytest.mark.urls("loftet.faces.shared.tests.shared_face_urls")]

PAGES = ["/om/komponenter/", "/kvitto/", "/bord/", "/delta/", "/finns-inte/"]
# Inline links in running text are exempt from WCAG 2.5.8, and so are controls that the browser itself draws.
TOO_SMALL = """() => [...document.querySelectorAll(
    '.site-header a, .site-footer li a, .button, .button-plain, .answer, summary, .pager a, .breadcrumb a, '
    + '.desk-places a, .quiet-links a, .inline-list a, select, textarea, input:not([type=hidden])')]
  .filter(e => e.offsetParent && !e.closest('.skip'))
  .map(e => e.matches('[type=checkbox], [type=radio]') ? (e.closest('label') || e.closest('p')) : e)
  .filter(e => e.getBoundingClientRect().height < 43.9)
  .map(e => e.outerHTML.slice(0, 90) + ' ' + e.getBoundingClientRect().height)"""


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_ignored) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server with the shared face alone."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(browser, site):
    """Opens an address; a refused style or script, or any other fault in the console, fails the test."""
    contexts, faults = [], []

    def open_page(address: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "404" not in m.text else None)
        page.goto(site + address)
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


# 320 pixels is also what a screen of 1280 pixels has left at 400 % zoom.
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_fits_its_screen_and_has_large_targets(visit, axe, address, scheme, width):
    page = visit(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    assert page.evaluate(TOO_SMALL) == []
    axe(page)


def test_the_focus_is_seen(visit):
    page = visit("/delta/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top") >= 0
    for _ in range(2):
        page.keyboard.press("Tab")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outline")
    assert "3px" in outline
    assert "none" not in outline


def test_lines_are_short_enough_to_read(visit):
    page = visit("/om/komponenter/", viewport={"width": 1600, "height": 900})
    # In serif and sans the advance of ”0” is about that of an average letter.
    widest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('main p, main li')].filter(e => !e.closest('.receipt'))
        .filter(e => getComputedStyle(e).display === 'block')
        .map(e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert widest <= 66 * 0.62


def test_text_in_charts_can_be_read_on_a_phone(visit):
    page = visit("/om/komponenter/", viewport={"width": 320, "height": 640})
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.chart text')].map(t =>
        parseFloat(getComputedStyle(t).fontSize) * (t.ownerSVGElement.getScreenCTM().a))"""
    )
    assert len(sizes) > 20
    assert min(sizes) >= 12


def test_labels_in_charts_stay_apart_and_inside(visit):
    page = visit("/om/komponenter/", viewport={"width": 320, "height": 640})
    crossing = page.evaluate(
        """() => [...document.querySelectorAll('.chart-series svg[role=img]')].flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
          const out = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1).map(([w]) => w);
          const over = boxes.flatMap(([w, a], i) => boxes.slice(i + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
            .map(([v]) => w + ' over ' + v));
          return [...out, ...over];
        })"""
    )
    assert crossing == []


def test_the_receipt_prints_on_one_page(visit):
    page = visit("/kvitto/", color_scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_paper_is_white_also_for_those_who_prefer_dark(visit):
    page = visit("/kvitto/", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.receipt')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.evaluate("() => getComputedStyle(document.querySelector('.site-header')).display") == "none"

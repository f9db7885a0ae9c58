"""A browser meets the product as it is run, on a copy that nobody else uses."""

from __future__ import annotations

import os
import sqlite3
import urllib.request
from contextlib import closing

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def installation(shared_installation):
    """These tests only read, so they share one server."""
    return shared_installation


def rows(home, table: str) -> int:
    with closing(sqlite3.connect(f"file:{home / 'loftet.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def test_a_server_of_ones_own_on_a_copy(empty_installation, prepared_home):
    prepared, pid = prepared_home(demo=False), empty_installation.server.pid
    assert empty_installation.home != prepared
    with urllib.request.urlopen(empty_installation.address) as answer:
        assert answer.status == 200
    with closing(sqlite3.connect(empty_installation.home / "loftet.sqlite3")) as database, database:
        database.execute("UPDATE places_municipality SET name = 'Ändrad' WHERE code = '2062'")
    assert rows(prepared, "places_municipality WHERE name = 'Ändrad'") == 0
    assert rows(prepared, "places_municipality") == 290
    assert "doctor" in empty_installation.command("--help").stdout
    empty_installation.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(empty_installation.address)


def test_a_desktop_a_phone_and_a_browser_without_scripts(browser_page, phone_page, page_without_scripts):
    for page in (browser_page, phone_page, page_without_scripts):
        page.goto("/exempelby/")
        assert page.locator("h1").inner_text() == "Exempelby"
        assert page.title().startswith("Exempelby")
    assert (browser_page.viewport_size["width"], phone_page.viewport_size["width"]) == (1280, 390)
    assert phone_page.evaluate("() => navigator.maxTouchPoints > 0")
    for page, runs in ((browser_page, True), (page_without_scripts, False)):
        page.set_content("<p></p><noscript><b>utan</b></noscript>")
        assert (page.locator("b").count() == 0) is runs


def test_axe_passes_a_good_page_and_refuses_a_bad_one(browser_page, axe):
    browser_page.goto("/exempelby/")
    axe(browser_page)
    browser_page.evaluate("() => { document.documentElement.lang = ''; }")
    with pytest.raises(AssertionError, match=r"breaks WCAG 2\.2:\nhtml-has-lang"):
        axe(browser_page)


def test_what_the_browser_complains_of_is_kept(browser_page):
    browser_page.goto("/exempelby/")
    assert browser_page.faults == []
    browser_page.evaluate("() => console.error('trasig')")
    browser_page.evaluate("() => { setTimeout(() => { throw new Error('kraschad'); }); }")
    browser_page.wait_for_timeout(200)
    assert [fault.splitlines()[0] for fault in browser_page.faults] == ["trasig", "kraschad"]
    browser_page.faults.clear()
    browser_page.goto("/finns-inte/alls/")
    assert browser_page.faults
    browser_page.faults.clear()

"""What the journeys share: somebody at a browser, who acts by the words on the page and never by its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from loftet.testing.confirming import code
from loftet.testing.demo import ACCOUNTS, PASSWORD

A_MOMENT = 50  # milliseconds
PATIENCE = 200  # moments: what a loaded machine may need to show the next page
OPTIONAL = r"( \(frivilligt\))?"


class Somebody:
    """A person with a browser of their own. What they look for in vain fails the test, naming it."""

    def __init__(self, page):
        self.page = page
        self.sent: list[tuple[str, str]] = []
        page.on("request", self._remember)

    def _remember(self, request) -> None:
        if request.method == "POST":
            self.sent.append((urlsplit(request.url).path, request.post_data or ""))

    @property
    def main(self):
        """The main part of the page."""
        return self.page.get_by_role("main")

    @property
    def where(self) -> str:
        """The address, without the host."""
        return urlsplit(self.page.url).path

    def go(self, address: str) -> Somebody:
        """Go to an address, which must answer."""
        answer = self.page.goto(address)
        assert answer.status == 200, f"{address} answered {answer.status}."
        return self

    def follow(self, words: str, among=None) -> Somebody:
        """Follow a link by its words; by its first words when it goes on with what it is about."""
        links = (among or self.main).get_by_role("link", name=words, exact=True)
        (links.first if links.count() else (among or self.main).get_by_role("link", name=words).first).click()
        return self

    def press(self, words: str, among=None) -> Somebody:
        """Press a button by its words."""
        (among or self.main).get_by_role("button", name=words, exact=True).click()
        return self

    def write(self, words: dict[str, object], among=None) -> Somebody:
        """Fill in fields by their labels: text, days, choices in a list by their first words."""
        for label, value in words.items():
            field = self._field(label, among)
            if field.evaluate("field => field.tagName") == "SELECT":
                choices = field.get_by_role("option").all_text_contents()
                found = [words for words in choices if plain(words).casefold().startswith(str(value).casefold())]
                assert found, f"”{value}” is not to choose in {label}: {choices}"
                field.select_option(label=found[0])
            else:
                field.fill(str(value))
        return self

    def tick(self, label: str, among=None) -> Somebody:
        """Tick a box or choose one of several, by its label or its first words."""
        here = among or self.main
        whole = re.compile(f"^{re.escape(label)}$", re.IGNORECASE)
        here.get_by_role("checkbox", name=label).or_(here.get_by_role("radio", name=whole)).first.check()
        return self

    def untick(self, label: str) -> Somebody:
        """Take a tick away."""
        self.main.get_by_role("checkbox", name=label, exact=True).uncheck()
        return self

    def press_and_touch_key(self, words: str) -> Somebody:
        """Press a button that asks the security key first, and come to where its answer leads."""
        with self.page.expect_navigation():  # the form goes off only when the key has answered
            return self.press(words)

    def comes_to(self, address: str) -> Somebody:
        """What was pressed or followed leads to this address, in a while."""
        for _attempt in range(PATIENCE):
            if self.where == address:
                return self
            self.page.wait_for_timeout(A_MOMENT)
        raise AssertionError(f"{address} was to come, and {self.where} is where it ended:\n{self.text}")

    def reads(self, *sentences: str) -> Somebody:
        """Each of these stands in the main part of the page, in sight or folded."""
        text = self.text
        for sentence in sentences:
            assert plain(sentence) in text, f"”{sentence}” is not on {self.page.url}:\n{text}"
        return self

    def does_not_read(self, *sentences: str) -> Somebody:
        """None of these stands in the main part of the page."""
        text = self.text
        for sentence in sentences:
            assert plain(sentence) not in text, f"”{sentence}” is on {self.page.url}, and should not be."
        return self

    @property
    def text(self) -> str:
        """All words in the main part of the page, with single spaces."""
        return plain(self.main.text_content())

    def sign_in(self, who: str) -> Somebody:
        """Sign in as one of the demo's accounts, and end up at the desk."""
        self.go("/logga-in/")
        self.write({"E-postadress": email_of(who), "Lösenord": PASSWORD}).press("Logga in")
        if self.where == "/logga-in/kod/":
            self.give_code("Logga in")
        return self.comes_to("/skrivbord/")

    def give_code(self, button: str) -> Somebody:
        """Give the code of the demo's app. Each can be used once, so the next and the last one are tried too."""
        before = self.where
        for later in (0, 1, -1):
            self.write({"Kod": code(later=later)}).press(button)
            if self.where != before:
                return self
        raise AssertionError(f"No code was taken on {before}:\n{self.text}")

    def meets(self, status: int) -> Somebody:
        """An answer of this status was expected; take the browser's complaint of it away."""
        for _attempt in range(PATIENCE):  # the browser complains a moment after the page has come
            if expected := [fault for fault in self.page.faults if f"status of {status}" in fault]:
                break
            self.page.wait_for_timeout(A_MOMENT)
        assert expected, f"No answer had status {status}: {self.page.faults}"
        self.page.faults[:] = [fault for fault in self.page.faults if fault not in expected]
        return self

    def _field(self, label: str, among):
        name = re.compile(f"^{re.escape(label)}{OPTIONAL}$")
        field = (among or self.main).get_by_label(name)
        field.wait_for(state="attached")  # the page that was asked for may still be on its way
        if not field.is_visible():
            self.main.locator("details", has=self.page.get_by_label(name)).locator("summary").click()
        return field


def plain(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())


def email_of(who: str) -> str:
    """The address that one of the demo's accounts signs in with."""
    return next(account.email for account in ACCOUNTS if account.key == who)


@pytest.fixture
def somebody(new_page) -> Callable[..., Somebody]:
    """Lets somebody come with a browser of their own; options as for `new_page`."""
    return lambda **options: Somebody(new_page(**options))


def kind_of(address: str) -> str:
    """Which page an address leads to: the name of its route, or nothing when it is a file or no page of ours."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def links_on(page) -> list[str]:
    """The addresses on the same site that a page links to, without the host, each once."""
    parts = urlsplit(page.url)
    origin = f"{parts.scheme}://{parts.netloc}"
    # Also links in drawings, whose href is no string to the browser.
    found = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    whole = (urldefrag(urljoin(page.url, link)).url for link in found)
    here = (link.removeprefix(origin) for link in whole if link.startswith(f"{origin}/"))
    return list(dict.fromkeys(here))


def crawled(page, start: str, *, most_of_a_kind: int, wanted: Callable[[str], bool]) -> Iterable[tuple[str, str]]:
    """Open pages from a start page on and yield each one's kind and address: as many of a kind, and no more."""
    waiting, known, opened = [start], {start}, {}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if opened.get(kind, 0) >= most_of_a_kind:
            continue
        opened[kind] = opened.get(kind, 0) + 1
        answer = page.goto(address)
        assert answer.status == 200, f"{address} answered {answer.status}."
        yield kind, address
        for link in links_on(page):
            if link not in known and wanted(kind_of(link)):
                known.add(link)
                waiting.append(link)


@pytest.fixture(scope="session")
def crawl() -> Callable[..., Iterable[tuple[str, str]]]:
    """Opens every kind of page from a start page on."""
    return crawled


@pytest.fixture(scope="session", name="kind_of")
def kind_of_page() -> Callable[[str], str]:
    """Tells which page an address leads to."""
    return kind_of


@pytest.fixture(scope="session")
def as_somebody() -> Callable[..., Somebody]:
    """Lets somebody act on a page that is open already."""
    return Somebody

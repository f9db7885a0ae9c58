"""What the tests of running an installation share: visitors who come over HTTP, as anyone does."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

import pytest

from loftet.testing.client.page import Page
from loftet.testing.confirming import code
from loftet.testing.page_rules.document import Document

# Pages of their own for each person, and the pages for staff: no part of what everyone may read.
NOT_PUBLIC = ("/skrivbord/", "/logga-in/", "/losenord/")


@dataclass
class Answer:
    """What came back, after any redirects."""

    status: int
    kind: str
    body: bytes
    address: str
    visitor: Visitor

    @cached_property
    def page(self) -> Page:
        """The answer as a page, read and filled in by its words."""
        return Page(Document(self.body.decode()), address=self.address, client=self.visitor)  # type: ignore[arg-type]


class Links(HTMLParser):
    """What a page links to and loads. Much quicker than reading the whole page as a document."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where it points."""
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


class Visitor:
    """Somebody with a browser's cookies on a running installation."""

    def __init__(self, home_address: str):
        self.home_address = home_address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))

    def get(self, address: str, data: dict[str, Any] | None = None, **_options) -> Answer:
        """Fetch an address, and follow where it leads."""
        return self._send(address + (f"?{urllib.parse.urlencode(data, doseq=True)}" if data else ""), None)

    def post(self, address: str, data: dict[str, Any], **_options) -> Answer:
        """Send a form, and follow where it leads."""
        return self._send(address, urllib.parse.urlencode(data, doseq=True).encode())

    def sign_in(self, email: str, password: str) -> Visitor:
        """Sign in as a member of staff, and give the code of the demo's app when one is asked for."""
        form = self.get("/logga-in/").page.form("Logga in")
        said = form.fill("E-postadress", email).fill("Lösenord", password).submit("Logga in")
        for later in (0, 1, -1):  # each code can be used once
            if said.address == "/logga-in/kod/":
                said = said.page.form("Logga in").fill("Kod", code(later=later)).submit("Logga in")
        assert said.address == "/skrivbord/", said.page.text
        return self

    def public_pages(self) -> dict[str, Answer]:
        """Every page and file that can be reached from the start page, by its address. Not in other orders, as `?…`."""
        found: dict[str, Answer] = {}
        known, waiting = {"/"}, deque(["/"])
        while waiting:
            address = waiting.popleft()
            found[address] = self.get(address)
            for link in self._links(found[address]):
                if link not in known and "?" not in link and not link.startswith(NOT_PUBLIC):
                    known.add(link)
                    waiting.append(link)
        return found

    def _links(self, answer: Answer) -> list[str]:
        if not answer.kind.startswith("text/html"):
            return []
        here = self.home_address + answer.address
        links = Links(answer.body.decode()).found
        whole = (urllib.parse.urldefrag(urllib.parse.urljoin(here, link)).url for link in links)
        return [link.removeprefix(self.home_address) for link in whole if link.startswith(f"{self.home_address}/")]

    def _send(self, address: str, data: bytes | None) -> Answer:
        try:
            answer = self.opener.open(self.home_address + address, data, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            where = answer.url.removeprefix(self.home_address)
            return Answer(answer.status, answer.headers.get("Content-Type", ""), answer.read(), where, self)


@pytest.fixture(scope="session")
def newcomer() -> Callable[[Any], Visitor]:
    """Makes somebody who has never been on an installation before."""
    return lambda installation: Visitor(installation.address)

"""A fetched page, read by its words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.test import Client

from loftet.testing.client.form import Form
from loftet.testing.client.words import NotOnThePage, by_words, look_again
from loftet.testing.page_rules.document import Document, tag, words


class Page:
    """A fetched page, read by its words."""

    def __init__(self, document: Document, *, address: str, client: Client):
        self.document = document
        self.address = address
        self.client = client

    @property
    def h1(self) -> str:
        """The main heading."""
        return self.document.text(self._only("h1"))

    @property
    def title(self) -> str:
        """What the tab says."""
        return words("".join(self._only("title").itertext()))

    @property
    def text(self) -> str:
        """All words in the main part of the page, with single spaces."""
        return self.document.text(self._only("main"))

    @property
    def headings(self) -> list[str]:
        """The words of every heading, in order."""
        return [self.document.text(e) for e in self.document.all("h1", "h2", "h3", "h4", "h5", "h6")]

    def links(self) -> list[Link]:
        """Every link of the page, in order."""
        found = [e for e in self.document.all("a") if "href" in e.attrib]
        return [Link(self.document.name(e), e.attrib["href"], self) for e in found]

    def link(self, text: str) -> Link:
        """The link with these words; the first one when several lead to the same address."""
        links = self.links()
        found = by_words(((link.text, link) for link in links), text)
        if len({link.address for link in found}) != 1:
            raise NotOnThePage(look_again("link", text, [link.text for link in links], len(found)))
        return found[0]

    def form(self, name: str = "") -> Form:
        """The form with this name, its own or that of one of its buttons. Without a name, the only form in main."""
        forms = [Form(e, self) for e in self.document.all("form")]
        if name:
            found = by_words(((called, form) for form in forms for called in form.names), name)
        else:
            found = [form for form in forms if self.document.inside(form.element, "main")]
        if len(found) != 1:
            raise NotOnThePage(look_again("form", name, [" / ".join(form.names) for form in forms], len(found)))
        return found[0]

    def table(self, caption: str = "") -> list[list[str]]:
        """The words in the cells of a table, row by row. Without a caption, of the only table."""
        tables = self.document.all("table")
        named = [(self._caption(table), table) for table in tables]
        found = by_words(named, caption) if caption else tables
        if len(found) != 1:
            raise NotOnThePage(look_again("table", caption, [name for name, _ in named], len(found)))
        rows = [e for e in found[0].iter() if tag(e) == "tr"]
        return [[self.document.text(cell) for cell in row if tag(cell) in {"th", "td"}] for row in rows]

    def element(self, id: str) -> str:
        """The words of the element with an id."""
        if id not in self.document.by_id:
            raise NotOnThePage(look_again("id", id, list(self.document.by_id), 0))
        return self.document.text(self.document.by_id[id])

    def _caption(self, table: Element) -> str:
        caption = next((child for child in table if tag(child) == "caption"), None)
        return self.document.text(caption) if caption is not None else table.get("aria-label", "")

    def _only(self, name: str) -> Element:
        found = [e for e in self.document.all(name) if not self.document.inside(e, "svg")]
        if len(found) != 1:
            raise NotOnThePage(f"The page has {len(found)} <{name}>, and one was looked for.")
        return found[0]


@dataclass(frozen=True)
class Link:
    """A link by its words."""

    text: str
    address: str
    page: Page

    def follow(self, **kwargs):
        """Go where it leads."""
        if urlsplit(self.address).netloc:
            raise NotOnThePage(f"The link ”{self.text}” leads to another site: {self.address}")
        return self.page.client.get(urljoin(self.page.address, self.address), follow=True, **kwargs)

"""Rules for the page as a whole: language, title, headings, landmarks."""

from __future__ import annotations

from collections.abc import Iterator

from loftet.testing.page_rules.document import Document, shown, tag, words
from loftet.testing.page_rules.markup import HEADINGS


def declares_its_language(page: Document) -> Iterator[str]:
    """The page says which language it is in."""
    said = page.root.get("lang", "")
    if said.split("-")[0].lower() != page.language.split("-")[0].lower():
        yield f'<html lang="{said}"> should be lang="{page.language}". Extend a base template of the face.'


def describes_itself(page: Document) -> Iterator[str]:
    """Character set, viewport without a lock on zoom, and (but for error pages) a description."""
    metas = {m.get("name", "").lower(): m.get("content", "") for m in page.all("meta")}
    if not any("charset" in m.attrib for m in page.all("meta")):
        yield 'There is no <meta charset="utf-8">.'
    viewport = metas.get("viewport", "").replace(" ", "")
    if "width=device-width" not in viewport:
        yield 'There is no <meta name="viewport" content="width=device-width, initial-scale=1">.'
    if "user-scalable=no" in viewport or "maximum-scale" in viewport:
        yield "The viewport stops people from zooming. Take user-scalable and maximum-scale away."
    if page.status < 400 and not metas.get("description", "").strip():
        yield 'There is no <meta name="description" content="…">. Fill the block for the description.'


def has_one_h1(page: Document) -> Iterator[str]:
    """Exactly one main heading, and it says something."""
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"The page has {len(headings)} <h1>. Write exactly one, and h2 and below for its parts."
    elif not page.text(headings[0]):
        yield "The <h1> is empty. Write what the page is about."


def title_begins_with_h1(page: Document) -> Iterator[str]:
    """What the tab says is what the page says."""
    titles = [e for e in page.all("title") if not page.inside(e, "svg")]
    title = words("".join(titles[0].itertext())) if titles else ""
    headings = page.all("h1")
    heading = page.text(headings[0]) if headings else ""
    if not title:
        yield "There is no <title>. Begin it with the text of the h1."
    elif not title.startswith(heading):
        yield f"<title> ”{title}” does not begin with the h1 ”{heading}”. Give both the same words."


def headings_do_not_skip(page: Document) -> Iterator[str]:
    """The first heading in main is the h1, and each is at most one level below the one before it.

    Menus beside main come first in some pages; their headings start at h2.
    """
    before, in_main = 1, False
    for heading in (e for e in page.elements if tag(e) in HEADINGS):
        if not in_main and page.inside(heading, "main"):
            before, in_main = 0, True
        level = int(tag(heading)[1])
        if level > before + 1:
            place = f"comes after an h{before}" if before else "is the first heading in main"
            yield f"<h{level}> ”{page.text(heading)}” {place}. Use h{before + 1}; size is for the style sheet."
        if not page.text(heading, spoken=True) and level > 1:
            yield f"{shown(heading)} is empty. Write the heading or take it away."
        before = level


def has_one_main(page: Document) -> Iterator[str]:
    """Exactly one main landmark."""
    mains = [e for e in page.elements if tag(e) == "main" or e.get("role") == "main"]
    if len(mains) != 1:
        yield f"The page has {len(mains)} main landmarks. Put the content in the one <main> of the base template."


def begins_with_a_skip_link(page: Document) -> Iterator[str]:
    """The first link of the page leads past the menus."""
    links = page.all("a")
    address = links[0].get("href", "") if links else ""
    if not address.startswith("#"):
        yield 'The first link is not a skip link. Begin <body> with <a href="#…">Hoppa till innehållet</a>.'
    elif address[1:] not in page.by_id:
        yield f'The skip link leads to {address}, which is not there. Give <main> id="{address[1:]}".'


RULES = (
    declares_its_language,
    describes_itself,
    has_one_h1,
    title_begins_with_h1,
    headings_do_not_skip,
    has_one_main,
    begins_with_a_skip_link,
)

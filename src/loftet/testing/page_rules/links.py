"""Rules for where links and forms lead."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from loftet.testing.page_rules.document import Document, shown

# What a template writes when it was given nothing.
NOTHING = {"None", "undefined", ""}


def links_have_names(page: Document) -> Iterator[str]:
    """Every link says where it leads."""
    for link in page.all("a"):
        if "href" in link.attrib and not page.name(link):
            yield f"{shown(link)} has no words. Write where it leads, or aria-label when it shows only a symbol."


def links_lead_somewhere(page: Document) -> Iterator[str]:
    """No empty addresses, no holes where a name should be, no anchors that are not there."""
    for element, attribute, address in _addresses(page):
        where = f"{attribute}= on {shown(element)}"
        if attribute == "href" and address.strip() in {"", "#"}:
            yield f"{where} is empty. Give it an address, or use <button> when it does something on the page."
        elif address.startswith("#") and unquote(address[1:]) not in page.by_id and address != "#top":
            yield f"{where} leads to an id that is not there. Mend the address or the id."
        elif address.startswith("/") and _has_a_hole(address):
            yield f"{where} has a hole in it: a name was empty. Build it with {{% url %}} from an object that has one."


def links_lead_to_routes(page: Document) -> Iterator[str]:
    """Addresses within the site have a route."""
    if page.route_exists is None:
        return
    for element, attribute, address in _addresses(page):
        path = urlsplit(address).path
        if address.startswith("/") and not _has_a_hole(address) and not page.route_exists(path):
            yield f"{attribute}= on {shown(element)}: no route answers {path}. Build it with {{% url %}}."


def _addresses(page: Document) -> Iterator[tuple]:
    for element in page.all("a", "form", "area"):
        for attribute in ("href", "action"):
            if attribute in element.attrib:
                yield element, attribute, element.attrib[attribute].strip()


def _has_a_hole(address: str) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    return path != "/" and any(part in NOTHING for part in path.removeprefix("/").removesuffix("/").split("/"))


RULES = (links_have_names, links_lead_somewhere, links_lead_to_routes)

"""The first view of a public page over the wire: page, style, scripts and pictures, compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from loftet.testing.page_rules.document import Document

WHOLE, STYLE_AND_SCRIPT = 60_000, 20_000


def weigh(page: Document, html: bytes) -> tuple[int, int]:
    """The weight of all that a browser fetches for a page, and of its style and scripts alone."""
    links = [e for e in page.all("link") if e.get("rel") in {"stylesheet", "icon"}]
    files = [e.attrib["href"] for e in links] + [
        e.attrib["src"] for e in page.all("script", "img") if "src" in e.attrib
    ]
    weights = {file: len(gzip.compress(_static(file))) for file in files}
    return len(gzip.compress(html)) + sum(weights.values()), sum(
        weight for file, weight in weights.items() if file.endswith((".css", ".js"))
    )


def _static(address: str) -> bytes:
    return Path(finders.find(address.removeprefix("/static/"))).read_bytes()


@pytest.mark.long
def test_no_public_page_is_heavier_than_a_poor_connection_bears(chain, client):
    weights = {}
    for address in [*chain.pages, "/", "/kommuner/", "/om/data/"]:
        response = client.get(address)
        weights[address] = weigh(response.page.document, response.content)
    heavy = {address: both for address, both in weights.items() if both[0] > WHOLE or both[1] > STYLE_AND_SCRIPT}
    assert not heavy, f"Over {WHOLE} bytes in all, or over {STYLE_AND_SCRIPT} of style and scripts: {heavy}"


def test_the_pages_of_taking_part_load_no_scripts(open_dialogue, client):
    for page in ("", "delta/", "mina-svar/", "kod/", "nasta-person/"):
        assert not client.get(f"/provby/dialoger/trygg-i-centrum/{page}").page.document.all("script")

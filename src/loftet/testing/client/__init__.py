"""The test client that everyone uses: it checks the house rules on every page it fetches, and lets tests read as people
act, by the words on the page:

    page = client.get("/provby/").page
    assert page.link("Trygg i centrum").follow().page.h1 == "Trygg i centrum"
    assert "Mora" in page.form("Sök").fill("Ort", "Mora").submit().page.text
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from loftet.testing.client.form import Form
from loftet.testing.client.page import Link, Page
from loftet.testing.client.words import NotOnThePage
from loftet.testing.page_rules import Document, check_document

# Answers that have been checked already, to the byte. Error pages, above all, come again and again.
_KEPT_THE_RULES: set[int] = set()


class BrokenPage(AssertionError):
    """A fetched page breaks house rules."""


class PageClient(Client):
    """Django's test client, as a browser on the site's own pages. Every HTML answer must keep the house rules.

    Any call takes `check=False` to fetch a page without checking it.
    """

    def __init__(self, *args, headers: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, headers={"Sec-Fetch-Site": "same-origin", **(headers or {})}, **kwargs)

    def request(self, **request):
        """Send a request, and check the page that comes back."""
        check = request.pop("check", True)
        response: Any = super().request(**request)
        if _is_page(response):
            address = response.request["PATH_INFO"]
            # Read as a page only when somebody looks at it: that takes longer than to make it.
            response.page = SimpleLazyObject(lambda: Page(_document(response), address=address, client=self))
            if check:
                _refuse_broken(response)
        return response

    def sign_in(self, person) -> PageClient:
        """Go on as this member of staff."""
        self.force_login(person)
        return self

    def confirm_identity(self, code: str) -> PageClient:
        """Give the code of one's app, as signing asks for."""
        cache.clear()  # a code can be used once, and tests are quicker than a new one comes
        response = self.post(reverse("mfa_reauthenticate"), {"code": code})
        assert response.status_code == 302, "The code was not accepted."
        return self


def _is_page(response) -> bool:
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and not response.streaming and not 300 <= response.status_code < 400 and bool(response.content)


def _refuse_broken(response) -> None:
    seen = hash((response.status_code, response.headers.get("Content-Language"), response.content))
    if seen in _KEPT_THE_RULES:
        return
    if broken := check_document(response.page.document):
        asked = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']}"
        raise BrokenPage(f"{asked} ({response.status_code}) breaks house rules:\n- " + "\n- ".join(broken))
    _KEPT_THE_RULES.add(seen)


def _route_exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return path.startswith(settings.STATIC_URL)
    return True


def _document(response) -> Document:
    return Document(
        response.content.decode(response.charset or "utf-8"),
        status=response.status_code,
        language=response.headers.get("Content-Language", settings.LANGUAGE_CODE),
        route_exists=_route_exists,
    )


__all__ = ["BrokenPage", "Form", "Link", "NotOnThePage", "Page", "PageClient"]

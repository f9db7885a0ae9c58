"""A coordinator on a phone comes by the organisation's own sign-in; one of the police is not let in by the town's."""

from __future__ import annotations

import re

import pytest

from loftet.testing.identity import independent_provider

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "color_scheme": "dark"}
TOWN, POLICE = "Exempelby kommun", "Polisen, lokalpolisområde Exempelby"


@pytest.fixture(scope="module")
def address():
    with independent_provider() as one:
        yield one


def test_in_by_the_organisations_own_sign_in(installation, somebody, axe, address):
    installation.command("identity-provider", "add", TOWN, address, "loftet", typed="hemligt\n")
    coordinator = somebody(**PHONE)
    page = coordinator.page

    def look():
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, coordinator.where

    def there(subject: str):
        """The page of the other's, which is not ours to check."""
        page.wait_for_url(re.compile(f"^{re.escape(address)}"))
        page.get_by_placeholder("sub").fill(subject)
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_url(re.compile(f"^{re.escape(installation.address)}"))
        page.faults.clear()

    coordinator.go("/skrivbord/exempelby/").reads("Genom din organisation")
    look()
    page.get_by_role("link", name=f"Logga in genom {TOWN}").click()
    there("samordnare@exempelby.example")
    coordinator.comes_to("/skrivbord/exempelby/")
    look()
    coordinator.go("/logga-ut/").press("Logga ut")

    installation.command("identity-provider", "add", POLICE, address, "loftet", typed="hemligt\n")
    coordinator.go("/logga-in/").follow("Välj din organisation").reads(TOWN, POLICE)
    look()
    page.get_by_role("link", name=TOWN).click()
    there("polischef@exempelby.example")
    coordinator.reads("Inloggningen gick inte", "Kontot kan inte loggas in genom", "Logga in med lösenord")
    look()
    coordinator.go("/skrivbord/")
    assert coordinator.where.startswith("/logga-in/")

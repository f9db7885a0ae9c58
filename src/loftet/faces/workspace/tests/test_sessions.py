"""Where one is signed in, and signing out everywhere else."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from loftet.testing.cast import PASSWORD
from loftet.testing.client import PageClient

SESSIONS = "/konto/inloggningar/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    cache.clear()


def signed_in(person, browser: str) -> PageClient:
    client = PageClient(headers={"User-Agent": browser})
    form = client.get("/logga-in/").page.form("Logga in")
    assert form.fill("E-postadress", person.email).fill("Lösenord", PASSWORD).submit().page.h1 == "Att göra"
    return client


def test_a_forgotten_session_is_seen_and_ended_from_elsewhere(cast):
    office, phone = signed_in(cast.coordinator.person, OFFICE), signed_in(cast.coordinator.person, PHONE)
    other = signed_in(cast.police_coordinator.person, OFFICE)
    page = phone.get("/skrivbord/ditt-konto/").page.link("Där du är inloggad").follow().page
    assert "Safari på iPhone" in page.text
    assert "Firefox på Windows" in page.text
    page = page.form("Logga ut överallt annars").submit().page
    assert "Du är inte inloggad någon annanstans." in page.text
    assert office.get("/skrivbord/").status_code == 302
    assert (phone.get("/skrivbord/").status_code, other.get("/skrivbord/").status_code) == (200, 200)


def test_one_sees_ones_own_alone(cast):
    signed_in(cast.coordinator.person, OFFICE)
    page = signed_in(cast.reader.person, PHONE).get(SESSIONS).page
    assert "Firefox" not in page.text
    assert "Du är inte inloggad någon annanstans." in page.text


def test_signing_out_takes_the_session_off_the_list(cast):
    office, phone = signed_in(cast.coordinator.person, OFFICE), signed_in(cast.coordinator.person, PHONE)
    office.post("/logga-ut/")
    assert "Firefox" not in phone.get(SESSIONS).page.text


def test_the_list_is_for_the_signed_in(client, cast):
    assert client.get(SESSIONS).status_code == 302

"""Signing in and out, confirming who one is, and passwords: allauth's rules in our own pages and words."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from loftet.testing.cast import PASSWORD


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    """Attempts are counted in the cache, across tests too."""
    cache.clear()


def fill_in(page, email: str, password: str):
    return page.form("Logga in").fill("E-postadress", email).fill("Lösenord", password).submit()


def test_one_signs_in_and_comes_to_the_page_one_was_going_to(cast, client):
    page = client.get("/skrivbord/provby/", follow=True).page
    assert page.h1 == "Logga in"
    wrong = fill_in(page, cast.coordinator.person.email, "fel").page
    assert "E-postadressen eller lösenordet stämmer inte." in wrong.text
    assert wrong.form("Logga in").value("E-postadress") == cast.coordinator.person.email
    assert fill_in(wrong, cast.coordinator.person.email, PASSWORD).page.h1 == "Provby"
    assert client.session.get_expire_at_browser_close()


def test_signing_out_asks_when_one_comes_by_a_link(cast, client):
    page = client.sign_in(cast.reader.person).get("/logga-ut/").page
    assert page.h1 == "Logga ut"
    [form] = [f for f in page.document.all("form") if page.document.inside(f, "main")]
    assert form.get("method") == "post"
    assert client.get("/skrivbord/").status_code == 200
    client.post("/logga-ut/")
    assert client.get("/skrivbord/").status_code == 302


def test_nobody_signs_up_and_no_other_route_of_allauths_is_there():
    for name in ("account_signup", "account_email", "account_set_password", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_too_many_attempts_are_told_in_words(cast, client):
    page = client.get("/logga-in/").page
    answers = [fill_in(page, cast.coordinator.person.email, "fel") for _ in range(12)]
    assert "många försök" in answers[-1].page.text
    assert fill_in(page, cast.coordinator.person.email, PASSWORD).page.h1 != "Att göra"


def test_a_new_password_is_chosen_by_a_link_in_a_letter(cast, client):
    page = client.get("/logga-in/").page.link("Glömt lösenordet?").follow().page
    page = page.form("Skicka länk").fill("E-postadress", cast.chief.person.email).submit().page
    assert page.h1 == "Titta i din e-post"
    [letter] = mail.outbox
    assert letter.subject == "Välj ett nytt lösenord i Löftet"
    assert "!" not in letter.body
    address = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    page = client.get(address, follow=True).page
    assert page.h1 == "Välj ett nytt lösenord"
    refused = page.form("Spara lösenordet").fill("Nytt lösenord", "kort").fill("Nytt lösenord igen", "kort").submit()
    assert "minst 12 tecken" in refused.page.text
    form = refused.page.form("Spara lösenordet").fill("Nytt lösenord", "en båt på sjön i maj")
    page = form.fill("Nytt lösenord igen", "en båt på sjön i maj").submit().page
    assert page.h1 == "Lösenordet är bytt"
    signed_in = fill_in(client.get("/logga-in/").page, cast.chief.person.email, "en båt på sjön i maj")
    assert signed_in.page.h1 == "Ange din kod", "The app is asked for after a new password too."
    used = client.get(address, follow=True).page
    assert "Länken gäller inte längre." in used.text


def test_an_unknown_address_is_told_the_same_and_gets_no_letter(db, client):
    page = client.get("/losenord/glomt/").page
    page = page.form("Skicka länk").fill("E-postadress", "okand@example.org").submit().page
    assert page.h1 == "Titta i din e-post"
    assert mail.outbox == []


def test_one_changes_ones_own_password(cast, client):
    page = client.sign_in(cast.chair.person).get("/skrivbord/").page.link("Byt lösenord").follow().page
    form = page.form("Byt lösenord").fill("Nuvarande lösenord", "fel").fill("Nytt lösenord", "en båt på sjön i maj")
    refused = form.fill("Nytt lösenord igen", "en båt på sjön i juni").submit().page
    assert "Det är inte ditt nuvarande lösenord. Inget är ändrat." in refused.text
    form = refused.form("Byt lösenord").fill("Nuvarande lösenord", PASSWORD).fill("Nytt lösenord", "en båt på sjön")
    assert form.fill("Nytt lösenord igen", "en båt på sjön").submit().page.h1 == "Lösenordet är bytt"
    assert client.get("/skrivbord/").status_code == 200


@pytest.mark.parametrize("address", ["/bekrafta-vem-du-ar/", "/losenord/byt/", "/losenord/bytt/"])
def test_pages_about_ones_own_account_need_one_to_be_signed_in(cast, client, address):
    assert client.get(address)["Location"].startswith("/logga-in/")
    assert client.sign_in(cast.reader.person).get(address).status_code == 200

"""The page behind an invitation's link, and the letter that brings it."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from loftet.domain.people import actions, queries
from loftet.faces.workspace.invitations import send_letter

SENTENCE = "en båt på sjön i maj"


@pytest.fixture
def link(db):
    person, token = actions.invite_person(email="ny@provby.example.org", name="Nya kollegan")
    send_letter(person, token)
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def fill_in(page, first: str, second: str):
    return page.form("Spara lösenordet").fill("Lösenord", first).fill("Lösenordet igen", second).submit()


def test_a_new_colleague_chooses_a_password_and_signs_in(client, link):
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Ditt konto i Löftet", ["ny@provby.example.org"])
    assert "gäller i 7 dagar" in letter.body
    assert "&" not in letter.body
    page = client.get(link).page
    assert page.h1 == "Välj ditt lösenord"
    assert "ny@provby.example.org" in page.text
    differs = fill_in(page, SENTENCE, "en båt på sjön i juni")
    assert (differs.status_code, "Lösenorden är olika." in differs.page.text) == (422, True)
    assert "Länken gäller fortfarande." in fill_in(page, "password1234", "password1234").page.text
    done = fill_in(page, SENTENCE, SENTENCE).page
    assert done.h1 == "Ditt konto är klart"
    assert queries.by_email("ny@provby.example.org").check_password(SENTENCE)
    used = client.get(link)
    assert (used.status_code, "Kontot är redan i bruk." in used.page.text) == (410, True)


def test_a_link_that_was_replaced_or_never_was_says_what_to_do(client, link):
    actions.invite_person(email="ny@provby.example.org", name="Nya kollegan")
    replaced = client.get(link)
    assert replaced.status_code == 410
    assert "Använd länken i det senaste brevet." in replaced.page.text
    unknown = client.get("/inbjudan/okand/")
    assert unknown.status_code == 404
    assert "Länken stämmer inte." in unknown.page.text


def test_a_role_account_is_told_what_it_is(client, db):
    _person, token = actions.invite_person(email="info@provby.example.org", name="Trygghet", is_role_account=True)
    assert "kan inte skriva under" in client.get(f"/inbjudan/{token}/").page.text

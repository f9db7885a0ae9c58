"""A new colleague on a phone: from the letter to a password, an app for codes, and in again in two steps."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from loftet.domain.base import clock

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "color_scheme": "dark"}
ADDRESS, SENTENCE = "ny@exempelby.example", "en båt på sjön i maj"
INVITE = ("account", ADDRESS, "--in", "Exempelby", "--role", "reader", "--name", "Ny kollega", "--invite")


def code(secret: str, later: int = 0) -> str:
    """What an app that has the secret shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30 + later))


def test_from_the_letter_to_a_sign_in_in_two_steps(installation, somebody, axe):
    letter = installation.command(*INVITE).stdout
    link = re.search(r"https?://[^/\s]+(/inbjudan/[^\s]+)", letter)[1]
    colleague = somebody(**PHONE)

    def look():
        axe(colleague.page)
        assert colleague.page.evaluate("document.documentElement.scrollWidth") <= 390, colleague.where

    colleague.go(link).reads(f"du loggar in med {ADDRESS}")
    look()
    colleague.write({"Lösenord": SENTENCE, "Lösenordet igen": SENTENCE}).press("Spara lösenordet")
    look()
    assert colleague.page.goto(link).status == 410
    colleague.meets(410).reads("Kontot är redan i bruk.")
    look()

    colleague.go("/logga-in/").write({"E-postadress": ADDRESS, "Lösenord": SENTENCE}).press("Logga in")
    colleague.go("/skrivbord/ditt-konto/").follow("Inloggning i två steg")
    look()
    colleague.follow("Lägg till en app").write({"Lösenord": SENTENCE}).press("Bekräfta")
    look()
    secret = re.search(r"[A-Z2-7]{32}", colleague.text)[0]
    colleague.write({"Koden som appen visar": code(secret)}).press("Lägg till appen").reads("De visas bara nu.")
    look()
    on_paper = colleague.main.locator("li code").all_inner_texts()
    colleague.follow("Klar").reads("10 koder är kvar.")
    look()
    colleague.follow("Gör nya reservkoder")
    look()
    colleague.follow("Avbryt").follow("Ta bort appen")
    look()
    colleague.follow("Behåll appen").go("/bekrafta-vem-du-ar/kod/")
    look()

    colleague.go("/logga-ut/").press("Logga ut")
    colleague.go("/logga-in/").write({"E-postadress": ADDRESS, "Lösenord": SENTENCE}).press("Logga in")
    look()
    colleague.write({"Kod": "123"}).press("Logga in").reads("Koden stämmer inte.")
    look()
    # The code that added the app is used; the next one is taken a little early, as by a phone whose clock is ahead.
    colleague.write({"Kod": code(secret, later=1)}).press("Logga in")
    colleague.comes_to("/skrivbord/")

    colleague.go("/logga-ut/").press("Logga ut")
    colleague.go("/logga-in/").write({"E-postadress": ADDRESS, "Lösenord": SENTENCE}).press("Logga in")
    colleague.write({"Kod": on_paper[0]}).press("Logga in")
    colleague.comes_to("/skrivbord/")

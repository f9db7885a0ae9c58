"""A signatory with a security key: adding it, signing in with it, signing on it, and taking it away.

The key is Chromium's virtual one, which answers as a real one does (WebAuthn, CTAP 2).
"""

from __future__ import annotations

import pytest

from loftet.testing.demo import PASSWORD

pytestmark = pytest.mark.browser

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def chief(installation, browser, as_somebody):
    """The chief at a computer. Keys are for names and not for numbers, so the address is localhost."""
    context = browser.new_context(base_url=installation.address.replace("127.0.0.1", "localhost"), locale="sv-SE")
    page = context.new_page()
    page.faults = []
    yield as_somebody(page)
    context.close()


@pytest.fixture
def devtools(chief):
    """Chromium's own tools, with which a key is put in and taken out."""
    tools = chief.page.context.new_cdp_session(chief.page)
    tools.send("WebAuthn.enable")
    return tools


def put_in(devtools) -> str:
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def test_a_key_from_first_to_last(chief, devtools, axe):
    page = chief.page
    put_in(devtools)
    chief.sign_in("chief").go("/konto/tva-steg/").follow("Lägg till en säkerhetsnyckel")
    chief.write({"Lösenord": PASSWORD}).press("Bekräfta")
    axe(page)
    chief.write({"Vad ska nyckeln heta?": "nyckelknippan"}).press_and_touch_key("Lägg till nyckeln")
    chief.go("/konto/tva-steg/").reads("nyckelknippan, tillagd", "Inte använd än")
    axe(page)
    # The same key once more is refused by the browser, and said.
    chief.go("/konto/tva-steg/nyckel/").main.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_text("Den nyckeln är redan tillagd.").wait_for()
    chief.go("/konto/tva-steg/").follow("Ta bort appen").press("Ta bort appen")
    chief.go("/konto/tva-steg/").reads("din säkerhetsnyckel", "Ingen app är tillagd")

    chief.go("/logga-ut/").press("Logga ut")
    sign_in_with_password(chief).reads("Använd din säkerhetsnyckel")
    axe(page)
    chief.press_and_touch_key("Logga in med nyckeln").comes_to("/skrivbord/")
    chief.go("/bekrafta-vem-du-ar/nyckel/?next=/skrivbord/exempelby/")
    axe(page)
    chief.press_and_touch_key("Bekräfta").comes_to("/skrivbord/exempelby/")
    chief.go("/skrivbord/").follow("Läs och skriv under")
    chief.tick("Jag har läst hela texten").press("Skriv under").reads("Du har skrivit under")

    chief.go("/konto/tva-steg/").does_not_read("Inte använd än").follow("Ta bort nyckelknippan")
    axe(page)
    chief.press("Ta bort nyckeln").reads("Du behöver en app för engångskoder eller en säkerhetsnyckel")


def test_another_key_opens_nothing(chief, devtools):
    page = chief.page
    key = put_in(devtools)
    chief.sign_in("chief").go("/konto/tva-steg/nyckel/").write({"Lösenord": PASSWORD}).press("Bekräfta")
    chief.press_and_touch_key("Lägg till nyckeln").go("/konto/tva-steg/").reads("Säkerhetsnyckel, tillagd")
    chief.go("/logga-ut/").press("Logga ut")
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    put_in(devtools)
    sign_in_with_password(chief).reads("Ange din kod", "Eller använd säkerhetsnyckeln")
    chief.main.get_by_role("button", name="Logga in med nyckeln").click()
    page.get_by_text("Det blev inget svar från nyckeln").wait_for()
    # What a page could make up is not a key's answer.
    with page.expect_navigation():
        page.evaluate("""() => {
          const form = document.querySelector('form[data-security-key]')
          const madeUp = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: {} }
          form.elements.credential.value = JSON.stringify(madeUp)
          form.submit()
        }""")
    chief.go("/skrivbord/")
    assert chief.where.startswith("/logga-in/")


def test_a_browser_without_keys_is_told_what_to_use_instead(installation, somebody):
    one = somebody(java_script_enabled=False).sign_in("chief").go("/konto/tva-steg/nyckel/")
    one.write({"Lösenord": PASSWORD}).press("Bekräfta").reads("Använd koden från en app i stället")
    assert not one.main.get_by_role("button", name="Lägg till nyckeln").is_visible()


def sign_in_with_password(chief):
    chief.go("/logga-in/").write({"E-postadress": "polischef@exempelby.example", "Lösenord": PASSWORD})
    return chief.press("Logga in")

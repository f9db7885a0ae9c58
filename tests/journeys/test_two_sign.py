"""Two parties side by side, on the screen and by hand, by keyboard alone; no violation of WCAG on the way."""

from __future__ import annotations

import re

import pytest

from loftet.domain.base import clock

pytestmark = pytest.mark.browser

DESK = "/skrivbord/exempelby/"
PROMISE = "Lugnare kvällar i centrum"
READ_IT = "Jag har läst hela texten"
FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].innerText : '';
  return (label || e.innerText || e.value || '').trim();
}"""
MOST_STOPS = 80


class Keyboard:
    """Somebody who has no mouse: they reach what they want by the Tab key, and press it."""

    def __init__(self, somebody, axe):
        self.somebody, self.page, self.axe = somebody, somebody.page, axe

    def go(self, address: str) -> Keyboard:
        self.somebody.go(address)
        self.axe(self.page)
        return self

    def reach(self, words: str) -> Keyboard:
        """Step on until what is in focus begins with the words."""
        seen = []
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            seen.append(self.page.evaluate(FOCUSED))
            if seen[-1].startswith(words):
                return self
        raise AssertionError(f"No Tab leads to ”{words}” on {self.page.url}: {seen}")

    def press(self, words: str) -> Keyboard:
        """Reach a link or a button, press Enter, and look at the page it leads to."""
        with self.page.expect_navigation():
            self.reach(words).page.keyboard.press("Enter")
        self.axe(self.page)
        return self

    def tick(self, words: str) -> Keyboard:
        self.reach(words).page.keyboard.press("Space")
        return self

    def type(self, words: str, text: str) -> Keyboard:
        self.reach(words).page.keyboard.type(text)
        return self

    def reads(self, *sentences: str) -> Keyboard:
        self.somebody.reads(*sentences)
        return self


@pytest.fixture
def at_desk(somebody, axe):
    """Lets one of the demo's people sit down with a keyboard and no mouse."""
    return lambda who: Keyboard(somebody(viewport={"width": 1280, "height": 900}).sign_in(who), axe)


def test_both_sign_on_the_screen(at_desk):
    chair, chief = at_desk("chair").go("/skrivbord/"), at_desk("chief").go("/skrivbord/")
    for one in (chair, chief):  # both have the text before them before either has signed
        one.press("Läs och skriv under")
    chair.tick(READ_IT).press("Skriv under").reads("Du har skrivit under", "Inget gäller förrän också")
    chief.reads("Väntar på")
    chief.tick(READ_IT).press("Skriv under").reads("Du har skrivit under", "Alla parter har skrivit under")
    chair.go(chair.somebody.where).reads("Alla parter har skrivit under")


def test_one_enters_what_both_signed_by_hand_and_the_other_confirms_it(at_desk, tmp_path):
    coordinator, police = at_desk("coordinator"), at_desk("police_coordinator")
    scan = tmp_path / "påskrivet.pdf"
    scan.write_bytes(b"%PDF-1.7 inskannat")
    put_forward_anew(coordinator)
    digest = re.search("kontrollsumma börjar med ([0-9a-f]{8})", coordinator.somebody.text).group(1)
    coordinator.press("För in ett papper").reads("Papperet gäller när den andra parten har bekräftat det")
    coordinator.type("Kontrollsumman på papperet", digest).reach("Inskannat papper")
    coordinator.page.locator(":focus").set_input_files(scan)
    for party in ("Exempelby kommun", "Polisen, lokalpolisområde Exempelby"):
        coordinator.type(f"{party}: namn", "Namn Efternamn").type(f"{party}: funktion", "chef")
        coordinator.type(f"{party}: datum", f"{clock.day_of(clock.now()):%m%d%Y}")
    coordinator.press("För in papperet").reads("Inte bekräftad", "infört som inte bekräftat")
    police.go("/skrivbord/").reads(f"Bekräfta papper: {PROMISE}").press("Se papperet").reads("Namn Efternamn, chef")
    police.press("Bekräfta papperet").reads("Papperet är bekräftat", "Alla parter har skrivit under")
    police.press("Se den publika sidan").reads("på papper, bekräftat av den andra parten")


def put_forward_anew(coordinator: Keyboard) -> None:
    """The promise in force gets a new wording, and is put forward for both to sign."""
    at = coordinator.somebody
    at.go(DESK).follow(PROMISE).follow("Ändra texten").write({"I korthet": "Vi gör sträckan ljusare."})
    at.press("Spara utkast").follow("Lägg fram för underskrift").press("Lägg fram för underskrift")
    at.go(DESK).follow(PROMISE).follow("Läs")

"""Take the pictures of the documentation: build a demo in a home of its own, serve it, and photograph its main pages.

Writes `docs/images/*.png` and the page that shows them, `docs/screenshots.md`. Each picture is what fits on one screen;
the words beside it are those that a reader hears who cannot see it.
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from loftet.testing.chromium import BROWSER_FLAGS, CHROMIUM, SWEDISH
from loftet.testing.installation import Installation

ROOT = Path(__file__).resolve().parent.parent

IMAGES, SHOWN_IN = ROOT / "docs" / "images", ROOT / "docs" / "screenshots.md"
SCREENS = {
    "desktop": {"viewport": {"width": 1200, "height": 720}},
    "phone": {
        "viewport": {"width": 390, "height": 720},
        "device_scale_factor": 1.5,
        "is_mobile": True,
        "has_touch": True,
    },
}
SCREEN_NAMES = {"desktop": "skrivbord", "phone": "telefon"}
LARGEST, LARGEST_TOGETHER = 200_000, 3_000_000
PLACE = "/exempelby/"
CENTRE, SCHOOL = f"{PLACE}dialoger/trygg-i-centrum/", f"{PLACE}dialoger/tryggare-vag-till-skolan/"
PROMISE = f"{PLACE}medborgarloften/lugnare-kvallar-i-centrum/"


@dataclass(frozen=True)
class Shot:
    """A page to photograph: who looks, where it is, the links to follow from there, and what the picture shows."""

    name: str
    heading: str
    alt: str
    address: str
    who: str = ""
    links: tuple[str, ...] = ()
    scroll_to: str = ""


SHOTS = (
    Shot(
        "start",
        "Start",
        "Startsidan: ett sökfält för kommunen, vad ett medborgarlöfte är på tre rader, och en karta över Sverige.",
        "/",
    ),
    Shot(
        "plats",
        "En plats",
        "Exempelbys sida: en pågående dialog att svara i, löftet som gäller och hur det går, och problembilden.",
        PLACE,
    ),
    Shot(
        "svara",
        "Svara i en dialog",
        "Ett påstående i stor stil med tre knappar under: Håller med, Håller inte med och Hoppa över.",
        f"{SCHOOL}delta/",
    ),
    Shot(
        "resultat",
        "Resultatet av en dialog",
        "Resultatet av Trygg i centrum: hur många som svarat, och först det som alla grupper håller med om.",
        f"{CENTRE}resultat/",
    ),
    Shot(
        "grupper",
        "Grupper som svarar lika",
        "Åsiktskartan: en prick för några deltagare som svarat lika, i färg efter grupp, och grupperna i ord.",
        f"{CENTRE}resultat/",
        scroll_to="Grupper som svarar lika",
    ),
    Shot(
        "lofte",
        "Ett löfte är ett kvitto",
        "Löftet Lugnare kvällar i centrum som ett kvitto: problemet och åtgärderna, med gjort mot lovat.",
        PROMISE,
    ),
    Shot(
        "lofte-atgarder",
        "Gjort mot lovat",
        "Löftets åtgärder som rader: vem, vad och hur mycket, med en stapel för gjort mot lovat. En rapport är sen.",
        PROMISE,
        scroll_to="Det här gör vi",
    ),
    Shot(
        "kedjan",
        "Kedjan",
        "Kedjan för löftet, från det som sades i dialogen till svaret, med varje länk som en rad.",
        f"{PROMISE}kedjan/",
    ),
    Shot(
        "svar",
        "Svar till er",
        "Kommunens svar till dem som var med: det vi hörde, vad som händer med det, och svaret i ord.",
        f"{CENTRE}svar/",
    ),
    Shot(
        "loftesboken",
        "Löftesboken",
        "Löftesboken: en lista med varje införing, det senaste först, med vad som hände och när.",
        "/loftesboken/",
    ),
    Shot(
        "att-gora",
        "Skrivbordet: att göra",
        "Skrivbordets första sida: det som väntar på samordnaren, det sena först, med en knapp för varje.",
        "/skrivbord/",
        who="trygghetssamordnare",
    ),
    Shot(
        "tavlan",
        "Skrivbordet: kedjan som tavla",
        "Exempelbys tavla: dialoger, behov, problem, löften, uppföljning och svar som kolumner, med luckorna utmärkta.",
        f"/skrivbord{PLACE}",
        who="trygghetssamordnare",
    ),
    Shot(
        "loftesredigeraren",
        "Skrivbordet: ett löfte skrivs",
        "Löftet i redigeraren, med åtgärderna i mitten och rutan Vad saknas? till höger.",
        f"/skrivbord{PLACE}",
        who="trygghetssamordnare",
        links=("Lugnare kvällar i centrum",),
    ),
    Shot(
        "skriv-under",
        "Skrivbordet: skriv under",
        "Slutet av det som ska undertecknas: vilka det väntar på, rutan att kryssa i och knappen Skriv under.",
        "/skrivbord/",
        who="kommunstyrelsens ordförande",
        links=("Läs och skriv under",),
        scroll_to="Skriv under för Exempelby kommun",
    ),
)


@dataclass(frozen=True)
class Demo:
    """A served demo: its address, and the accounts that it prints when it is built, by what each is for."""

    address: str
    accounts: dict[str, tuple[str, str]]


@contextlib.contextmanager
def demo() -> Iterator[Demo]:
    """A served demo that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="loftet-pictures-") as folder:
        installation = Installation(Path(folder) / "home", is_demo=True)
        printed = re.findall(r"^ +(\S+@\S+) +(\S+) +(.+)$", installation.command("demo").stdout, re.MULTILINE)
        try:
            yield Demo(installation.start().address, {what: (email, password) for email, password, what in printed})
        finally:
            installation.stop()


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in as a member of staff."""
    page.goto("/logga-in/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    for _attempt in range(12):  # a code can be used once, and the next one comes within half a minute
        if not page.url.endswith("/logga-in/kod/"):
            return
        page.get_by_label("Kod").fill(page.locator("main code").inner_text())
        page.get_by_role("main").get_by_role("button", name="Logga in").click()
        if page.url.endswith("/logga-in/kod/"):
            page.wait_for_timeout(5_000)


def photograph(page: Page, shot: Shot) -> bytes:
    """Go where the picture is to be taken, and take it."""
    page.goto(shot.address)
    for words in shot.links:
        page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()
    if shot.scroll_to:
        heading = page.get_by_role("heading", name=shot.scroll_to, exact=True)
        heading.evaluate("heading => heading.scrollIntoView()")
    return page.screenshot(animations="disabled", caret="hide")


def photograph_all(browser: Browser, site: Demo) -> dict[str, bytes]:
    """Every shot on every screen, by the name of its file."""
    taken = {}
    for screen, options in SCREENS.items():
        pages: dict[str, Page] = {}
        for shot in SHOTS:
            if shot.who not in pages:
                page = pages[shot.who] = browser.new_context(base_url=site.address, **options, **SWEDISH).new_page()
                if shot.who:
                    sign_in(page, *site.accounts[shot.who])
            taken[f"{shot.name}-{SCREEN_NAMES[screen]}.png"] = photograph(pages[shot.who], shot)
        for page in pages.values():
            page.context.close()
    return taken


def document() -> str:
    """The page that shows the pictures."""
    lines = ["# Skärmbilder", "", "Alla bilder är ur demon. Exempelby finns inte. Gör om dem med `make screenshots`."]
    for shot in SHOTS:
        lines += ["", f"## {shot.heading}", ""]
        for screen, width in (("skrivbord", 640), ("telefon", 220)):
            where = "" if screen == "skrivbord" else " På telefon."
            lines.append(f'<img src="images/{shot.name}-{screen}.png" width="{width}" alt="{shot.alt}{where}">')
    return "\n".join(lines) + "\n"


def main() -> int:
    """Take the pictures, put them in place and say how large they are. Ends with 1 when they are too large."""
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_FLAGS)
        taken = photograph_all(browser, site)
        browser.close()
    IMAGES.mkdir(parents=True, exist_ok=True)
    for old in IMAGES.glob("*.png"):
        old.unlink()
    for name, picture in taken.items():
        (IMAGES / name).write_bytes(picture)
    SHOWN_IN.write_text(document(), encoding="utf-8")
    sizes = {name: len(picture) for name, picture in taken.items()}
    for name, size in sizes.items():
        print(f"{size / 1000:6.0f} kB  {name}{'  TOO LARGE' if size > LARGEST else ''}")
    print(f"{sum(sizes.values()) / 1000:6.0f} kB  together")
    return int(max(sizes.values()) > LARGEST or sum(sizes.values()) > LARGEST_TOGETHER)


if __name__ == "__main__":
    sys.exit(main())

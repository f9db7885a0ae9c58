"""Every page that exists, public and for staff: no violation of WCAG 2.2 A and AA, at 320 pixels and by keyboard too.

A page of every kind is found by following links on the demo, in which some more work is begun first so that every kind
exists. Each is looked at on a desktop in light and on a phone in dark, with everything that is folded laid open. Among
axe's rules is that targets are at least 24 pixels.
"""

from __future__ import annotations

import re
import time

import pytest
from django.urls import get_resolver

from loftet.domain.base import clock

pytestmark = pytest.mark.browser

LOOKS = {
    "desktop in light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone in dark": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "color_scheme": "dark"},
}
NARROW = {"viewport": {"width": 320, "height": 640}}
PLACE, DESK = "/exempelby/", "/skrivbord/exempelby/"
SCHOOL, CENTRE = f"{PLACE}dialoger/tryggare-vag-till-skolan/", f"{PLACE}dialoger/trygg-i-centrum/"
AGREEMENT = f"{PLACE}overenskommelser/samverkansoverenskommelse-for-exempelby/"
# Pages that no link leads to, and other states of pages than the crawler meets first: nothing there, everything there,
# open, closed, found and not found.
MORE = (
    "/logga-in/",
    "/logga-in/organisation/",
    "/losenord/glomt/",
    "/losenord/glomt/skickat/",
    "/losenord/nytt/1-felaktig/",
    "/losenord/nytt/klart/",
    "/om/komponenter/",
    "/?plats=Mora",
    "/?plats=finns-inte",
    "/mora/",
    CENTRE,
    f"{CENTRE}delta/",
    SCHOOL,
    f"{SCHOOL}delta/",
    f"{SCHOOL}sag-det-sjalv/",
    f"{SCHOOL}mina-svar/",
    f"{CENTRE}kod/",
    f"{CENTRE}nasta-person/",
    f"{SCHOOL}resultat/",
    f"{SCHOOL}svar/",
    AGREEMENT,
    f"{AGREEMENT}versioner/",
    "/loftesboken/0/",
)
MORE_AT_DESK = ("/logga-ut/", "/bekrafta-vem-du-ar/", "/losenord/bytt/", "/konto/inloggningar/")
# What is only posted to, and so has no page.
ONLY_POSTED = {
    "public:while_writing",
    "workspace:voice_moderate",
    "workspace:seed_remove",
    "workspace:run_request",
    "workspace:finding_remove",
    "workspace:source_remove",
    "workspace:measure_remove",
    "workspace:target_remove",
    "workspace:withdraw",
    "workspace:invite",
}
# Files that are fetched, and so are no pages of ours.
FILES = {"public:agreement_pdf", "workspace:signing_copy", "workspace:paper_scan", "workspace:weeding_plan_file"}
# Pages of one person's own sign-in, each looked at on the way in test_two_steps.py, test_security_key.py or
# test_own_sign_in.py.
LOOKED_AT_ELSEWHERE = {
    "identity_begin",
    "identity_finish",
    "account_invitation",
    "account_invitation_accepted",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
STAFF_ONLY = {
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_password_changed",
    "usersessions_list",
}
# What looks different to those who sign and to those who only read.
SIGNING = {"workspace:sign", "workspace:send_back"}
SIGNING |= {f"workspace:{name}" for name in ("place", "agreements", "agreement", "agreement_terminate")}
READING = {
    "workspace:agreements",
    "workspace:agreement",
    "workspace:place",
    "workspace:dialogue",
    "workspace:promise",
    "workspace:sign",
}
OPEN_ALL = "() => document.querySelectorAll('details').forEach(folded => { folded.open = true })"
WIDTH = "() => document.documentElement.scrollWidth"
WIDER = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5
  && !e.closest('.scroll, [tabindex="0"]')).map(e => e.outerHTML.slice(0, 100)).slice(0, 3)"""
IN_FOCUS = """() => {
  const [e, style] = [document.activeElement, getComputedStyle(document.activeElement)];
  const box = e.getBoundingClientRect();
  return {
    what: e.outerHTML.slice(0, 100),
    words: e.textContent.trim(),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
SKIP_LINK, TAB_STOPS = "Hoppa till innehållet", 8


@pytest.fixture
def installation(shared_installation):
    """One installation for the file. What is written there first only makes more pages to look at."""
    return shared_installation


@pytest.fixture(scope="module")
def visitor(browser, shared_installation, as_somebody):
    """Lets somebody come, with the cookies of an earlier visit if they have any, and go again."""
    contexts = []

    def come(**options):
        contexts.append(browser.new_context(base_url=shared_installation.address, locale="sv-SE", **options))
        page = contexts[-1].new_page()
        page.faults = []
        return as_somebody(page)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def resident(visitor) -> dict:
    """The cookies of a resident who has answered, and said something that awaits moderation."""
    somebody = visitor().go(f"{SCHOOL}delta/").press("Håller med").follow("Säg det själv")
    somebody.write({"Vad vill du säga?": "Cykelstället vid skolan är alldeles för litet."}).press("Skicka")
    return somebody.page.context.storage_state()


@pytest.fixture(scope="module")
def public_pages(visitor, resident, crawl, kind_of) -> dict[str, dict]:
    """A page of every kind that residents meet, with the cookies of somebody who has answered."""
    page = visitor(storage_state=resident).page
    found = dict(crawl(page, "/", most_of_a_kind=1, wanted=is_public))
    addresses = dict.fromkeys([*found.values(), *MORE], resident)
    assert_all_kinds({kind_of(address) for address in addresses}, is_public)
    return {**addresses, f"{SCHOOL}mina-svar/?": None}  # also for somebody who has not answered


@pytest.fixture(scope="module")
def desk_pages(visitor, resident, crawl, kind_of) -> dict[str, dict]:
    """A page of every kind at the desk, with the cookies of the one who looks at it."""
    pages: dict[str, dict] = {}
    enter_a_decision(visitor().sign_in("chair"))
    for who, wanted in (("coordinator", is_at_desk), ("chair", SIGNING.__contains__), ("reader", READING.__contains__)):
        somebody = visitor().sign_in(who)
        cookies = somebody.page.context.storage_state()
        if who == "coordinator":
            pages |= dict.fromkeys([begin_more_work(somebody), *MORE_AT_DESK], cookies)
        found = crawl(somebody.page, "/skrivbord/", most_of_a_kind=1 if who == "reader" else 2, wanted=wanted)
        pages |= {f"{address}?{who}": cookies for _, address in found}  # the same address looks different to each
    assert_all_kinds({kind_of(address) for address in pages}, is_at_desk)
    return pages


def is_at_desk(kind: str) -> bool:
    """Whether a kind of page is for staff."""
    return kind not in FILES and (kind.startswith("workspace:") or kind in STAFF_ONLY)


def is_public(kind: str) -> bool:
    """Whether a kind of page is for everyone. A file, or what is no page of ours, is no kind of page."""
    return bool(kind) and not kind.startswith(("opendata:", "workspace:")) and kind not in FILES | STAFF_ONLY


def assert_all_kinds(seen: set[str], wanted) -> None:
    """Nothing that has a page is left out."""
    missing = {kind for kind in routes() if wanted(kind)} - seen - ONLY_POSTED - LOOKED_AT_ELSEWHERE
    assert not missing, f"No link leads to these pages: {missing}"


def routes() -> set[str]:
    """The name of every route."""
    return {
        f"{entry.namespace}:{leaf.name}" if getattr(entry, "namespace", None) else leaf.name
        for entry in get_resolver().url_patterns
        for leaf in leaves(entry)
    }


def leaves(entry) -> list:
    """The single routes of a list of routes, at any depth."""
    inner = getattr(entry, "url_patterns", None)
    return [entry] if inner is None else [leaf for one in inner for leaf in leaves(one)]


def begin_more_work(coordinator) -> str:
    """A draft of everything, so that the pages on which drafts are changed and put forward exist.

    Returns the address where the answer is published: all must be answered before there is a link to it.
    """
    write_a_dialogue(coordinator)
    enter_a_paper(coordinator)
    wait_for_an_analysis(coordinator)
    coordinator.go(DESK).follow("Trygg i centrum").follow("Förstå svaren").follow("Skriv mer")
    coordinator.write({"Det vi hörde": "Något som skrivs."}).press("Spara utkast")
    coordinator.go(DESK).follow("Trygg i centrum").follow("Svar till er")
    coordinator.write({"Inledning": "En gång till."}).press("Spara och svara på det ni hörde")
    while (unanswered := coordinator.main.get_by_role("link", name="Svara på: ")).count():
        unanswered.first.click()
        coordinator.tick("görs inte").write({"Ert svar": "Inte i år."}).press("Spara svaret")
    for card, words in (("Otrygg sträcka", "Läget på kvällarna."), ("Lugnare kvällar", "Vi gör sträckan ljusare.")):
        coordinator.go(DESK).follow(card).follow("Ändra texten").write({"I korthet": words}).press("Spara utkast")
    write_an_agreement(coordinator)
    decide_a_rule(coordinator)
    return coordinator.go(DESK).follow("Trygg i centrum").follow("Svar till er").follow("Publicera svaret").where


def write_a_dialogue(coordinator) -> None:
    """A dialogue that is not published."""
    texts = ("Fråga", "Varför vi frågar", "Det här kan påverkas", "Det här kan inte påverkas")
    words = {"Rubrik": "En dialog som skrivs", **dict.fromkeys(texts, "Det skrivs här.")}
    coordinator.go(DESK).follow("Ny dialog").write(words).press("Spara utkast")
    coordinator.write({"Nya påståenden": "Gatan är för mörk på vintern."}).press("Lägg till")


def enter_a_decision(chair) -> None:
    """A decision whose minutes are not announced yet."""
    chair.go("/skrivbord/").follow("Läs och skriv under")
    decided = {"Vem som beslutade": "kommunstyrelsen", "Beslutsdatum": f"{clock.day_of(clock.now()):%Y-%m-%d}"}
    chair.write(decided).press("Spara beslutet").reads("Beslutet är infört")


def enter_a_paper(coordinator) -> None:
    """A paper that waits for the other party's word."""
    coordinator.go(DESK).follow("Hög fart och trängsel").follow("Läs förslaget")
    digest = re.search("kontrollsumma börjar med ([0-9a-f]{8})", coordinator.text).group(1)
    coordinator.follow("För in ett papper").write({"Kontrollsumman på papperet börjar med": digest})
    scan = {"name": "papper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    coordinator.main.get_by_label("Inskannat papper").set_input_files(scan)
    signed = {"namn": "Namn Efternamn", "funktion": "chef", "datum": f"{clock.day_of(clock.now()):%Y-%m-%d}"}
    coordinator.write({f"Exempelby kommun: {field}": words for field, words in signed.items()}).press("För in papperet")


def write_an_agreement(coordinator) -> None:
    """An agreement that is neither shared nor put forward."""
    words = {"Rubrik": "En överenskommelse som skrivs", "Syfte": "Färre brott.", "Fokusområden": "Centrum"}
    coordinator.go(DESK).follow("Samverkansöverenskommelser").follow("Ny överenskommelse").write(words)
    coordinator.press("Spara utkast")


def decide_a_rule(coordinator) -> None:
    """A rule by which answers are due to be weeded, so that there is a page that shows what would go."""
    day = f"{clock.day_of(clock.now()):%Y-%m-%d}"
    told = {"Gäller från": day, "Vem har beslutat": "kommunstyrelsen", "Beslutsdatum": day, "Grund": "planen § 12"}
    coordinator.go(DESK).follow("Handlingar").follow("Vad Exempelby kommun bevarar och gallrar")
    coordinator.follow("För in ert beslut för Svar i en dialog")
    coordinator.write({"Gallras efter så många månader": "1", **told}).press("Spara regeln")


def wait_for_an_analysis(coordinator) -> None:
    """An analysis whose figures can be released."""
    coordinator.go(DESK).follow("Tryggare väg till skolan").follow("Förstå svaren").press("Kör analysen igen")
    deadline = time.monotonic() + 90
    while coordinator.main.get_by_role("link", name="Uppdatera").count():
        assert time.monotonic() < deadline, "The worker has not done the analysis in a minute and a half."
        time.sleep(0.5)
        coordinator.follow("Uppdatera")


# --- The tests -----------------------------------------------------------------------------------------------------
@pytest.fixture(params=["public", "desk"])
def pages(request) -> dict[str, dict]:
    """The pages of one face."""
    return request.getfixturevalue(f"{request.param}_pages")


@pytest.fixture
def visits(new_page, pages):
    """Opens every page of a face in one look, each with the cookies of the one who looks at it."""

    def open_all(**look):
        windows: dict[int, object] = {}
        for address, cookies in pages.items():
            if id(cookies) not in windows:
                windows[id(cookies)] = new_page(storage_state=cookies, **look)
            page = windows[id(cookies)]
            assert page.goto(address).status == 200, address
            yield page

    return open_all


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_axe_finds_nothing(visits, axe, look):
    found = []
    for page in visits(**look):
        page.evaluate(OPEN_ALL)
        try:
            axe(page)
        except AssertionError as violations:
            found.append(str(violations))
    assert not found, "\n".join(found)


def test_nothing_needs_scrolling_sideways_at_320_pixels(visits):
    wide = []
    for page in visits(**NARROW):
        page.evaluate(OPEN_ALL)
        if page.evaluate(WIDTH) > 320:
            wide.append(f"{page.url} is {page.evaluate(WIDTH)} pixels wide: {page.evaluate(WIDER)}")
    assert not wide, "\n".join(wide)


def test_the_keyboard_leads_past_the_menu_and_shows_where_it_is(visits):
    lost = []
    for page in visits():
        page.keyboard.press("Tab")
        first = page.evaluate(IN_FOCUS)
        if first["words"] != SKIP_LINK:
            lost.append(f"{page.url} begins with {first['what']} and not with the skip link.")
        stops = [first]
        for _ in range(TAB_STOPS):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(IN_FOCUS))
            if stops[-1]["what"].startswith("<body"):  # past the last one, and back to the browser's own
                stops.pop()
                break
        lost += [f"{page.url} does not show focus on {s['what']}" for s in stops if not (s["ring"] and s["seen"])]
        page.goto(page.url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        if page.evaluate("() => document.activeElement.tagName") != "MAIN":
            lost.append(f"{page.url}: the skip link does not lead to the main part.")
    assert not lost, "\n".join(lost)


def test_pages_of_what_went_wrong_are_as_good(visitor, somebody, axe):
    lost = somebody()
    lost.page.goto("/finns-inte/alls/")
    axe(lost.meets(404).page)
    refused = somebody().sign_in("reader")
    refused.page.goto(f"{DESK}dialoger/ny/")
    axe(refused.meets(403).page)
    corrected = somebody().go(f"{SCHOOL}sag-det-sjalv/").write({"Vad vill du säga?": "Ring 070-123 45 67."})
    axe(corrected.press("Skicka").meets(422).page)
    at_desk = somebody().sign_in("coordinator").go(f"{DESK}dialoger/ny/").press("Spara utkast")
    axe(at_desk.meets(422).page)

"""The whole chain in real browsers: from what residents say to the answer they come back to read.

A coordinator, a police coordinator, two signatories and a reader sit at desktops, each in a browser of their own.
Residents answer on phones, one of them without JavaScript; most of them are simulated by posts with cookies of their
own. The analysis is done by the real background worker of the installation.
"""

from __future__ import annotations

import dataclasses
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
NO_SCRIPTS = {**PHONE, "java_script_enabled": False}
NOW = datetime.now(ZoneInfo("Europe/Stockholm"))
TODAY = NOW.date()
BEGAN = (TODAY.replace(day=1) - timedelta(days=40)).replace(day=1)  # the promise began a month or two ago
ENDS = TODAY + timedelta(days=200)
PLACE, REGISTER = "/exempelby/", "/loftesboken/"
BOARD = "/skrivbord/exempelby/"
PROMISE_ADDRESS = f"{PLACE}medborgarloften/ljusare-kvallar-vid-an/"
TOWN, POLICE = "Exempelby kommun", "Polisen, lokalpolisområde Exempelby"

# --- What is said in this journey ----------------------------------------------------------------------------------
DIALOGUE = "Kvällar vid ån"
QUESTION = "Vad behövs för att du ska gå längs ån på kvällen?"
# Each statement, and what those who avoid the river and those who like it answer. The first two unite them.
STATEMENTS = {
    "Det är för mörkt mellan bron och badplatsen.": (1, 1),
    "Papperskorgarna längs ån töms för sällan.": (1, 1),
    "Jag går hellre en omväg än längs ån efter klockan 20.": (1, -1),
    "Buskarna vid ån gör att man inte ser vem som kommer.": (1, -1),
    "Det behövs kameror vid badplatsen.": (1, -1),
    "Det är trevligt att folk grillar vid ån på kvällen.": (-1, 1),
    "Musiken vid badplatsen stör ingen.": (-1, 1),
    "Polisen behöver inte gå vid ån på kvällen.": (-1, 1),
}
OWN_WORDS = "Bänkarna närmast bron är trasiga sedan länge."
WORDS_WITHOUT_SCRIPTS = "Fler vuxna borde promenera där efter skymningen."
OPINIONS = {**STATEMENTS, OWN_WORDS: (1, 1), WORDS_WITHOUT_SCRIPTS: (1, -1)}
OFF_TOPIC = "Kommunen borde öppna en ny simhall i stället."
POINTS_SOMEBODY_OUT = "Ring mig på 070-123 45 67 så berättar jag vem det är."
FINDING = "Alla är överens om att det är för mörkt mellan bron och badplatsen."
NEED = "Att kunna gå längs ån på kvällen och se vem man möter."
PICTURE, PROBLEM = "Gemensam problembild för ån", "Mörkt och undvikt stråk längs ån"
PROMISE = "Ljusare kvällar vid ån"
LIGHT, PATROL = "Byta lamporna mellan bron och badplatsen", "Fotpatrull längs ån"
SERIES = "Undviker ån på kvällen"
INTRODUCTION = "Tack för att ni svarade. Så här går vi vidare."
ANSWER = "Vi byter lamporna före sommaren, och polisen går där på kvällarna."
DECLINED_BECAUSE = "Texten handlar om något annat än det vi frågar om."

AGREE, DISAGREE, PASS = "Håller med", "Håller inte med", "Hoppa över"
ANSWERS = {1: AGREE, -1: DISAGREE, 0: PASS}

# What is fetched as a file: the copy to sign with a pen, and a scanned paper.
FILES = ("/exemplar/", "/fil/")


@dataclasses.dataclass
class Cast:
    """Everybody in the journey, each with a browser of their own."""

    installation: object
    coordinator: object
    police: object
    chair: object
    chief: object
    reader: object
    passer_by: object


@pytest.fixture
def cast(installation, somebody) -> Cast:
    """Staff at their desks, and somebody who only passes by."""
    roles = ("coordinator", "police_coordinator", "chair", "chief", "reader")
    return Cast(installation, *(somebody().sign_in(role) for role in roles), somebody())


def test_the_chain_from_a_voice_to_the_answer(cast, somebody, browser, tmp_path):
    dialogue = a_dialogue_is_published(cast)
    on_phone, without_scripts, off_topic = residents_answer_and_say_things(somebody, dialogue)
    what_they_said_is_looked_at(cast, on_phone, without_scripts, off_topic)
    many_answer(browser, cast.installation, dialogue, how_many=17)
    the_answers_are_understood(cast, dialogue)
    the_picture_is_written_and_signed(cast)
    the_promise_is_written_by_both(cast)
    one_signature_is_not_enough(cast)
    with_the_second_it_is_public_and_in_the_register(cast, tmp_path)
    it_is_followed_up(cast)
    those_who_were_there_get_an_answer(cast)
    the_resident_comes_back_and_reads_it(without_scripts, dialogue)
    the_reader_sees_everything_and_can_do_nothing(cast, dialogue)


# --- The dialogue --------------------------------------------------------------------------------------------------
def a_dialogue_is_published(cast: Cast) -> str:
    """The coordinator writes it, adds statements and publishes; until then nobody else finds it."""
    at = cast.coordinator
    at.go(BOARD).follow("Ny dialog")
    at.write(
        {
            "Rubrik": DIALOGUE,
            "Fråga": QUESTION,
            "Varför vi frågar": "Vi vill förstå varför många undviker stråket.",
            "Det här kan påverkas": "Belysning, skötsel och när vi är på plats.",
            "Det här kan inte påverkas": "Enskilda ärenden.",
            "Öppnar": f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            "Stänger": f"{NOW + timedelta(days=20):%Y-%m-%dT%H:%M}",
            "Ni svarar deltagarna senast": TODAY + timedelta(days=60),
        }
    ).press("Spara utkast")
    at.write({"Nya påståenden": "\n".join(STATEMENTS)}).press("Lägg till")
    at.reads(*STATEMENTS)
    cast.passer_by.go(PLACE).does_not_read(DIALOGUE)
    at.follow("Publicera").press("Publicera dialogen")
    cast.passer_by.go(PLACE).follow(DIALOGUE).reads(QUESTION, "Löftet sparar inte vem du är")
    return cast.passer_by.where


def residents_answer_and_say_things(somebody, dialogue: str) -> tuple:
    """Three residents on phones, one of them without JavaScript. Each finds the way from the start page."""
    on_phone, without_scripts, off_topic = somebody(**PHONE), somebody(**NO_SCRIPTS), somebody(**PHONE)
    for resident in (on_phone, without_scripts, off_topic):
        find_the_dialogue(resident, dialogue)
    answer_everything(on_phone, camp=0)
    answer_everything(without_scripts, camp=1)
    change_an_answer(without_scripts)
    on_phone.follow("Säg det själv").write({"Vad vill du säga?": OWN_WORDS}).press("Skicka")
    on_phone.reads(OWN_WORDS, "Väntar på granskning")

    say_something_that_points_somebody_out(without_scripts)
    without_scripts.write({"Vad vill du säga?": WORDS_WITHOUT_SCRIPTS}).press("Skicka")
    without_scripts.reads(WORDS_WITHOUT_SCRIPTS, "Väntar på granskning").does_not_read(POINTS_SOMEBODY_OUT)

    off_topic.follow("Säg det själv").write({"Vad vill du säga?": OFF_TOPIC}).press("Skicka")
    off_topic.reads(OFF_TOPIC, "Väntar på granskning")
    return on_phone, without_scripts, off_topic


def find_the_dialogue(resident, dialogue: str) -> None:
    """From the start page by the place's name, as somebody does who was told about it."""
    resident.go("/").write({"Kommun eller ort": "Exempelby"}).press("Sök")
    if resident.where != PLACE:
        resident.follow("Exempelby")
    resident.follow(DIALOGUE)
    resident.comes_to(dialogue)
    resident.follow("Svara")


def answer_everything(resident, camp: int) -> None:
    """One statement at a time until there are no more."""
    for answered in range(len(OPINIONS) + 1):
        shown = [words for words in OPINIONS if words in resident.text]
        if not shown:
            break
        resident.reads(f"{answered} av ungefär")
        resident.press(ANSWERS[OPINIONS[shown[0]][camp]])
    resident.reads("Tack, du har svarat på allt")


def change_an_answer(resident) -> None:
    """Back to the latest statement, the other way, and then back to what was meant: the last answer counts."""
    resident.follow("Tillbaka").reads("Välj igen om du vill ändra dig")
    (words,) = [words for words in OPINIONS if words in resident.text]
    meant = ANSWERS[OPINIONS[words][1]]
    resident.press(DISAGREE if meant == AGREE else AGREE)
    resident.follow("Tillbaka").press(meant)
    resident.follow("Se dina svar")
    answer = resident.main.get_by_role("listitem").filter(has_text=words)
    assert f"Ditt svar: {meant.lower()}" in " ".join(answer.text_content().split())


def say_something_that_points_somebody_out(resident) -> None:
    """It is given back to be said again, with the words still there and nothing stored."""
    resident.follow("Säg det själv").write({"Vad vill du säga?": POINTS_SOMEBODY_OUT}).press("Skicka")
    resident.meets(422).reads("Det här kan peka ut en person", "telefonnummer", "Inget är sparat")
    assert resident.main.get_by_label("Vad vill du säga?").input_value() == POINTS_SOMEBODY_OUT


def what_they_said_is_looked_at(cast: Cast, on_phone, without_scripts, off_topic) -> None:
    """The municipality publishes or declines with a reason; the police never see what waits."""
    cast.coordinator.go("/skrivbord/").reads(f"i {DIALOGUE}")
    cast.coordinator.go(BOARD).follow(DIALOGUE).follow("Granska det som skrivits")
    cast.coordinator.reads(OWN_WORDS, WORDS_WITHOUT_SCRIPTS, OFF_TOPIC).does_not_read(POINTS_SOMEBODY_OUT)
    waiting = cast.coordinator.where
    assert cast.police.page.request.get(waiting).status == 403
    cast.police.go(BOARD).follow(DIALOGUE).does_not_read("Granska det som skrivits", OWN_WORDS)
    decide(cast.coordinator, OFF_TOPIC, "Publicera inte", reason=DECLINED_BECAUSE)
    for words in (OWN_WORDS, WORDS_WITHOUT_SCRIPTS):
        decide(cast.coordinator, words, "Publicera som påstående")
    cast.coordinator.reads("Inget väntar på granskning")
    off_topic.page.reload()
    off_topic.reads(OFF_TOPIC, "Inte publicerad", DECLINED_BECAUSE)
    on_phone.page.reload()
    on_phone.reads(OWN_WORDS, "Publicerad").follow("Fortsätt svara").reads(WORDS_WITHOUT_SCRIPTS).press(AGREE)
    on_phone.reads("Tack, du har svarat på allt")


def decide(moderator, words: str, outcome: str, reason: str = "") -> None:
    """Decide on one text."""
    text = moderator.main.get_by_role("article").filter(has_text=words)
    moderator.tick(outcome, among=text)
    if reason:
        moderator.write({"Skäl till att inte publicera eller låta vila": reason}, among=text)
    moderator.press("Spara beslutet", among=text)


def many_answer(browser, installation, dialogue: str, how_many: int) -> None:
    """The rest of the residents, each with cookies of their own, by the same pages and posts as a browser."""
    for number in range(how_many):
        context = browser.new_context(base_url=installation.address)
        take_part = f"{dialogue}delta/"
        page = context.request.get(take_part).text()
        for _statement in OPINIONS:
            (words,) = [words for words in OPINIONS if words in page]
            meant = 0 if number + len(words) == 40 else OPINIONS[words][number % 2]
            shown = re.search(r'name="statement" value="(\d+)"', page)[1]
            answer = context.request.post(take_part, form={"statement": shown, "value": str(meant)})
            assert answer.status == 200, answer.text()
            page = answer.text()
        assert "Tack, du har svarat på allt" in page
        context.close()


# --- Understanding and the picture ----------------------------------------------------------------------------------
def the_answers_are_understood(cast: Cast, dialogue: str) -> None:
    """The worker analyses; figures are released once; what was heard rests on them; a need is drawn."""
    at = cast.coordinator
    cast.passer_by.go(f"{dialogue}resultat/").reads("Inget resultat är släppt än")
    at.go(BOARD).follow(DIALOGUE).follow("Förstå svaren").press("Kör analysen")
    deadline = time.monotonic() + 90
    while at.main.get_by_role("link", name="Uppdatera").count():
        assert time.monotonic() < deadline, "The worker has not done the analysis in a minute and a half."
        time.sleep(0.5)
        at.follow("Uppdatera")
    cast.passer_by.go(f"{dialogue}resultat/").reads("Inget resultat är släppt än")
    at.follow("Släpp resultatet").press("Släpp resultatet")
    result = cast.passer_by.go(f"{dialogue}resultat/")
    result.reads(f"{19} deltagare", "Det grupperna är överens om", *OPINIONS, "Grupp A", "Grupp B")
    at.follow("Skriv det ni hörde").write({"Det vi hörde": FINDING})
    at.tick(next(iter(STATEMENTS))).press("Spara utkast")
    result.go(f"{dialogue}resultat/").does_not_read(FINDING)
    at.follow("Publicera utkasten").press("Publicera")
    result.go(f"{dialogue}resultat/").reads(FINDING)
    at.follow("Skriv ett behov").write({"Behov": NEED}).tick(FINDING).press("Spara")
    at.go(BOARD).reads(NEED, "Inget problem bygger på behovet.")


def the_picture_is_written_and_signed(cast: Cast) -> None:
    """A problem with its source and its need; public when both have signed it."""
    at = cast.coordinator
    at.go(BOARD).follow("Ny problembild")
    period = {"Gäller från och med": BEGAN, "Gäller till och med": ENDS}
    at.write({"Rubrik": PICTURE, "I korthet": "Stråket längs ån undviks på kvällen.", **period}).press("Spara utkast")
    at.follow("Lägg till ett problem").write(
        {
            "Problem": PROBLEM,
            "Vad": "Många undviker stråket, som är mörkt och har dålig sikt.",
            "Var": "mellan bron och badplatsen",
            "När": "kvällar efter klockan 20",
        }
    )
    at.tick(NEED).press("Spara")
    at.follow("Lägg till källa").write({"Slag av källa": "medborgardialog", "Dialog i Löftet": DIALOGUE}).press("Spara")
    at.reads(PROBLEM, NEED, DIALOGUE)
    cast.police.go(BOARD).follow(PROBLEM).reads(PICTURE)
    at.follow("Lägg fram för underskrift").press("Lägg fram för underskrift")
    entries = register_size(cast.installation)
    sign(cast.chair, PICTURE)
    cast.passer_by.go(PLACE).does_not_read(PICTURE)
    sign(cast.chief, PICTURE)
    cast.passer_by.go(PLACE).follow(PICTURE).reads(PROBLEM, NEED, DIALOGUE, TOWN, POLICE)
    assert register_size(cast.installation) == entries + 1


def sign(signatory, title: str) -> None:
    """Find what waits, read it and sign it."""
    task = signatory.go("/skrivbord/").main.get_by_role("listitem").filter(has_text=f"Skriv under: {title}")
    signatory.follow("Läs och skriv under", among=task).reads(title)
    signatory.tick("Jag har läst hela texten").press("Skriv under").reads("Du har skrivit under")


# --- The promise ---------------------------------------------------------------------------------------------------
def the_promise_is_written_by_both(cast: Cast) -> None:
    """Each party takes on a measure; there is a target; what is missing is told until nothing is."""
    at = cast.coordinator
    at.go(BOARD).follow(PROBLEM).follow(f"Nytt löfte om {PROBLEM}").write(
        {
            "Rubrik": PROMISE,
            "I korthet": "Vi gör stråket längs ån ljusare och är på plats på kvällarna.",
            "Från och med": BEGAN,
            "Till och med": ENDS,
            "Så följer ni upp": "Vi frågar igen när löftet är slut och visar svaret här.",
            "Ni rapporterar": "varje månad",
        }
    ).press("Spara utkast")
    missing = at.page.get_by_role("complementary")
    assert "Löftet saknar åtgärder" in missing.text_content()
    at.follow("Lägg till en åtgärd").write(
        {"Vad ni gör": LIGHT, "Eller: det som ska finnas på plats": "20 nya lampor tända", "Var": "längs ån"}
    ).press("Spara")
    assert f"{POLICE} har ingen åtgärd" in missing.text_content()
    cast.police.go(BOARD).follow(PROMISE).follow("Lägg till en åtgärd").write(
        {"Vad ni gör": PATROL, "Hur många": "1", "Av vad": "pass", "Hur ofta": "i veckan", "Var": "längs ån"}
    ).press("Spara")
    set_a_target(at)
    at.go(BOARD).follow(PROMISE).reads(LIGHT, PATROL, SERIES)
    assert "Skarpt löfte" in missing.text_content()
    at.follow("Lägg fram för underskrift").press("Lägg fram för underskrift")


def set_a_target(coordinator) -> None:
    """Say what is measured, record the value before, and fix the target."""
    at = coordinator
    at.go(BOARD).follow(PROMISE).follow("Skriv ett nytt mått").write(
        {
            "Måttets namn": SERIES,
            "Enhet": "procent",
            "Det här säger siffran": "Andelen som svarar att de undviker ån efter klockan 20.",
            "Riktning": "lägre är bättre",
            "Vad måttet gäller": "effekt (vad det leder till)",
            "Källa": "Kommunens enkät",
        }
    ).press("Spara")
    record(at, BEGAN - timedelta(days=60), BEGAN - timedelta(days=30), 48)
    at.follow("Sätt målet").write(
        {
            "Mått": SERIES,
            "Utgångsvärde": 48,
            "Utgångsvärdet avser": "före löftet",
            "Mål": 40,
            "Senast": TODAY,
            "Så räknas det": "Samma fråga till ett nytt slumpvis urval.",
        }
    ).press("Spara")


def record(coordinator, first: date, last: date, value: int) -> None:
    """Record a measurement of a period."""
    coordinator.write({"Från och med": first, "Till och med": last, "Värde": value}).press("Spara mätningen")


def one_signature_is_not_enough(cast: Cast) -> None:
    """Not public, not in force, not in the register, not in the export; the reader outside sees nothing either."""
    before = register_size(cast.installation)
    sign(cast.chair, PROMISE)
    cast.chair.reads(f"Inget gäller förrän också {POLICE} har gjort det")
    for visitor in (cast.passer_by, cast.reader):
        for address in (PLACE, "/medborgarloften/", REGISTER):
            visitor.go(address).does_not_read(PROMISE)
        assert visitor.page.request.get(PROMISE_ADDRESS).status == 404
        assert PROMISE not in visitor.page.request.get(f"{REGISTER}export.jsonl").text()
    assert register_size(cast.installation) == before


def with_the_second_it_is_public_and_in_the_register(cast: Cast, tmp_path: Path) -> None:
    """The chief has been away, proves who it is again, and signs: then it holds, for all to check."""
    before = register_size(cast.installation)
    chief = cast.chief
    let_the_confirmation_grow_old(cast.installation, chief)
    chief.go("/skrivbord/")
    chief.follow("Läs och skriv under", among=chief.main.get_by_role("listitem").filter(has_text=PROMISE))
    assert chief.main.get_by_role("button", name="Skriv under", exact=True).count() == 0
    chief.follow("Bekräfta vem du är").write({"Kod": "000000"}).press("Bekräfta")
    chief.reads("Koden stämmer inte").give_code("Bekräfta")
    chief.tick("Jag har läst hela texten").press("Skriv under").reads("Du har skrivit under", "Alla parter har skrivit")

    shown = cast.passer_by.go(PLACE).follow(PROMISE)
    shown.reads(LIGHT, PATROL, "Skarpt löfte", SERIES, "kommunstyrelsens ordförande", "lokalpolisområdeschef")
    shown.comes_to(PROMISE_ADDRESS)
    assert register_size(cast.installation) == before + 1
    cast.installation.command("tick")
    shown.go(REGISTER).reads(PROMISE)
    the_register_can_be_checked_elsewhere(cast, tmp_path)


def let_the_confirmation_grow_old(installation, signatory) -> None:
    """Eleven minutes pass for the signatory's session. A confirmation is good for ten."""
    (key,) = [c["value"] for c in signatory.page.context.cookies() if c["name"] == "loftet_personal"]
    code = (
        "from loftet.commands import ground; ground.set_up()\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        f"session = SessionStore({key!r})\n"
        "for row in session['account_authentication_methods']: row['at'] -= 660\n"
        "session.modified = True; session.save()"
    )
    subprocess.run([sys.executable, "-c", code], env=installation.environment, check=True, timeout=60)


def the_register_can_be_checked_elsewhere(cast: Cast, tmp_path: Path) -> None:
    """What the page offers for download holds on a machine that has nothing but those two files."""
    page = cast.passer_by.go(REGISTER).follow("Så kontrollerar du boken själv").page
    for words, name in (("Hämta boken", "bok.jsonl"), ("Hämta den öppna nyckeln", "nyckel.txt")):
        with page.expect_download() as download:
            cast.passer_by.follow(words)
        download.value.save_as(tmp_path / name)
    elsewhere = dataclasses.replace(cast.installation, home=tmp_path / "elsewhere", server=None)
    check = ("verify", str(tmp_path / "bok.jsonl"), "--public-key", str(tmp_path / "nyckel.txt"))
    n = register_size(cast.installation)
    assert f"Alla {n} poster stämmer" in elsewhere.command(*check).stdout
    book = (tmp_path / "bok.jsonl").read_text(encoding="utf-8")
    assert PROMISE in book
    (tmp_path / "bok.jsonl").write_text(book.replace(PROMISE, "Ljusare kvällar överallt"), encoding="utf-8")
    assert elsewhere.command(*check, check=False).returncode == 1


# --- Follow-up -----------------------------------------------------------------------------------------------------
def it_is_followed_up(cast: Cast) -> None:
    """Each party reports on its own; a measurement is recorded; the two answers are told apart."""
    shown = cast.passer_by.go(PLACE).follow(PROMISE)
    shown.does_not_read("Målet är nått", "Ansvarig har rapporterat att det är på plats.")
    at = cast.coordinator
    at.go(BOARD).follow(PROMISE).follow(f"Rapportera {LIGHT}").tick("Ja").press("Publicera rapporten")
    police = cast.police
    police.go(BOARD).follow(PROMISE).follow(f"Rapportera {PATROL}").write({"Antal (pass)": 5}).press(
        "Publicera rapporten"
    )
    police.reads("5 (pass)", POLICE)
    at.go(BOARD).follow(PROMISE).follow("Lägg in en mätning")
    record(at, TODAY - timedelta(days=6), TODAY, 37)
    shown.page.reload()
    shown.reads("Gjorde vi det?", "Hjälpte det?", "Målet är nått", "Gjort")
    shown.go(REGISTER).reads(LIGHT, PATROL)


def those_who_were_there_get_an_answer(cast: Cast) -> None:
    """Every finding is answered before the answer is published."""
    at = cast.coordinator
    at.go(BOARD).follow(DIALOGUE).follow("Svar till er").write({"Inledning": INTRODUCTION})
    at.press("Spara och svara på det ni hörde")
    at.follow("Svara").tick("lovat").write({"Vilket löfte?": PROMISE, "Ert svar": ANSWER}).press("Spara svaret")
    at.follow("Publicera svaret").press("Publicera svaret")


def the_resident_comes_back_and_reads_it(resident, dialogue: str) -> None:
    """The same phone, still without JavaScript: from one's own answers to the answer, the promise and its chain."""
    resident.go(dialogue).follow("Dina svar").reads(WORDS_WITHOUT_SCRIPTS, "Publicerad")
    resident.follow("Läs svaret till er som var med").reads(INTRODUCTION, FINDING, "Lovat", ANSWER)
    resident.follow("Läs löftet och följ hur det går").reads(PROMISE, LIGHT, PATROL, "Målet är nått")
    resident.follow("Se hela kedjan").reads(QUESTION, FINDING, NEED, PROBLEM, PROMISE, LIGHT, PATROL, SERIES)


# --- The reader ----------------------------------------------------------------------------------------------------
def the_reader_sees_everything_and_can_do_nothing(cast: Cast, dialogue: str) -> None:
    """No field and no button on any page of the place, and every post that staff have sent is refused."""
    reader = cast.reader
    seen = list(pages_at_the_desk(reader))
    assert len(seen) > 12
    sent = [post for somebody in (cast.coordinator, cast.police, cast.chair, cast.chief) for post in somebody.sent]
    posts = [(address, data) for address, data in sent if address.startswith("/skrivbord/")]
    assert len(posts) > 25
    before = everything_but_sessions(cast.installation)
    (token,) = [c["value"] for c in reader.page.context.cookies() if c["name"] == "csrftoken"]
    headers = {"X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded"}
    for address, data in posts:
        fields = [(name, value) for name, value in parse_qsl(data, True) if name != "csrfmiddlewaretoken"]
        answer = reader.page.request.post(address, headers=headers, data=urlencode(fields))
        assert answer.status == 403, f"The reader's post to {address} was answered with {answer.status}."
        assert "Formuläret hade blivit för gammalt" not in answer.text(), "Refused for another reason."
    assert everything_but_sessions(cast.installation) == before


def pages_at_the_desk(reader) -> Iterator[str]:
    """Every page of the place that the reader can reach by links; none has anything to press or fill in."""
    waiting, known = [BOARD], {BOARD}
    while waiting:
        address = waiting.pop(0)
        reader.go(address)
        for role in ("button", "textbox", "checkbox", "radio", "combobox", "spinbutton"):
            # What only chooses among what is shown changes nothing.
            found = reader.main.get_by_role(role).and_(reader.page.locator(":not(form[method=get] *)"))
            assert found.count() == 0, f"The reader finds a {role} on {address}."
        yield address
        for link in reader.main.get_by_role("link").all():
            target = (link.get_attribute("href") or "").partition("#")[0]
            if target.startswith(("/skrivbord/exempelby/", "/skrivbord/underskrift/")) and target not in known:
                known.add(target)
                if target.endswith(FILES):
                    assert reader.page.request.get(target).status == 200, target
                else:
                    waiting.append(target)


# --- The database, as a witness ------------------------------------------------------------------------------------
def rows(installation, query: str) -> list[tuple]:
    """What the installation's database answers."""
    file = f"file:{installation.home / 'loftet.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(file, uri=True)) as database:
        return database.execute(query).fetchall()


def register_size(installation) -> int:
    """How many entries the register has."""
    return rows(installation, "SELECT COUNT(*) FROM register_entry")[0][0]


def everything_but_sessions(installation) -> dict[str, list[tuple]]:
    """Every row of every table that tells what people have done; checkpoints are signed by the clock meanwhile."""
    tables = [name for (name,) in rows(installation, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = [name for name in tables if not name.startswith(("django_", "sqlite_")) and name != "register_checkpoint"]
    return {name: rows(installation, f'SELECT * FROM "{name}"') for name in told}

"""A resident takes part: answers, goes back, says it in their own words, stops and comes back. No scripts anywhere."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues import queries
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Participant, Voice, Vote
from loftet.testing import factories
from loftet.testing.client import PageClient

DIALOGUE = "/provby/dialoger/trygg-i-centrum/"
TAKE_PART, SAY, MINE = f"{DIALOGUE}delta/", f"{DIALOGUE}sag-det-sjalv/", f"{DIALOGUE}mina-svar/"
WHILE_WRITING = f"{SAY}medan-du-skriver/"
CODE, NEXT_PERSON = f"{DIALOGUE}kod/", f"{DIALOGUE}nasta-person/"
NAMED = "Parken som heter efter Selma Lagerlöf är mörk."
OWN_WORDS = "Det saknas bänkar vid hållplatsen."


@pytest.fixture
def begun(open_dialogue, client) -> PageClient:
    """A browser in which the first statement is answered."""
    client.get(TAKE_PART).page.form("Håller med").submit("Håller med")
    return client


def said(page) -> str:
    """The words of the statement on the screen."""
    return page.document.text(page.document.all("blockquote")[0])


def answer(client, button: str):
    return client.get(TAKE_PART).page.form("Håller med").submit(button).page


# --- Answering -------------------------------------------------------------------------------------------------------
def test_from_the_place_to_the_first_answer_is_three_presses(open_dialogue, page):
    first = page("/provby/").link("Var med: Trygg i centrum").follow().page.link("Svara").follow().page
    assert "0 av ungefär 6" in first.text
    second = first.form("Håller med").submit("Håller med").page
    assert "1 av ungefär 6" in second.text
    assert said(second) != said(first)


@pytest.mark.parametrize(("button", "value"), [("Håller med", 1), ("Håller inte med", -1), ("Hoppa över", 0)])
def test_an_answer_counts_at_once(open_dialogue, client, button, value):
    answer(client, button)
    assert [vote.value for vote in asked.current_votes(open_dialogue)] == [value]


def test_all_statements_are_asked_once_and_then_it_says_thanks(open_dialogue, client):
    seen = []
    for _ in range(6):
        page = client.get(TAKE_PART).page
        seen.append(said(page))
        page.form("Håller med").submit("Hoppa över")
    assert sorted(seen) == sorted(factories.dialogues.STATEMENTS)
    assert "Tack, du har svarat på allt" in client.get(TAKE_PART).page.text
    assert Participant.objects.count() == 1


def test_back_shows_what_one_answered_and_it_can_be_changed(open_dialogue, client):
    words = []
    for button in ("Håller med", "Håller inte med"):
        words.append(said(client.get(TAKE_PART).page))
        now = answer(client, button)
    back = now.link("Tillbaka").follow().page
    assert said(back) == words[1]
    assert "Du svarade: håller inte med." in back.text
    first = back.link("Tillbaka").follow().page
    assert (said(first), "Du svarade: håller med." in first.text) == (words[0], True)
    assert "Tillbaka" not in [link.text for link in first.links()]
    onwards = first.form("Håller med").submit("Hoppa över").page
    assert "2 av ungefär 6" in onwards.text
    assert sorted(vote.value for vote in asked.current_votes(open_dialogue)) == [-1, 0]


def test_going_onwards_changes_nothing(begun):
    back = begun.get(TAKE_PART).page.link("Tillbaka").follow().page
    assert "1 av ungefär 6" in back.link("Vidare").follow().page.text
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("wanted", ["999", "-1", "ett", "²", "9" * 40])
def test_a_statement_that_is_not_there_gives_the_next_one(begun, wanted):
    assert "1 av ungefär 6" in begun.get(TAKE_PART, {"pastaende": wanted}).page.text


@pytest.mark.parametrize(
    "sent", [{}, {"statement": "1"}, {"statement": "1", "value": "2"}, {"statement": "99", "value": "1"}]
)
def test_what_is_no_answer_is_not_stored_and_nobody_joins(open_dialogue, client, sent):
    response = client.post(TAKE_PART, sent)
    assert (response.status_code, response["Location"]) == (302, TAKE_PART)
    assert (Vote.objects.count(), Participant.objects.count()) == (0, 0)


def test_a_browser_that_keeps_no_cookie_is_told_why(open_dialogue, client):
    response = client.post(TAKE_PART, {"statement": 1, "value": 1})
    client.cookies.clear()
    told = client.get(response["Location"]).page
    assert told.h1 == "Webbläsaren sparade inget"
    assert "Tillåt kakor" in told.text


# --- In one's own words ----------------------------------------------------------------------------------------------
def test_own_words_wait_for_a_moderator_and_their_sender_sees_them(open_dialogue, client):
    mine = client.get(SAY).page.form("Skicka").fill("Vad vill du säga?", OWN_WORDS).submit().page
    assert mine.address == MINE
    assert OWN_WORDS in mine.text
    assert "Väntar på granskning" in mine.text
    assert OWN_WORDS not in PageClient().get(MINE).page.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv något först."),
        ("Nej", "Skriv en hel mening"),
        ("Ring mig på 070-123 45 67 om bänken", "Det här kan peka ut en person: ”070-123 45 67” (telefonnummer)."),
        ("Skriv till otto@example.org om bänken", "(e-postadress)"),
        ("Bänken är trasig. " * 20, "Texten får vara högst 280 tecken"),
        ("Bänken är trasig. " * 100, "Texten får vara högst 280 tecken och är nu 1799."),
        ("Det behövs mer belysning i stadsparken", "Det finns redan ett påstående som säger samma sak"),
    ],
)
def test_what_is_refused_is_given_back_and_nothing_of_it_is_stored(open_dialogue, client, text, told):
    seeds = Voice.objects.count()
    response = client.get(SAY).page.form("Skicka").fill("Vad vill du säga?", text).submit()
    assert response.status_code == 422
    assert told in response.page.text
    assert response.page.form("Skicka").value("Vad vill du säga?").strip() == text.strip()
    assert Voice.objects.count() == seeds


def test_a_near_copy_offers_the_statement_to_answer_instead(open_dialogue, client):
    copy = "Det behövs mer belysning i stadsparken"
    refused = client.get(SAY).page.form("Skicka").fill("Vad vill du säga?", copy).submit().page
    instead = refused.link("Svara på det påståendet").follow().page
    assert said(instead) == f"{copy}."
    instead.form("Håller med").submit("Håller med")
    assert [(vote.statement, vote.value) for vote in asked.current_votes(open_dialogue)] == [(1, 1)]


def test_why_own_words_were_declined_is_said_in_words(open_dialogue, client, cast):
    client.get(SAY).page.form("Skicka").fill("Vad vill du säga?", OWN_WORDS).submit()
    voice = Voice.objects.get(text=OWN_WORDS)
    dialogues.moderate(voice=voice, outcome="declined", reason="person", note="Vi ser vem du menar.", by=cast.moderator)
    mine = client.get(MINE).page
    assert "Inte publicerad" in mine.text
    assert "Texten kan peka ut en person. Vi ser vem du menar." in mine.text


def test_published_own_words_are_asked_of_others_and_not_of_their_sender(open_dialogue, client, cast):
    client.get(SAY).page.form("Skicka").fill("Vad vill du säga?", OWN_WORDS).submit()
    dialogues.moderate(voice=Voice.objects.get(text=OWN_WORDS), outcome="published", by=cast.moderator)
    assert "Publicerad" in client.get(MINE).page.text
    assert "av ungefär 6" in client.get(TAKE_PART).page.text
    assert said(client.get(TAKE_PART, {"pastaende": "7"}).page) != OWN_WORDS
    assert "av ungefär 7" in PageClient().get(TAKE_PART).page.text


def test_what_the_guard_stops_can_be_sent_to_a_moderator_all_the_same(open_dialogue, client):
    stopped = client.post(SAY, {"text": NAMED}).page
    assert "Det här kan peka ut en person" in stopped.text
    assert not Voice.objects.filter(text=NAMED).exists()
    mine = stopped.form("Skicka").submit("Det pekar inte ut någon").page
    assert mine.address == MINE
    assert NAMED in mine.text
    assert "Väntar på granskning" in mine.text
    assert NAMED not in PageClient().get(SAY).page.text


def test_only_what_is_stopped_offers_it(open_dialogue, client):
    assert "Det pekar inte ut någon" not in client.get(SAY).page.text
    assert "Det pekar inte ut någon" not in client.post(SAY, {"text": "kort"}).page.text
    client.post(SAY, {"text": OWN_WORDS, "insists": "1"})
    assert Voice.objects.get(text=OWN_WORDS).reason == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NAMED, "”Selma Lagerlöf” (namn)"),
        (f"Jo, {factories.dialogues.STATEMENTS[0].lower()}", factories.dialogues.STATEMENTS[0]),
    ],
)
def test_while_writing_one_is_told_and_nothing_is_stored(open_dialogue, client, text, told):
    kept = Voice.objects.count()
    answer = client.post(WHILE_WRITING, {"text": text}, check=False)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert told in html.unescape(answer.content.decode())
    assert (Voice.objects.count(), Participant.objects.count()) == (kept, 0)


@pytest.mark.parametrize("text", ["", "Mer", OWN_WORDS, "x" * 300, "x" * 5000, "\x00\u202e" * 9])
def test_while_writing_most_is_fine(open_dialogue, client, text):
    answer = client.post(WHILE_WRITING, {"text": text}, check=False)
    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_a_statement_that_others_have_said_can_be_answered_at_once(open_dialogue, client):
    number = asked.statements(open_dialogue).last().number
    page = client.get(TAKE_PART, {"pastaende": number}).page
    assert said(page) == asked.statement(open_dialogue, number).voice.text


# --- One's answers, and stopping -------------------------------------------------------------------------------------
def test_my_answers_can_be_changed_from_their_page(begun):
    mine = begun.get(MINE).page
    assert "Ditt svar: håller med." in mine.text
    change = next(link for link in mine.links() if link.text.startswith("Ändra svaret på:"))
    assert "Du svarade: håller med." in change.follow().page.text


def test_another_browser_sees_nothing_of_it(begun):
    other = PageClient()
    assert "Du har inte svarat i den här webbläsaren" in other.get(MINE).page.text
    assert "0 av ungefär 6" in other.get(TAKE_PART).page.text


def test_a_token_of_another_dialogue_opens_nothing(begun, cast):
    other = factories.make_dialogue(cast, title="En annan fråga")
    (name, token) = next((n, m.value) for n, m in begun.cookies.items())
    stranger = PageClient()
    stranger.cookies[name.replace(name.removeprefix("deltar-"), other.public_id)] = token
    assert "Du har inte svarat" in stranger.get("/provby/dialoger/en-annan-fraga/mina-svar/").page.text


# --- When it is not open ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("opens", "closes", "told"), [(2, 9, "Den öppnar"), (-9, -2, "Den stängde")])
def test_when_it_is_not_open_it_says_when(cast, client, opens, closes, told):
    now = clock.now()
    dialogue = factories.make_dialogue(
        cast, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    for address in (TAKE_PART, SAY):
        page = client.get(address).page
        assert "Dialogen är inte öppen" in page.text
        assert told in page.text
    refused = client.post(TAKE_PART, {"statement": 1, "value": 1})
    assert refused.status_code == 409
    assert "inte sparat" in refused.page.h1
    assert client.post(SAY, {"text": OWN_WORDS}).status_code == 422
    assert (queries.counts(dialogue).participants, Voice.objects.filter(text=OWN_WORDS).exists()) == (0, False)
    assert "Svara" not in [link.text for link in client.get(DIALOGUE).page.links()]


def test_what_one_answered_is_still_there_after_closing(begun, open_dialogue, monkeypatch):
    after = open_dialogue.closes_at + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    mine = begun.get(MINE).page
    assert "Ditt svar: håller med." in mine.text
    assert not [link.text for link in mine.links() if link.text.startswith(("Ändra", "Fortsätt"))]


# --- On another telephone, and on a shared one -----------------------------------------------------------------------
def code_of(page) -> str:
    return re.search(r"\b(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}\b", page.text)[0]


def test_the_code_leads_to_ones_answers_on_another_telephone(begun):
    mine = begun.get(MINE).page
    other = PageClient()
    typed = code_of(mine).lower().replace(" ", "-")
    there = other.get(MINE).page.link("Jag har en kod").follow().page
    found = there.form("Fortsätt").fill("Din kod", typed).submit().page
    assert (found.address, found.text.count("Ditt svar: håller med.")) == (MINE, 1)
    assert "1 av ungefär 6" in other.get(TAKE_PART).page.text
    answer(other, "Håller inte med")
    assert "2 av ungefär 6" in begun.get(TAKE_PART).page.text
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Skriv koden först."),
        ("k7qf", "Koden har 16 tecken"),
        ("åäö!?" * 4, "Koden har 16 tecken"),
        ("X" * 201, "Det här är längre"),
        ("0000 0000 0000 0000", "Koden finns inte i den här dialogen"),
    ],
)
def test_a_code_that_leads_nowhere_is_told_and_changes_nothing(begun, typed, told):
    refused = begun.post(CODE, {"code": typed})
    assert refused.status_code == 422
    assert told in refused.page.text
    assert refused.page.form("Fortsätt").value("Din kod") == typed
    assert "Ditt svar: håller med." in begun.get(MINE).page.text


def test_a_code_of_one_dialogue_is_nothing_in_another(begun, cast):
    other = factories.make_dialogue(cast, title="En annan fråga")
    refused = begun.post("/provby/dialoger/en-annan-fraga/kod/", {"code": code_of(begun.get(MINE).page)})
    assert refused.status_code == 422
    assert not other.participants.exists()


def test_the_code_still_opens_ones_answers_when_the_dialogue_is_closed(begun, open_dialogue, monkeypatch):
    code = code_of(begun.get(MINE).page)
    after = open_dialogue.closes_at + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    assert "Ditt svar: håller med." in PageClient().post(CODE, {"code": code}, follow=True).page.text


def test_the_next_person_begins_anew_and_the_answers_stay(begun):
    handing_over = begun.get(MINE).page.link("Låt nästa person svara").follow().page
    code = code_of(handing_over)
    begins = handing_over.form("Nästa person").submit().page
    assert begins.address == DIALOGUE
    assert "0 av ungefär 6" in begun.get(TAKE_PART).page.text
    assert code not in begun.get(MINE).page.text
    answer(begun, "Håller inte med")
    assert (Participant.objects.count(), Vote.objects.count()) == (2, 2)
    assert "Ditt svar: håller med." in begun.post(CODE, {"code": code}, follow=True).page.text


def test_nobody_to_hand_over_from(open_dialogue, client):
    assert "Ingen har svarat i den här webbläsaren" in client.get(NEXT_PERSON).page.text


def test_the_code_stands_in_no_address_and_is_kept_by_no_cache(begun):
    code = code_of(begun.get(MINE).page)
    entered = PageClient().post(CODE, {"code": code})
    assert code.replace(" ", "") not in entered["Location"]
    for address in (MINE, CODE, NEXT_PERSON):
        assert "no-store" in begun.get(address)["Cache-Control"]

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from loftet.analysis.identifying_text import Kind
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues import queries as dialogue_queries
from loftet.domain.dialogues.methods.statements import actions, queries, wording
from loftet.domain.dialogues.methods.statements.wording import AlreadySaid, IdentifyingText
from loftet.domain.dialogues.models import Participant, Statement, Voice
from loftet.domain.dialogues.tests.world import AFTER, BEFORE, DURING, an_open_dialogue, someone
from loftet.domain.journal.models import Event

NEW = "Bussarna slutar gå för tidigt på lördagar."


def say(dialogue, text, participant=None, at=DURING):
    return actions.say(dialogue=dialogue, participant=participant or someone(dialogue), text=text, at=at)


def said(dialogue):
    return Voice.objects.filter(dialogue=dialogue, participant__isnull=False)


def test_what_one_says_waits_for_a_moderator_and_is_shown_to_oneself(dialogue):
    participant, events = someone(dialogue), Event.objects.count()
    voice = say(dialogue, f"  {NEW}\n", participant)

    assert (voice.text, voice.state, voice.decided_at) == (NEW, "received", None)
    assert voice.received_hour == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert list(dialogue_queries.my_voices(participant)) == [voice]
    assert queries.statements(dialogue).count() == 3
    assert dialogue_queries.waiting_count(dialogue) == {"received": 1, "held": 0}
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring mig på 070-123 45 67 så berättar jag mer om det här.", "”070-123 45 67” (telefonnummer)"),
        ("Skriv till kalle@example.org om ni vill veta.", "”kalle@example.org” (e-postadress)"),
        ("Han som gör det är 640823-3234 och bor här i trakten.", "”640823-3234” (personnummer)"),
        ("Bilen som kör för fort har nummer ABC 123.", "”ABC 123” (registreringsnummer)"),
        ("De som festar bor på Storgatan 14 B.", "”Storgatan 14 B” (adress med husnummer)"),
        ("Jag såg Fatima Berg köra moped på gångbanan.", "”Fatima Berg” (namn)"),
        ("Alla vet att grannen i 3:an säljer knark.", "”grannen i 3:an säljer knark” (anklagelse mot en person)"),
    ],
)
def test_words_that_point_out_a_person_are_given_back_and_nothing_is_stored(dialogue, text, words):
    with pytest.raises(IdentifyingText) as refused:
        say(dialogue, text)

    assert not said(dialogue).exists()
    assert refused.value.text == text
    (hit,) = refused.value.hits
    assert words.startswith(f"”{text[hit.start : hit.end]}”")
    assert f": {words}." in str(refused.value)
    assert "Inget är sparat" in str(refused.value)
    assert "114 14" in str(refused.value)


def test_every_kind_of_hit_has_its_word():
    assert set(wording.KINDS) == set(get_args(Kind))
    assert len(set(wording.KINDS.values())) == len(wording.KINDS)


def test_invisible_characters_hide_nothing_from_the_guard(dialogue):
    with pytest.raises(IdentifyingText) as refused:
        say(dialogue, "Skriv till kal\u200ble@exam\u00adple.org om ni vill veta var det är.")
    assert "kalle@example.org" in str(refused.value)


def test_the_guard_comes_before_the_length(dialogue):
    with pytest.raises(IdentifyingText):
        say(dialogue, "a@b.se")
    with pytest.raises(IdentifyingText):
        say(dialogue, f"kalle@example.org {'x' * 300}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Ljus", "hel mening"), ("  \n ", "hel mening"), ("mer ljus " * 40, "högst 280 tecken och är nu 359")],
)
def test_too_short_and_too_long_is_refused(dialogue, text, sentence):
    with pytest.raises(DomainError, match=sentence):
        say(dialogue, text)
    assert not said(dialogue).exists()


def test_a_text_of_absurd_length_is_refused_without_being_searched(dialogue, monkeypatch):

    def never(text):
        raise AssertionError("the whole text was searched")

    monkeypatch.setattr(wording, "find_identifying", never)
    with pytest.raises(DomainError, match="högst 280 tecken"):
        say(dialogue, "x" * 1_000_000)


def test_what_somebody_has_said_is_pointed_at_so_that_one_can_answer_it(dialogue):
    with pytest.raises(AlreadySaid) as refused:
        say(dialogue, "Vi behöver mer belysning i stadsparken")

    assert refused.value.statement == queries.statement(dialogue, 1)
    assert "”Det behövs mer belysning i stadsparken.”" in str(refused.value)
    assert not said(dialogue).exists()


@pytest.mark.parametrize(
    "text",
    [
        "Det behövs mindre belysning i stadsparken.",
        "Det behövs inte mer belysning i stadsparken.",
        "Det behövs mer belysning i hamnparken.",
        "Cyklar ska få köras på gågatan.",
    ],
)
def test_what_is_only_alike_is_let_through(dialogue, text):
    assert say(dialogue, text).pk


def test_the_same_words_in_another_dialogue_are_new(world, dialogue):
    say(dialogue, NEW)
    assert say(an_open_dialogue(world), NEW).pk


def test_sending_the_same_twice_stores_it_once_and_others_words_in_waiting_are_not_revealed(dialogue):
    participant = someone(dialogue)
    say(dialogue, NEW, participant)
    with pytest.raises(AlreadySaid, match="Du har redan skickat in") as refused:
        say(dialogue, NEW, participant)
    assert refused.value.statement is None
    assert say(dialogue, NEW).pk
    assert said(dialogue).count() == 2


def test_ones_own_statement_is_not_put_to_oneself(world, dialogue):
    participant = someone(dialogue)
    voice = say(dialogue, NEW, participant)
    dialogues.moderate(voice=voice, outcome="published", by=world.moderator, at=DURING)
    dialogues.set_routing(dialogue=dialogue, priorities={1: 1e-9, 2: 1e-9, 3: 1e-9, 4: 1.0})

    assert queries.next_statement(dialogue=dialogue, participant=participant, at=DURING).number != 4
    assert queries.progress(participant) == (0, 3)
    assert queries.next_statement(dialogue=dialogue, participant=someone(dialogue), at=DURING).number == 4


@pytest.mark.parametrize(("at", "sentence"), [(BEFORE, "inte öppnat än"), (AFTER, "är stängd")])
def test_nothing_is_said_outside_the_dialogues_times(dialogue, at, sentence):
    participant = someone(dialogue)
    with pytest.raises(DomainError, match=sentence):
        say(dialogue, NEW, participant, at)
    assert not said(dialogue).exists()


def test_nothing_is_said_with_a_token_of_another_dialogue(world, dialogue):
    with pytest.raises(NotAllowed):
        say(dialogue, NEW, someone(an_open_dialogue(world)))
    assert not said(dialogue).exists()


def test_one_who_has_much_waiting_is_asked_to_come_back(dialogue):
    participant = someone(dialogue)
    for street in ("Bergs", "Dals", "Ekbacks", "Granbacks", "Hamn", "Kvarn", "Lind", "Norr", "Park", "Skol"):
        say(dialogue, f"{street}gatan behöver farthinder vid övergången.", participant)
    with pytest.raises(DomainError, match="väntar på granskning"):
        say(dialogue, NEW, participant)
    assert Participant.objects.get(pk=participant.pk).voices.count() == 10


def test_a_seed_is_a_numbered_statement_from_the_organisers(world, draft):
    seed = actions.add_seed(dialogue=draft, text=NEW, by=world.officer, at=BEFORE)
    assert (seed.number, seed.is_seed, seed.voice.participant, seed.voice.state) == (4, True, None, "published")
    for hat in (world.reader, world.moderator):
        with pytest.raises(NotAllowed):
            actions.add_seed(dialogue=draft, text="Det är halt på Storgatan varje vinter.", by=hat, at=BEFORE)


def test_seeds_pass_the_same_guard(world, draft):
    for text, error in [
        ("Skriv till kalle@example.org om ni vill veta var det är.", IdentifyingText),
        ("Ljus", DomainError),
        ("Det behövs mer belysning i stadsparken!", AlreadySaid),
    ]:
        with pytest.raises(error):
            actions.add_seed(dialogue=draft, text=text, by=world.coordinator, at=BEFORE)
    assert Statement.objects.filter(dialogue=draft).count() == 3


def test_a_seed_comes_while_open_but_not_after_and_leaves_only_a_draft(world, dialogue, draft):
    late = actions.add_seed(dialogue=dialogue, text=NEW, by=world.coordinator, at=DURING)
    with pytest.raises(DomainError, match="är stängd"):
        actions.add_seed(dialogue=dialogue, text="Det är halt på Storgatan.", by=world.coordinator, at=AFTER)
    with pytest.raises(DomainError, match="är publicerad"):
        actions.remove_seed(statement=late, by=world.coordinator, at=DURING)

    third = queries.statement(draft, 3)
    with pytest.raises(NotAllowed):
        actions.remove_seed(statement=third, by=world.reader, at=BEFORE)
    actions.remove_seed(statement=third, by=world.coordinator, at=BEFORE)
    assert [s.number for s in queries.statements(draft)] == [1, 2]
    assert Voice.objects.filter(dialogue=draft).count() == 2


HARMLESS = "Parken som heter efter Selma Lagerlöf är mörk."


def test_what_its_sender_says_points_out_nobody_waits_with_what_the_guard_found(dialogue):
    who = someone(dialogue)
    with pytest.raises(IdentifyingText):
        actions.say(dialogue=dialogue, participant=who, text=HARMLESS, at=DURING)
    voice = actions.say(dialogue=dialogue, participant=who, text=HARMLESS, insists=True, at=DURING)
    assert (voice.state, voice.reason, voice.decided_at) == (Voice.State.RECEIVED, Voice.Reason.PERSON, None)
    assert wording.stopped_at(voice) == "”Selma Lagerlöf” (namn)"
    assert not dialogue.statements.filter(voice=voice).exists()


def test_to_insist_lets_nothing_else_through(dialogue):
    who = someone(dialogue)
    for text in ("kort", "x" * 281, "y" * 5000):
        with pytest.raises(DomainError):
            actions.say(dialogue=dialogue, participant=who, text=text, insists=True, at=DURING)
    voice = actions.say(dialogue=dialogue, participant=who, text="Mer ljus i parken.", insists=True, at=DURING)
    assert (voice.reason, wording.stopped_at(voice)) == ("", "")


def test_what_was_insisted_on_is_published_without_its_mark(world, dialogue):
    who = someone(dialogue)
    voice = actions.say(dialogue=dialogue, participant=who, text=HARMLESS, insists=True, at=DURING)
    voice = dialogues.moderate(voice=voice, outcome=Voice.State.PUBLISHED, by=world.moderator, at=DURING)
    assert (voice.reason, voice.statement.is_seed, wording.stopped_at(voice)) == ("", False, "")

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues import actions, queries
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.dialogues.tests.world import AFTER, BEFORE, CLOSES, DURING, OPENS, WORDS, a_draft, an_open_dialogue
from loftet.domain.journal import queries as journal
from loftet.domain.register import queries as register


def verbs(subject):
    return [event.verb for event in journal.history(subject.public_id)]


def test_a_draft_is_saved_with_an_address_and_a_journal_entry(world):
    dialogue = a_draft(world, seeds=(), title="  Trygg i centrum ")

    assert dialogue.title == "Trygg i centrum"
    assert dialogue.state(DURING) == Dialogue.State.DRAFT
    assert verbs(dialogue) == ["dialogues.dialogue_drafted"]
    assert not register.entries(subject=dialogue.public_id).exists()
    assert queries.public_dialogues(world.municipality, DURING) == []
    assert queries.public_dialogue(world.municipality, "trygg-i-centrum", DURING) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": ""}, "behöver en rubrik"),
        ({"title": "x" * 121}, "högst 120 tecken"),
        ({"closes_at": OPENS}, "stänga efter att den öppnar"),
        ({"answer_by": date(2026, 3, 29)}, "Dagen för svar"),
        ({"minutes": 0}, "minst en minut"),
        ({"sample_type": "anyone"}, "vilka som svarar"),
        ({"opens_at": None}, "Fyll i ”öppnar”"),
    ],
)
def test_a_draft_that_does_not_hold_together_is_refused(world, words, sentence):
    with pytest.raises(DomainError, match=sentence):
        a_draft(world, **words)
    assert not Dialogue.objects.exists()


def test_the_last_day_may_be_the_day_of_the_answer(world):
    assert a_draft(world, answer_by=date(2026, 3, 30)).answer_by == date(2026, 3, 30)


def test_the_controller_and_the_municipality_belong_to_the_partnership(world):
    world.partnership.municipalities.remove(world.municipality)
    with pytest.raises(DomainError, match="samarbetar inte i den kommunen"):
        a_draft(world)
    world.partnership.municipalities.add(world.municipality)
    world.partnership.members.filter(organisation=world.kommun).update(organisation=other(world))
    with pytest.raises(DomainError, match="personuppgiftsansvariga måste vara en av parterna"):
        actions.draft_dialogue(
            by=world.officer, partnership=world.partnership, controller=world.kommun,
            municipality=world.municipality, at=BEFORE, **WORDS,
        )  # fmt: skip


def other(world):
    from loftet.domain.parties import actions as parties

    return parties.add_organisation(kind="other", name="Bostadsbolaget", short_name="bolaget", at=BEFORE)


def test_an_unknown_word_is_a_fault_of_the_program(world):
    with pytest.raises(TypeError, match="published_at"):
        a_draft(world, published_at=BEFORE)


def test_who_may_draft(world):
    words = {"partnership": world.partnership, "controller": world.kommun, "municipality": world.municipality}
    for hat in (world.coordinator, world.officer, world.neighbours_coordinator):
        assert actions.draft_dialogue(by=hat, at=BEFORE, **words, **WORDS).pk
    for hat in (world.reader, world.moderator):
        with pytest.raises(NotAllowed):
            actions.draft_dialogue(by=hat, at=BEFORE, **words, **WORDS)


def test_editing_a_draft_changes_its_address_and_keeps_the_old_one(world):
    dialogue = a_draft(world)
    actions.edit_dialogue(dialogue=dialogue, by=world.officer, at=BEFORE, title="Lugnare kvällar", minutes=3)
    actions.publish_dialogue(dialogue=dialogue, by=world.coordinator, at=BEFORE)

    for slug in ("lugnare-kvallar", "trygg-i-centrum"):
        found = queries.public_dialogue(world.municipality, slug, DURING)
        assert found.dialogue == dialogue
        assert found.slug == "lugnare-kvallar"
    assert queries.public_dialogue(world.neighbour, "lugnare-kvallar", DURING) is None
    assert verbs(dialogue)[-2:] == ["dialogues.dialogue_edited", "dialogues.dialogue_published"]


def test_two_dialogues_with_the_same_title_get_two_addresses(world):
    an_open_dialogue(world)
    an_open_dialogue(world)

    slugs = [public.slug for public in queries.public_dialogues(world.municipality, DURING)]
    assert sorted(slugs) == ["trygg-i-centrum", "trygg-i-centrum-2"]


def test_a_published_dialogue_cannot_be_edited(world, dialogue):
    with pytest.raises(DomainError, match="går inte att ändra"):
        actions.edit_dialogue(dialogue=dialogue, by=world.coordinator, at=BEFORE, question="En annan fråga?")
    assert Dialogue.objects.get().question == WORDS["question"]


def test_an_edit_is_checked_against_the_stored_row_and_not_a_stale_copy(world, draft):
    stale = Dialogue.objects.get(pk=draft.pk)
    actions.publish_dialogue(dialogue=draft, by=world.coordinator, at=BEFORE)
    with pytest.raises(DomainError, match="är publicerad"):
        actions.edit_dialogue(dialogue=stale, by=world.coordinator, at=BEFORE, question="En annan fråga?")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"question": ""}, "Fyll i ”fråga”"),
        ({"cannot_influence": "  "}, "det här kan inte påverkas"),
        ({"legal_basis": ""}, "rättslig grund"),
    ],
)
def test_a_draft_with_gaps_is_kept_but_not_published(world, words, sentence):
    dialogue = a_draft(world, **words)
    with pytest.raises(DomainError, match=sentence):
        actions.publish_dialogue(dialogue=dialogue, by=world.coordinator, at=BEFORE)
    assert not Dialogue.objects.get().published_at


def test_a_dialogue_needs_a_statement_and_time_left(world):
    with pytest.raises(DomainError, match="minst ett påstående"):
        actions.publish_dialogue(dialogue=a_draft(world, seeds=()), by=world.coordinator, at=BEFORE)
    with pytest.raises(DomainError, match="skulle redan ha stängt"):
        actions.publish_dialogue(dialogue=a_draft(world), by=world.coordinator, at=AFTER)


def test_only_the_controllers_own_may_publish(world, draft):
    for hat in (world.officer, world.neighbours_coordinator, world.moderator, world.reader):
        with pytest.raises(NotAllowed):
            actions.publish_dialogue(dialogue=draft, by=hat, at=BEFORE)
    assert actions.publish_dialogue(dialogue=draft, by=world.coordinator, at=BEFORE).published_at == BEFORE


def test_publishing_enters_the_register_once_with_its_words(world, draft):
    actions.publish_dialogue(dialogue=draft, by=world.coordinator, at=BEFORE)
    with pytest.raises(DomainError, match="är publicerad"):
        actions.publish_dialogue(dialogue=draft, by=world.coordinator, at=BEFORE)

    (entry,) = register.entries(subject=draft.public_id)
    parts = register.contents_of(entry.number)
    assert entry.kind == "dialogue.opened"
    assert parts["question"] == WORDS["question"]
    assert parts["cannot_influence"] == WORDS["cannot_influence"]
    assert parts["sample_type"] == "självvalt: alla som vill får svara"
    assert parts["method"] == "påståenden"
    assert parts["closes_at"] == "2026-03-30T20:00:00Z"
    assert "simulated_note" not in parts


def test_a_made_up_dialogue_says_so_in_the_register(world):
    dialogue = an_open_dialogue(world, simulated_note="Svaren är påhittade för ett exempel.")
    entry = register.entries(kind="dialogue.opened", subject=dialogue.public_id).get()
    assert register.contents_of(entry.number)["simulated_note"] == "Svaren är påhittade för ett exempel."


def test_nothing_is_published_when_the_register_fails(world, draft, monkeypatch):
    def broken(**_ignored):
        raise RuntimeError("the register is away")

    monkeypatch.setattr(actions.register, "append", broken)
    with pytest.raises(RuntimeError):
        actions.publish_dialogue(dialogue=draft, by=world.coordinator, at=BEFORE)
    assert Dialogue.objects.get(pk=draft.pk).published_at is None


def test_open_and_closed_follow_from_the_times(dialogue):
    second = timedelta(seconds=1)
    states = [dialogue.state(at) for at in (OPENS - second, OPENS, CLOSES - second, CLOSES)]
    assert states == ["coming", "open", "open", "closed"]
    assert [dialogue.is_open(at) for at in (OPENS - second, OPENS, CLOSES)] == [False, True, False]
    assert [dialogue.is_closed(at) for at in (OPENS, CLOSES)] == [False, True]


def test_the_list_of_a_place_has_open_ones_first_and_as_many_questions_whatever_its_length(
    world, django_assert_num_queries
):
    def later(weeks):
        move = timedelta(weeks=weeks)
        return {"opens_at": OPENS + move, "closes_at": CLOSES + move, "answer_by": date(2026, 12, 1)}

    an_open_dialogue(world, title="Stängd", closes_at=OPENS + timedelta(hours=1))
    an_open_dialogue(world, title="Kommande", **later(8))
    an_open_dialogue(world, title="Öppen")
    a_draft(world, title="Utkast")
    with django_assert_num_queries(2):
        found = queries.public_dialogues(world.municipality, DURING)
    assert [(public.slug, public.state) for public in found] == [
        ("oppen", "open"),
        ("kommande", "coming"),
        ("stangd", "closed"),
    ]
    for number in range(3):
        an_open_dialogue(world, title=f"Öppen {number}")
    with django_assert_num_queries(2):
        assert len(queries.public_dialogues(world.municipality, DURING)) == 6
    assert queries.public_dialogues(world.municipality, BEFORE) == []
    assert {d.title for d in queries.dialogues_in(world.municipality, [world.partnership])} >= {"Utkast", "Öppen"}

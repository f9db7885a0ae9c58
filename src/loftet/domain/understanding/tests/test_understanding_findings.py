from __future__ import annotations

import pytest

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.tests.world import AFTER, DURING
from loftet.domain.journal import queries as journal
from loftet.domain.understanding import access, actions, queries
from loftet.domain.understanding.models import Evidence, Finding, Need
from loftet.domain.understanding.tests.camps import THINGS, a_dialogue, an_answered_dialogue, answer, released

HEARD = "Nästan alla vill ha mer belysning i stadsparken."


@pytest.fixture
def dialogue(ready, world):
    return ready("answered dialogue", lambda: an_answered_dialogue(world))


@pytest.fixture
def release(ready, world, dialogue):
    return ready("release", lambda: released(world, dialogue))


def evidence(release, *numbers):
    by_number = {s.number: s for s in release.dialogue.statements.all()}
    return [(release, by_number[number]) for number in numbers]


def heard(world, release, *numbers, text=HEARD):
    return actions.add_finding(
        dialogue=release.dialogue, text=text, statements=evidence(release, *numbers), by=world.coordinator, at=AFTER
    )


def verbs(subject_id):
    return [event.verb.removeprefix("understanding.") for event in journal.history(subject_id)]


def test_a_finding_with_evidence_is_published(world, dialogue, release):
    finding = heard(world, release, 1, 2)
    assert not queries.findings(dialogue).exists()
    assert list(queries.findings(dialogue, published_only=False)) == [finding]

    assert actions.publish_findings(dialogue=dialogue, by=world.officer, at=AFTER) == [finding]
    (found,) = queries.findings(dialogue)
    assert found.published_at == AFTER
    assert [e.statement.number for e in found.evidence.all()] == [1, 2]
    assert verbs(finding.public_id) == ["finding_added", "finding_published"]


def test_a_finding_without_evidence_says_what_to_do_and_nothing_is_published(world, dialogue, release):
    heard(world, release, 1)
    bare = heard(world, release, text="Vi tror att många är rädda på kvällen.")
    with pytest.raises(DomainError, match=r"kvällen\.” har inget belägg"):
        actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)
    assert not queries.findings(dialogue).exists()

    actions.edit_finding(finding=bare, by=world.coordinator, statements=evidence(release, 3), at=AFTER)
    assert len(actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)) == 2
    with pytest.raises(DomainError, match="inget nytt att publicera"):
        actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)


def test_a_finding_that_points_someone_out_is_not_published(world, dialogue, release):
    heard(world, release, 1, text="Många har ringt 070-123 45 67 om belysningen.")
    with pytest.raises(DomainError, match="”070-123 45 67” kan peka ut en person"):
        actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)
    assert not queries.findings(dialogue).exists()


def test_evidence_is_a_released_figure_of_the_same_dialogue(world, dialogue, release):
    other = a_dialogue(world)
    answer(other, [12])
    with pytest.raises(DomainError, match="hör till en annan dialog"):
        actions.add_finding(dialogue=other, text=HEARD, statements=evidence(release, 1), by=world.coordinator, at=AFTER)
    for mixed in ((released(world, other), dialogue.statements.first()), (release, other.statements.first())):
        with pytest.raises(DomainError, match="hör till en annan dialog"):
            actions.add_finding(dialogue=dialogue, text=HEARD, statements=[mixed], by=world.coordinator, at=AFTER)
    late = statements.add_seed(dialogue=dialogue, text="Det är halt på gångvägen.", by=world.coordinator, at=DURING)
    with pytest.raises(DomainError, match="Påstående 11 har inga tal i släppet"):
        actions.add_finding(dialogue=dialogue, text=HEARD, statements=[(release, late)], by=world.coordinator, at=AFTER)
    assert not Finding.objects.exists()


def test_the_same_statement_twice_is_one_piece_of_evidence(world, release):
    assert heard(world, release, 1, 1).evidence.count() == 1


def test_drafts_are_rewritten_and_thrown_away_but_not_what_is_published(world, dialogue, release):
    finding, other = heard(world, release, 1), heard(world, release, 2)
    actions.edit_finding(finding=finding, by=world.officer, text="  Parken är mörk. ", at=AFTER)
    assert (finding.text, finding.evidence.count()) == ("Parken är mörk.", 1)
    actions.edit_finding(finding=finding, by=world.officer, statements=evidence(release, 4, 5), at=AFTER)
    assert [e.statement.number for e in finding.evidence.all()] == [4, 5]
    actions.remove_finding(finding=other, by=world.coordinator, at=AFTER)
    assert verbs(other.public_id)[-1] == "finding_removed"
    assert Evidence.objects.count() == 2

    stale = Finding.objects.get(pk=finding.pk)
    actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)
    for change in (
        lambda: actions.edit_finding(finding=stale, by=world.coordinator, text="Något annat", at=AFTER),
        lambda: actions.remove_finding(finding=stale, by=world.coordinator, at=AFTER),
    ):
        with pytest.raises(DomainError, match="är publicerat och ligger kvar"):
            change()
    assert queries.findings(dialogue).get().text == "Parken är mörk."


def test_an_empty_finding_is_refused(world, dialogue):
    with pytest.raises(DomainError, match="Skriv vad ni hörde"):
        actions.add_finding(dialogue=dialogue, text=" \n", by=world.coordinator, at=AFTER)


def test_a_need_is_one_sentence_drawn_from_what_was_heard(world, dialogue, release):
    first, second = heard(world, release, 1), heard(world, release, 2)
    need = actions.add_need(
        dialogue=dialogue, text=" Kunna gå genom\nparken. ", findings=[first], by=world.coordinator, at=AFTER
    )
    assert (need.text, list(need.findings.all())) == ("Kunna gå genom parken.", [first])
    actions.edit_need(need=need, by=world.officer, text="Våga gå genom parken.", findings=[first, second], at=AFTER)
    assert list(queries.needs(dialogue)) == [need]
    assert set(need.findings.all()) == {first, second}
    assert verbs(need.public_id) == ["need_added", "need_edited"]
    with pytest.raises(DomainError, match="Ett behov bygger på det här"):
        actions.remove_finding(finding=first, by=world.coordinator, at=AFTER)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "i en mening"),
        ("x" * 241, "högst 240 tecken"),
        ("Ring 070-123 45 67 om parken.", "kan peka ut"),
        ("Fatima vågar inte gå ut.", "”Fatima” kan peka ut"),
    ],
)
def test_a_need_that_will_not_do(world, dialogue, release, text, sentence):
    finding = heard(world, release, 1)
    with pytest.raises(DomainError, match=sentence):
        actions.add_need(dialogue=dialogue, text=text, findings=[finding], by=world.coordinator, at=AFTER)
    assert not Need.objects.exists()


def test_a_need_rests_on_findings_of_its_own_dialogue(world, dialogue, release):
    finding, other = heard(world, release, 1), a_dialogue(world)
    with pytest.raises(DomainError, match="Välj minst ett"):
        actions.add_need(dialogue=dialogue, text="Våga gå.", findings=[], by=world.coordinator, at=AFTER)
    with pytest.raises(DomainError, match="från en annan dialog"):
        actions.add_need(dialogue=other, text="Våga gå.", findings=[finding], by=world.coordinator, at=AFTER)
    assert not Need.objects.exists()


def test_who_may_write(world, dialogue, release):
    finding = heard(world, release, 1)
    need = actions.add_need(dialogue=dialogue, text="Våga gå.", findings=[finding], by=world.coordinator, at=AFTER)
    for hat in (world.reader, world.moderator):
        for refused in (
            lambda hat=hat: access.finding_for_writing(hat.person, finding.public_id, at=AFTER),
            lambda hat=hat: access.need_for_writing(hat.person, need.public_id, at=AFTER),
            lambda hat=hat: actions.add_finding(dialogue=dialogue, text=HEARD, by=hat, at=AFTER),
            lambda hat=hat: actions.edit_finding(finding=finding, text=HEARD, by=hat, at=AFTER),
            lambda hat=hat: actions.remove_finding(finding=finding, by=hat, at=AFTER),
            lambda hat=hat: actions.publish_findings(dialogue=dialogue, by=hat, at=AFTER),
            lambda hat=hat: actions.add_need(dialogue=dialogue, text="Gå.", findings=[finding], by=hat, at=AFTER),
            lambda hat=hat: actions.edit_need(need=need, text="Gå.", by=hat, at=AFTER),
        ):
            with pytest.raises(NotAllowed):
                refused()
    assert access.finding_for_writing(world.officer.person, finding.public_id, at=AFTER) == (finding, world.officer)
    assert access.need_for_writing(world.officer.person, need.public_id, at=AFTER) == (need, world.officer)


def test_the_trail_walks_from_needs_to_statements_with_their_released_shares(world, dialogue, release):
    first, draft = heard(world, release, 1, 2), None
    actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)
    draft = heard(world, release, 3)
    need = actions.add_need(dialogue=dialogue, text="Våga gå.", findings=[first, draft], by=world.coordinator, at=AFTER)

    (link,) = queries.trail(dialogue=dialogue)
    assert (link.finding, link.needs) == (first, (need,))
    line = link.evidence[0]
    row = release.figures["per_statement"][0]
    assert (line.number, line.text) == (1, THINGS[0])
    assert (line.answered, line.agree, line.disagree) == (row["answered"], row["agree"], row["disagree"])
    assert (line.release, line.released_at) == (release.public_id, DURING)
    assert [link.finding for link in queries.trail(needs=[need.public_id])] == [first]
    assert queries.trail(needs=["finnsinte"]) == []
    assert list(queries.needs(dialogue, published_only=True)) == [need]


def test_a_need_from_drafts_alone_is_not_public(world, dialogue, release):
    finding = heard(world, release, 1)
    actions.add_need(dialogue=dialogue, text="Våga gå.", findings=[finding], by=world.coordinator, at=AFTER)
    assert list(queries.needs(dialogue, published_only=True)) == []
    assert queries.trail(dialogue=dialogue) == []


def test_the_trail_asks_as_many_questions_whatever_its_length(world, dialogue, release, django_assert_num_queries):
    def grow():
        finding = heard(world, release, 1, 2, 3)
        actions.publish_findings(dialogue=dialogue, by=world.coordinator, at=AFTER)
        actions.add_need(dialogue=dialogue, text="Våga gå.", findings=[finding], by=world.coordinator, at=AFTER)

    for _ in range(2):
        grow()
        with django_assert_num_queries(4):
            trail = queries.trail(dialogue=dialogue)
            assert {link.finding.dialogue.municipality.name for link in trail} == {"Exempelby"}
        with django_assert_num_queries(3):
            found = list(queries.findings(dialogue))
            assert [e.statement.voice.text for f in found for e in f.evidence.all()]
        with django_assert_num_queries(2):
            assert [list(need.findings.all()) for need in queries.needs(dialogue)]

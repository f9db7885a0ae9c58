"""The cast and the factories build what they say, through the steps' verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loftet.domain.base.errors import NotAllowed
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.methods.statements import queries as said
from loftet.domain.followup import queries as followup
from loftet.domain.parties import rules
from loftet.domain.parties.roles import ROLES
from loftet.domain.promises import queries as promises
from loftet.domain.register import queries as register
from loftet.domain.signing import queries as signing
from loftet.domain.situation import queries as situation
from loftet.domain.understanding import queries as understanding
from loftet.testing import factories
from loftet.testing.cast import PARTS, PASSWORD, make_cast

AT = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def provby():
    return make_cast(at=AT)


def test_every_role_that_works_for_the_two_parties_has_someone_who_plays_it(provby):
    working = {role.key for role in ROLES if "workspace.read" in role.permissions and role.sides != {"other"}}
    assert {hat.role for hat in provby.hats.values()} == working
    assert {hat.organisation for hat in provby.hats.values()} == {provby.town, provby.police}
    assert all(hat.person.check_password(PASSWORD) for hat in provby.hats.values())
    assert len({hat.person.email for hat in provby.hats.values()}) == len(PARTS)


def test_another_places_cast_are_strangers(provby):
    strangers = make_cast(name="Grannby", code="9902", at=AT)
    assert rules.may(provby.coordinator, "promises.write", partnership=provby.partnership, at=AT)
    assert not rules.may(strangers.coordinator, "promises.write", partnership=provby.partnership, at=AT)
    meddling = replace(provby, coordinator=strangers.coordinator)
    with pytest.raises(NotAllowed):
        factories.make_measure(meddling, at=AT)


def test_a_dialogue_is_open_with_statements_and_takes_votes(provby):
    dialogue = factories.make_dialogue(provby, at=AT)
    assert dialogue.is_open(AT)
    assert [found.dialogue for found in dialogues.public_dialogues(provby.municipality, AT)] == [dialogue]
    people = factories.make_votes(dialogue, camps=(3, 2), at=AT)
    counts = dialogues.counts(dialogue)
    assert (len(people), counts.participants, len(said.current_votes(dialogue))) == (5, 5, 5 * 6)
    voice = factories.make_voice(dialogue, at=AT)
    assert list(dialogues.awaiting_moderation(dialogue)) == [voice]


def test_a_draft_of_a_dialogue_is_not_public(provby):
    assert not factories.make_dialogue(provby, at=AT, is_published=False).is_open(AT)
    assert dialogues.public_dialogues(provby.municipality, AT) == []


def test_the_chain_from_votes_to_the_answer(provby):
    dialogue = factories.make_dialogue(provby, at=AT, closes_at=AT + timedelta(days=1))
    release = factories.make_release(provby, dialogue, at=AT + timedelta(days=2))
    assert release.participants == 20
    finding = factories.make_finding(provby, release, at=AT + timedelta(days=3))
    assert list(understanding.findings(dialogue)) == [finding]
    need = factories.make_need(provby, finding, at=AT + timedelta(days=3))
    picture = factories.make_picture(provby, is_signed=False, at=AT + timedelta(days=20))
    problem = factories.make_problem(
        provby, picture, dialogue=dialogue, needs=[need], title="Mörka stigar", at=AT + timedelta(days=14)
    )
    promise = factories.make_promise(provby, problem=problem, at=AT + timedelta(days=40))
    feedback = factories.make_feedback(provby, [finding], promise=promise, at=AT + timedelta(days=41))
    assert [found.pk for found in followup.feedback_for(dialogue)] == [feedback.pk]


def test_a_signed_picture_is_public_and_a_draft_is_not(provby):
    draft = factories.make_picture(provby, at=AT, is_signed=False)
    assert situation.public_pictures(provby.municipality, AT) == []
    signed = factories.make_picture(provby, at=AT, title="Läget i Provby")
    assert [found.picture for found in situation.public_pictures(provby.municipality, AT)] == [signed]
    assert signing.state(draft.document, AT) != signing.state(signed.document, AT)


def test_a_promise_is_sharp_and_in_force_and_in_the_register(provby):
    promise = factories.make_promise(provby, at=AT)
    (found,) = promises.public_promises(provby.municipality, AT)
    assert found.promise == promise
    assert found.sharpness.is_sharp, found.sharpness
    assert register.latest_entry_of(promise.public_id, "promise.in_force") is not None
    report = factories.make_report(provby, promise.measures.get(amount__isnull=False), at=AT + timedelta(days=95))
    assert (report.organisation, report.amount) == (provby.police, 20)
    assert factories.make_report(provby, promise.measures.get(amount=None), at=AT + timedelta(days=95)).delivered


def test_an_ambition_a_proposal_and_a_draft(provby):
    factories.make_promise(provby, at=AT, is_sharp=False)
    (found,) = promises.public_promises(provby.municipality, AT)
    assert not found.sharpness.is_sharp
    proposed = factories.make_promise(provby, at=AT, is_signed=False, title="Ett förslag")
    draft = factories.make_promise(provby, at=AT, is_signed=False, is_proposed=False, title="Ett utkast")
    assert signing.open_version(proposed.document) is not None
    assert signing.versions(draft.document) == []
    assert len(promises.public_promises(provby.municipality, AT)) == 1


def test_everything_can_be_made_as_of_now():
    provby = make_cast()
    promise = factories.make_promise(provby)
    assert factories.make_dialogue(provby).is_open(promise.created_at + timedelta(days=15))
    assert len(promises.public_promises(provby.municipality)) == 1

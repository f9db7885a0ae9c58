"""In whose diary a thing stands, and how long it is kept: each party's own, and never changed in place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.journal.models import Event
from loftet.domain.records import actions, keeping, queries
from loftet.domain.records.models import WEEDABLE, DiaryNumber, DocumentType, RetentionRule
from loftet.domain.signing import actions as signing
from loftet.domain.signing.queries import open_version
from loftet.testing.confirming import confirmed
from loftet.testing.factories import make_promise

TODAY = clock.day_of(clock.now())
DECIDED = {"body": "kommunstyrelsen", "decided_on": TODAY, "basis": "Informationshanteringsplan § 12"}


def decide(cast, **changed):
    words = {"partnership": cast.partnership, "document_type": "answers", "months": 12, "starts": TODAY}
    return actions.decide_rule(**{**words, "by": cast.coordinator, **DECIDED, **changed})


def rule(cast, kind="answers", day=TODAY, organisation=None):
    party = organisation or cast.town
    return keeping.rules_of([party], day)[party.pk][DocumentType(kind)]


def numbers(cast, subject):
    row = next(row for row in queries.registered(cast.partnership, set()) if row.handling.subject == subject)
    return {party.short_name: number for party, number in row.numbers}


def test_all_that_is_signed_and_every_published_dialogue_is_to_be_registered(
    cast, ready_promise, ready_agreement, ready_dialogue
):
    promise, agreement, dialogue = ready_promise(), ready_agreement(), ready_dialogue()
    ready_dialogue(is_published=False, title="Ett utkast")
    waiting = make_promise(cast, title="Väntar", problem=promise.problem, is_signed=False)
    found = {row.handling.subject: row.handling for row in queries.registered(cast.partnership, set())}
    assert set(found) == {one.public_id for one in (promise, promise.problem.picture, agreement, dialogue)}
    assert waiting.public_id not in found
    assert {one.document_type.value for one in found.values()} == {"promise", "picture", "agreement", "dialogue"}
    assert found[promise.public_id].parties == (cast.town, cast.police)
    assert found[dialogue.public_id].parties == (cast.town,)


def test_each_party_has_its_own_number_and_the_latest_holds(cast, ready_promise):
    promise = ready_promise()
    about = {"partnership": cast.partnership, "subject": promise.public_id}
    assert numbers(cast, promise.public_id) == {"kommunen": "", "polisen": ""}
    actions.enter_diary_number(**about, number=" KS  2026/12 ", by=cast.coordinator)
    actions.enter_diary_number(**about, number="A1.2026-7", by=cast.police_coordinator)
    actions.enter_diary_number(**about, number="KS 2026/13", by=cast.coordinator)
    assert numbers(cast, promise.public_id) == {"kommunen": "KS 2026/13", "polisen": "A1.2026-7"}
    assert list(DiaryNumber.objects.values_list("number", flat=True)) == ["KS 2026/12", "A1.2026-7", "KS 2026/13"]
    assert Event.objects.filter(verb="records.diary_number_entered", subject=promise.public_id).count() == 3


def test_the_number_in_the_decision_is_known_until_another_is_entered(cast, ready_promise):
    promise = make_promise(cast, is_signed=False)
    version = open_version(promise.document)
    signing.approve(version=version, by=cast.chair, body="ks", decided_on=TODAY, diary_number="KS 2026-1")
    from loftet.domain.promises import actions as promises

    for hat in (cast.chair, cast.chief):
        promises.sign(version=version, digest=version.digest, by=hat, title="chef", confirmation=confirmed())
    assert numbers(cast, promise.public_id) == {"kommunen": "KS 2026-1", "polisen": ""}
    actions.enter_diary_number(
        partnership=cast.partnership, subject=promise.public_id, number="KS 2026-2", by=cast.coordinator
    )
    assert numbers(cast, promise.public_id) == {"kommunen": "KS 2026-2", "polisen": ""}


def test_what_lacks_ones_own_number_comes_first(cast, ready_promise, ready_dialogue):
    promise, dialogue = ready_promise(), ready_dialogue()
    own, others = {cast.town.pk}, {cast.police.pk}
    picture = promise.problem.picture
    for subject in (promise.public_id, picture.public_id):
        actions.enter_diary_number(
            partnership=cast.partnership, subject=subject, number="KS 2026/12", by=cast.coordinator
        )
    assert queries.registered(cast.partnership, own)[0].handling.subject == dialogue.public_id
    assert [one.subject for one in queries.lacking(cast.partnership, own)] == [dialogue.public_id]
    assert {one.subject for one in queries.lacking(cast.partnership, others)} == {promise.public_id, picture.public_id}


def test_a_number_needs_a_thing_words_and_permission(cast, strangers, ready_promise):
    promise = ready_promise()
    about = {"partnership": cast.partnership, "subject": promise.public_id, "number": "KS 1"}
    for hat in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            actions.enter_diary_number(**about, by=hat)
    for wrong in ({"number": "  "}, {"number": "x" * 41}, {"subject": "finnsinte123"}):
        with pytest.raises(DomainError):
            actions.enter_diary_number(**{**about, **wrong}, by=cast.coordinator)
    with pytest.raises(DomainError, match="ingen sådan handling"):
        actions.enter_diary_number(**{**about, "partnership": strangers.partnership}, by=strangers.coordinator)
    assert not DiaryNumber.objects.exists()


def test_every_kind_has_a_suggestion_with_a_reason_and_held_words_the_shortest_time():
    found = keeping.suggestions()
    assert set(found) == set(DocumentType)
    assert all(one.reason and " §" in one.source and not one.is_decided for one in found.values())
    assert {kind for kind, one in found.items() if not one.is_kept} == set(WEEDABLE)
    assert found[DocumentType.HELD].months == min(one.months for one in found.values() if one.months)


def test_a_decided_rule_holds_from_its_day_until_the_next(cast):
    assert rule(cast).months == 24
    assert not rule(cast).is_decided
    decide(cast, months=12, starts=TODAY - timedelta(days=100))
    decide(cast, months=None, starts=TODAY + timedelta(days=100))
    assert rule(cast, day=TODAY - timedelta(days=101)).decided is None
    assert rule(cast).months == 12
    assert rule(cast, day=TODAY + timedelta(days=100)).is_kept
    decide(cast, months=18, starts=TODAY - timedelta(days=100))
    assert rule(cast).months == 18, "of two from the same day the one that was entered last"
    assert rule(cast, organisation=cast.police).decided is None
    assert RetentionRule.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"document_type": "promise"}, "bevaras alltid"),
        ({"document_type": "nonsense"}, "Välj vilken"),
        ({"months": 0}, "månader"),
        ({"months": 1201}, "månader"),
        ({"basis": " "}, "Skriv vem"),
        ({"decided_on": TODAY + timedelta(days=1)}, "framtiden"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(cast, changed, why):
    with pytest.raises(DomainError, match=why):
        decide(cast, **changed)
    assert not RetentionRule.objects.exists()


def test_only_those_who_may_decide_and_only_for_their_own(cast, strangers):
    for hat in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            decide(cast, by=hat)
    assert decide(cast, by=cast.police_coordinator).organisation == cast.police
    assert rule(cast).decided is None


def test_the_database_too_refuses_to_weed_what_is_signed(cast):
    row = {"organisation": cast.town, "starts": TODAY, "recorded_at": clock.now(), **DECIDED}
    for kind, months in (("promise", 3), ("answers", 0)):
        with pytest.raises(IntegrityError, match="only_what_may_be_weeded"), transaction.atomic():
            RetentionRule.objects.create(**row, document_type=kind, months=months)


def test_a_rule_is_counted_from_the_day_it_closed():
    suggested = keeping.suggestions()
    assert suggested[DocumentType.ANSWERS].due_on(date(2024, 2, 29)) == date(2026, 2, 28)
    assert suggested[DocumentType.PROMISE].due_on(date(2024, 2, 29)) is None


def test_as_many_queries_for_many_as_for_few(cast, ready_promise, django_assert_max_num_queries):
    promise = ready_promise()
    for number in range(4):
        make_promise(cast, title=f"Löfte {number}", problem=promise.problem)
    with django_assert_max_num_queries(16):
        assert len(queries.registered(cast.partnership, {cast.town.pk})) == 6

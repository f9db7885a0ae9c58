"""Reports and answers: public acts that either party may do alone, never about what is only planned."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.followup import actions, queries
from loftet.domain.followup.models import Report
from loftet.domain.followup.status import Did, Helped
from loftet.domain.promises import queries as promises
from loftet.domain.register import queries as register
from loftet.testing.factories import make_dialogue, make_feedback, make_finding, make_promise, make_release

LONG_AGO = timedelta(days=200)


@pytest.fixture
def promise(ready_promise):
    return ready_promise(days_ago=200)


@pytest.fixture
def patrol(promise):
    return promise.measures.filter(amount__isnull=False).get()


def period(promise):
    return {"period_start": promise.starts, "period_end": promise.starts + timedelta(days=88)}


def test_a_report_is_public_at_once_and_in_the_register(cast, promise, patrol):
    row = actions.report(measure=patrol, by=cast.officer, amount=Decimal(20), **period(promise))
    assert row.is_late, "two hundred days after the promise began the first quarter is late"
    followup = queries.promise_followup(promises.public_promises(cast.municipality)[0])
    measured = next(m for m in followup.measures if m.measure.id == patrol.public_id)
    assert measured.status.done == 20
    assert register.entries(kind="report", subject=row.public_id).exists()


def test_either_party_may_report_alone_but_not_a_stranger(cast, strangers, promise, patrol):
    with pytest.raises(NotAllowed):
        actions.report(measure=patrol, by=strangers.officer, amount=Decimal(1), **period(promise))
    with pytest.raises(NotAllowed):
        actions.report(measure=patrol, by=cast.reader, amount=Decimal(1), **period(promise))
    assert not Report.objects.exists()
    for hat in (cast.contributor, cast.officer, cast.coordinator, cast.police_coordinator):
        actions.report(measure=patrol, by=hat, amount=Decimal(1), **period(promise))
    assert Report.objects.count() == 4


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"amount": None}, "Skriv hur många"),
        ({"amount": Decimal(-1)}, "Skriv hur många"),
        ({"period_end": timedelta(days=-1)}, "slut ligger före"),
        ({"period_start": timedelta(days=300), "period_end": timedelta(days=310)}, "har inte börjat"),
        ({"period_start": timedelta(days=-30), "period_end": timedelta(days=-1)}, "utanför åtgärdens tid"),
        ({"note": "Ring 070-123 45 67 om ni vill veta mer."}, "peka ut en person"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_nothing_is_kept(cast, promise, patrol, told, sentence):
    words = {"amount": Decimal(3)} | period(promise)
    words |= {k: promise.starts + v if isinstance(v, timedelta) else v for k, v in told.items()}
    before = register.entries().count()
    with pytest.raises(DomainError, match=sentence):
        actions.report(measure=patrol, by=cast.officer, **words)
    assert not Report.objects.exists()
    assert register.entries().count() == before


def test_nothing_is_reported_on_a_promise_that_only_one_has_signed(cast, ready_promise):
    draft = ready_promise(is_signed=False)
    with pytest.raises(DomainError, match="inte i något löfte som gäller"):
        actions.report(measure=draft.measures.first(), by=cast.officer, amount=Decimal(1), **period(draft))


def test_the_status_as_of_a_past_moment_uses_what_was_recorded_by_then(cast, promise, patrol):
    now = clock.now()
    actions.report(measure=patrol, by=cast.officer, amount=Decimal(20), at=now - timedelta(days=5), **period(promise))
    shown = promises.public_promises(cast.municipality)[0]

    def done(at):
        rows = queries.promise_followup(shown, at).measures
        return next(row.status.done for row in rows if row.measure.id == patrol.public_id)

    assert done(now - timedelta(days=6)) == 0
    assert done(now) == 20


def test_a_report_that_is_owed_is_late_by_the_clock_alone(cast, promise):
    followup = queries.promise_followup(promises.public_promises(cast.municipality)[0])
    assert {row.status.did for row in followup.measures} == {Did.OVERDUE}
    assert followup.targets[0].status.helped is Helped.TOO_EARLY
    assert queries.states_by_municipality() == {cast.municipality.pk: "late"}


def test_promises_are_followed_up_in_the_same_number_of_queries_however_many(cast, promise, django_assert_num_queries):
    shown = promises.public_promises(cast.municipality)
    with django_assert_num_queries(2):
        queries.promises_followup(shown)
    make_promise(cast, title="Tryggare skolväg", problem=promise.problem)
    with django_assert_num_queries(2):
        queries.promises_followup(shown * 2)


@pytest.fixture
def findings(ready, cast):
    return ready("two findings", lambda: make_findings(cast))


def make_findings(cast):
    now = clock.now()
    dialogue = make_dialogue(cast, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=30), at=now)
    release = make_release(cast, dialogue)
    return [make_finding(cast, release, text=text) for text in ("Det är mörkt vid ån.", "Unga saknar en plats.")]


def answer(feedback, finding, hat, **words):
    told = {"outcome": "not_done", "text": "Vi gör det inte i år, för att vi först byter belysningen."} | words
    return actions.respond(feedback=feedback, finding=finding, by=hat, **told)


def test_feedback_answers_every_finding_before_it_is_published(cast, findings):
    dialogue = findings[0].dialogue
    draft = actions.draft_feedback(dialogue=dialogue, by=cast.coordinator, introduction="Tack för era svar.")
    answer(draft, findings[0], cast.coordinator)
    with pytest.raises(DomainError, match="Unga saknar en plats"):
        actions.publish_feedback(feedback=draft, by=cast.coordinator)
    assert list(queries.feedback_for(dialogue)) == []
    answer(draft, findings[1], cast.coordinator)
    actions.publish_feedback(feedback=draft, by=cast.coordinator)
    assert [one.organisation for one in queries.feedback_for(dialogue)] == [cast.town]
    assert register.entries(kind="feedback.published").count() == 1


def test_each_party_answers_for_itself(cast, findings):
    dialogue = findings[0].dialogue
    towns = actions.draft_feedback(dialogue=dialogue, by=cast.coordinator, introduction="Kommunen svarar.")
    with pytest.raises(DomainError, match="andra partens svar"):
        answer(towns, findings[0], cast.police_coordinator)
    polices = actions.draft_feedback(dialogue=dialogue, by=cast.police_coordinator, introduction="Polisen svarar.")
    assert polices.pk != towns.pk
    for finding in findings:
        answer(polices, finding, cast.police_coordinator)
    actions.publish_feedback(feedback=polices, by=cast.police_coordinator)
    assert [one.organisation for one in queries.feedback_for(dialogue)] == [cast.police]


def test_promised_needs_a_promise_in_force(cast, findings, ready_promise):
    draft = actions.draft_feedback(dialogue=findings[0].dialogue, by=cast.coordinator, introduction="Tack.")
    unsigned = ready_promise(is_signed=False)
    for promise in (None, unsigned):
        with pytest.raises(DomainError, match="ett löfte som gäller"):
            answer(draft, findings[0], cast.coordinator, outcome="promised", promise=promise)
    signed = make_promise(cast, title="Ett annat löfte", problem=unsigned.problem)
    assert answer(draft, findings[0], cast.coordinator, outcome="promised", promise=signed).promise == signed


def test_a_published_answer_is_not_changed(cast, findings):
    feedback = make_feedback(cast, findings)
    with pytest.raises(DomainError, match="publicerat"):
        answer(feedback, findings[0], cast.coordinator)
    with pytest.raises(DomainError, match="publicerat"):
        actions.publish_feedback(feedback=feedback, by=cast.coordinator)


def test_a_closed_dialogue_owes_an_answer_until_one_is_published(cast, findings):
    dialogue = findings[0].dialogue
    assert queries.feedback_owed([dialogue]) == [dialogue]
    make_feedback(cast, findings)
    assert queries.feedback_owed([dialogue]) == []

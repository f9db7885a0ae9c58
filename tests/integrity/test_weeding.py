"""What is weeded by decision is gone from every row of every table, openly; what is published and proved stands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.base.models import WEEDED
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.models import Participant, Voice, Vote
from loftet.domain.journal.models import Event
from loftet.domain.records import actions, queries
from loftet.domain.records.models import OpenDoor, Weeding, WeedingDecision, WeedingTrace
from loftet.domain.register import actions as register
from loftet.domain.register import keys
from loftet.domain.register import queries as book
from loftet.domain.understanding import actions as understanding
from loftet.domain.understanding import running
from loftet.domain.understanding.models import Release, Run
from loftet.ledger.verification import verify_export
from loftet.testing.factories import make_dialogue, make_release, make_voice

DAYS = 400
TODAY = clock.day_of(clock.now())
HELD, DECLINED = "Han i gröna huset gör det.", "Ni är odugliga."
RECEIVED, SHOWN, WHY = "Det luktar illa.", "Mer ljus i parken.", "Vi svarar inte på sådant."
DECISION = {"body": "arkivmyndigheten", "decided_on": TODAY, "reason": "Behövs inte längre.", "diary_number": "KS 9"}


@pytest.fixture
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()


@pytest.fixture
def asked(cast, log_key):
    """A dialogue that closed a year ago, with answers, an analysis, and voices of every kind."""
    return make_asked(cast)


def make_asked(cast):
    opened = clock.now() - timedelta(days=DAYS + 30)
    when = {"opens_at": opened, "closes_at": opened + timedelta(days=30)}
    dialogue = make_dialogue(cast, at=opened + timedelta(days=15), **when)
    make_release(cast, dialogue, at=opened + timedelta(days=29))
    texts = {"held": (HELD, "person"), "declined": (DECLINED, WHY), "published": (SHOWN, "")}
    for outcome, (text, reason) in texts.items():
        voice = make_voice(dialogue, text=text)
        dialogues.moderate(voice=voice, outcome=outcome, reason=reason, by=cast.moderator)
    make_voice(dialogue, text=RECEIVED)
    return dialogue


def decide(cast, kind="answers", months=12, **changed):
    words = {"document_type": kind, "months": months, "starts": TODAY, "body": "ks", "decided_on": TODAY}
    return actions.decide_rule(
        partnership=cast.partnership, basis="planen § 12", **{"by": cast.coordinator, **words, **changed}
    )


def plan(cast, dialogue, kind="answers", organisation=None):
    return queries.due(cast.partnership, organisation or cast.town, dialogue.public_id, kind)


def weed(cast, dialogue, kind="answers", **changed):
    words = {"rows": plan(cast, dialogue, kind).rows, "by": cast.coordinator, **DECISION}
    about = {"partnership": cast.partnership, "subject": dialogue.public_id, "document_type": kind}
    return actions.weed(**about, **{**words, **changed})


def everything() -> str:
    """All text in every table of ours."""
    told = []
    for model in apps.get_models():
        for row in models.QuerySet(model).values_list():
            told += [str(value) for value in row]
    return "\n".join(told)


def test_the_plan_says_what_falls_due_when_and_by_which_rule(cast, asked, ready_dialogue):
    still_open = ready_dialogue(title="Öppen än")
    decide(cast)
    found = {
        (due.handling.subject, due.document_type.value): due
        for due in queries.weeding_plan(cast.partnership, cast.town)
    }
    answers = found[asked.public_id, "answers"]
    assert answers.due_on == queries.handling(cast.partnership, asked.public_id).closed.replace(
        year=answers.due_on.year
    )
    assert answers.may_be_weeded(TODAY)
    assert not answers.may_be_weeded(answers.due_on - timedelta(days=1))
    assert answers.counts == {
        "svar": Vote.objects.filter(statement__dialogue=asked).count(),
        "deltagare som inte har skrivit något": 20,
        "analyser med deltagare": 1,
    }
    assert found[asked.public_id, "held"].counts == {
        "vilande synpunkter": 2,
        "deltagare som bara hade skrivit det": 2,
    }
    assert found[asked.public_id, "declined"].counts == {"synpunkter som inte publicerades": 1}
    assert not found[asked.public_id, "held"].may_be_weeded(TODAY), "only suggested"
    assert found[still_open.public_id, "answers"].due_on is None
    assert queries.weeding_plan(cast.partnership, cast.police) == [], "the police do not answer for the data"


def test_answers_are_gone_with_every_trace_of_who_answered_what_and_the_figures_stand(cast, asked):
    decide(cast)
    silent = list(Participant.objects.filter(voices__isnull=True).values_list("public_id", flat=True))
    assert all(one in everything() for one in silent), "also in the stored analysis"
    released = Release.objects.get().figures
    due = plan(cast, asked)
    weed(cast, asked)
    told = everything()
    assert not any(one in told for one in silent)
    assert not Vote.objects.exists()
    assert Run.objects.get().result == {}
    assert Release.objects.get().figures == released
    assert SHOWN in told
    assert Participant.objects.count() == 4, "those who have written have their own words left"
    assert dict(WeedingTrace.objects.values_list("what", "count")) == due.counts
    assert not OpenDoor.objects.exists()
    assert plan(cast, asked).counts == {}
    assert Event.objects.get(verb="records.weeded").subject == asked.public_id


@pytest.mark.parametrize(("kind", "gone"), [("held", [HELD, RECEIVED]), ("declined", [DECLINED, WHY])])
def test_words_that_were_not_published_are_gone_from_every_row_of_every_table(cast, asked, kind, gone):
    decide(cast, kind, months=6)
    assert all(words in everything() for words in gone)
    weed(cast, asked, kind)
    told = everything()
    assert not any(words in told for words in gone)
    assert SHOWN in told
    assert Vote.objects.exists()


def test_how_many_were_declined_and_why_can_still_be_told(cast, asked):
    decide(cast, "declined", months=6)
    weed(cast, asked, "declined")
    left = Voice.objects.get(state="declined")
    assert (left.text, left.reason, left.note) == (WEEDED, "other", WEEDED)
    assert plan(cast, asked, "declined").counts == {}


def test_the_register_verifies_and_says_what_is_gone_by_whose_decision(cast, asked):
    register.sign_checkpoint()
    before = {row.number: row.leaf_hash for row in book.entries()}
    decide(cast, "held", months=1)
    decision = weed(cast, asked, "held")
    register.sign_checkpoint()
    assert {row.number: row.leaf_hash for row in book.entries()}.items() >= before.items()
    report = verify_export(book.export_lines(), keys.public_key())
    assert report.holds
    assert report.withheld == ()
    told = book.contents_of(book.latest_entry_of(asked.public_id, "content.weeded").number)["decision"]
    for words in ("arkivmyndigheten", "planen § 12", "KS 9", DECISION["reason"], '"färre än 5"'):
        assert words in told
    weeding = Weeding.objects.get()
    assert (weeding.decision, weeding.rule.months, weeding.document_type) == (decision, 1, "held")


def test_what_is_told_openly_cannot_be_subtracted_to_few_people(cast, asked):
    """Those who answered are told in the figures: how many of them had written nothing would tell how few had."""
    decide(cast)
    weed(cast, asked)
    assert Weeding.objects.get().told == {"svar": "120"}
    text = book.contents_of(book.latest_entry_of(asked.public_id, "content.weeded").number)["decision"]
    assert '"counts":{"svar":"120"}' in text
    assert "deltagare" not in text


def test_nothing_is_analysed_or_released_from_what_is_gone(cast, asked):
    decide(cast)
    weed(cast, asked)
    with pytest.raises(DomainError, match="gallrade"):
        understanding.request_run(dialogue=asked, by=cast.coordinator)
    with pytest.raises(DomainError, match="gallrade"):
        understanding.release(run=Run.objects.get(), by=cast.coordinator)


def test_an_analysis_under_way_when_they_go_stores_nothing_of_them(cast, asked, monkeypatch):
    decide(cast)
    Run.objects.update(input_digest="0" * 64)
    run = understanding.request_run(dialogue=asked, by=cast.coordinator)
    analysed = running.analysed

    def weeded_meanwhile(votes, numbers):
        weed(cast, asked)
        return analysed(votes, numbers)

    monkeypatch.setattr(running, "analysed", weeded_meanwhile)
    done = understanding.finish(run=run)
    assert (done.state, done.result) == (Run.State.FAILED, None)


@pytest.mark.parametrize(
    ("rule", "changed", "why"),
    [
        (None, {}, "inte beslutat någon regel"),
        ({"months": 600}, {}, "tidigast"),
        ({"months": None}, {}, "ska inte gallras"),
        ({}, {"rows": "0" * 64}, "ändrats sedan ni tittade"),
        ({}, {"body": " "}, "vem som har beslutat"),
        ({}, {"reason": ""}, "varför"),
        ({}, {"decided_on": TODAY + timedelta(days=1)}, "framtiden"),
    ],
)
def test_without_a_rule_that_is_due_and_a_decision_nothing_goes(cast, asked, rule, changed, why):
    if rule is not None:
        decide(cast, **rule)
    votes = Vote.objects.count()
    with pytest.raises(DomainError, match=why):
        weed(cast, asked, **changed)
    assert Vote.objects.count() == votes
    assert not WeedingDecision.objects.exists()


def test_an_open_dialogue_is_not_weeded(cast, log_key, ready_dialogue):
    decide(cast)
    with pytest.raises(DomainError, match="öppen"):
        weed(cast, ready_dialogue())


def test_only_the_one_who_answers_for_the_data_and_only_those_who_may(cast, strangers, asked):
    decide(cast)
    decide(cast, by=cast.police_coordinator)
    for hat in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            weed(cast, asked, by=hat)
    with pytest.raises(DomainError, match="inget sådant"):
        weed(cast, asked, by=cast.police_coordinator)
    assert Vote.objects.exists()


def test_what_came_after_one_looked_does_not_go_unseen(cast, asked):
    decide(cast, "declined", months=6)
    seen = plan(cast, asked, "declined").rows
    held = Voice.objects.get(text=HELD)
    dialogues.moderate(voice=held, outcome="declined", reason="person", by=cast.moderator)
    with pytest.raises(DomainError, match="ändrats sedan"):
        weed(cast, asked, "declined", rows=seen)
    assert HELD in everything()


def test_without_the_open_door_the_database_keeps_every_answer(cast, asked):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.QuerySet(Vote).all()._raw_delete(using="default")
    assert Vote.objects.exists()


def test_if_it_fails_half_way_nothing_has_gone(cast, asked, monkeypatch):
    decide(cast)
    votes, before = Vote.objects.count(), everything()

    def fail(**_words):
        raise RuntimeError("the register")

    monkeypatch.setattr("loftet.domain.records.actions.weeding.register.append", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        weed(cast, asked)
    assert Vote.objects.count() == votes
    assert everything() == before


@pytest.mark.transactional
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL writes over in its own time (VACUUM)")
def test_on_sqlite_the_file_itself_holds_the_words_no_more(settings, tmp_path):
    from loftet.testing.cast import make_cast

    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()
    cast = make_cast()
    dialogue = make_asked(cast)
    decide(cast, "held", months=1)
    file = Path(connection.settings_dict["NAME"])
    files = [file, file.with_name(file.name + "-wal")]
    assert any(HELD.encode() in one.read_bytes() for one in files if one.exists())
    weed(cast, dialogue, "held")
    assert not any(HELD.encode() in one.read_bytes() for one in files if one.exists())

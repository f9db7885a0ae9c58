"""Words that a decision withholds are gone from everywhere, openly; what was signed and entered still proves itself."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from loftet.domain.base import clock, protection
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.followup.models import Report
from loftet.domain.journal import actions as journal
from loftet.domain.journal.models import Event
from loftet.domain.parties.models import Partnership
from loftet.domain.places import queries as places
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Agreement
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries as promise_queries
from loftet.domain.records import actions, door, holdings
from loftet.domain.records.models import OpenDoor, WeedingDecision
from loftet.domain.records.queries import word_fields
from loftet.domain.register import actions as register
from loftet.domain.register import keys, queries
from loftet.domain.register.models import Content
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version
from loftet.domain.understanding import actions as understanding
from loftet.ledger.verification import verify_export
from loftet.testing.confirming import confirmed
from loftet.testing.factories import (
    make_agreement,
    make_dialogue,
    make_finding,
    make_promise,
    make_release,
    make_report,
)

WORDS = "Grönköpings-Qvicke"
DECISION = {"body": "kommunstyrelsen", "basis": "artikel 17 i dataskyddsförordningen", "reason": "Pekar ut en person."}


@pytest.fixture
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()


@pytest.fixture
def said(cast, log_key):
    """A promise in force in which the words stand everywhere that they can: signed, worked on, reported and told."""
    words = {"title": f"Lugnt vid {WORDS}s kiosk", "summary": f"Vi ser till att  {WORDS.upper()} går hem i tid."}
    promise = make_promise(cast, at=clock.now() - timedelta(days=60), **words)
    measure = promise.measures.filter(amount__isnull=False).get()
    make_report(cast, measure, note=f"Alla kvällar utom en, då {WORDS} var sjuk.")
    plans.edit_measure(
        measure=measure,
        by=cast.coordinator,
        organisations=list(measure.organisations.all()),
        starts=measure.starts,
        ends=measure.ends,
        where=f"Vid {WORDS}s kiosk",
    )
    for where in ("Vid torget", f"Hos {WORDS}", "Vid torget"):
        words = {"starts": promise.starts, "ends": promise.ends, "followup": where}
        promises.edit_promise(promise=promise, by=cast.coordinator, **words)
    journal.record(verb="test.told", subject=promise, by=cast.coordinator, data={"before": f"om {WORDS}"})
    register.sign_checkpoint()
    return promise


def withhold(cast, **changed):
    words = {"partnership": cast.partnership, "words": WORDS, "by": cast.coordinator, **DECISION}
    return actions.withhold_words(**{**words, "decided_on": clock.day_of(clock.now()), **changed})


def everything() -> str:
    """All text in every table of ours."""
    told = []
    for model in apps.get_models():
        for row in models.QuerySet(model).values_list():
            told += [str(value) for value in row]
    return "\n".join(told)


def stands(text: str) -> bool:
    return bool(re.search("gr[öo]nk[öo]pings-qvicke", text, re.IGNORECASE))


def test_no_copy_is_left_and_what_else_was_said_remains(cast, said):
    assert stands(everything())
    withhold(cast)
    assert not stands(everything())
    shown = promise_queries.public_promise_by_id(said.public_id)
    assert shown.words.title == f"Lugnt vid {WITHHELD}s kiosk"
    assert shown.words.summary == f"Vi ser till att  {WITHHELD} går hem i tid."
    assert len(shown.words.measures) == 2
    assert shown.words.measures[0].starts == said.starts
    assert shown.slug == said.public_id
    assert Report.objects.get().note == WITHHELD


def test_what_an_edit_took_away_or_threw_away_is_gone_from_the_history_too(cast, log_key):
    """Words that stand in no row any more: only the history has them, also of a thing that is gone."""
    dialogue = make_dialogue(cast)
    release = make_release(cast, dialogue)
    thrown = make_finding(cast, release, text=f"Om {WORDS}.", is_published=False)
    understanding.remove_finding(finding=thrown, by=cast.coordinator)
    edited = make_finding(cast, release, text=f"Hos {WORDS}.", is_published=False)
    understanding.edit_finding(finding=edited, by=cast.coordinator, text="Hos kiosken.")
    holding = Event.objects.filter(data__icontains="Qvicke")
    assert set(holding.values_list("verb", flat=True)) >= {
        "understanding.finding_removed",
        "understanding.finding_edited",
    }
    withhold(cast)
    assert not stands(everything())


def test_words_in_the_other_partys_private_draft_are_neither_found_nor_told(cast, log_key):
    """To look for words is to read: a count would tell what a draft says that is not shared."""
    make_agreement(cast, is_proposed=False, is_signed=False, purpose=f"Om {WORDS}.")
    agreement = Agreement.objects.get()
    plans.edit_agreement(
        agreement=agreement, by=cast.coordinator, starts=agreement.starts, ends=agreement.ends, purpose="Något annat."
    )
    with pytest.raises(DomainError, match="finns inte"):
        withhold(cast, by=cast.police_coordinator)
    withhold(cast)
    assert not stands(everything())


def test_the_digests_stand_and_the_register_says_what_is_gone(cast, said):
    before = {row.number: row.leaf_hash for row in queries.entries()}
    version = said.document.versions.get()
    decision = withhold(cast, diary_number="KS 2026-77")
    register.sign_checkpoint()
    assert said.document.versions.get().digest == version.digest
    assert {row.number: row.leaf_hash for row in queries.entries()}.items() >= before.items()
    report = verify_export(queries.export_lines(), keys.public_key())
    assert report.holds
    assert {part for _entry, part in report.withheld} == {"content", "report"}
    assert "2 texter lämnas inte ut" in report.sentence_sv
    assert "saknas" not in report.sentence_sv
    entry = queries.latest_entry_of(decision.public_id, "content.withheld")
    told = queries.contents_of(entry.number)
    assert "KS 2026-77" in told["decision"]
    assert DECISION["reason"] in told["decision"]
    assert any(WITHHELD in text for name, text in told.items() if name.startswith("content."))


def test_a_part_without_words_and_without_a_decision_is_said(cast, said):
    """Whoever owns the database can empty a text. The proof holds, and the reader is told that nobody decided it."""
    row = Content.objects.filter(part="report").get()
    with transaction.atomic():
        OpenDoor.objects.create(table=row._meta.db_table, row=row.pk, decision=_some_decision(cast))
        models.QuerySet(Content).filter(pk=row.pk).update(salt="", text="")
        OpenDoor.objects.all().delete()
    report = verify_export(queries.export_lines(), keys.public_key())
    assert report.holds
    assert report.undecided == ((row.entry.number, "report"),)
    assert "utan att något beslut står i boken" in report.sentence_sv


def test_more_words_can_go_later(cast, said):
    withhold(cast)
    withhold(cast, words="kiosk")
    assert "kiosk" not in everything()
    assert promise_queries.public_promise_by_id(said.public_id).words.title == f"Lugnt vid {WITHHELD}s {WITHHELD}"
    register.sign_checkpoint()
    assert verify_export(queries.export_lines(), keys.public_key()).undecided == ()


def test_the_parties_can_sign_again_without_the_words(cast, said):
    withhold(cast)
    said.refresh_from_db()
    assert said.title == f"Lugnt vid {WITHHELD}s kiosk"
    words = {name: getattr(said, name) for name in promises.WORDS} | {"title": "Lugnt vid kiosken"}
    promises.edit_promise(promise=said, by=cast.coordinator, starts=said.starts, ends=said.ends, **words)
    version = promises.propose(promise=said, by=cast.coordinator)
    assert version.number == 2
    assert signing.open_version(said.document) == version


def test_a_proposal_with_the_words_can_no_longer_be_signed(cast, log_key):
    promise = make_promise(cast, title=f"Med {WORDS}", is_signed=False)
    version = promise.document.versions.get()
    withhold(cast)
    assert signing.open_version(promise.document) is None
    assert signing.waiting_for({cast.town.pk}) == []
    version = Version.objects.get(pk=version.pk)
    with pytest.raises(DomainError, match="väntar inte längre"):
        promises.sign(
            version=version,
            digest=version.digest,
            by=cast.chair,
            title="ordförande",
            confirmation=confirmed(),
        )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"words": "zzz finns inte"}, "finns inte"),
        ({"words": "a b"}, "minst 3 bokstäver"),
        ({"words": "  "}, "minst 3 bokstäver"),
        ({"reason": f"{WORDS} vill det"}, "Upprepa inte"),
        ({"reason": " "}, "Skriv vem"),
        ({"decided_on": clock.day_of(clock.now() + timedelta(days=2))}, "framtiden"),
    ],
)
def test_what_is_not_sensible_is_refused_and_nothing_is_changed(cast, said, changed, why):
    with pytest.raises(DomainError, match=why):
        withhold(cast, **changed)
    assert stands(everything())
    assert not WeedingDecision.objects.exists()


def test_only_those_who_may_and_only_their_own(cast, strangers, said):
    for by in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            withhold(cast, by=by)
    with pytest.raises(DomainError, match="finns inte"):
        withhold(cast, partnership=strangers.partnership, by=strangers.coordinator)
    assert stands(everything())


def test_digits_in_dates_amounts_and_ids_are_not_words(cast, said):
    with pytest.raises(DomainError, match="finns inte"):
        withhold(cast, words=said.document.versions.get().digest[:12])
    with pytest.raises(DomainError, match="finns inte"):
        withhold(cast, words=f"{said.starts:%Y-%m}")


# --- The door ------------------------------------------------------------------------------------------------------
def _some_decision(cast) -> WeedingDecision:
    return WeedingDecision.objects.create(
        kind="withholding",
        organisation=cast.town,
        partnership=cast.partnership,
        decided_on=clock.day_of(clock.now()),
        recorded_at=clock.now(),
        **DECISION,
    )


def test_through_the_door_words_may_be_emptied_and_nothing_else(cast, said):
    """Every append-only table: with the door open for one row its words may go, no other column and no other row."""
    decision = _some_decision(cast)
    tried = 0
    for model in protection.protected_models():
        row = models.QuerySet(model).order_by("pk").first()
        if row is None:
            continue
        tried += 1
        plain = models.QuerySet(model).filter(pk=row.pk)
        kept = [f for f in model._meta.local_concrete_fields if f.name not in model.withholdable]
        with transaction.atomic():
            OpenDoor.objects.create(table=model._meta.db_table, row=row.pk, decision=decision)
            for field in kept:
                with pytest.raises(DatabaseError), transaction.atomic():
                    plain.update(**{field.attname: _other(row, field)})
            for name in model.withholdable:
                if getattr(row, name) and not isinstance(getattr(row, name), dict):
                    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                        plain.update(**{name: "något annat"})
            if model.withholdable:
                plain.update(**model.withholdable)
            if not model.weedable:
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    plain._raw_delete(using="default")
            OpenDoor.objects.all().delete()
        if model.withholdable:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                plain.update(**model.withholdable)
    assert tried > 8


def _other(row, field):
    value = getattr(row, field.attname)
    if field.get_internal_type() in ("DateTimeField", "DateField"):
        return value + timedelta(days=1)
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | Decimal) else (1 if value is None else f"{value}x")


@pytest.mark.transactional
@pytest.mark.parametrize("way_round", ["leave it", "make a nowhere", "point elsewhere"])
def test_a_door_that_stays_open_cannot_be_committed(way_round):
    from loftet.testing.cast import make_cast

    cast = make_cast()
    promise = make_promise(cast)
    version = promise.document.versions.get()
    decision = _some_decision(cast)
    nowhere = -1 if way_round == "point elsewhere" else 1
    door_of_it = ["signing_version", version.pk, decision.pk, nowhere]

    def leave_open():
        with transaction.atomic(), connection.cursor() as cursor:
            if way_round != "leave it":
                cursor.execute("INSERT INTO records_unreachable (id) VALUES (%s)", [nowhere])
            columns = '"table", "row", decision_id, nowhere_id'
            cursor.execute(f"INSERT INTO records_opendoor ({columns}) VALUES (%s, %s, %s, %s)", door_of_it)
            cursor.execute("UPDATE signing_version SET content = '' WHERE id = %s", [version.pk])

    with pytest.raises(IntegrityError):
        leave_open()
    assert Version.objects.get(pk=version.pk).content == version.content
    assert not OpenDoor.objects.exists()


@pytest.mark.transactional
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL writes over in its own time (VACUUM)")
def test_on_sqlite_the_file_itself_holds_the_words_no_more(settings, tmp_path):
    from loftet.testing.cast import make_cast

    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()
    cast = make_cast()
    make_promise(cast, title=f"Lugnt vid {WORDS}s kiosk", summary=f"{WORDS} " * 400)
    file = Path(connection.settings_dict["NAME"])
    files = [file, file.with_name(file.name + "-wal")]
    assert any(WORDS.encode() in one.read_bytes() for one in files if one.exists())
    withhold(cast)
    assert not any(WORDS.encode() in one.read_bytes() for one in files if one.exists())


# --- Nothing is forgotten ------------------------------------------------------------------------------------------
# Models with text that are no partnership's, and why.
NOBODYS = {
    "places": "public data on places",
    "people": "accounts",
    "parties": "names of organisations and functions",
    "register": "found by what its entries are about",
    "journal": "found by what its events are about",
    "records": "the decisions themselves, which may not repeat the words",
    "indicators": "figures are a place's, not a partnership's",
}
ALSO = {
    "dialogues.Participant": "hashes only",
    "promises.RetoldPromise": "retold from published sources",
    "promises.RetoldMeasure": "retold from published sources",
    "promises.RetoldResponsible": "retold from published sources",
    "understanding.Release": "figures by the number of a statement, no words",
    "signing.Document": "a kind",
    "signing.Paper": "a picture, which the parties alone see, and its digest",
    "signing.PaperLine": "the name and function of who signed stand on the document",
    "signing.Signature": "the name and function of who signed stand on the document",
}


def test_every_model_with_words_is_told_or_said_why_not(db):
    told = {holding.rows.model for holding in holdings.of(Partnership(pk=1))}
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("loftet.") or model._meta.app_label in NOBODYS or label in ALSO:
            continue
        assert model in told or not word_fields(model), f"{label} holds words that a decision would not reach"


def test_append_only_words_that_are_told_can_be_emptied(db):
    for holding in holdings.of(Partnership(pk=1)):
        model = holding.rows.model
        if issubclass(model, AppendOnly):
            assert {n for n in word_fields(model) if model._meta.get_field(n).max_length != 64} <= (
                model.withholdable.keys() | {"paragraph", "diary_number"}
            ), model._meta.label


def test_door_takes_no_rows_as_nothing(cast):
    door.empty([], decision=_some_decision(cast))
    door.delete([], decision=_some_decision(cast))


def test_an_old_address_is_forgotten_and_the_new_one_found(cast, said):
    old = promise_queries.public_promise_by_id(said.public_id).slug
    withhold(cast)
    scope = f"medborgarloften:{cast.municipality.code}"
    assert places.resolve(scope, old) is None
    assert places.current_slug(scope, said.public_id) == said.public_id

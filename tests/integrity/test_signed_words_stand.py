"""What both parties have signed cannot be changed by any writer: verbs, models, query sets, raw SQL, or a migration."""

from __future__ import annotations

import sqlite3
import weakref
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, InternalError, ProgrammingError, connection, models, transaction
from django.db.models.signals import pre_migrate

from loftet.domain.base import clock, protection
from loftet.domain.base.errors import AppendOnlyError
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Reminder
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries
from loftet.domain.records import actions as records
from loftet.domain.records import queries as kept
from loftet.domain.records.models import OpenDoor
from loftet.domain.register import actions as register
from loftet.domain.register import keys
from loftet.domain.signing import actions as signing
from loftet.domain.signing.models import Version
from loftet.ledger.cosignatures import WitnessKey, cosign
from loftet.ledger.keys import generate_private_key
from loftet.testing.factories import (
    make_agreement,
    make_dialogue,
    make_promise,
    make_release,
    make_report,
    make_votes,
)

REFUSED = (IntegrityError, InternalError, ProgrammingError)


@pytest.fixture
def version(ready_promise) -> Version:
    ready_promise()
    return Version.objects.filter(document__kind="promise").get()


def columns(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        return tuple(c.name for c in connection.introspection.get_table_description(cursor, table))


def copy_of_row(table: str, pk: int) -> tuple:
    with connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in columns(table))
        cursor.execute(f'SELECT {names} FROM "{table}" WHERE id = %s', [pk])
        return cursor.fetchone()


def refused(statement: str, parameters: list) -> None:
    """Run SQL that must be refused for the reason that the row is append-only, and for no other."""
    with pytest.raises(REFUSED, match=r"append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def settle() -> None:
    """Let PostgreSQL check what it has put off, or it refuses for that reason and not for ours."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_trigger_stands(db):
    assert protection.missing() == []
    assert Version in protection.protected_models()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda version: version.save(),
        lambda version: version.delete(),
        lambda version: Version.objects.update(content="{}"),
        lambda version: Version.objects.filter(pk=version.pk).delete(),
        lambda version: Version.objects.bulk_update([version], ["content"]),
        lambda version: Version.objects.update_or_create(pk=version.pk, defaults={"content": "{}"}),
        lambda version: Version.objects.bulk_create(
            [version], update_conflicts=True, update_fields=["content"], unique_fields=["id"]
        ),
        lambda version: Version._base_manager.filter(pk=version.pk).update(content="{}"),
        lambda version: version.document.versions.update(content="{}"),
        lambda version: version.signatures.all().delete(),
    ],
)
def test_models_refuse(version, attempt):
    version.content = "{}"
    with pytest.raises(AppendOnlyError):
        attempt(version)
    version.refresh_from_db()
    assert version.content != "{}"


@pytest.fixture
def one_of_everything(cast, version, settings, tmp_path):
    """A row in every append-only table."""
    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()
    make_release(cast, make_dialogue(cast))
    promise = version.document.promise
    make_report(cast, promise.measures.filter(amount__isnull=False).get())
    decision = signing.approve(
        version=make_promise(cast, title="Ett till", problem=promise.problem, is_signed=False).document.versions.get(),
        by=cast.chair,
        body="kommunstyrelsen",
        decided_on=clock.day_of(clock.now()),
    )
    signing.record_step(decision=decision, kind="announced", on=decision.decided_on, by=cast.chair)
    paper = signing.enter_paper(
        version=make_promise(cast, title="På papper", problem=promise.problem, is_signed=False).document.versions.get(),
        digest_start=Version.objects.latest("id").digest[:8],
        lines=[signing.HandSigned(cast.town, "Namn", "ordförande", clock.day_of(clock.now()))],
        scan=b"%PDF-1.7",
        by=cast.coordinator,
    )
    promises.answer_paper(paper=paper, is_right=True, by=cast.police_coordinator)
    agreement = make_agreement(cast)
    draft = make_agreement(cast, is_proposed=False, is_signed=False)
    signing.share(document=draft.document, by=cast.coordinator)
    signing.comment(document=draft.document, by=cast.police_coordinator, text="Ska centrum vara med?")
    plans.terminate(agreement=agreement, by=cast.chair, reason="Ny lägesbild.", last_day=clock.day_of(clock.now()))
    Reminder.objects.create(
        version=agreement.document.versions.get(), person=cast.coordinator.person, days=7, sent_at=clock.now()
    )
    decided = {"body": "kommunstyrelsen", "decided_on": clock.day_of(clock.now()), "basis": "plan § 1"}
    records.enter_diary_number(
        partnership=cast.partnership, subject=promise.public_id, number="KS 1", by=cast.coordinator
    )
    records.set_registry_address(partnership=cast.partnership, email="registrator@example.org", by=cast.coordinator)
    (dispatch,) = records.send_to_registries(
        partnership=cast.partnership, subject=promise.public_id, organisations=[cast.town], by=cast.coordinator
    )
    records.perform_dispatch(dispatch.public_id)
    records.decide_rule(
        partnership=cast.partnership,
        document_type="answers",
        months=12,
        starts=decided["decided_on"],
        by=cast.coordinator,
        **decided,
    )
    past = {"opens_at": clock.now() - timedelta(days=430), "closes_at": clock.now() - timedelta(days=400)}
    asked = make_dialogue(cast, title="Förr", at=past["closes_at"] - timedelta(days=1), **past)
    make_votes(asked, camps=(1,))
    about = {"subject": asked.public_id, "document_type": "answers"}
    due = kept.due(cast.partnership, cast.town, asked.public_id, "answers")
    told = {"body": "nämnden", "decided_on": decided["decided_on"], "reason": "Behövs inte."}
    records.weed(partnership=cast.partnership, rows=due.rows, by=cast.coordinator, **about, **told)
    chosen = {"partnership": cast.partnership, "keys": [f"{promise.public_id}.itself"], "words": []}
    shown = records.preview_disclosure(by=cast.coordinator, **chosen)
    records.disclose(request="KS 3", seen=shown.seen, by=cast.coordinator, **chosen)
    records.withhold_words(
        partnership=cast.partnership,
        words=promise.summary,
        by=cast.coordinator,
        body="kommunstyrelsen",
        decided_on=clock.day_of(clock.now()),
        basis="artikel 17 i dataskyddsförordningen",
        reason="Pekar ut en person.",
    )
    checkpoint = register.sign_checkpoint()
    archive = generate_private_key()
    register.add_witness(key=WitnessKey.of("arkivet.example", archive.public_key()).vkey)
    register.take_cosignatures(
        text=cosign(checkpoint.note, name="arkivet.example", private_key=archive, at=clock.now())
    )


def test_a_plain_query_set_that_slips_past_our_own_is_refused_by_the_database(one_of_everything):
    """Django's own query set on the same tables, as a foreign package might use it."""
    for model in protection.protected_models():
        plain = models.QuerySet(model)
        row = plain.order_by("pk").first()
        assert row is not None, f"{model._meta.label} has no row to try on: let the fixture make one"
        field = next(f for f in model._meta.local_concrete_fields if not f.primary_key)
        with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
            plain.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})
        with pytest.raises(REFUSED, match="append-only"), transaction.atomic():
            plain.filter(pk=row.pk)._raw_delete(using="default")


def test_raw_update_and_delete_are_refused(version):
    before = copy_of_row("signing_version", version.pk)
    refused("UPDATE signing_version SET content = '{}' WHERE id = %s", [version.pk])
    refused("UPDATE signing_version SET content = content", [])
    refused("DELETE FROM signing_signature", [])
    refused("DELETE FROM signing_version WHERE id = %s", [version.pk])
    assert copy_of_row("signing_version", version.pk) == before


def test_upsert_is_refused(version):
    before = copy_of_row("signing_version", version.pk)
    names = columns("signing_version")
    places = ", ".join(["%s"] * len(names))
    refused(
        f"INSERT INTO signing_version ({', '.join(names)}) VALUES ({places}) "
        "ON CONFLICT (id) DO UPDATE SET content = '{}'",
        list(before),
    )
    assert copy_of_row("signing_version", version.pk) == before


@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="REPLACE is SQLite's own word")
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_is_refused_however_the_connection_was_opened(version, recursive):
    before = copy_of_row("signing_version", version.pk)
    places = ", ".join(["%s"] * len(before))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        refused(f"INSERT OR REPLACE INTO signing_version VALUES ({places})", list(before))
        # By another unique key than the primary one: the same document and number under a new id.
        refused(f"REPLACE INTO signing_version VALUES ({places})", [before[0] + 1000, *before[1:]])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert copy_of_row("signing_version", version.pk) == before


@pytest.mark.postgres
def test_truncate_is_refused(version):
    settle()
    refused("TRUNCATE signing_version CASCADE", [])
    refused("TRUNCATE signing_signature", [])


@pytest.mark.postgres
def test_the_runtime_role_does_not_even_have_the_right(version, settings):
    """On PostgreSQL the web runs as a role that does not own the tables: it cannot switch a trigger off either."""
    settings.LOFTET_RUNTIME_ROLE = "loftet_runtime_test"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE loftet_runtime_test")
    protection.install()
    attempts = [
        "UPDATE signing_version SET content = '{}'",
        "UPDATE signing_version SET digest = ''",
        "DELETE FROM signing_version",
        "TRUNCATE signing_version CASCADE",
        "ALTER TABLE signing_version DISABLE TRIGGER ALL",
        "DROP TRIGGER signing_version_refuse_change ON signing_version",
        "DROP TABLE signing_version CASCADE",
        "INSERT INTO signing_version SELECT * FROM signing_version ON CONFLICT (id) DO UPDATE SET content = '{}'",
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE loftet_runtime_test")
    try:
        for statement in attempts:
            with (
                pytest.raises(REFUSED, match=r"permission denied|must be owner|append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        assert Version.objects.get(pk=version.pk).content == version.content
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_the_triggers_stand_again_after_a_table_was_rebuilt(version):
    """Django rebuilds a table on SQLite by copying it, which drops its triggers without a word."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in protection.expected_names("signing_version", "sqlite"):
                cursor.execute(f'DROP TRIGGER "{name}"')
    else:
        with connection.cursor() as cursor:
            for name in protection.expected_names("signing_version", "postgresql"):
                cursor.execute(f'DROP TRIGGER "{name}" ON signing_version')
    assert set(protection.missing()) == set(protection.expected_names("signing_version", connection.vendor))
    call_command("migrate", verbosity=0, interactive=False)
    assert protection.missing() == []
    refused("UPDATE signing_version SET content = '{}' WHERE id = %s", [version.pk])


def before_migrating(plan: list) -> None:
    """What is done before a migrate with a plan, by whoever has asked for it on behalf of the ground."""
    base = apps.get_app_config("base")
    for (key, _sender), receiver, *_ in pre_migrate.receivers:
        if key == "loftet.protection.lift":
            found = receiver() if isinstance(receiver, weakref.ReferenceType) else receiver
            found(sender=base, using="default", plan=plan)
            return
    raise AssertionError("Nobody makes way for a migrate.")


@pytest.mark.transactional
@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite rebuilds tables")
def test_a_real_rebuild_drops_the_triggers_and_migrate_puts_them_back(real_database):
    field = models.CharField(max_length=65, null=True)
    field.set_attributes_from_name("digest")
    field.model = Version
    with connection.schema_editor() as editor:
        editor.alter_field(Version, Version._meta.get_field("digest"), field)
    assert protection.missing(), "The rebuild was expected to drop the triggers"
    call_command("migrate", verbosity=0, interactive=False)
    assert protection.missing() == []


def test_a_stranger_with_the_database_file_is_refused_too(version):
    """A connection that is not Django's: only someone who drops the triggers gets further, and `verify` finds that."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no file to open")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.connection.execute("UPDATE signing_version SET content = '{}'")


def test_there_is_no_admin_site():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_editing_a_signed_promise_changes_its_working_copy_and_nothing_that_is_public(cast, version):
    before = queries.public_promises(cast.municipality)[0]
    promises.edit_promise(
        promise=before.promise,
        by=cast.coordinator,
        starts=before.words.starts,
        ends=before.words.ends,
        title="Något helt annat",
    )
    after = queries.public_promises(cast.municipality)[0]
    assert after.promise.title == "Något helt annat"
    assert after.words == before.words
    assert after.version.digest == before.version.digest


@pytest.mark.transactional
@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite rebuilds tables")
def test_the_doors_own_table_can_be_rebuilt_and_the_triggers_stand_again():
    """SQLite will not rebuild a table that a trigger names, and every trigger with an exception names this one."""
    wider = models.CharField(max_length=80)
    wider.set_attributes_from_name("table")
    wider.model = OpenDoor
    before_migrating(plan=["something"])
    with connection.schema_editor() as editor:
        editor.alter_field(OpenDoor, OpenDoor._meta.get_field("table"), wider)
    assert protection.missing() != []
    protection.install()
    assert protection.missing() == []


def test_a_migrate_without_anything_to_do_never_takes_the_triggers_away(db):
    before_migrating(plan=[])
    assert protection.missing() == []

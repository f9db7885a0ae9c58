"""What the doctor finds, and what it says to do about it."""

from __future__ import annotations

import datetime
import time

import pytest
from django.db import connection

from loftet.commands import instance, preparing
from loftet.commands.doctor import database_checks, ground_checks, running_checks
from loftet.commands.doctor.commands import line
from loftet.commands.doctor.findings import Finding, State, look, ok, wrong
from loftet.domain.base import protection
from loftet.domain.register import actions, keys

AT = datetime.datetime(2026, 3, 1, 11, 30, tzinfo=datetime.UTC)


def states(check) -> list[State]:
    return [finding.state for finding in check()]


@pytest.fixture
def installation(fresh_database, home):
    """A home in which everything is in order."""
    (home / "keys").mkdir(mode=0o700)
    (home / "keys/secret.key").touch(mode=0o600)
    keys.create_log_key()
    preparing.collect_static()
    return home


def test_a_line_says_how_what_and_what_to_do():
    assert line(ok("Disk", "9 MB")) == "ok       Disk: 9 MB"
    assert line(look("Disk", "1 MB", "Gör plats.")) == "se till  Disk: 1 MB → Gör plats."
    assert line(wrong("Disk", "", "Gör plats.")) == "fel      Disk → Gör plats."


def test_an_installation_in_order_has_nothing_wrong(installation, loftet, monkeypatch):
    monkeypatch.setattr(preparing, "waiting_migrations", list)
    said = loftet("doctor")
    assert said.out.splitlines()[-1] == "Inget är fel.", said.out
    assert said.code == 0


def test_something_wrong_ends_with_one_and_stops_no_other_check(installation, loftet, monkeypatch):
    def broken():
        raise RuntimeError("trasigt")

    monkeypatch.setattr(preparing, "waiting_migrations", broken)
    (installation / "keys/secret.key").chmod(0o644)
    said = loftet("doctor")
    assert said.code == 1
    assert "fel      Nyckeln secret.key: 644 → chmod 600" in said.out
    assert "fel      migrated: RuntimeError: trasigt" in said.out
    assert "Löftesboken är tom." in said.out
    assert said.out.splitlines()[-1] == "2 fel att rätta."


def test_a_database_that_does_not_answer_is_one_fault(installation, loftet, monkeypatch):
    from django.db import OperationalError

    def gone():
        raise OperationalError("connection refused")

    monkeypatch.setattr(database_checks, "reachable", gone)
    said = loftet("doctor")
    assert said.code == 1
    assert "Databasen svarar inte som den ska: connection refused." in said.out
    assert "Löftesboken" not in said.out.replace("Löftesbokens öppna nyckel", "")


# --- Folder, keys, static files, settings --------------------------------------------------------------------------
@pytest.mark.parametrize(("mode", "state"), [(0o700, State.OK), (0o750, State.OK), (0o755, State.WRONG)])
def test_the_folder_is_not_for_others(mode, state, home):
    home.chmod(mode)
    assert states(ground_checks.home) == [state]


@pytest.mark.parametrize(("free", "state"), [(2 << 30, State.OK), (500 << 20, State.LOOK), (50 << 20, State.WRONG)])
def test_a_full_disk_is_told_in_time(free, state, home, monkeypatch):
    import shutil
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, free))
    assert states(ground_checks.disk) == [state]


def found(check) -> dict[str, State]:
    return {finding.what: finding.state for finding in check()}


def test_keys_that_are_in_order(installation):
    assert set(found(ground_checks.keys).values()) == {State.OK}


def test_keys_that_are_missing_or_open_to_others(installation):
    keys.log_key_path().chmod(0o640)
    (installation / "keys/secret.key").unlink()
    assert found(ground_checks.keys) == {
        "Nyckeln secret.key": State.WRONG,
        "Nyckeln log.key": State.WRONG,
        "Löftesbokens öppna nyckel": State.OK,
    }


def test_a_private_key_that_is_elsewhere_is_no_fault(installation):
    keys.log_key_path().unlink()
    assert found(ground_checks.keys)["Nyckeln log.key"] is State.LOOK
    keys.public_key_path().unlink()
    assert found(ground_checks.keys)["Nyckeln log.key"] is State.WRONG
    assert found(ground_checks.keys)["Löftesbokens öppna nyckel"] is State.WRONG


def test_keys_that_do_not_belong_together(installation, settings):
    from loftet.ledger.keys import generate_private_key, private_key_to_pem

    settings.LOFTET_LOG_ORIGIN = "exempel.se/bok"
    assert found(ground_checks.keys)["Löftesbokens öppna nyckel"] is State.WRONG
    settings.LOFTET_LOG_ORIGIN = "loftet.local/loftesboken"
    keys.log_key_path().write_bytes(private_key_to_pem(generate_private_key()))
    assert found(ground_checks.keys)["Löftesbokens öppna nyckel"] is State.WRONG
    keys.public_key_path().write_text("trasig")
    assert found(ground_checks.keys)["Löftesbokens öppna nyckel"] is State.WRONG


def test_static_files_of_another_version(installation):
    assert states(ground_checks.static_files) == [State.OK]
    (installation / "static" / preparing.FINGERPRINT).write_text("en annan")
    assert states(ground_checks.static_files) == [State.WRONG]
    assert preparing.collect_static() != []
    assert states(ground_checks.static_files) == [State.OK]
    assert preparing.collect_static() == []


@pytest.mark.parametrize(
    ("base", "hosts", "secure", "state"),
    [
        ("http://127.0.0.1:8000", ["127.0.0.1"], False, State.OK),
        ("https://loften.exempel.se", ["loften.exempel.se"], True, State.OK),
        ("https://loften.exempel.se", ["127.0.0.1"], True, State.WRONG),
        ("https://loften.exempel.se", ["loften.exempel.se"], False, State.LOOK),
        ("http://loften.exempel.se", ["*"], True, State.LOOK),
    ],
)
def test_the_address_agrees_with_the_settings(base, hosts, secure, state, settings):
    settings.LOFTET_BASE_URL, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = base, hosts, secure
    assert states(ground_checks.surroundings) == [state]


# --- The database --------------------------------------------------------------------------------------------------
def test_guards_that_are_gone(installation):
    assert states(database_checks.protected) == [State.OK]
    name = protection.expected_names("register_entry", connection.vendor)[0]
    on = ' ON "register_entry"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert [(f.state, name in f.detail) for f in database_checks.protected()] == [(State.WRONG, True)]


def test_a_register_that_was_changed(installation):
    assert states(database_checks.register) == [State.OK]
    actions.append(kind="dialogue.opened", subject="abcdefghjkm1", parts={"text": "ord"}, at=AT)
    actions.sign_checkpoint(at=AT)
    keys.public_key_path().unlink()
    keys.log_key_path().unlink()
    keys.create_log_key()
    (finding,) = database_checks.register()
    assert finding.state is State.WRONG
    assert "inte underskriven med den nyckel" in finding.detail


def test_settings_of_sqlite(installation):
    if connection.vendor != "sqlite":
        assert list(database_checks.sqlite()) == []
        return
    assert set(states(database_checks.sqlite)) == {State.OK}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA recursive_triggers=OFF")
    assert {f.what for f in database_checks.sqlite() if f.state is State.WRONG} == {
        "SQLite synchronous",
        "SQLite recursive_triggers",
    }


@pytest.mark.postgres
def test_the_role_that_the_web_runs_as(installation, settings):
    def role(name: str) -> Finding:
        settings.LOFTET_RUNTIME_ROLE = name
        (finding,) = database_checks.runtime_role()
        return finding

    owner = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE webben LOGIN")
        cursor.execute("CREATE ROLE vikarie LOGIN")
        cursor.execute(f'GRANT "{owner}" TO vikarie')
    try:
        assert role("").state is State.LOOK
        assert role("webben").state is State.OK
        assert role("vikarie").state is State.WRONG
        assert role(owner).state is State.WRONG
        assert role("finns_inte").detail == "finns_inte finns inte"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE webben, vikarie")


# --- What runs -----------------------------------------------------------------------------------------------------
def test_a_server_that_does_not_run_is_something_to_look_at(home):
    assert states(running_checks.server) == [State.LOOK]


def test_a_server_with_a_clock_that_stopped(home):
    with instance.held():
        instance.note({"address": "http://127.0.0.1:8000", "children": {"web": 1, "clock": 2}, "since": time.time()})
        assert states(running_checks.server) == [State.OK, State.OK]
        instance.note({"address": "http://127.0.0.1:8000", "children": {"web": 1, "clock": 2}, "since": 0})
        assert states(running_checks.server) == [State.OK, State.WRONG]
        (instance.folder() / "clock").touch()
        assert states(running_checks.server) == [State.OK, State.OK]


@pytest.mark.django_db
def test_work_that_lies_and_waits():
    from django.utils import timezone
    from django_tasks_db.compat import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    assert states(running_checks.queue) == [State.OK]
    given = {"args_kwargs": {}, "task_path": "prov.arbete", "backend_name": "default", "run_after": AT}
    failed = DBTaskResult.objects.create(**given, status=TaskResultStatus.FAILED, finished_at=timezone.now())
    assert states(running_checks.queue) == [State.LOOK]
    failed.delete()
    waiting = DBTaskResult.objects.create(**given, status=TaskResultStatus.READY)
    assert states(running_checks.queue) == [State.OK]
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=timezone.now() - datetime.timedelta(minutes=11))
    assert states(running_checks.queue) == [State.WRONG]

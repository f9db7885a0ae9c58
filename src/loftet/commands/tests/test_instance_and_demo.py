"""One server for each home, and a demo that never takes anything else away."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from loftet.commands import demo, instance
from loftet.commands.shell import Stop


def test_a_home_is_held_once_and_let_go(home):
    assert not instance.is_running()
    with instance.held():
        assert instance.is_running()
        instance.note({"address": "http://127.0.0.1:8017"})
        with pytest.raises(Stop, match=r"Löftet körs redan på http://127\.0\.0\.1:8017 med"), instance.held():
            pass
        assert instance.noted() == {"address": "http://127.0.0.1:8017"}
    assert not instance.is_running()
    assert instance.noted() == {}


@pytest.mark.processes
def test_a_holder_that_was_killed_holds_nothing(home):
    script = "from loftet.commands import instance\nwith instance.held():\n    print('held', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ.copy()
    )
    assert holder.stdout.readline() == b"held\n"
    assert instance.is_running()
    holder.kill()
    holder.communicate()
    assert not instance.is_running()
    with instance.held():
        pass


# --- The demo ------------------------------------------------------------------------------------------------------
@pytest.fixture
def demo_home(home, monkeypatch):
    """A home that says that it holds the demo."""
    monkeypatch.delenv("LOFTET_DATABASE_URL", raising=False)
    (home / "keys").mkdir()
    (home / "files").mkdir()
    of_the_register = ("keys/log.key", "keys/log.pub", "keys/log.checkpoint")
    for name in ("loftet.sqlite3", "loftet.sqlite3-wal", "files/a.txt", *of_the_register, "demo.json"):
        (home / name).write_text("demo")
    (home / "keys/secret.key").write_text("hemlig")
    return home


def left(home) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_the_demo_is_taken_away_and_the_secret_key_stays(demo_home):
    demo.take_away()
    assert left(demo_home) == {"keys/secret.key"}
    demo.take_away()  # nothing left to take away


def test_what_is_no_demo_is_left_alone(demo_home):
    demo.mark().unlink()
    before = left(demo_home)
    with pytest.raises(Stop, match="innehåller ingen demo, så inget tas bort"):
        demo.take_away()
    assert left(demo_home) == before


def test_a_demo_in_another_database_is_left_alone(demo_home, monkeypatch):
    monkeypatch.setenv("LOFTET_DATABASE_URL", "postgresql://demo@127.0.0.1/demo")
    before = left(demo_home)
    with pytest.raises(Stop, match="Töm den själv"):
        demo.take_away()
    assert left(demo_home) == before


def test_nothing_is_taken_away_under_a_running_server(demo_home, loftet):
    with instance.held():
        said = loftet("demo", "--reset")
    assert said.code == 1
    assert "Löftet körs redan" in said.err
    assert demo.mark().exists()


@pytest.mark.django_db
def test_the_demo_is_not_built_beside_something_else(home, monkeypatch):
    from loftet.commands import preparing
    from loftet.domain.people import actions as people

    monkeypatch.setattr(preparing, "waiting_migrations", list)
    people.add_person(email="anna@exempel.se", name="Anna", password="ett-langt-losenord")
    with pytest.raises(Stop, match="Databasen innehåller redan annat än demon"):
        demo.build_unless_there()
    assert not demo.mark().exists()


def test_the_greeting_has_accounts_and_addresses_that_can_be_opened(home, monkeypatch, capsys):
    monkeypatch.setenv("LOFTET_BASE_URL", "http://127.0.0.1:8017")
    from loftet.testing.demo import accounts, hints

    demo.greet()
    printed = capsys.readouterr().out
    for email, password, _ in accounts():
        assert f"{email}" in printed
        assert password in printed
    assert printed.count("http://127.0.0.1:8017/") == sum(hint.startswith("/") for hint in hints()) > 0

"""A test whose tools are missing is passed over aloud, or fails where nothing may be passed over; none may flush."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.fixture
def rules(request, repository):
    """The conftest.py at the root of the repository."""
    plugins = request.config.pluginmanager.get_plugins()
    return next(p for p in plugins if getattr(p, "__file__", None) == str(repository / "conftest.py"))


def item(fixturenames=(), **marks):
    """A collected test with these marks."""
    made = {name: SimpleNamespace(kwargs=kwargs, args=()) for name, kwargs in marks.items()}
    return SimpleNamespace(nodeid="test_x", fixturenames=list(fixturenames), get_closest_marker=made.get)


def test_a_test_without_its_tools_is_passed_over(rules, monkeypatch):
    monkeypatch.delenv("LOFTET_REQUIRE_ALL", raising=False)
    monkeypatch.setitem(rules.NEEDS, "browser", lambda: "chromium is missing.")
    with pytest.raises(pytest.skip.Exception, match="chromium is missing"):
        rules.pytest_runtest_setup(item(browser={}))
    rules.pytest_runtest_setup(item())
    monkeypatch.setitem(rules.NEEDS, "browser", lambda: "")
    rules.pytest_runtest_setup(item(browser={}))


def test_where_everything_is_required_it_fails(rules, monkeypatch):
    monkeypatch.setenv("LOFTET_REQUIRE_ALL", "1")
    monkeypatch.setitem(rules.NEEDS, "postgres", lambda: "The tests run on SQLite.")
    with pytest.raises(pytest.fail.Exception, match="LOFTET_REQUIRE_ALL=1, and The tests run on SQLite"):
        rules.pytest_runtest_setup(item(postgres={}))
    rules.pytest_runtest_setup(item())


def test_what_is_missing_is_told(rules, monkeypatch, tmp_path, settings):
    monkeypatch.setattr(rules, "CHROMIUM", tmp_path / "chromium")
    assert "Install Debian's package chromium" in rules.no_browser()
    (tmp_path / "chromium").touch()
    assert rules.no_browser() == ""
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert "LOFTET_TEST_DATABASE_URL" in rules.no_postgres()
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    assert rules.no_postgres() == ""


@pytest.mark.parametrize(
    "flushing",
    [
        item(django_db={"transaction": True}),
        item(["transactional_db"]),
        item(["live_server"]),
        item(["django_db_reset_sequences"]),
    ],
)
def test_a_test_that_would_flush_the_database_is_refused(rules, flushing):
    with pytest.raises(pytest.UsageError, match="test_x would flush the database"):
        rules.pytest_collection_modifyitems([flushing])


def test_a_test_with_real_commits_gets_a_copy(rules):
    plain, real = item(["client"], django_db={}), item(["tmp_path"], transactional={})
    rules.pytest_collection_modifyitems([plain, real])
    assert plain.fixturenames == ["client"]
    assert real.fixturenames == ["tmp_path", "db", "real_database"]

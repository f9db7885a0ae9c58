"""Fixtures of every test: the page client, real installations, browsers, databases with real commits.

Append-only tables refuse DELETE and TRUNCATE, so no test may flush its database between tests. What needs real commits,
threads or a running server works on a copy of its own instead and throws it away, see docs/reference/house-rules.md.
"""

from __future__ import annotations

import contextlib
import copy
import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

# One thread for each process of the suite: two that share two processors with two threads each wait on each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings as property_tests

from loftet.testing.client import Page, PageClient

# While one works, a few examples of each property; before a change lands, many: HYPOTHESIS_PROFILE=thorough.
property_tests.register_profile("quick", max_examples=15, deadline=None)
property_tests.register_profile("thorough", max_examples=100, deadline=None)
property_tests.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Walks through the whole product are still being written: `make journeys` runs them, `make test` not yet.
collect_ignore = [] if os.environ.get("LOFTET_JOURNEYS") == "1" else ["tests/journeys", "tests/operations"]

CHROMIUM = Path("/usr/bin/chromium")
BROWSER_FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SWEDISH = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


# --- What a test needs of the machine ------------------------------------------------------------------------------
def no_browser() -> str:
    """Why browser tests cannot run here; empty when they can."""
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is missing. Install Debian's package chromium."
    missing = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
    return f"{', '.join(missing)} is missing. Install requirements-dev.lock." if missing else ""


def no_postgres() -> str:
    """Why tests of PostgreSQL itself cannot run here; empty when they can."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return ""
    return "The tests run on SQLite. Point LOFTET_TEST_DATABASE_URL at a PostgreSQL database."


NEEDS = {"browser": no_browser, "postgres": no_postgres}


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark for tests with real commits."""
    config.addinivalue_line("markers", "transactional: works on a copy of the database, with real commits and threads")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would flush the database; give those with real commits a copy of it."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        flushes = (mark and mark.kwargs.get("transaction")) or {
            "transactional_db",
            "live_server",
            "django_db_reset_sequences",
        } & set(getattr(item, "fixturenames", ()))
        if flushes:
            raise pytest.UsageError(
                f"{item.nodeid} would flush the database, which append-only tables refuse. Mark it `transactional`, or "
                "use `installation` for a running server."
            )
        if item.get_closest_marker("transactional") and "real_database" not in item.fixturenames:
            item.fixturenames += ["db", "real_database"]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Pass over a test whose tools are missing. Under LOFTET_REQUIRE_ALL=1 that is a failure."""
    for mark, why in NEEDS.items():
        if item.get_closest_marker(mark) and (reason := why()):
            if os.environ.get("LOFTET_REQUIRE_ALL") == "1":
                pytest.fail(f"LOFTET_REQUIRE_ALL=1, and {reason}", pytrace=False)
            pytest.skip(reason)


# --- Pages without a server ----------------------------------------------------------------------------------------
@pytest.fixture
def client() -> PageClient:
    """The test client that checks the house rules on every page."""
    return PageClient()


@pytest.fixture
def page(client: PageClient) -> Callable[[str], Page]:
    """Fetch an address that should answer, and read the page."""

    def fetch(address: str) -> Page:
        response = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}."
        return response.page

    return fetch


# --- People and places ----------------------------------------------------------------------------------------------
@pytest.fixture
def cast(db):
    """Provby with its two parties and the people who act for them."""
    from loftet.testing.cast import make_cast

    return make_cast()


@pytest.fixture
def strangers(db):
    """The same parts in another municipality: people who have no business in Provby."""
    from loftet.testing.cast import make_cast

    return make_cast(name="Grannby", code="9902")


# --- Installations: the product as an operator runs it -------------------------------------------------------------
def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


@dataclass
class Installation:
    """A home of its own with database, keys and files, on which the command line and the server run as for real."""

    home: Path
    is_demo: bool = False
    port: int = field(default_factory=free_port)
    server: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands: nothing of the test run's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOFTET_", "DJANGO_", "LC_"))}
        kept |= {
            "LOFTET_HOME": str(self.home),
            "LOFTET_BASE_URL": self.address,
            "LANG": "sv_SE.UTF-8",
            "PYTHONUTF8": "1",
        }
        return {**kept, "LOFTET_DEMO": "1"} if self.is_demo else kept

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        """Run `loftet` with these arguments. Its words are in the result's stdout and stderr."""
        line = [sys.executable, "-m", "loftet.commands", *arguments]
        done = subprocess.run(line, env=self.environment, capture_output=True, text=True, timeout=600)
        assert not check or done.returncode == 0, (
            f"loftet {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}"
        )
        return done

    def start(self) -> Installation:
        """Start the server and wait until it answers."""
        log = (self.home / "server.log").open("ab")
        line = [sys.executable, "-m", "loftet.commands", "serve", "--port", str(self.port), "--workers", "1"]
        with log:
            self.server = subprocess.Popen(
                line, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The server did not start:\n{(self.home / 'server.log').read_text()}")
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        """Stop the server and what it started, by its own process id."""
        if self.server is None:
            return
        self.server.terminate()
        try:
            self.server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
        self.server = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address, timeout=5) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return True
        except OSError:
            return False


@contextlib.contextmanager
def running(prepared: Path, home: Path, *, is_demo: bool) -> Iterator[Installation]:
    """A running copy of a prepared home."""
    shutil.copytree(prepared, home, symlinks=True)
    installation = Installation(home, is_demo=is_demo)
    try:
        yield installation.start()
    finally:
        installation.stop()


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory) -> Callable[..., Path]:
    """Makes a home with tables, places, keys and static files, with the demo or without, once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def prepare(*, demo: bool) -> Path:
        home = shared / ("home-demo" if demo else "home-empty")
        with (shared / f"{home.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / f"{home.name}.ready").exists():
                shutil.rmtree(home, ignore_errors=True)
                Installation(home, is_demo=demo).command("demo" if demo else "migrate")
                (shared / f"{home.name}.ready").touch()
        return home

    return prepare


@pytest.fixture
def installation(prepared_home, tmp_path) -> Iterator[Installation]:
    """A running server of the test's own with the demo municipality. What the test writes is thrown away."""
    with running(prepared_home(demo=True), tmp_path / "home", is_demo=True) as installation:
        yield installation


@pytest.fixture
def empty_installation(prepared_home, tmp_path) -> Iterator[Installation]:
    """A running server of the test's own, as it is the first day: places and nothing else."""
    with running(prepared_home(demo=False), tmp_path / "home", is_demo=False) as installation:
        yield installation


@pytest.fixture(scope="module")
def shared_installation(prepared_home, tmp_path_factory) -> Iterator[Installation]:
    """A running server with the demo for all tests of a file that only read. Override `installation` with it there."""
    with running(prepared_home(demo=True), tmp_path_factory.mktemp("shared") / "home", is_demo=True) as installation:
        yield installation


# --- Browsers ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Debian's chromium. Playwright runs an event loop in this thread, so only here Django may be called beside one."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_FLAGS)
        yield started
        started.close()


@pytest.fixture
def new_page(browser, installation) -> Iterator[Callable]:
    """Opens pages on the installation, each in a context of its own; addresses are given without the host.

    A fault in the console, an exception in a script or a request to elsewhere fails the test, unless it takes them out
    of `page.faults`.
    """
    contexts, pages = [], []

    def open_page(**options):
        context = browser.new_context(base_url=installation.address, **{**DESKTOP, **SWEDISH, **options})
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "request", lambda r: None if _is_own(r.url, installation) else page.faults.append(f"elsewhere: {r.url}")
        )
        contexts.append(context)
        pages.append(page)
        return page

    yield open_page
    faults = [fault for page in pages for fault in page.faults]
    for context in contexts:
        context.close()
    assert not faults, "The browser complained:\n" + "\n".join(faults)


def _is_own(url: str, installation: Installation) -> bool:
    return url.startswith((f"{installation.address}/", "data:", "blob:"))


@pytest.fixture
def browser_page(new_page):
    """A page in a desktop browser."""
    return new_page()


@pytest.fixture
def phone_page(new_page):
    """A page on a phone."""
    return new_page(**PHONE)


@pytest.fixture
def page_without_scripts(new_page):
    """A page in a browser with JavaScript off."""
    return new_page(java_script_enabled=False)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Asserts that a page breaks no rule of WCAG 2.2 A and AA that axe can find."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        lines = [
            f"{v['id']} ({v['impact']}): {v['help']}\n    " + "\n    ".join(node["html"] for node in v["nodes"])
            for v in found.response["violations"]
        ]
        if lines:
            raise AssertionError(f"{page.url} breaks WCAG 2.2:\n" + "\n".join(lines))

    return check


# --- Databases with real commits -----------------------------------------------------------------------------------
class RealDatabase:
    """The test's own copy of the database. Connections in other threads work on the same copy."""

    def together(self, *calls: Callable[[], object]) -> list[object]:
        """Run calls at the same time, each in a thread with its own connection; return what each gave or raised."""
        from django.db import connections

        def run(call):
            try:
                return call()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(max_workers=len(calls)) as threads:
            return list(threads.map(run, calls))


@pytest.fixture(scope="session")
def database_to_copy(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[object]:
    """A copy of the empty test database that nobody works in: a file on SQLite, a database's name on PostgreSQL."""
    from django.db import connections

    usual = connections["default"]
    if usual.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
        with django_db_blocker.unblock(), contextlib.closing(sqlite3.connect(file)) as target:
            usual.ensure_connection()
            usual.connection.backup(target)
        yield file
        return
    name = f"{usual.settings_dict['NAME']}_empty"
    with django_db_blocker.unblock():
        usual.close()  # PostgreSQL copies a database only when nobody is connected to it
        make_database(usual, name, usual.settings_dict["NAME"])
    yield name
    with django_db_blocker.unblock():
        drop_database(usual, name)


def make_database(connection, name: str, template: str) -> None:
    """Make a PostgreSQL database as a copy of another."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(connection, name: str) -> None:
    """Drop a PostgreSQL database, also when a thread has left a connection to it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def real_database(database_to_copy, db, tmp_path) -> Iterator[RealDatabase]:
    """Works on a copy of the test database with real commits, which other threads see. The copy is thrown away."""
    from django.db import connections

    usual = connections["default"]
    if usual.vendor == "sqlite":
        name = str(shutil.copy(database_to_copy, tmp_path / "real.sqlite3"))
    else:
        name = f"{database_to_copy}_{uuid.uuid4().hex[:8]}"
        make_database(usual, name, database_to_copy)
    connections.settings["default"] = {**copy.deepcopy(usual.settings_dict), "NAME": name}
    connections["default"] = connections.create_connection("default")
    try:
        yield RealDatabase()
    finally:
        connections["default"].close()
        connections.settings["default"] = usual.settings_dict
        connections["default"] = usual
        if usual.vendor != "sqlite":
            drop_database(usual, name)

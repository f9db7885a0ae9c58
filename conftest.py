"""What every test shares: its fixtures by what they are about, how it is collected, what it needs of the machine."""

from __future__ import annotations

import gc
import os
from importlib.util import find_spec

import pytest

# One thread for each process of the suite: two that share two processors with two threads each wait on each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings as property_tests

from loftet.testing.chromium import CHROMIUM

pytest_plugins = [
    "loftet.testing.fixtures.people",
    "loftet.testing.fixtures.databases",
    "loftet.testing.fixtures.installations",
    "loftet.testing.fixtures.browsers",
]

# While one works, a few examples of each property; before a change lands, many: HYPOTHESIS_PROFILE=thorough.
property_tests.register_profile("quick", max_examples=15, deadline=None)
property_tests.register_profile("thorough", max_examples=100, deadline=None)
property_tests.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


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


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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

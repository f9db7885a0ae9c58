from __future__ import annotations

import pytest

from loftet.domain.places.tests.loading import bundled_places


@pytest.fixture(scope="module")
def report(django_db_setup, django_db_blocker):
    """The bundled places are loaded for all tests of the module; this is what the load reported."""
    with django_db_blocker.unblock(), bundled_places() as report:
        yield report


@pytest.fixture
def places(report, db):
    """The bundled places; what the test changes is rolled back."""
    return report

from __future__ import annotations

import pytest

from loftet.domain.places.tests.loading import load_places


@pytest.fixture
def places(ready):
    """The bundled places are loaded; this is what the load reported."""
    return ready("places", load_places)

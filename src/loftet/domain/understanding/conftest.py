from __future__ import annotations

import pytest

from loftet.domain.dialogues.tests.world import World, an_open_dialogue, make_world


@pytest.fixture
def world(db) -> World:
    """Two municipalities, their police and the people who act for them."""
    return make_world()


@pytest.fixture
def dialogue(world):
    """A dialogue with three seeds, open at DURING."""
    return an_open_dialogue(world)

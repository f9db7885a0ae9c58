from __future__ import annotations

import pytest

from loftet.domain.dialogues.tests.world import World, a_draft, an_open_dialogue, make_world


@pytest.fixture
def world(db) -> World:
    """Two municipalities, their police and the people who act for them."""
    return make_world()


@pytest.fixture
def draft(world):
    """A dialogue that is not published."""
    return a_draft(world)


@pytest.fixture
def dialogue(world):
    """A dialogue with three seeds, open at DURING."""
    return an_open_dialogue(world)

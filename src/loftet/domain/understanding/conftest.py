from __future__ import annotations

import pytest

from loftet.domain.dialogues.tests.world import World, an_open_dialogue, make_world


@pytest.fixture
def world(ready) -> World:
    """Two municipalities, their police and the people who act for them."""
    return ready("dialogues' world", make_world)


@pytest.fixture
def dialogue(ready, world):
    """A dialogue with three seeds, open at DURING."""
    return ready("open dialogue in the world", lambda: an_open_dialogue(world))

"""The client signs in as any part of the cast, and confirms who it is as signing asks for."""

from __future__ import annotations

import pytest

from loftet.testing.cast import PARTS
from loftet.testing.confirming import code


@pytest.mark.parametrize("part", PARTS)
def test_everyone_in_the_cast_reaches_the_workspace(client, cast, part):
    assert client.get("/skrivbord/").status_code == 302
    client.sign_in(cast.hats[part].person)
    assert client.get("/skrivbord/").status_code == 200


def test_identity_is_confirmed_with_a_code(client, cast):
    client.sign_in(cast.chair.person)
    with pytest.raises(AssertionError, match="The code was not accepted"):
        client.confirm_identity("000000")
    client.confirm_identity(code())


def test_strangers_are_from_elsewhere(cast, strangers):
    assert cast.municipality != strangers.municipality
    assert not {hat.person for hat in cast.hats.values()} & {hat.person for hat in strangers.hats.values()}

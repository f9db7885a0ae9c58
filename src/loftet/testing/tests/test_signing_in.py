"""The client signs in as any part of the cast, and confirms who it is as signing asks for."""

from __future__ import annotations

import pytest

from loftet.testing.cast import PARTS, PASSWORD


@pytest.mark.parametrize("part", PARTS)
def test_everyone_in_the_cast_reaches_the_workspace(client, cast, part):
    assert client.get("/skrivbord/").status_code == 302
    client.sign_in(cast.hats[part].person)
    assert client.get("/skrivbord/").status_code == 200


def test_identity_is_confirmed_with_the_password(client, cast):
    client.sign_in(cast.chair.person)
    with pytest.raises(AssertionError, match="The password was not accepted"):
        client.confirm_identity("fel-losenord-i-prov")
    client.confirm_identity(PASSWORD)


def test_strangers_are_from_elsewhere(cast, strangers):
    assert cast.municipality != strangers.municipality
    assert not {hat.person for hat in cast.hats.values()} & {hat.person for hat in strangers.hats.values()}

"""`loftet identity-provider`: connecting an organisation's sign-in, and letting it go."""

from __future__ import annotations

import pytest

from loftet.domain.parties import actions, queries
from loftet.faces.workspace.identity.provider import secret_path

ISSUER = "https://login.provby.example/realms/anstallda"
ADD = ("identity-provider", "add", "Provby kommun", ISSUER, "loftet")


def test_it_is_connected_shown_and_ended(cast, loftet, home):
    done = loftet(*ADD, "--level", "loa3", "--level", "loa4", typed="mycket-hemligt\n")
    assert done.code == 0, done.err
    [provider] = queries.identity_providers()
    assert (provider.organisation, provider.issuer, provider.client_id) == (cast.town, ISSUER, "loftet")
    assert provider.accepted_levels == ["loa3", "loa4"]
    assert f"/logga-in/organisation/{provider.public_id}/svar/" in done.out
    assert secret_path(provider).read_text() == "mycket-hemligt"
    assert oct(secret_path(provider).stat().st_mode)[-3:] == "600"
    assert "mycket-hemligt" not in done.out + done.err
    assert f"Provby kommun: {ISSUER} (loa3, loa4)" in loftet("identity-provider", "list").out
    assert loftet("identity-provider", "end", "provby kommun").code == 0
    assert not secret_path(provider).exists()
    assert queries.identity_providers() == []
    assert "Ingen organisations inloggning är kopplad" in loftet("identity-provider", "list").out


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("identity-provider", "add", "Okänd kommun", ISSUER, "loftet"), "är inte en enda organisation här"),
        (("identity-provider", "add", "Provby kommun", "http://login.provby.example", "loftet"), "https://"),
        (("identity-provider", "add", "Provby kommun", f"{ISSUER}?a=b", "loftet"), "utan ? och #"),
        (("identity-provider", "add", "Provby kommun", ISSUER, " "), "klientens namn"),
        (("identity-provider", "end", "Provby kommun"), "ingen egen inloggning"),
        (("identity-provider", "untie", "okand@provby.example"), "inget konto"),
        (("identity-provider", "untie", "coordinator@provby.example.org"), "inte kopplat"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(cast, loftet, home, command, sentence):
    done = loftet(*command, typed="\n")
    assert done.code == 1
    assert sentence in done.err
    assert queries.identity_providers() == []


def test_one_issuer_is_connected_once(cast, loftet, home):
    assert loftet(*ADD, typed="\n").code == 0
    again = loftet(*ADD, typed="en-annan\n")
    assert (again.code, "redan den inloggningen" in again.err) == (1, True)
    [provider] = queries.identity_providers()
    assert not secret_path(provider).exists()


def test_an_account_is_freed(cast, loftet, home):
    provider = actions.add_identity_provider(organisation=cast.town, issuer=ISSUER, client_id="loftet")
    email = cast.coordinator.person.email
    actions.recognise(provider=provider, subject="a1", email=email)
    done = loftet("identity-provider", "untie", email)
    assert (done.code, "är lossat" in done.out) == (0, True)
    assert queries.identity_provider_of(cast.coordinator.person) is None

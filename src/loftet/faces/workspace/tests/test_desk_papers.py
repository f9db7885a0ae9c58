"""Signing by hand at the desk: entering the paper, and the other party's word on it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loftet.domain.base import clock
from loftet.domain.signing import actions, queries
from loftet.domain.signing.models import Paper

PDF = b"%PDF-1.7 inskannat"


@pytest.fixture
def promise(ready_promise):
    return ready_promise(is_signed=False)


@pytest.fixture
def version(promise):
    return promise.document.versions.get()


def told(cast, version, **changed):
    """What the form asks, for both parties."""
    day = clock.day_of(clock.now()).isoformat()
    words = {"digest_start": version.digest[:8], "upload": SimpleUploadedFile("papper.pdf", PDF)}
    for party in (cast.town, cast.police):
        words |= {f"name_{party.public_id}": "Namn", f"title_{party.public_id}": "chef", f"day_{party.public_id}": day}
    return {**words, **changed}


@pytest.fixture
def address(promise):
    return f"/skrivbord/underskrift/{promise.document.public_id}/papper/"


@pytest.fixture
def paper(cast, version):
    """A paper that the municipality has entered."""
    day = clock.day_of(clock.now())
    lines = [actions.HandSigned(party, "Namn Efternamn", "chef", day) for party in (cast.town, cast.police)]
    return actions.enter_paper(
        version=version, digest_start=version.digest[:8], lines=lines, scan=PDF, by=cast.coordinator
    )


def test_one_enters_it_and_it_stands_as_not_confirmed(cast, promise, version, address, client):
    client.sign_in(cast.coordinator.person)
    page = client.get(f"/skrivbord/underskrift/{promise.document.public_id}/").page
    asks = page.link("För in ett papper som är påskrivet för hand").follow().page
    assert asks.h1 == "För in ett påskrivet papper"
    answer = client.post(address, told(cast, version), follow=True)
    assert "Inte bekräftad" in answer.page.text
    assert bytes(Paper.objects.get().scan) == PDF
    assert queries.state(promise.document) == "proposed"


def test_the_other_finds_it_among_what_needs_doing_and_confirms_it(cast, promise, paper, client):
    client.sign_in(cast.police_coordinator.person)
    home = client.get("/skrivbord/").page
    assert "Bekräfta papper: Lugnare kvällar i centrum" in home.text
    page = home.link("Se papperet").follow().page
    assert "Provby kommun: Namn Efternamn, chef" in page.text
    done = page.form("Bekräfta papperet").submit("Bekräfta papperet").page
    assert "Papperet är bekräftat" in done.text
    assert "på papper, bekräftat av den andra parten" in done.text
    assert queries.state(promise.document) == "in_force"
    assert "Bekräfta papper" not in client.get("/skrivbord/").page.text


def test_the_other_says_what_is_wrong(cast, promise, paper, client):
    client.sign_in(cast.chief.person)
    page = client.get(f"/skrivbord/underskrift/{promise.document.public_id}/papper/{paper.public_id}/").page
    empty = page.form("Det stämmer inte").submit("Det stämmer inte")
    assert "Skriv vad som inte stämmer" in empty.page.text
    done = empty.page.form("Det stämmer inte").fill("Vad som inte stämmer", "Fel namn.").submit("Det stämmer inte").page
    assert "Stämmer inte" in done.text
    assert "Fel namn." in done.text
    assert queries.state(promise.document) == "proposed"


def test_ones_own_paper_is_looked_at_and_not_confirmed(cast, promise, paper, client):
    client.sign_in(cast.coordinator.person)
    where = f"/skrivbord/underskrift/{promise.document.public_id}/papper/{paper.public_id}/"
    page = client.get(where).page
    assert "Den andra parten ska bekräfta det" in page.text
    client.post(where, {"act": "confirm"})
    assert queries.state(promise.document) == "proposed"


def test_the_scan_is_a_file_to_save_for_the_parties_alone(cast, strangers, promise, paper, client):
    where = f"/skrivbord/underskrift/{promise.document.public_id}/papper/{paper.public_id}/fil/"
    client.sign_in(cast.reader.person)
    answer = client.get(where)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.sign_in(strangers.coordinator.person)
    assert client.get(where, check=False).status_code == 403


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"upload": SimpleUploadedFile("papper.pdf", b"<html><script>")}, "varken PDF"),
        ({"upload": SimpleUploadedFile("papper.pdf", b"")}, "Filen är tom"),
        ({"upload": ""}, "Välj filen"),
        ({"digest_start": "ffff"}, "Kontrollsumman"),
    ],
)
def test_what_is_wrong_is_said_with_all_that_was_typed(cast, version, address, client, changed, why):
    client.sign_in(cast.coordinator.person)
    answer = client.post(address, told(cast, version, **changed))
    assert answer.status_code == 422
    assert why in answer.page.text
    assert not Paper.objects.exists()


def test_half_a_signature_is_asked_for_whole(cast, version, address, client):
    client.sign_in(cast.coordinator.person)
    answer = client.post(address, told(cast, version, **{f"title_{cast.police.public_id}": ""}))
    assert "lämna alla tre tomma" in answer.page.text
    assert not Paper.objects.exists()


def test_a_paper_of_another_document_is_not_found(cast, promise, paper, ready_picture, client):
    other = ready_picture(is_signed=False)
    client.sign_in(cast.coordinator.person)
    where = f"/skrivbord/underskrift/{other.document.public_id}/papper/{paper.public_id}/"
    assert client.get(where).status_code == 404

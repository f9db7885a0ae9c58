"""After a decision, at the desk: the day that is asked for, and the three weeks."""

from __future__ import annotations

from loftet.domain.base import clock
from loftet.domain.signing import actions, queries
from loftet.faces.shared import text


def test_the_day_is_asked_for_and_then_the_three_weeks_are_shown(cast, ready_promise, client):
    promise = ready_promise(is_signed=False)
    today = clock.day_of(clock.now())
    for earlier in queries.decisions_of({cast.town.pk}):  # the picture's
        actions.record_step(decision=earlier, kind="announced", on=earlier.decided_on, by=cast.coordinator)
    version = promise.document.versions.get()
    actions.approve(version=version, by=cast.chair, body="kommunstyrelsen", decided_on=today, is_delegated=True)
    client.sign_in(cast.coordinator.person)
    home = client.get("/skrivbord/").page
    assert "När protokollet anslogs: Lugnare kvällar i centrum" in home.text
    assert "Anmäl delegationsbeslutet: Lugnare kvällar i centrum" in home.text
    asks = home.link("Skriv in dagen").follow().page
    assert asks.h1 == "När anslogs protokollet?"
    wrong = asks.form("Spara dagen").fill("Dag", "2020-01-01").submit()
    assert wrong.status_code == 422
    assert "före beslutet" in wrong.page.text
    page = wrong.page.form("Spara dagen").fill("Dag", today.isoformat()).submit().page
    assert "Kan laglighetsprövas till och med" in page.text
    assert "Fattat på delegation, inte anmält än." in page.text
    page = client.get("/skrivbord/").page.link("Skriv in när det är anmält").follow().page
    page = page.form("Spara dagen").fill("Dag", today.isoformat()).submit().page
    assert f"Fattat på delegation, anmält {text.day(today)}.".replace("\xa0", " ") in page.text.replace("\xa0", " ")
    assert "Anmäl delegationsbeslutet" not in client.get("/skrivbord/").page.text


def test_the_other_party_is_not_asked_and_finds_no_form(cast, ready_promise, client):
    promise = ready_promise(is_signed=False)
    version = promise.document.versions.get()
    today = clock.day_of(clock.now())
    made = actions.approve(version=version, by=cast.chair, body="kommunstyrelsen", decided_on=today)
    client.sign_in(cast.police_coordinator.person)
    assert "protokollet anslogs" not in client.get("/skrivbord/").page.text
    address = f"/skrivbord/underskrift/{promise.document.public_id}/beslut/{made.pk}/announced/"
    assert client.get(address).status_code == 404
    client.sign_in(cast.coordinator.person)
    assert client.get(address.replace("announced", "reported")).status_code == 404
    assert client.get(address.replace("announced", "nagot")).status_code == 404

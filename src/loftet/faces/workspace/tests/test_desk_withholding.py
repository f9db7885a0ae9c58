"""Withholding words at the desk, and what everyone then reads."""

from __future__ import annotations

import pytest

from loftet.domain.base import clock
from loftet.domain.promises import queries as promises
from loftet.domain.records.models import WeedingDecision
from loftet.domain.register import queries as register
from loftet.testing.factories import make_promise

ADDRESS = "/skrivbord/provby/undanhallet/ord/"


@pytest.fixture
def promise(cast):
    return make_promise(cast, title="Lugnt vid Qvickes kiosk")


def fill(page, button="Visa var orden står", **changed):
    form = page.form(button)
    told = {
        "Ord som ska bort": "Qvicke",
        "Vem har beslutat": "kommunstyrelsen",
        "Beslutsdatum": clock.day_of(clock.now()).isoformat(),
        "Lagstöd": "artikel 17 i dataskyddsförordningen",
        "Skäl": "Pekade ut en person.",
    }
    for label, value in {**told, **changed}.items():
        form.fill(label, value)
    return form.submit(button)


def test_first_one_sees_where_the_words_stand_and_then_they_go(cast, promise, client):
    client.sign_in(cast.coordinator.person)
    board = client.get("/skrivbord/provby/").page
    page = board.link("Undanhållna ord").follow().page
    assert "Inga ord är undanhållna" in page.text
    page = page.link("Ta bort ord").follow().page
    looked = fill(page).page
    assert "Version: 1" in looked.text
    assert "Text i löftesboken: 1" in looked.text
    assert "Qvicke" in promises.public_promise_by_id(promise.public_id).words.title
    done = looked.form("Ta bort orden för gott").submit("Ta bort orden för gott").page
    assert "Orden är borttagna" in done.text
    assert "Pekade ut en person." in done.text
    assert WeedingDecision.objects.get().organisation == cast.town


def test_everyone_reads_that_words_are_withheld(cast, promise, client, page):
    client.sign_in(cast.coordinator.person)
    looked = fill(client.get(ADDRESS).page).page
    looked.form("Ta bort orden för gott").submit("Ta bort orden för gott")
    client.logout()
    shown = page(f"/provby/medborgarloften/{promise.public_id}/")
    assert shown.h1 == "Lugnt vid [undanhållet]s kiosk"
    assert "Provby kommun har beslutat att ord i texten inte ska visas (kommunstyrelsen" in shown.text
    assert "Ord är undanhållna" in page(f"/provby/medborgarloften/{promise.public_id}/versioner/").text
    entry = register.latest_entry_of(promise.public_id, "promise.in_force")
    told = page(f"/loftesboken/{entry.number}/")
    assert "En del av orden visas inte" in told.text
    assert "Lugnt vid [undanhållet]s kiosk" in told.text
    decided = page(f"/loftesboken/{entry.number + 1}/")
    assert "Ord undanhölls efter beslut: Provby kommun, kommunstyrelsen." in decided.text
    assert "Pekade ut en person." in decided.text
    for address in (told, decided, shown):
        assert "Qvicke" not in address.text


def test_words_that_were_not_looked_for_are_not_taken(cast, promise, client):
    """Someone looks for one name, changes it, and presses the other button."""
    client.sign_in(cast.coordinator.person)
    looked = fill(client.get(ADDRESS).page).page
    again = fill(looked, "Ta bort orden för gott", **{"Ord som ska bort": "kiosk"}).page
    assert "Här står orden" in again.text
    assert not WeedingDecision.objects.exists()


def test_words_that_stand_nowhere_are_said_so(cast, promise, client):
    client.sign_in(cast.police_coordinator.person)
    looked = fill(client.get(ADDRESS).page, **{"Ord som ska bort": "Zorro"}).page
    assert "Orden finns inte här" in looked.text


def test_a_reason_that_repeats_the_words_is_refused_with_all_that_was_typed(cast, promise, client):
    client.sign_in(cast.coordinator.person)
    looked = fill(client.get(ADDRESS).page, Skäl="Qvicke bad om det.").page
    answer = looked.form("Ta bort orden för gott").submit("Ta bort orden för gott")
    assert answer.status_code == 422
    assert "Upprepa inte orden" in answer.page.text
    assert "Qvicke bad om det." in answer.page.text
    assert not WeedingDecision.objects.exists()

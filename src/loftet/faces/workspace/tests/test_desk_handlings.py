"""Handlingar at the desk: what is to be registered, each party's diary number, and how long things are kept."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.models import Vote
from loftet.domain.records import actions as records
from loftet.domain.records.models import DiaryNumber, Disclosure, RetentionRule
from loftet.testing.factories import make_dialogue, make_voice, make_votes

TODAY = clock.day_of(clock.now()).isoformat()


def test_one_sees_what_lacks_a_number_and_writes_it(cast, chain, desk, client):
    page = desk(cast.coordinator).page.link("Handlingar").follow().page
    assert "4 handlingar saknar ert diarienummer" in page.text.replace("\xa0", " ")
    address = f"handlingar/{chain.promise.public_id}/diarienummer/{cast.town.public_id}/"
    form = desk(cast.coordinator, address).page.form("Spara numret")
    assert form.submit("Spara numret").status_code == 422
    form.fill("Diarienummer", "KS 2026/12")
    done = form.submit("Spara numret").page
    assert "Diarienumret är sparat." in done.text
    assert f"{cast.town.name}: KS 2026/12" in done.text
    assert "3 handlingar saknar" in done.text.replace("\xa0", " ")
    again = desk(cast.coordinator, address).page.form("Spara numret")
    again.fill("Diarienummer", "KS 2026/13").submit("Spara numret")
    assert [row.number for row in DiaryNumber.objects.all()] == ["KS 2026/12", "KS 2026/13"]


def test_the_other_partys_number_is_shown_and_is_not_ones_to_write(cast, chain, desk):
    records.enter_diary_number(
        partnership=cast.partnership, subject=chain.promise.public_id, number="A7.1/26", by=cast.police_coordinator
    )
    page = desk(cast.coordinator, "handlingar/").page
    assert f"{cast.police.name}: A7.1/26" in page.text
    theirs = f"{chain.promise.public_id}/diarienummer/{cast.police.public_id}/"
    assert not [link for link in page.links() if theirs in link.address]
    assert desk(cast.coordinator, f"handlingar/{theirs}").status_code == 403
    assert desk(cast.coordinator, f"handlingar/regler/{cast.police.public_id}/").status_code == 403
    assert desk(cast.coordinator, "handlingar/regler/finnsinte123/").status_code == 404
    nothing = f"handlingar/finnsinte123/diarienummer/{cast.town.public_id}/"
    assert desk(cast.coordinator, nothing).status_code == 404


def test_a_rule_is_a_suggestion_until_it_is_decided(cast, chain, desk):
    page = desk(cast.coordinator, f"handlingar/regler/{cast.town.public_id}/").page
    assert "Gallras 2 år efter att dialogen stängde. Förslag, inte beslutat av er." in page.text
    address = f"handlingar/regler/{cast.town.public_id}/answers/"
    form = desk(cast.coordinator, address).page.form("Spara regeln")
    told = {"Gäller från": TODAY, "Vem har beslutat": "kommunstyrelsen", "Beslutsdatum": TODAY, "Grund": "plan § 12"}
    for label, value in {**told, "Gallras efter så många månader": ""}.items():
        form.fill(label, value)
    refused = form.submit("Spara regeln")
    assert refused.status_code == 422
    assert "Skriv efter hur många månader det gallras." in refused.page.text
    assert "plan § 12" in refused.page.form("Spara regeln").value("Grund")
    form.fill("Gallras efter så många månader", "12")
    done = form.submit("Spara regeln").page
    assert "Gallras 1 år efter att dialogen stängde." in done.text
    assert "kommunstyrelsen" in done.text
    assert RetentionRule.objects.get().organisation == cast.town


def test_what_is_signed_can_only_be_kept(cast, chain, desk):
    page = desk(cast.coordinator, f"handlingar/regler/{cast.town.public_id}/promise/").page
    assert "Gallras efter så många månader" not in page.text
    assert desk(cast.coordinator, f"handlingar/regler/{cast.town.public_id}/nonsens/").status_code == 404


def test_the_list_says_how_long_each_thing_is_kept(cast, chain, desk):
    text = desk(cast.reader, "handlingar/").page.text
    assert "Medborgarlöfte: bevaras. Förslag, inte beslutat." in text
    assert "Vilande synpunkter: gallras 1 månad efter att dialogen stängde. Förslag, inte beslutat." in text


def test_missing_numbers_are_among_the_things_to_do(cast, chain, client):
    client.sign_in(cast.police_coordinator.person)
    page = client.get("/skrivbord/").page
    assert "Skriv in diarienummer för 3 handlingar" in page.text.replace("\xa0", " ")
    client.sign_in(cast.chair.person)
    assert "Skriv in diarienummer" not in client.get("/skrivbord/").page.text


def test_a_thing_is_sent_to_each_registrar_and_the_page_says_how_it_goes(
    cast, chain, desk, mailoutbox, settings, django_capture_on_commit_callbacks
):
    address = f"handlingar/{chain.promise.public_id}/diariet/"
    page = desk(cast.coordinator, address).page
    assert "Det finns ingen att skicka till" in page.text
    form = page.link("Skriv in adressen").follow().page.form("Spara adressen")
    assert form.fill("Registratorns e-post", "ingen").submit("Spara adressen").status_code == 422
    form.fill("Registratorns e-post", "registrator@provby.example").submit("Spara adressen")
    assert desk(cast.coordinator, f"handlingar/registrator/{cast.police.public_id}/").status_code == 403
    settings.EMAIL_BACKEND = "loftet.domain.plans.tests.broken_mail.Backend"
    page = desk(cast.coordinator, address).page
    assert "ingen adress till registratorn" in page.text, "the police have not written theirs"
    with django_capture_on_commit_callbacks(execute=True):
        page.form("Skicka").submit("Skicka")
    told = desk(cast.reader, "handlingar/").page.text
    assert "E-postservern svarade inte eller tog inte emot mejlet. Vi försöker igen av oss själva." in told
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        done = desk(cast.coordinator, address).page.form("Skicka").submit("Skicka").page
    assert "på väg till registratorerna" in done.text
    assert "Skickad till registrator@provby.example" in desk(cast.coordinator, address).page.text
    assert [mail.to for mail in mailoutbox] == [["registrator@provby.example"]]
    assert desk(cast.coordinator, "handlingar/finnsinte123/diariet/").status_code == 404


def test_what_is_due_is_shown_exactly_and_goes_by_decision_and_everyone_sees_it(cast, desk, client):
    opened = clock.now() - timedelta(days=420)
    when = {"opens_at": opened, "closes_at": opened + timedelta(days=30)}
    dialogue = make_dialogue(cast, at=opened + timedelta(days=1), **when)
    make_votes(dialogue, camps=(3,))
    plan = f"handlingar/gallring/{cast.town.public_id}/"
    undecided = "Provby kommun har inte fört in sitt beslut om det än"
    assert undecided in client.get("/provby/dialoger/trygg-i-centrum/").page.text
    page = desk(cast.coordinator, plan).page
    assert "Gallras 2 år efter att dialogen stängde" in page.text
    assert "Förslag, inte beslutat av er" in page.text
    assert desk(cast.coordinator, f"{plan}{dialogue.public_id}/answers/").status_code == 404
    records.decide_rule(
        partnership=cast.partnership,
        document_type="answers",
        months=12,
        starts=clock.day_of(clock.now()),
        body="kommunstyrelsen",
        decided_on=clock.day_of(clock.now()),
        basis="planen § 12",
        by=cast.coordinator,
    )
    data = desk(cast.coordinator, f"{plan}plan.json").json()["plan"]
    assert [(row["document_type"], row["counts"]) for row in data if row["may_be_weeded"]] == [
        ("answers", {"svar": 18, "deltagare som inte har skrivit något": 3})
    ]
    page = desk(cast.coordinator, plan).page.link("Se vad som gallras").follow().page
    assert "Svar: 18" in page.text
    form = page.form("Gallra för gott")
    form.fill("Vem har beslutat", "arkivmyndigheten").fill("Beslutsdatum", TODAY).fill("Skäl", "Behövs inte längre.")
    assert form.submit("Gallra för gott").status_code == 422
    assert Vote.objects.count() == 18
    form.tick("Jag har sett vad som gallras")
    done = form.submit("Gallra för gott").page
    assert "Det är gallrat, och beslutet står i Löftesboken." in done.text
    assert "Gallrat" in done.text
    assert not Vote.objects.exists()
    assert "Gallras 1 år efter att dialogen stängde" in client.get("/provby/dialoger/trygg-i-centrum/").page.text
    for address in ("trygg-i-centrum/", "trygg-i-centrum/resultat/", "trygg-i-centrum/mina-svar/"):
        told = client.get(f"/provby/dialoger/{address}").page.text
        assert "Underlaget är gallrat" in told
        assert "arkivmyndigheten" in told
        assert "svar: 18" in told
        assert "planen § 12" in told
    assert "Underlaget är gallrat" in desk(cast.coordinator, f"dialoger/{dialogue.public_id}/").page.text
    book = client.get("/loftesboken/").page
    assert "Uppgifter gallrades efter beslut" in book.text
    assert "arkivmyndigheten" in book.link("Uppgifter gallrades efter beslut").follow().page.text


def test_one_looks_before_anything_is_handed_out_and_the_log_tells(cast, chain, desk, client):
    make_voice(chain.dialogue, text="Mer ljus i parken.")
    page = desk(cast.coordinator, "handlingar/").page.link("Lämna ut").follow().page
    assert "Inget är utlämnat härifrån." in page.text
    form = page.form("Titta på det först")
    assert form.submit("Titta på det först").status_code == 422
    form.tick(f"{chain.dialogue.title}: opublicerade synpunkter").fill("Vilken begäran gäller det", "KS 2026/45")
    form.fill("Ord som ska maskas", "parken\nfinns inte här")
    looked = form.submit("Titta på det först").page
    assert "1 ställe är maskat" in looked.text.replace("\xa0", " ")
    assert "Mer ljus i [maskat]." in looked.text
    assert "De här orden finns inte i det ni har valt" in looked.text
    again = looked.form("Lämna ut paketet")
    refused = again.submit("Lämna ut paketet")
    assert "Skriv vilket stöd ni har för att maska." in refused.page.text
    assert not Disclosure.objects.exists()
    done = (
        refused.page.form("Lämna ut paketet").fill("Stöd för maskningen", "21 kap. 1 § OSL").submit("Lämna ut paketet")
    )
    assert done["Content-Type"] == "application/zip"
    assert done["Cache-Control"] == "no-store"
    row = Disclosure.objects.get()
    assert row.public_id in done["Content-Disposition"]
    assert hashlib.sha256(done.content).hexdigest() == row.package_digest
    told = desk(cast.coordinator, "handlingar/lamna-ut/").page.text
    assert "KS 2026/45" in told
    assert cast.coordinator.person.name in told
    assert desk(cast.reader, "handlingar/lamna-ut/").status_code == 403


def test_what_was_not_looked_at_is_not_handed_out_and_what_the_guard_finds_is_offered(cast, chain, desk):
    voice = make_voice(chain.dialogue)
    reason = "Ring 070-174 06 05 till oss."
    dialogues.moderate(voice=voice, outcome="declined", reason=reason, by=cast.moderator)
    form = desk(cast.coordinator, "handlingar/lamna-ut/").page.form("Titta på det först")
    form.tick(f"{chain.dialogue.title}: opublicerade synpunkter").fill("Vilken begäran gäller det", "KS 2026/45")
    looked = form.submit("Titta på det först").page.form("Lämna ut paketet")
    looked.tick("070-174 06 05").fill("Stöd för maskningen", "21 kap. 1 § OSL")
    changed = looked.submit("Lämna ut paketet").page
    assert "Något har ändrats sedan ni tittade." in changed.text
    assert "070-174 06 05 till oss" not in changed.text
    assert not Disclosure.objects.exists()
    assert changed.form("Lämna ut paketet").submit("Lämna ut paketet").status_code == 200
    assert Disclosure.objects.get().masked == 1

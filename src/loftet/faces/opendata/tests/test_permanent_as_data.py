"""A permanent address as data: what a thing is, the same facts as on its page, and what is withheld by whom."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from loftet.domain.base import clock
from loftet.domain.plans import actions as plans
from loftet.domain.promises.importers.retold import import_retold
from loftet.domain.promises.queries import retold as queries_of_retold
from loftet.domain.promises.tests.retold_world import AT, a_record, make_municipalities
from loftet.domain.records import actions as records
from loftet.domain.register import actions as register
from loftet.domain.register import keys, queries
from loftet.domain.register.models import Entry
from loftet.faces.opendata import things
from loftet.testing import factories

JSON = {"Accept": "application/json"}
WORDS = "Grönköpings-Qvicke"
BASIS, REASON = "artikel 17 i dataskyddsförordningen", "Pekar ut en person."
DOCS = Path(__file__).parents[5] / "docs" / "reference" / "open-data.md"
FIELDS = {"form", "id", "address", "page", *things.EMPTY, "is_example", "register_entries", "withheld"}


@pytest.fixture
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    keys.create_log_key()


@pytest.fixture
def told(client):
    """What a permanent address answers to who asks for JSON."""

    def ask(public_id: str) -> dict:
        response = client.get(f"/id/{public_id}", headers=JSON)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"
        found = json.loads(response.content)
        assert found.keys() == FIELDS
        assert found["form"] == "loftet.thing/1"
        assert found["id"] == public_id
        assert found["address"].endswith(f"/id/{public_id}")
        return found

    return ask


def withhold(cast, **changed):
    words = {"partnership": cast.partnership, "words": WORDS, "by": cast.coordinator, "body": "kommunstyrelsen"}
    words |= {"decided_on": clock.day_of(clock.now()), "basis": BASIS, "reason": REASON}
    return records.withhold_words(**{**words, **changed})


# --- What it is -------------------------------------------------------------------------------------------------------
def test_a_promise_in_force(cast, told, ready_promise):
    promise = ready_promise()
    found, version = told(promise.public_id), promise.document.versions.get()
    assert (found["type"], found["state"], found["label"]) == ("promise", "in_force", "sharp")
    assert found["title"] == "Lugnare kvällar i centrum"
    assert found["page"].endswith("/provby/medborgarloften/lugnare-kvallar-i-centrum/")
    assert found["period"] == {"from": promise.starts.isoformat(), "to": promise.ends.isoformat()}
    assert found["places"] == [{"code": "9901", "name": "Provby"}]
    assert [party["id"] for party in found["parties"]] == [cast.town.public_id, cast.police.public_id]
    assert all(party["signed_at"] <= found["in_force_since"] for party in found["parties"])
    assert (found["version"], found["digest_sha256"]) == (1, version.digest)
    entry = queries.latest_entry_of(promise.public_id, "promise.in_force")
    (line,) = found["register_entries"]
    assert (line["number"], line["kind"], line["leaf_sha256"]) == (entry.number, entry.kind, entry.leaf_hash)
    assert line["page"].endswith(f"/loftesboken/{entry.number}/")
    assert (found["withheld"], found["weeded"], found["is_example"]) == ([], [], False)


def test_a_picture_and_an_agreement(cast, told, ready_promise, ready_agreement):
    picture = told(ready_promise().problem.picture.public_id)
    assert (picture["type"], picture["state"], picture["label"]) == ("picture", "in_force", None)
    assert picture["title"] == "Gemensam problembild för Provby"
    agreement = ready_agreement()
    found = told(agreement.public_id)
    assert (found["type"], found["state"], found["version"]) == ("agreement", "in_force", 1)
    words = {"reason": "Nya förutsättningar.", "last_day": clock.day_of(clock.now())}
    plans.terminate(agreement=agreement, by=cast.chair, **words)
    kinds = [entry["kind"] for entry in told(agreement.public_id)["register_entries"]]
    assert kinds == ["agreement.in_force", "agreement.terminated"]


def test_an_agreement_that_has_run_out_says_so_as_its_page_does(cast, told):
    began = clock.now() - timedelta(days=300)
    agreement = factories.make_agreement(cast, at=began, ends=clock.day_of(began + timedelta(days=200)))
    assert told(agreement.public_id)["state"] == "ended"


def test_a_dialogue_open_closed_and_answered(cast, told, ready_dialogue):
    dialogue = ready_dialogue()
    found = told(dialogue.public_id)
    assert (found["type"], found["state"], found["title"]) == ("dialogue", "open", "Trygg i centrum")
    assert found["parties"] == [{"id": cast.town.public_id, "name": "Provby kommun", "signed_at": None}]
    assert (found["version"], found["digest_sha256"]) == (None, None)
    assert [entry["kind"] for entry in found["register_entries"]] == ["dialogue.opened"]
    now = clock.now()
    past = factories.make_dialogue(
        cast, title="Förra året", opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=40)
    )
    assert told(past.public_id)["state"] == "closed"


def test_a_place_and_a_report(cast, told, ready_promise):
    promise = ready_promise()
    place = told(cast.municipality.public_id)
    assert (place["type"], place["title"], place["register_entries"]) == ("municipality", "Provby", [])
    report = factories.make_report(cast, promise.lines.get(measure__text="Fotpatrull på torget").measure)
    found = told(report.public_id)
    assert (found["type"], found["title"]) == ("report", None)
    assert found["page"] == found["register_entries"][0]["page"]


def test_a_promise_made_elsewhere_says_that_it_is_retold(db, told):
    make_municipalities()
    assert import_retold({"löften": [a_record()]}, at=AT).refused == ()
    (shown,) = queries_of_retold.all_retold()
    found = told(shown.promise.public_id)
    assert (found["type"], found["state"], found["title"]) == ("retold_promise", "retold", shown.name)
    assert (found["version"], found["digest_sha256"], found["parties"]) == (None, None, [])
    assert found["page"].endswith(f"/medborgarloften/{shown.slug}/")


# --- How it is asked for ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("public_id", ["000000000000", "x", "a" * 300])
def test_an_id_that_stands_for_nothing_says_so_as_json(cast, client, public_id):
    response = client.get(f"/id/{public_id}", headers=JSON)
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.content) == {
        "form": "loftet.thing/1",
        "error": "not_found",
        "message": "Det finns inget publikt med det numret.",
    }


def test_a_draft_is_not_found_as_json_either(cast, client, ready_picture, ready_dialogue):
    dialogue = ready_dialogue(is_published=False, title="Hemlig rubrik")
    picture = ready_picture(is_signed=False, title="Hemlig bild")
    promise = factories.make_promise(cast, is_signed=False, title="Hemligt löfte")
    agreement = factories.make_agreement(cast, is_proposed=False, is_signed=False, title="Hemligt avtal")
    for subject in (dialogue, picture, promise, agreement, cast.town, cast.coordinator.person):
        response = client.get(f"/id/{subject.public_id}", headers=JSON)
        assert response.status_code == 404
        assert "hemlig" not in response.content.decode().lower()


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("application/json, text/html;q=0.5", 200),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 302),
        ("*/*", 302),
        ("text/html, application/json", 302),
        ("image/png", 302),
    ],
)
def test_a_browser_gets_the_page_and_who_asks_for_json_gets_that(cast, client, accept, status):
    response = client.get(f"/id/{cast.municipality.public_id}", headers={"Accept": accept})
    assert response.status_code == status
    assert "Accept" in response["Vary"].split(", ")


def test_it_may_be_kept_for_a_short_while_and_read_from_any_site(cast, client):
    address = f"/id/{cast.municipality.public_id}"
    first = client.get(address, headers=JSON)
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    again = client.get(address, headers={**JSON, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address, headers=JSON).status_code == 405


def test_no_person_is_named(cast, client, ready_promise, ready_agreement):
    for subject in (ready_promise(), ready_agreement()):
        text = client.get(f"/id/{subject.public_id}", headers=JSON).content.decode()
        for signature in subject.document.versions.get().signatures.all():
            assert signature.name not in text
            assert signature.title not in text


# --- What is withheld -------------------------------------------------------------------------------------------------
@pytest.fixture
def said(cast, log_key):
    """A promise and an agreement in force and an open dialogue, in all of which the words stand."""
    promise = factories.make_promise(cast, title=f"Lugnt vid {WORDS}s kiosk")
    agreement = factories.make_agreement(cast, purpose=f"Att hjälpa {WORDS}.")
    dialogue = factories.make_dialogue(cast, title="Kiosken", purpose=f"Vi vill höra om {WORDS}.")
    return promise, agreement, dialogue


def test_what_is_withheld_names_who_decided_when_and_why_and_stands(cast, said, client, told, page):
    decision = withhold(cast, diary_number="KS 2026-77")
    deciding = queries.latest_entry_of(decision.public_id, "content.withheld")
    expected = {
        "organisation": {"id": cast.town.public_id, "name": "Provby kommun"},
        "body": "kommunstyrelsen",
        "decided_on": decision.decided_on.isoformat(),
        "diary_number": "KS 2026-77",
        "basis": BASIS,
        "reason": REASON,
        "register_entry": deciding.number,
    }
    for subject, part in zip(said, ("content", "content", "purpose"), strict=True):
        found = told(subject.public_id)
        (gone,) = found["withheld"]
        assert (gone["part"], gone["decisions"]) == (part, [expected])
        entry = queries.entry(gone["register_entry"])
        assert gone["commitment_sha256"] == json.loads(entry.envelope)["parts"][part]
        assert gone["stands"] is None
        shown = page(client.get(f"/id/{subject.public_id}")["Location"]).text
        for fact in ("Ord är undanhållna", "Provby kommun", "kommunstyrelsen", BASIS, REASON):
            assert fact in shown
        assert WORDS not in json.dumps(found, ensure_ascii=False) + shown
    register.sign_checkpoint()
    assert [told(subject.public_id)["withheld"][0]["stands"] for subject in said] == [True, True, True]
    assert told(said[0].public_id)["title"] == "Lugnt vid [undanhållet]s kiosk"
    assert told(decision.public_id)["type"] == "withholding"


def test_the_documented_example_has_the_form_that_is_given(cast, said, told):
    """Field by field, as deep as it goes; the values are others."""
    withhold(cast, diary_number="KS 2026-77")
    register.sign_checkpoint()
    example, nothing = (json.loads(block.partition("```")[0]) for block in DOCS.read_text().split("```json")[1:])
    assert shape(example) == shape(told(said[0].public_id))
    assert nothing["error"] == "not_found"


def shape(told):
    """The names of the fields, with the types of what stands in them."""
    if isinstance(told, dict):
        return {name: shape(value) for name, value in told.items()}
    return [shape(value) for value in told] if isinstance(told, list) else type(told).__name__


def test_words_that_go_later_name_both_decisions(cast, said, told):
    withhold(cast)
    withhold(cast, words="kiosk", reason="Platsen pekar ut någon.")
    reasons = [one["reason"] for one in told(said[0].public_id)["withheld"][0]["decisions"]]
    assert reasons == [REASON, "Platsen pekar ut någon."]
    assert len(told(said[1].public_id)["withheld"][0]["decisions"]) == 1


def test_the_entry_tells_which_decision_took_the_words(cast, said, page):
    decision = withhold(cast)
    number = queries.latest_entry_of(said[0].public_id, "promise.in_force").number
    deciding = queries.latest_entry_of(decision.public_id, "content.withheld").number
    shown = page(f"/loftesboken/{number}/")
    assert shown.link(f"beslutet är nummer {deciding}").follow().page.h1 == f"Nummer {deciding} i Löftesboken"


def test_an_envelope_that_somebody_has_changed_does_not_stand(cast, said):
    register.sign_checkpoint()
    entry = queries.latest_entry_of(said[0].public_id, "promise.in_force")
    assert queries.stands(entry) is True
    changed = Entry(number=entry.number, envelope=entry.envelope.replace("promise", "premise"))
    assert queries.stands(changed) is False

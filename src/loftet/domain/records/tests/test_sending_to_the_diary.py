"""Each party's registrar gets the thing as it stands, on paper and as data, and one that fails holds up no other."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.base.models import WITHHELD
from loftet.domain.journal.models import Event
from loftet.domain.records import actions, printing, queries
from loftet.domain.records.models import Dispatch, DispatchTry
from loftet.domain.register import keys
from loftet.papers.tests.pdf_reading import Pdf
from loftet.testing.factories import make_promise

BROKEN = "loftet.domain.plans.tests.broken_mail.Backend"


@pytest.fixture(autouse=True)
def addresses(cast):
    for hat, email in (
        (cast.coordinator, "registrator@provby.example"),
        (cast.police_coordinator, "reg@polis.example"),
    ):
        actions.set_registry_address(partnership=cast.partnership, email=email, by=hat)


@pytest.fixture
def promise(ready_promise):
    return ready_promise()


@pytest.fixture
def send(cast, promise, django_capture_on_commit_callbacks):
    """Send the promise, to both unless said otherwise; the queue does its work when it is committed."""

    def sent(**changed):
        words = {"subject": promise.public_id, "organisations": [cast.town, cast.police], "by": cast.coordinator}
        with django_capture_on_commit_callbacks(execute=True):
            return actions.send_to_registries(partnership=cast.partnership, **{**words, **changed})

    return sent


def latest(subject):
    return {row.dispatch.organisation.short_name: row for row in queries.dispatches([subject])}


def test_each_registrar_gets_a_mail_with_the_paper_and_the_data(cast, promise, send, mailoutbox):
    actions.enter_diary_number(
        partnership=cast.partnership, subject=promise.public_id, number="KS 2026/12", by=cast.coordinator
    )
    send()
    assert [mail.to for mail in mailoutbox] == [["registrator@provby.example"], ["reg@polis.example"]]
    (name, paper, kind), (_name, data, _kind) = mailoutbox[0].attachments
    assert (name, kind) == (f"{promise.public_id}.pdf", "application/pdf")
    assert "".join(promise.title.split()) in Pdf(paper).text()
    told = json.loads(data)
    assert told["form"] == "loftet.registration/1"
    assert told["title"] == promise.title
    assert told["document_type"] == {"code": "promise", "name": "medborgarlöfte"}
    assert told["digest_sha256"] == promise.document.versions.get().digest
    assert [party["diary_number"] for party in told["parties"]] == ["KS 2026/12", None]
    assert told["retention"][0]["outcome"] == "keep"
    assert "§" in told["retention"][0]["source"]
    assert [entry["kind"] for entry in told["register_entries"]] == ["promise.in_force"]
    assert told["files"][0]["sha256"] == hashlib.sha256(paper).hexdigest()
    assert told["files"][0]["standards"] == ["PDF/A-2a", "PDF/UA-1"]
    assert told["receiver"] == cast.town.public_id
    assert DispatchTry.objects.filter(digest=told["files"][0]["sha256"]).count() == 2
    assert Event.objects.get(verb="records.sent_to_diary").subject == promise.public_id


def test_every_kind_of_thing_can_be_sent(cast, promise, ready_agreement, ready_dialogue, send, mailoutbox):
    things = [promise.problem.picture, ready_agreement(), ready_dialogue()]
    for thing in things:
        send(subject=thing.public_id, organisations=[cast.town])
    papers = [Pdf(mail.attachments[0][1]).text() for mail in mailoutbox]
    for thing, text in zip(things, papers, strict=True):
        assert "".join(thing.title.split()) in text
    assert json.loads(mailoutbox[2].attachments[1][1])["digest_sha256"] is None


def test_a_mail_server_that_is_down_is_told_and_tried_again(cast, promise, send, mailoutbox, settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    send()
    assert {row.failure for row in latest(promise.public_id).values()} == {
        "E-postservern svarade inte eller tog inte emot mejlet."
    }
    now = clock.now()
    assert actions.send_waiting(at=now) == 0, "not before a quarter of an hour has gone"
    assert actions.send_waiting(at=now + timedelta(minutes=16)) == 0
    assert DispatchTry.objects.count() == 4
    settings.EMAIL_BACKEND = working
    assert actions.send_waiting(at=now + timedelta(minutes=30)) == 0, "the wait doubles"
    assert actions.send_waiting(at=now + timedelta(minutes=60)) == 2
    assert actions.send_waiting(at=now + timedelta(days=2)) == 0
    assert len(mailoutbox) == 2
    assert all(row.went_at for row in latest(promise.public_id).values())


def test_after_ten_tries_it_is_left_to_people_who_may_send_it_again(cast, promise, send, settings, mailoutbox):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    send(organisations=[cast.town])
    for days in range(1, 30):
        actions.send_waiting(at=clock.now() + timedelta(days=days * 3))
    assert latest(promise.public_id)["kommunen"].tries == actions.MOST_TRIES
    settings.EMAIL_BACKEND = working
    send(organisations=[cast.town])
    assert len(mailoutbox) == 1
    assert latest(promise.public_id)["kommunen"].went_at


def test_one_that_fails_holds_up_no_other(cast, promise, send, settings, mailoutbox, tmp_path):
    settings.LOFTET_DIARY_FOLDER = str(tmp_path / "a file")
    Path(settings.LOFTET_DIARY_FOLDER).write_text("no folder")
    actions.set_registry_address(partnership=cast.partnership, email="", by=cast.coordinator)
    send()
    found = latest(promise.public_id)
    assert found["kommunen"].failure == "Det gick inte att skriva i mappen."
    assert found["polisen"].went_at
    assert len(mailoutbox) == 1


def test_without_an_address_it_is_put_in_the_folder(cast, promise, send, settings, mailoutbox, tmp_path):
    settings.LOFTET_DIARY_FOLDER = str(tmp_path)
    actions.set_registry_address(partnership=cast.partnership, email=" ", by=cast.coordinator)
    (row,) = send(organisations=[cast.town])
    (made,) = (tmp_path / cast.town.public_id).iterdir()
    assert made.name.endswith(f"-{promise.public_id}-{row.public_id}")
    assert {file.name for file in made.iterdir()} == {"handling.pdf", "metadata.json"}
    digest = hashlib.sha256((made / "handling.pdf").read_bytes()).hexdigest()
    assert json.loads((made / "metadata.json").read_bytes())["files"][0]["sha256"] == digest
    assert not mailoutbox


def test_what_has_gone_does_not_go_again_and_sending_anew_is_a_new_one(cast, promise, send, mailoutbox):
    (row,) = send(organisations=[cast.town])
    assert actions.perform_dispatch(row.public_id)
    assert len(mailoutbox) == 1
    (again,) = send(organisations=[cast.town])
    assert again.public_id != row.public_id
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 2


def test_words_withheld_while_it_waits_do_not_go(cast, settings, tmp_path, mailoutbox):
    settings.LOFTET_KEYS = tmp_path
    keys.create_log_key()
    promise = make_promise(cast, title="Lugnt vid Qvickes kiosk")
    (row,) = actions.send_to_registries(
        partnership=cast.partnership, subject=promise.public_id, organisations=[cast.town], by=cast.coordinator
    )
    actions.withhold_words(
        partnership=cast.partnership,
        words="Qvicke",
        by=cast.coordinator,
        body="kommunstyrelsen",
        decided_on=clock.day_of(clock.now()),
        basis="artikel 17",
        reason="Pekar ut en person.",
    )
    assert actions.perform_dispatch(row.public_id)
    paper, data = (content for _name, content, _kind in mailoutbox[0].attachments)
    assert "Qvicke" not in Pdf(paper).text() + data.decode() + mailoutbox[0].body + mailoutbox[0].subject
    assert WITHHELD in Pdf(paper).text()


def test_nothing_goes_when_a_party_cannot_be_reached(cast, send, mailoutbox):
    actions.set_registry_address(partnership=cast.partnership, email="", by=cast.police_coordinator)
    with pytest.raises(DomainError, match="ingen e-postadress"):
        send()
    with pytest.raises(DomainError, match="minst en"):
        send(organisations=[])
    assert not Dispatch.objects.exists()
    assert not mailoutbox


def test_only_those_who_may(cast, strangers, send):
    for hat in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            send(by=hat)
        with pytest.raises(NotAllowed):
            actions.set_registry_address(partnership=cast.partnership, email="a@b.example", by=hat)
    with pytest.raises(DomainError, match="på formen"):
        actions.set_registry_address(partnership=cast.partnership, email="ingen adress", by=cast.coordinator)
    with pytest.raises(DomainError, match="minst en"):
        send(organisations=[strangers.town])


def test_a_thing_that_nobody_can_read_is_a_fault_of_ours(cast, promise, monkeypatch):
    monkeypatch.setattr(printing, "_readers", [])
    with pytest.raises(LookupError):
        printing.printed(queries.handling(cast.partnership, promise.public_id), clock.now())

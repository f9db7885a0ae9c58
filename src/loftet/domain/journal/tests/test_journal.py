"""An act and its history are one: if the history cannot be written, nothing has happened."""

from __future__ import annotations

import pytest

from loftet.domain.journal import actions as journal
from loftet.domain.journal import queries
from loftet.domain.journal.models import Event
from loftet.domain.promises import actions as promises
from loftet.domain.register import queries as register
from loftet.domain.signing.models import Signature, Version
from loftet.testing.factories import sign_by_both


def test_an_event_names_the_role_and_the_organisation_and_survives_what_it_speaks_of(cast):
    event = journal.record(verb="parties.looked_at", subject=cast.partnership, by=cast.chair)
    assert (event.role, event.organisation, event.person) == (
        "signatory",
        cast.town.public_id,
        cast.chair.person.public_id,
    )
    assert not [field for field in Event._meta.local_fields if field.is_relation]


def test_history_is_in_the_order_it_happened(cast, ready_promise):
    promise = ready_promise()
    verbs = [event.verb for event in queries.history(promise.public_id)]
    assert verbs[0] == "promises.drafted"
    assert verbs[-1] == "promises.in_force"


def test_if_the_history_cannot_be_written_nothing_is_signed(cast, monkeypatch, ready_promise):
    version = ready_promise(is_signed=False).document.versions.get()

    def broken(**words):
        raise RuntimeError("the journal is full")

    before = register.entries().count()
    monkeypatch.setattr(journal, "record", broken)
    with pytest.raises(RuntimeError, match="journal is full"):
        sign_by_both(cast, version, promises.sign)
    assert not Signature.objects.filter(version=version).exists()
    assert register.entries().count() == before


def test_if_the_history_cannot_be_written_nothing_is_proposed(cast, monkeypatch, ready_promise):
    promise = ready_promise(is_signed=False, is_proposed=False)

    def broken(**words):
        raise RuntimeError("the journal is full")

    before = Version.objects.count()
    monkeypatch.setattr(journal, "record", broken)
    with pytest.raises(RuntimeError, match="journal is full"):
        promises.propose(promise=promise, by=cast.coordinator)
    assert Version.objects.count() == before

"""The agreement: one party's own draft until it is shared, signed by both, ended openly, and never forgotten."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.plans import access, actions, papers, queries
from loftet.domain.plans.content import AgreementText, words_of
from loftet.domain.plans.models import Reminder
from loftet.domain.plans.status import Runs, due_reminder
from loftet.domain.register import queries as register
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signatures
from loftet.testing.factories import make_agreement, sign_by_both
from loftet.testing.factories.signed import AGREEMENT

NOW = clock.now()
TODAY = clock.day_of(NOW)


def moment(days: int):
    """So many days from now, at the same time of the day here: an hour's summer time must not make it another day."""
    return NOW.astimezone(clock.STOCKHOLM) + timedelta(days=days)


def shown(cast, at=None):
    return queries.public_agreements(cast.municipality, at)[0]


# --- One's own draft, shared on purpose ------------------------------------------------------------------------------
def test_a_draft_is_ones_own_until_it_is_shared(cast, ready_agreement):
    draft = ready_agreement(is_proposed=False, is_signed=False)
    police = {cast.police.pk}
    assert queries.agreements_for(cast.partnership, {cast.town.pk}) == [draft]
    assert queries.agreements_for(cast.partnership, police) == []
    for permission in ("workspace.read", "plans.write"):
        assert access.agreement_for(cast.coordinator.person, draft.public_id, permission)[0] == draft
        with pytest.raises(NotAllowed):
            access.agreement_for(cast.police_coordinator.person, draft.public_id, permission)
    words = {**AGREEMENT, "starts": draft.starts, "ends": draft.ends}
    for verb, more in (
        (actions.edit_agreement, {"agreement": draft, **words}),
        (actions.propose_agreement, {"agreement": draft}),
        (signing.share, {"document": draft.document}),
        (signing.comment, {"document": draft.document, "text": "Bra."}),
    ):
        with pytest.raises(NotAllowed):
            verb(by=cast.police_coordinator, **more)
    assert signatures.state(draft.document) == signatures.State.DRAFT
    signing.share(document=draft.document, by=cast.coordinator)
    assert signatures.state(draft.document) == signatures.State.SHARED
    assert queries.agreements_for(cast.partnership, police) == [draft]
    assert access.agreement_for(cast.police_coordinator.person, draft.public_id, "plans.write")[0] == draft
    note = signing.comment(document=draft.document, by=cast.police_coordinator, text=" Lägg till skolvägarna. ")
    assert (note.organisation, note.role, note.text) == (cast.police, "kommunpolis", "Lägg till skolvägarna.")
    assert signatures.comments(draft.document) == [note]
    actions.edit_agreement(agreement=draft, by=cast.police_coordinator, **words)


def test_sharing_is_done_once_and_a_note_says_something_and_names_nobody(cast, ready_agreement):
    draft = ready_agreement(is_proposed=False, is_signed=False)
    signing.share(document=draft.document, by=cast.coordinator)
    with pytest.raises(DomainError, match="ser redan texten"):
        signing.share(document=draft.document, by=cast.police_coordinator)
    for words in ("  ", "Ring mig på 070-123 45 67."):
        with pytest.raises(DomainError):
            signing.comment(document=draft.document, by=cast.coordinator, text=words)
    assert signatures.comments(draft.document) == []


def test_putting_forward_shows_the_draft_too(cast, ready_agreement):
    draft = ready_agreement(is_signed=False)
    assert queries.agreements_for(cast.partnership, {cast.police.pk}) == [draft]


def test_a_draft_needs_a_focus_and_its_days_in_order(cast):
    for wrong in ({"focus": "\n  \n"}, {"ends": TODAY - timedelta(days=1)}):
        with pytest.raises(DomainError, match="Inget är sparat"):
            make_agreement(cast, starts=TODAY, is_proposed=False, is_signed=False, **wrong)


# --- Signed by both --------------------------------------------------------------------------------------------------
def test_it_is_public_when_both_have_signed_and_in_the_register_once(cast, ready_agreement):
    ready_agreement(is_signed=False)
    assert queries.public_agreements(cast.municipality) == []
    signed = make_agreement(cast, title="Undertecknad")
    found = shown(cast)
    assert found.agreement == signed
    assert queries.public_agreement(cast.municipality, found.slug).words == found.words
    assert queries.public_agreement_by_id(signed.public_id) == (found, cast.municipality)
    entries = register.entries(kind="agreement.in_force", subject=signed.public_id)
    assert {row.part for entry in entries for row in entry.contents.all()} == {"content", "signatures"}
    assert entries.count() == 1


def test_words_survive_the_way_to_canonical_text_and_back(ready_agreement):
    words = words_of(ready_agreement())
    assert AgreementText.from_content(words.as_content()) == words
    assert words.focus == ("Trygghet i centrum", "Unga på kvällstid")
    assert [group.name for group in words.groups] == ["Styrgrupp", "Arbetsgrupp"]


def test_a_new_period_is_a_new_version_signed_by_both(cast, ready_agreement):
    agreement = ready_agreement()
    longer = agreement.ends + timedelta(days=365)
    actions.edit_agreement(agreement=agreement, by=cast.coordinator, **AGREEMENT, starts=agreement.starts, ends=longer)
    assert shown(cast).words.ends < longer
    version = actions.propose_agreement(agreement=agreement, by=cast.police_coordinator)
    sign_by_both(cast, version, actions.sign_agreement)
    assert shown(cast).words.ends == longer
    assert [one.number for one in queries.versions(agreement)] == [1, 2]


# --- How it ends -----------------------------------------------------------------------------------------------------
def test_it_expires_by_the_clock(cast):
    agreement = make_agreement(cast, at=moment(-200), starts=TODAY - timedelta(days=150), ends=TODAY)
    for days, runs in ((-180, "coming"), (-150, "running"), (-91, "running"), (-90, "ends_soon"), (0, "ends_soon")):
        assert shown(cast, moment(days)).standing.runs == runs, days
    assert shown(cast, moment(1)).standing.runs is Runs.EXPIRED
    assert shown(cast, moment(1)).agreement == agreement


def test_one_party_terminates_in_its_own_name_with_a_reason_and_a_day(cast, ready_agreement):
    agreement = ready_agreement()
    last_day = TODAY + timedelta(days=60)
    words = {"agreement": agreement, "reason": "Vi behöver en ny lägesbild först.", "last_day": last_day}
    for hat in (cast.coordinator, cast.police_coordinator, cast.reader):
        with pytest.raises(NotAllowed):
            actions.terminate(by=hat, **words)
    for wrong in (
        {"reason": " "},
        {"reason": "Ring 070-123 45 67."},
        {"last_day": TODAY - timedelta(days=1)},
        {"last_day": agreement.ends},
    ):
        with pytest.raises(DomainError):
            actions.terminate(by=cast.chief, **{**words, **wrong})
    assert shown(cast).terminations == ()
    declared = actions.terminate(by=cast.chief, **words)
    found = shown(cast)
    assert found.standing.runs is Runs.TERMINATED
    assert found.standing.termination == declared
    assert not found.standing.is_over
    assert shown(cast, moment(61)).standing.runs is Runs.ENDED
    with pytest.raises(DomainError, match="redan sagt upp"):
        actions.terminate(by=cast.chief, **words)
    (entry,) = register.entries(kind="agreement.terminated", subject=agreement.public_id)
    told = json.loads(entry.contents.get().text)
    assert (told["organisation"], told["last_day"]) == (cast.police.public_id, last_day.isoformat())
    assert signatures.in_force(agreement.document).pk == found.version.pk


def test_what_is_not_in_force_is_not_terminated(cast, ready_agreement):
    draft = ready_agreement(is_signed=False)
    with pytest.raises(DomainError, match="ingen överenskommelse i kraft"):
        actions.terminate(agreement=draft, by=cast.chair, reason="Fel.", last_day=TODAY)


# --- Never forgotten -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "due"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_which_reminder_a_day_asks_for(left, due):
    assert due_reminder(TODAY + timedelta(days=left), TODAY) == due


def test_coordinators_of_both_are_reminded_once_of_each_day(cast):
    agreement = make_agreement(cast, at=moment(-10), starts=TODAY, ends=TODAY + timedelta(days=100))
    counts = [actions.send_reminders(at=moment(days)) for days in (0, 10, 10, 11, 70, 71, 93, 100, 101)]
    assert counts == [0, 2, 0, 0, 2, 0, 2, 0, 0]
    first = mail.outbox[:2]
    assert sorted(one.to[0] for one in first) == sorted(
        hat.person.email for hat in (cast.coordinator, cast.police_coordinator)
    )
    assert AGREEMENT["title"] in first[0].body
    assert f"/id/{agreement.public_id}" in first[0].body
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 6


def test_a_mail_server_that_is_down_leaves_it_for_the_next_tick(cast, settings):
    make_agreement(cast, at=moment(-10), starts=TODAY, ends=TODAY + timedelta(days=5))
    settings.EMAIL_BACKEND = "loftet.domain.plans.tests.broken_mail.Backend"
    with pytest.raises(ConnectionRefusedError):
        actions.send_reminders()
    assert Reminder.objects.count() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.send_reminders() == 2


def test_what_is_terminated_is_reminded_of_by_its_own_last_day(cast):
    agreement = make_agreement(cast)
    actions.terminate(agreement=agreement, by=cast.chair, reason="Ny lägesbild.", last_day=TODAY + timedelta(days=40))
    assert actions.send_reminders(at=moment(1)) == 2
    assert clock.in_words(TODAY + timedelta(days=40)) in mail.outbox[0].subject


# --- On paper --------------------------------------------------------------------------------------------------------
def test_the_paper_is_made_of_the_signed_words(cast, ready_agreement):
    ready_agreement()
    made = papers.agreement_pdf(shown(cast), address="https://loftet.example.org/id/x", entry=3)
    assert made.startswith(b"%PDF-1.7")
    assert made == papers.agreement_pdf(shown(cast), address="https://loftet.example.org/id/x", entry=3)


def test_the_first_entry_of_the_register_has_a_number_too(cast, ready_agreement):
    ready_agreement()
    first, none = (papers.agreement_pdf(shown(cast), address="https://loftet.example.org", entry=n) for n in (0, None))
    assert first != none

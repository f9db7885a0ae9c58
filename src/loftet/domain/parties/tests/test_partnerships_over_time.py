"""Partnerships: parties that come and go, both sides always there, an end that freezes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.journal import queries as journal
from loftet.domain.parties import access, actions, queries, rules
from loftet.domain.parties.keeper import Keeper
from loftet.domain.parties.models import Organisation, PartnershipMember
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signed
from loftet.testing.cast import make_hat, make_person
from loftet.testing.confirming import confirmed

NOW = clock.now().astimezone(clock.STOCKHOLM)  # so that a day more is the same time of the next day here
TODAY = clock.day_of(NOW)
DAY = timedelta(days=1)


@pytest.fixture
def board(cast):
    return actions.add_board(organisation=cast.town, name="Socialnämnden i Provby", short_name="socialnämnden")


@pytest.fixture
def landlord(cast):
    return actions.add_promiser(partnership=cast.partnership, name="Provbybostäder", by=cast.coordinator)


def members(cast, days: int = 0):
    return queries.parties_of(cast.partnership, NOW + days * DAY)


def test_parties_stand_in_their_order_the_municipality_first(cast, board, landlord):
    actions.join_partnership(partnership=cast.partnership, organisation=board, by=cast.coordinator)
    assert members(cast) == [cast.town, board, cast.police, landlord]
    assert queries.signing_parties(cast.partnership) == [cast.town, board, cast.police]


def test_a_party_joins_from_a_day_and_leaves_after_one(cast, board):
    actions.join_partnership(
        partnership=cast.partnership, organisation=board, by=cast.coordinator, starts=TODAY + 2 * DAY
    )
    assert board not in members(cast, 1)
    assert board in members(cast, 2)
    actions.leave_partnership(
        partnership=cast.partnership, organisation=board, last_day=TODAY + 3 * DAY, by=cast.coordinator
    )
    assert board in members(cast, 3)
    assert board not in members(cast, 4)
    event = journal.history(cast.partnership.public_id).last()
    assert event.verb == "parties.party_left"
    assert event.data == {
        "organisation": board.public_id,
        "before": None,
        "after": (TODAY + 3 * DAY).isoformat(),
    }


def test_a_party_that_has_left_may_come_back(cast, landlord):
    leave = {"partnership": cast.partnership, "organisation": landlord, "by": cast.coordinator}
    actions.leave_partnership(**leave, last_day=TODAY)
    with pytest.raises(DomainError, match="är redan med"):
        actions.join_partnership(**leave)
    actions.join_partnership(**leave, starts=TODAY + DAY, signs=True)
    assert landlord in members(cast)
    assert landlord in queries.signing_parties(cast.partnership, NOW + DAY)


def test_one_of_each_side_always_remains(cast, board):
    for party, by, gone in ((cast.town, cast.coordinator, "kommun"), (cast.police, cast.police_coordinator, "polis")):
        with pytest.raises(DomainError, match=f"ingen {gone} som undertecknar vara kvar"):
            actions.leave_partnership(partnership=cast.partnership, organisation=party, last_day=TODAY, by=by)
    # A board stands on the municipality's side, but only from the day it joins.
    actions.join_partnership(
        partnership=cast.partnership, organisation=board, by=cast.coordinator, starts=TODAY + 5 * DAY
    )
    with pytest.raises(DomainError, match="ingen kommun som undertecknar"):
        actions.leave_partnership(
            partnership=cast.partnership, organisation=cast.town, last_day=TODAY + 3 * DAY, by=cast.coordinator
        )
    actions.leave_partnership(
        partnership=cast.partnership, organisation=cast.town, last_day=TODAY + 4 * DAY, by=cast.coordinator
    )
    assert members(cast, 5) == [board, cast.police]


def test_nobody_shuts_an_equal_out(cast, landlord):
    with pytest.raises(NotAllowed):
        actions.leave_partnership(
            partnership=cast.partnership, organisation=cast.police, last_day=TODAY, by=cast.coordinator
        )
    actions.leave_partnership(
        partnership=cast.partnership, organisation=landlord, last_day=TODAY - DAY + DAY, by=cast.police_coordinator
    )
    assert landlord not in members(cast, 1)


def test_an_authority_from_elsewhere_is_brought_in_by_the_installation_alone(cast, strangers):
    words = {"partnership": cast.partnership, "organisation": strangers.police}
    with pytest.raises(DomainError, match="hör till någon av parterna"):
        actions.join_partnership(**words, by=cast.coordinator)
    for by in (strangers.coordinator, cast.chair, cast.reader):
        with pytest.raises(NotAllowed):
            actions.join_partnership(**words, by=by)
    keeper = make_person(name="Driften", email="drift@example.org", is_administrator=True)
    actions.join_partnership(**words, by=Keeper(keeper))
    assert strangers.police in members(cast)


def test_what_was_proposed_keeps_its_parties_and_a_left_party_its_say(cast, board, ready_promise):
    actions.join_partnership(partnership=cast.partnership, organisation=board, by=cast.coordinator)
    promise = ready_promise(title="Ljusare vägar", is_sharp=False, is_proposed=False, is_signed=False)
    from loftet.domain.promises import actions as promises

    version = promises.propose(promise=promise, by=cast.coordinator)
    board_chair = actions.add_membership(
        person=make_person(name="Nämndens ordförande", email="namnd@provby.example.org"),
        organisation=board,
        role="signatory",
    )
    row = PartnershipMember.objects.get(organisation=board)
    row.starts, row.ends = TODAY - 2 * DAY, TODAY - DAY
    row.save()
    assert board not in members(cast)
    assert {one.organisation for one in version.required.all()} == {cast.town, board, cast.police}
    signature = signing.sign(
        version=version, digest=version.digest, by=board_chair, title="ordförande", confirmation=confirmed()
    )
    assert signature.organisation == board
    # What is proposed from now on is proposed without it.
    signing.send_back(version=version, by=cast.chief, reason="Skriv när.")
    fresh = promises.propose(promise=promise, by=cast.police_coordinator)
    assert {one.organisation for one in fresh.required.all()} == {cast.town, cast.police}
    with pytest.raises(NotAllowed):
        signing.sign(version=fresh, digest=fresh.digest, by=board_chair, title="o", confirmation=confirmed())
    assert signed.open_version(promise.document) == fresh


def test_an_end_is_said_and_put_off_by_either(cast):
    actions.end_partnership(partnership=cast.partnership, last_day=TODAY, by=cast.police_coordinator)
    with pytest.raises(DomainError, match="slutar redan"):
        actions.end_partnership(partnership=cast.partnership, last_day=TODAY + DAY, by=cast.coordinator)
    with pytest.raises(DomainError, match="Det gäller redan"):
        actions.prolong_partnership(partnership=cast.partnership, last_day=TODAY, by=cast.coordinator)
    prolonged = actions.prolong_partnership(partnership=cast.partnership, last_day=None, by=cast.coordinator)
    assert prolonged.ends is None
    verbs = [event.verb for event in journal.history(cast.partnership.public_id)]
    assert verbs[-2:] == ["parties.partnership_ended", "parties.partnership_prolonged"]
    for by in (cast.chair, cast.reader):
        with pytest.raises(NotAllowed):
            actions.end_partnership(partnership=cast.partnership, last_day=TODAY, by=by)
    with pytest.raises(DomainError, match="tidigast sluta i dag"):
        actions.end_partnership(partnership=cast.partnership, last_day=TODAY - DAY, by=cast.coordinator)


def test_after_the_end_nothing_new_begins_but_all_that_was_begun_can_be_finished(cast, ready_promise):
    from loftet.domain.dialogues import actions as dialogues
    from loftet.domain.followup import actions as followup

    promise = ready_promise(days_ago=120)
    cast.partnership.ends = TODAY - DAY
    cast.partnership.save()
    assert list(queries.partnerships_of(cast.coordinator.person)) == [cast.partnership]
    assert list(queries.partnerships_in(cast.municipality)) == []
    with pytest.raises(DomainError, match="Partnerskapet tog slut den"):
        signing.propose(document=signed.document(promise.document.public_id), content={"a": "b"}, by=cast.coordinator)
    with pytest.raises(DomainError, match="Partnerskapet tog slut den"):
        dialogues.draft_dialogue(
            by=cast.coordinator, partnership=cast.partnership, controller=cast.town, municipality=cast.municipality
        )
    measure = promise.measures.get(text="Ny belysning i stadsparken")
    start = promise.starts
    assert followup.report(
        measure=measure, by=cast.coordinator, period_start=start, period_end=start + 29 * DAY, delivered=True
    )


def test_a_party_that_has_left_reports_what_it_promised_and_reads_nothing_new(cast, ready_promise):
    from loftet.domain.followup import actions as followup

    promise = ready_promise(days_ago=120)
    row = PartnershipMember.objects.get(organisation=cast.police)
    row.ends = TODAY - DAY
    row.save()
    patrol = promise.measures.get(text="Fotpatrull på torget")
    assert followup.report(
        measure=patrol, by=cast.officer, period_start=promise.starts, period_end=promise.starts + 29 * DAY, amount=9
    )
    assert not rules.may(cast.officer, "workspace.read", partnership=cast.partnership)
    with pytest.raises(NotAllowed):
        access.hat_for(cast.officer.person, "workspace.read", cast.partnership)
    assert access.hat_for(cast.officer.person, "followup.report", cast.partnership) == cast.officer


@pytest.mark.parametrize(("kind", "with_parent"), [("board", False), ("municipality", True), ("police", True)])
def test_the_database_keeps_boards_and_their_municipalities_together(cast, kind, with_parent):
    parent = cast.town if with_parent else None
    with pytest.raises(IntegrityError, match="a_board_and_nothing_else"), transaction.atomic():
        Organisation.objects.create(kind=kind, name="X", short_name="x", municipality=cast.municipality, part_of=parent)


def test_the_database_lets_no_party_leave_before_it_joins(cast, board):
    words = {"partnership": cast.partnership, "organisation": board, "starts": TODAY}
    with pytest.raises(IntegrityError, match="a_party_leaves_after_it_joins"), transaction.atomic():
        PartnershipMember.objects.create(**words, ends=TODAY - DAY)
    PartnershipMember.objects.create(**words)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnershipMember.objects.create(**words)


def test_one_person_may_act_for_a_board_and_for_the_municipality(cast, board):
    both = actions.add_membership(person=cast.chair.person, organisation=board, role="signatory")
    assert {hat.organisation for hat in queries.hats(both.person)} == {cast.town, board}
    assert make_hat(organisation=board, part="reader", where="Nämndby")

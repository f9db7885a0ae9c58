"""Hats: given by one who may, ended and prolonged, never changed, never two of the same at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.journal import queries as journal
from loftet.domain.parties import access, actions, queries, rules
from loftet.domain.parties.keeper import Keeper
from loftet.domain.parties.models import Membership
from loftet.testing.cast import make_person

TODAY = clock.day_of(clock.now())
DAY = timedelta(days=1)


@pytest.fixture
def newcomer(cast):
    return make_person(name="Den nya", email="ny@provby.example.org")


@pytest.fixture
def administrator(cast):
    person = make_person(name="Kanslichefen", email="kansli@provby.example.org")
    return actions.add_membership(person=person, organisation=cast.town, role="administrator", title="kanslichef")


def give(by, person, organisation, role="contributor", **words):
    return actions.add_membership(person=person, organisation=organisation, role=role, by=by, **words)


@pytest.mark.parametrize("part", ["administrator", "coordinator", "police_coordinator"])
def test_those_who_handle_an_organisation_give_hats_in_it_and_in_no_other(cast, administrator, newcomer, part):
    by = administrator if part == "administrator" else getattr(cast, part)
    other = cast.police if by.organisation == cast.town else cast.town
    assert give(by, newcomer, by.organisation).starts == TODAY
    with pytest.raises(NotAllowed):
        give(by, newcomer, other)


@pytest.mark.parametrize("part", ["chair", "moderator", "contributor", "reader"])
def test_nobody_else_gives_a_hat(cast, newcomer, part):
    with pytest.raises(NotAllowed):
        give(getattr(cast, part), newcomer, cast.town)
    assert queries.hats(newcomer) == []


def test_the_installations_administrator_gives_hats_anywhere_while_being_that(cast, newcomer):
    keeper = make_person(name="Driften", email="drift@example.org", is_administrator=True)
    assert give(Keeper(keeper), newcomer, cast.police)
    (event,) = journal.history(newcomer.public_id).filter(verb="parties.membership_added")
    assert (event.person, event.role, event.organisation) == (keeper.public_id, "installation", "")
    keeper.is_administrator = False
    with pytest.raises(NotAllowed):
        give(Keeper(keeper), newcomer, cast.town)


def test_an_administrator_handles_people_and_nothing_of_the_content(cast, administrator):
    assert rules.may_administer(administrator, cast.town)
    assert rules.permissions_of(administrator) == {"parties.administer"}
    assert list(queries.partnerships_of(administrator.person)) == []
    with pytest.raises(NotAllowed):
        access.hat_for(administrator.person, "workspace.read", cast.partnership)


def test_nobody_gives_themselves_a_hat(cast, administrator):
    for by in (administrator, cast.coordinator):
        with pytest.raises(DomainError, match="Du kan inte ge dig själv ett uppdrag"):
            give(by, by.person, cast.town, "signatory")
    assert not rules.has_somewhere(administrator.person, "signing.sign")


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ((0, None), (5, 9), True),
        ((0, 5), (5, None), True),
        ((0, 5), (6, None), False),
        ((5, 9), (0, None), True),
        ((5, 9), (0, 4), False),
        ((0, 9), (2, 3), True),
    ],
)
def test_the_same_hat_is_not_worn_twice_at_a_time(cast, newcomer, first, second, overlaps):
    def days(pair):
        return {"starts": TODAY + pair[0] * DAY, "ends": None if pair[1] is None else TODAY + pair[1] * DAY}

    give(cast.coordinator, newcomer, cast.town, **days(first))
    if overlaps:
        with pytest.raises(DomainError, match="Den nya är redan medarbetare hos Provby kommun"):
            give(cast.coordinator, newcomer, cast.town, **days(second))
    else:
        give(cast.coordinator, newcomer, cast.town, **days(second))
    give(cast.coordinator, newcomer, cast.town, "reader", **days(second))
    assert Membership.objects.filter(person=newcomer, role="contributor").count() == (1 if overlaps else 2)


@pytest.mark.parametrize(
    ("role", "at", "sentence"),
    [
        ("police_coordinator", "town", "Rollen polisens samordnare finns inte hos Provby kommun"),
        ("municipal_coordinator", "police", "Rollen kommunens samordnare finns inte hos Lokalpolisområde Provby"),
        ("independent_reviewer", "town", "Rollen oberoende bedömare finns inte hos Provby kommun"),
        ("sheriff", "town", "Välj en roll i listan"),
    ],
)
def test_a_role_fits_the_organisation(cast, newcomer, role, at, sentence):
    with pytest.raises(DomainError, match=sentence):
        give(None, newcomer, getattr(cast, at), role)


def test_a_hat_does_not_begin_in_the_past_nor_end_before_it_begins(cast, newcomer):
    with pytest.raises(DomainError, match="Den första dagen har redan varit"):
        give(cast.coordinator, newcomer, cast.town, starts=TODAY - DAY)
    with pytest.raises(DomainError, match="ligger före den första"):
        give(cast.coordinator, newcomer, cast.town, starts=TODAY + DAY, ends=TODAY)
    assert queries.all_hats(newcomer) == []


def test_a_hat_is_ended_and_the_history_says_from_what_to_what(cast):
    actions.end_membership(membership=cast.contributor, last_day=TODAY + DAY, by=cast.coordinator)
    ended = actions.end_membership(membership=cast.contributor, last_day=TODAY - DAY, by=cast.coordinator)
    assert not rules.may(ended, "followup.report")
    last = journal.history(cast.contributor.person.public_id).last()
    assert (last.verb, last.role) == ("parties.membership_ended", "municipal_coordinator")
    assert last.data == {
        "organisation": cast.town.public_id,
        "role": "contributor",
        "starts": cast.contributor.starts.isoformat(),
        "before": (TODAY + DAY).isoformat(),
        "after": (TODAY - DAY).isoformat(),
    }


def test_what_was_done_rightly_is_not_made_wrong_afterwards(cast):
    with pytest.raises(DomainError, match="tidigast vara i går"):
        actions.end_membership(membership=cast.contributor, last_day=TODAY - 2 * DAY, by=cast.coordinator)
    with pytest.raises(NotAllowed):
        actions.end_membership(membership=cast.contributor, last_day=TODAY, by=cast.police_coordinator)
    cast.contributor.refresh_from_db()
    assert cast.contributor.ends is None


def test_a_hat_is_prolonged_while_it_lasts(cast):
    hat = actions.end_membership(membership=cast.chair, last_day=TODAY + DAY, by=cast.coordinator)
    with pytest.raises(DomainError, match="Det gäller redan till och med"):
        actions.prolong_membership(membership=hat, last_day=TODAY, by=cast.coordinator)
    hat = actions.prolong_membership(membership=hat, last_day=None, by=cast.coordinator)
    assert hat.ends is None
    hat = actions.end_membership(membership=hat, last_day=TODAY - DAY, by=cast.coordinator)
    with pytest.raises(DomainError, match="Uppdraget har redan slutat"):
        actions.prolong_membership(membership=hat, last_day=None, by=cast.coordinator)


def test_prolonging_does_not_run_into_the_next_of_the_same(cast, newcomer):
    first = give(cast.coordinator, newcomer, cast.town, ends=TODAY + 3 * DAY)
    give(cast.coordinator, newcomer, cast.town, starts=TODAY + 10 * DAY)
    with pytest.raises(DomainError, match="är redan medarbetare"):
        actions.prolong_membership(membership=first, last_day=None, by=cast.coordinator)
    assert actions.prolong_membership(membership=first, last_day=TODAY + 9 * DAY, by=cast.coordinator).ends


def test_nobody_prolongs_their_own_hat(cast):
    hat = actions.end_membership(membership=cast.coordinator, last_day=TODAY, by=cast.coordinator)
    with pytest.raises(NotAllowed):
        actions.prolong_membership(membership=hat, last_day=None, by=hat)


def test_a_hat_that_nobody_has_worn_is_taken_back_and_remembered(cast, newcomer):
    coming = give(cast.coordinator, newcomer, cast.town, starts=TODAY + DAY)
    assert not rules.may(coming, "followup.report")
    assert not rules.may_sign_in(newcomer)
    actions.withdraw_membership(membership=coming, by=cast.coordinator)
    assert queries.all_hats(newcomer) == []
    assert journal.history(newcomer.public_id).last().data["starts"] == (TODAY + DAY).isoformat()
    with pytest.raises(DomainError, match="Avsluta det i stället"):
        actions.withdraw_membership(membership=cast.reader, by=cast.coordinator)


def test_an_account_opens_doors_while_a_hat_remains(cast, newcomer):
    assert not rules.may_sign_in(newcomer)
    hat = give(cast.coordinator, newcomer, cast.town)
    assert rules.may_sign_in(newcomer)
    actions.end_membership(membership=hat, last_day=TODAY, by=cast.coordinator)
    assert rules.may_sign_in(newcomer)
    assert not rules.may_sign_in(newcomer, at=clock.now() + DAY)
    assert rules.may_sign_in(make_person(name="Driften", email="drift@example.org", is_administrator=True))


def test_a_board_is_an_authority_that_its_municipality_handles(cast, newcomer):
    board = actions.add_board(
        organisation=cast.town, name="Socialnämnden i Provby", short_name="socialnämnden", by=cast.coordinator
    )
    assert (board.kind, board.part_of, board.municipality) == ("board", cast.town, cast.municipality)
    assert queries.boards_of(cast.town) == [board]
    chair = give(cast.coordinator, newcomer, board, "signatory")
    assert rules.may(chair, "signing.sign")
    assert not rules.may_administer(cast.police_coordinator, board)
    boss = actions.add_membership(person=cast.reader.person, organisation=board, role="administrator")
    assert rules.may_administer(boss, board)
    assert not rules.may_administer(boss, cast.town)
    for organisation in (cast.police, board):
        with pytest.raises(DomainError, match="Bara en kommun har nämnder"):
            actions.add_board(organisation=organisation, name="Nämnden", short_name="nämnden")


def test_a_name_is_changed_by_its_own_people_and_the_history_keeps_the_old_one(cast):
    actions.edit_organisation(organisation=cast.town, name="Provby stad", short_name="staden", by=cast.coordinator)
    cast.town.refresh_from_db()
    assert cast.town.name == "Provby stad"
    data = journal.history(cast.town.public_id).last().data
    assert data["changes"] == {"name": ["Provby kommun", "Provby stad"], "short_name": ["kommunen", "staden"]}
    with pytest.raises(NotAllowed):
        actions.edit_organisation(organisation=cast.police, name="X", short_name="x", by=cast.coordinator)
    with pytest.raises(DomainError, match="Det finns redan en organisation som heter"):
        actions.edit_organisation(
            organisation=cast.town, name="LOKALPOLISOMRÅDE PROVBY", short_name="x", by=cast.coordinator
        )
    with pytest.raises(DomainError, match="behöver ett namn"):
        actions.edit_organisation(organisation=cast.town, name=" ", short_name="x", by=cast.coordinator)


def test_what_authorities_would_be_without(cast):
    missing = queries.lacks([cast.town, cast.police], TODAY + DAY, without=[cast.chief, cast.coordinator])
    assert [(lack.organisation, lack.key) for lack in missing] == [
        (cast.town, "coordinator"),
        (cast.town, "administrator"),
        (cast.police, "signatory"),
    ]
    actions.add_membership(person=cast.reader.person, organisation=cast.town, role="administrator")
    assert [lack.key for lack in queries.lacks([cast.town], TODAY + DAY, without=[cast.coordinator])] == ["coordinator"]
    assert queries.lacks([cast.town], TODAY + DAY) == []

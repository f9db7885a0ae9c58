"""Who may act: a hat, on its days, with its role, in its partnership."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.parties import access, actions, queries, rules
from loftet.domain.parties.models import Partnership
from loftet.domain.parties.roles import ROLES

TODAY = clock.day_of(clock.now())


def test_a_partnership_needs_a_municipality_and_a_police_that_sign(cast):
    for organisations, not_signing in (
        ([cast.town], []),
        ([cast.police], []),
        ([cast.town, cast.police], [cast.police]),
    ):
        with pytest.raises(DomainError, match="minst en kommun och minst en polis"):
            actions.add_partnership(
                name="Halvt",
                organisations=organisations,
                not_signing=not_signing,
                municipalities=[cast.municipality],
                starts=TODAY,
            )
    assert Partnership.objects.count() == 1


def test_another_promiser_may_take_part_without_signing(cast):
    landlord = actions.add_organisation(kind="other", name="Provbybostäder", short_name="Provbybostäder")
    partnership = actions.add_partnership(
        name="Tre tillsammans",
        organisations=[cast.town, cast.police, landlord],
        not_signing=[landlord],
        municipalities=[cast.municipality],
        starts=TODAY,
    )
    assert queries.signing_parties(partnership) == [cast.town, cast.police]
    assert set(queries.parties_of(partnership)) == {cast.town, cast.police, landlord}


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [(0, None, True), (-5, 0, True), (1, None, False), (-5, -1, False)],
)
def test_a_hat_is_worn_from_a_day_to_a_day(cast, starts, ends, may):
    hat = cast.coordinator
    hat.starts = TODAY + timedelta(days=starts)
    hat.ends = None if ends is None else TODAY + timedelta(days=ends)
    hat.save()
    assert rules.may(hat, "promises.write", partnership=cast.partnership) is may
    assert rules.has_somewhere(hat.person, "promises.write") is may
    assert bool(queries.hats(hat.person)) is may


def test_an_account_that_is_switched_off_may_nothing(cast):
    cast.coordinator.person.is_active = False
    cast.coordinator.person.save()
    assert not rules.may(cast.coordinator, "promises.write")


def test_a_hat_counts_only_in_its_own_partnership(cast, strangers):
    assert access.hat_for(cast.chair.person, "signing.sign", cast.partnership) == cast.chair
    with pytest.raises(NotAllowed):
        access.hat_for(cast.chair.person, "signing.sign", strangers.partnership)
    with pytest.raises(NotAllowed):
        access.hat_for(cast.reader.person, "signing.sign", cast.partnership)


def test_one_person_with_hats_in_two_places_wears_the_right_one(cast, strangers):
    both = actions.add_membership(person=cast.chief.person, organisation=strangers.police, role="signatory")
    assert access.hat_for(cast.chief.person, "signing.sign", strangers.partnership) == both
    assert access.hat_for(cast.chief.person, "signing.sign", cast.partnership) == cast.chief
    assert list(queries.municipalities_of(cast.chief.person)) == [strangers.municipality, cast.municipality]


def test_the_police_never_see_unpublished_words_by_their_role():
    police = next(role for role in ROLES if role.key == "police_coordinator")
    assert "dialogues.moderate" not in police.permissions


def test_every_role_explains_itself_in_plain_words():
    for role in ROLES:
        assert role.description.endswith(".")
        assert role.permissions

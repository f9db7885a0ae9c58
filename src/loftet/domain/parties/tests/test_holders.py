"""Who has a permission in a partnership on a day."""

from __future__ import annotations

from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.parties import queries


def test_holders_are_those_of_the_partnership_whose_hats_run(cast, strangers):
    found = queries.holders(cast.partnership, "signing.propose")
    assert {hat.pk for hat in found} == {cast.coordinator.pk, cast.police_coordinator.pk}
    cast.police_coordinator.ends = clock.day_of(clock.now()) - timedelta(days=1)
    cast.police_coordinator.save()
    cast.coordinator.person.is_active = False
    cast.coordinator.person.save()
    assert queries.holders(cast.partnership, "signing.propose") == []

"""A measure says who, and how much or what will be in place."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.plans import actions
from loftet.domain.plans.models import Measure

TODAY = clock.day_of(clock.now())


def add(cast, by=None, organisations=None, **words):
    told = {"text": "Fotpatrull", "amount": Decimal(2), "unit": "pass", "per": "week", "aggregation": "at_least"}
    return actions.add_measure(
        by=by or cast.coordinator,
        partnership=cast.partnership,
        organisations=[cast.police] if organisations is None else organisations,
        **{"starts": TODAY, "ends": TODAY + timedelta(days=90), **told, **words},
    )


@pytest.mark.parametrize(
    "words",
    [
        {"unit": ""},
        {"per": ""},
        {"aggregation": ""},
        {"amount": Decimal(0)},
        {"amount": Decimal(-2)},
        {"ends": TODAY - timedelta(days=1)},
        {"text": ""},
        {"per": "fortnight"},
        {"organisations": []},
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(cast, words):
    with pytest.raises(DomainError, match=r"Inget är sparat|inte sparad"):
        add(cast, **words)
    assert not Measure.objects.exists()


def test_only_members_of_the_partnership_are_responsible(cast, strangers):
    with pytest.raises(DomainError, match="med i partnerskapet"):
        add(cast, organisations=[strangers.police])
    assert list(add(cast).organisations.all()) == [cast.police]


def test_only_those_who_write_there_write(cast, strangers):
    for hat in (cast.reader, cast.chair, strangers.coordinator):
        with pytest.raises(NotAllowed):
            add(cast, by=hat)
    assert add(cast, by=cast.police_coordinator).pk


def test_without_an_amount_nothing_of_it_is_left(cast):
    measure = actions.edit_measure(
        measure=add(cast),
        by=cast.coordinator,
        organisations=[cast.town],
        starts=TODAY,
        ends=TODAY,
        amount=None,
        deliverable="Tjugo nya lampor",
    )
    assert (measure.unit, measure.per, measure.aggregation) == ("", "", "")

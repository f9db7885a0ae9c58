"""What every route of the desk answers to whom: one table, held against what each address really answers.

When a route is new, or someone is to have more or less, run this file with `LOFTET_RECORD=1` in one process and look at
what changed in `route_matrix.txt`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import Partnership
from loftet.domain.records import actions as records
from loftet.domain.signing import access as signing
from loftet.domain.signing import queries as signatures
from loftet.faces.workspace import desk
from loftet.faces.workspace.tests.conftest import make_chain
from loftet.faces.workspace.tests.test_desk_access import OWN, _plausible, where
from loftet.faces.workspace.tests.test_desk_access_bites import _enough
from loftet.testing import factories
from loftet.testing.cast import Cast, make_cast
from loftet.testing.client import PageClient
from loftet.testing.permissions import routes, table, visiting

FOLDER = Path(__file__).parent
TABLE = FOLDER / "route_matrix.txt"
VERBS = FOLDER / "permission_matrix.txt"
PAGE = FOLDER.parent.parent / "docs" / "reference" / "permissions.md"
HOW_TO_RECORD = "LOFTET_RECORD=1 pytest tests/integrity/test_route_matrix.py"
GROUPS = {
    "municipality": routes.HERE[:6],
    "police": (*routes.HERE[6:], routes.REVIEWER),
    "foreign municipality": routes.FOREIGN[:6],
    "foreign police": (*routes.FOREIGN[6:], routes.NOBODY),
}


@pytest.fixture
def rows() -> routes.Rows:
    """The table as it is written down."""
    return routes.read(TABLE.read_text())


@pytest.fixture
def house(ready) -> visiting.House:
    """Provby with the whole chain in it, everyone there, and the same people in Grannby."""
    return ready("everyone at the desk", make_house)


def make_house() -> visiting.House:
    """Make it once: what the desk's own tests stand on, and things in the states that some routes are for."""
    cast, other = make_cast(), make_cast(name="Grannby", code="9902")
    chain = make_chain(cast)
    enough = _enough(chain)
    holes = where(chain, "provby")
    holes |= in_the_state_that_they_are_for(cast, holes)
    return visiting.House(
        addresses={name: reverse(f"workspace:{name}", kwargs=filled) for name, filled in holes.items()},
        words={name: _plausible(name) | enough.get(name, {}) for name in holes},
        people=visiting.everyone(cast, other),
    )


def in_the_state_that_they_are_for(cast: Cast, holes: dict[str, dict]) -> dict[str, dict]:
    """The holes of some addresses anew: a proposal to sign, the municipality's private draft, and answers to weed."""
    proposal = {"document_id": holes["paper"]["document_id"]}
    draft = factories.make_agreement(cast, title="Eget utkast", is_proposed=False, is_signed=False)
    private = holes["agreement"] | {"public_id": draft.public_id}
    now = clock.now()
    closed = factories.make_dialogue(
        cast, title="För länge sedan", opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=70)
    )
    factories.make_release(cast, closed)
    records.decide_rule(
        partnership=cast.partnership,
        document_type="answers",
        months=1,
        starts=clock.day_of(now),
        body="nämnden",
        decided_on=clock.day_of(now),
        basis="planen",
        by=cast.coordinator,
    )
    return {
        **dict.fromkeys(("sign", "send_back"), proposal),
        **dict.fromkeys(("agreement_edit", "agreement_share", "agreement_comment", "agreement_propose"), private),
        "weed": holes["weed"] | {"subject": closed.public_id},
    }


# --- What is written down ---------------------------------------------------------------------------------------------
def test_every_route_stands_in_the_table_with_each_method():
    happened = routes.every_key()
    rows = routes.read(TABLE.read_text())
    assert list(rows) == happened, f"Record what is new or gone with {HOW_TO_RECORD}"
    assert TABLE.read_text() == routes.written(rows), f"The table is written by {HOW_TO_RECORD}"


def test_no_foreign_place_is_let_in_anywhere(rows):
    assert list(routes.strangers_let_in(rows)) == []


def test_every_route_lets_somebody_in(rows):
    """A row of refusals alone would hold whatever was taken away."""
    for name, _method in rows:
        here = [
            row[column] for key, row in rows.items() if key[0] == name for column in (*routes.HERE, routes.REVIEWER)
        ]
        assert routes.LET_IN & {*here}, name


def test_everyones_own_pages_are_the_same_as_the_sweeps(rows):
    assert routes.OWN == OWN


def test_readers_find_nothing_to_press_and_only_signatories_sign(rows):
    for (name, method), row in rows.items():
        if name not in OWN:
            for column in ("municipality reader", "police reader", routes.REVIEWER):
                assert row[column] not in {routes.FORM, routes.DONE, routes.NOT_NOW}, (method, name)
        if (name, method) == ("sign", "POST"):
            may = {column for column, answer in row.items() if answer in routes.LET_IN}
            assert may == {"municipality signatory", "police signatory"}


# --- What happens -----------------------------------------------------------------------------------------------------
@pytest.mark.long
@pytest.mark.parametrize("group", GROUPS)
def test_every_route_answers_as_the_table_says(house, group):
    happened = visiting.answers(house, GROUPS[group])
    if os.environ.get("LOFTET_RECORD"):
        before = routes.read(TABLE.read_text()) if TABLE.exists() else {}
        TABLE.write_text(routes.written(routes.recorded(before, happened)))
    assert list(routes.differences(routes.read(TABLE.read_text()), happened)) == []


@pytest.mark.long
def test_what_strangers_have_of_their_own_tells_nothing_of_another_place(house):
    for column in routes.FOREIGN:
        client = PageClient().sign_in(house.people[column].person)
        for name in routes.OWN:
            assert "Provby" not in client.get(house.addresses[name], check=False).content.decode(), (column, name)


def test_the_page_tells_what_the_tables_say(rows):
    told = table.page(table.read(VERBS.read_text())) + routes.page(rows)
    if os.environ.get("LOFTET_RECORD"):
        PAGE.write_text(told)
    assert PAGE.read_text() == told, f"The page is made from the two tables. Make it anew with {HOW_TO_RECORD}"


# --- The table bites --------------------------------------------------------------------------------------------------
class Removal(NamedTuple):
    """A check that is taken away, and what somebody gets then at a route where the table says something else."""

    remove: Callable[[pytest.MonkeyPatch], None]
    key: routes.Key
    column: str
    gets: str


def _every_role_may(patch) -> None:
    patch.setattr(rules, "role_allows", lambda _hat, _permission: True)


def _no_route_asks(patch) -> None:
    patch.setattr(rules, "has_somewhere", lambda *_about, **_words: True)


def _every_place_is_ones_own(patch) -> None:
    trusting = SimpleNamespace(
        hats=parties.hats,
        members_on=parties.members_on,
        partnerships_of=lambda *_about, **_words: Partnership.objects.all(),
    )
    patch.setattr(desk, "queries", trusting)


def _any_document_is_read(patch) -> None:
    def read(person, public_id):
        return signatures.document(public_id), parties.hats(person)[0]

    patch.setattr(signing, "for_reading", read)


def _no_draft_is_private(patch) -> None:
    patch.setattr("loftet.domain.plans.access.is_private", lambda _document: False)


REMOVALS = {
    "role": Removal(_every_role_may, ("promise_edit", "GET"), "municipality reader", routes.FORM),
    "role, in the act": Removal(_every_role_may, ("source_remove", "POST"), "police moderator", routes.DONE),
    "role, at the route": Removal(_no_route_asks, ("promise_edit", "GET"), "foreign police reader", routes.NOT_FOUND),
    "place": Removal(_every_place_is_ones_own, ("agreements", "GET"), "foreign municipality reader", routes.READ),
    "document": Removal(_any_document_is_read, ("paper_scan", "GET"), "foreign police signatory", routes.READ),
    "whose draft": Removal(_no_draft_is_private, ("agreement_edit", "GET"), "police coordinator", routes.FORM),
}


@pytest.mark.long
@pytest.mark.parametrize("name", REMOVALS)
def test_a_check_that_is_taken_away_makes_rows_differ(house, rows, monkeypatch, name):
    remove, key, column, gets = REMOVALS[name]
    assert list(routes.differences(rows, visiting.answers(house, [column], {key[0]}))) == []
    remove(monkeypatch)
    happened = visiting.answers(house, [column], {key[0]})
    assert happened[key][column] == gets
    assert list(routes.differences(rows, happened)) != []
    if column in routes.FOREIGN and gets in routes.LET_IN:
        assert list(routes.strangers_let_in({key: rows[key] | happened[key]})) != []


def test_a_route_without_rows_and_an_answer_that_nobody_has_given_hold_for_nobody(rows):
    unknown = ("promise", "GET")
    happened = {unknown: {routes.NOBODY: routes.SIGN_IN}}
    without = {key: row for key, row in rows.items() if key != unknown}
    assert list(routes.differences(without, happened)) != []
    half = routes.recorded(without, happened)
    assert list(half) == routes.every_key()
    assert half[unknown] == dict.fromkeys(routes.COLUMNS, routes.UNKNOWN) | happened[unknown]
    assert list(routes.strangers_let_in(half)) != []
    assert routes.read(routes.written(rows)) == rows

"""Who may do what, in which state: one table, held against what every verb of staff really does."""

from __future__ import annotations

from pathlib import Path

import pytest

from loftet.testing.permissions import table, trying
from loftet.testing.permissions.tries import TRIES
from loftet.testing.permissions.world import make_world

HERE = Path(__file__).parent
TABLE = HERE / "permission_matrix.txt"


@pytest.fixture
def rows() -> list[table.Line]:
    """The table as it is written down."""
    return table.read(TABLE.read_text())


def test_every_verb_of_staff_stands_in_the_table_in_every_state_that_is_tried(rows):
    assert trying.verbs() == set(TRIES), "A verb that takes by= is tried in loftet/testing/permissions/tries.py"
    assert [(verb, state) for verb, state, _row in rows] == [
        (verb, state) for verb, (states, _call) in TRIES.items() for state in states
    ]


def test_no_foreign_place_and_no_reader_may_do_anything(rows):
    for verb, state, row in rows:
        assert row["foreign"] == row["independent reviewer"] == "-", (verb, state)
        assert row["own reader"] == row["other reader"] == "-", (verb, state)


def test_only_signatories_sign_and_only_the_controllers_own_read_what_is_held(rows):
    for verb, state, row in rows:
        may = {who for who, answer in row.items() if answer == "ok"}
        if verb in {"signing.sign", "promises.sign", "situation.sign_picture", "plans.sign_agreement"}:
            assert may <= {"own signatory", "other signatory"}, (verb, state)
        if verb in {"dialogues.moderate", "dialogues.read_waiting"}:
            assert may == {"own coordinator", "own moderator"}, (verb, state)


@pytest.mark.long
def test_every_verb_does_what_the_table_says(ready, rows):
    world = ready("permission world", make_world)
    happened = {(verb, state): row for verb, state, row in trying.lines(world)}
    assert happened.keys() == {(verb, state) for verb, state, _row in rows}
    wrong = [
        f"{verb}, {state}, {who}: the table says {said}, it was {happened[verb, state][who]}"
        for verb, state, row in rows
        for who, said in row.items()
        if happened[verb, state][who] != said
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
def test_a_check_that_is_taken_away_is_noticed(ready, rows, monkeypatch):
    """The table bites: with the question about the role or the place answered yes, rows differ and strangers get in."""
    world = ready("permission world", make_world)
    monkeypatch.setattr("loftet.domain.parties.rules.may", lambda *_args, **_words: True)
    monkeypatch.setattr(trying, "TRIES", {verb: TRIES[verb] for verb in ("promises.propose", "plans.add_measure")})
    said = {(verb, state): row for verb, state, row in rows}
    differing = [key for *key, row in trying.lines(world) if row != said[tuple(key)]]
    assert ["promises.propose", "draft"] in differing
    assert ["plans.add_measure", "going on"] in differing

"""Twice the rows cost the same number of queries, on every public page that lists things."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.situation import actions as situation
from loftet.testing import factories
from loftet.testing.cast import Cast, make_cast

DIALOGUE = "/provby/dialoger/trygg-i-centrum/"


def cost(client, address: str) -> int:
    client.get(address, check=False)
    with CaptureQueriesContext(connection) as asked_for:
        assert client.get(address, check=False).status_code == 200
    return len(asked_for)


def more_of_everything(cast: Cast, mark: str) -> None:
    """Another of all that a place can list: dialogues open, closed and answered, a picture, promises with reports."""
    now = clock.now()
    factories.make_dialogue(cast, title=f"Öppen {mark}")
    closed = factories.make_dialogue(
        cast, title=f"Stängd {mark}", opens_at=now - timedelta(days=40), closes_at=now - timedelta(days=10)
    )
    factories.make_votes(closed)
    finding = factories.make_finding(cast, factories.make_release(cast, closed), text=f"Fynd {mark} om ljuset.")
    factories.make_need(cast, finding)
    picture = factories.make_picture(cast, at=now - timedelta(days=150), title=f"Bild {mark}")
    problem = picture.problems.get()
    promise = factories.make_promise(cast, problem=problem, at=now - timedelta(days=120), title=f"Löfte {mark}")
    for line in promise.lines.all():
        factories.make_report(cast, line.measure, at=now - timedelta(days=25))
    factories.make_feedback(cast, [finding], promise=promise)
    dialogues.record_closings()


@pytest.mark.long
def test_lists_cost_the_same_with_twice_the_rows(cast, client):
    lists = ("/provby/", "/medborgarloften/", "/loftesboken/")
    other = make_cast(name="Grannby", code="9902")
    more_of_everything(cast, "ett")
    more_of_everything(other, "ett i grannbyn")
    before = {address: cost(client, address) for address in lists}
    more_of_everything(cast, "två")
    more_of_everything(other, "två i grannbyn")
    assert {address: cost(client, address) for address in lists} == before


def test_a_result_costs_the_same_with_twice_the_findings(chain, client):
    factories.make_finding(chain.cast, chain.release, text="Polisen syns för sällan.", numbers=(2, 3))
    before = cost(client, f"{DIALOGUE}resultat/")
    for text in ("Bussarna går för sällan.", "Kameror delar åsikterna."):
        factories.make_finding(chain.cast, chain.release, text=text, numbers=(4, 5))
    assert cost(client, f"{DIALOGUE}resultat/") == before


def test_a_picture_costs_the_same_with_twice_the_problems(cast, client):
    def costs(title: str, problems: int) -> int:
        picture = factories.make_picture(cast, title=title, is_signed=False)
        for number in range(problems - 1):
            factories.make_problem(cast, picture, title=f"Problem {number}")
        version = situation.propose_picture(picture=picture, by=cast.coordinator)
        factories.sign_by_both(cast, version, situation.sign_picture)
        return cost(client, f"/provby/problembilder/{title.lower()}/")

    assert costs("Liten", 2) == costs("Stor", 4)


def test_my_answers_and_the_next_statement_cost_the_same_with_twice_the_answers(open_dialogue, client):
    client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})
    client.post(f"{DIALOGUE}delta/", {"statement": 2, "value": 1})
    before = {page: cost(client, f"{DIALOGUE}{page}/") for page in ("delta", "mina-svar")}
    for number in (3, 4):
        client.post(f"{DIALOGUE}delta/", {"statement": number, "value": -1})
    assert {page: cost(client, f"{DIALOGUE}{page}/") for page in ("delta", "mina-svar")} == before
    assert before["delta"] <= 10


def test_an_answer_is_few_queries_however_many_have_answered(open_dialogue, client):
    client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})
    factories.make_votes(open_dialogue, camps=(10, 10))
    with CaptureQueriesContext(connection) as asked_for:
        client.post(f"{DIALOGUE}delta/", {"statement": 2, "value": 1})
    assert len(asked_for) <= 8, [query["sql"][:120] for query in asked_for]
    assert len(asked.current_votes(open_dialogue)) == 20 * 6 + 2

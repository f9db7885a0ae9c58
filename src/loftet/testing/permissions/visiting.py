"""Asking the routes of the desk as somebody: what came back, and did a refusal leave anything behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership
from loftet.testing.cast import Cast
from loftet.testing.client import PageClient
from loftet.testing.permissions import routes
from loftet.testing.permissions.trying import WRITES
from loftet.testing.permissions.world import hat_of, people_of

ANSWERS = {403: routes.NOT_ALLOWED, 404: routes.NOT_FOUND, 405: routes.NO_SUCH_METHOD}
LED = {301, 302, 303}
SIGN_IN = "/logga-in/?next="
# What comes back to somebody who was let in: the page, the same page because the thing has changed, and the form again.
SHOWN = {200, 409, 422}
# Being signed in is itself kept in a table, and is no act.
SESSIONS = "django_session"


@dataclass(frozen=True)
class House:
    """Addresses of things in one place, words to send to each, and everyone who may come to them."""

    addresses: dict[str, str]
    words: dict[str, dict[str, Any]]
    people: dict[str, Membership]


def everyone(cast: Cast, other: Cast) -> dict[str, Membership]:
    """One person in each column of the table that is a person, by the column's name."""
    housing = parties.add_promiser(partnership=cast.partnership, name="Provbo", by=None)
    here = {**people_of(cast, cast.town, "municipality"), **people_of(cast, cast.police, "police")}
    there = {**people_of(other, other.town, "municipality"), **people_of(other, other.police, "police")}
    reviewer = {routes.REVIEWER: hat_of(housing, "independent_reviewer", "oberoende")}
    return here | reviewer | {f"foreign {column}": hat for column, hat in there.items()}


def answers(house: House, columns: Iterable[str], names: Iterable[str] = ()) -> routes.Rows:
    """What the routes answer to some of the columns: all routes, or those that are named."""
    rows: routes.Rows = {key: {} for key in routes.every_key() if not names or key[0] in names}
    for column in columns:
        for (name, method), answer in _visits(house, column, list(rows)):
            rows[name, method][column] = answer
    return rows


def _visits(house: House, column: str, keys: list[routes.Key]) -> Iterator[tuple[routes.Key, str]]:
    client = PageClient()
    if column != routes.NOBODY:
        client.sign_in(house.people[column].person)
    for key in keys:
        yield key, attempt(client, house, *key)


def attempt(client: PageClient, house: House, name: str, method: str) -> str:
    """What the one who is signed in gets at a route; all of it is undone.

    A refusal that leaves something written raises `AssertionError`.
    """
    written: list[str] = []

    def listen(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES) and SESSIONS not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(listen):
        if method == "GET":
            response = client.get(house.addresses[name], check=False)
        else:
            response = client.post(house.addresses[name], house.words[name], check=False)
        transaction.set_rollback(True)
    answer = _answer(response, method, has_written=bool(written))
    if written and answer not in {routes.DONE, routes.READ, routes.FORM}:
        raise AssertionError(f"{method} {name} answered {answer!r} and left something behind: {written[-1]}")
    return answer


def _answer(response: Any, method: str, *, has_written: bool) -> str:
    status = response.status_code
    if status in ANSWERS:
        return ANSWERS[status]
    if status in LED and response["Location"].startswith(SIGN_IN):
        return routes.SIGN_IN
    if status not in LED | SHOWN:
        raise AssertionError(f"{method} {response.request['PATH_INFO']} answered {status}.")
    if method == "POST":
        return routes.DONE if has_written else routes.NOT_NOW
    if status in LED:
        return routes.LED_ON
    return routes.FORM if _has_form(response) else routes.READ


def _has_form(response: Any) -> bool:
    if not response["Content-Type"].startswith("text/html"):
        return False
    main = re.search(r"<main\b.*</main>", response.content.decode(), re.DOTALL)
    return main is not None and re.search(r'<form[^>]*method="post"', main[0]) is not None

"""The matrix of routes as it is written down, and what the reference page tells of it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from itertools import groupby

from django.urls import URLPattern, URLResolver

from loftet.faces.workspace import urls
from loftet.testing.permissions.table import people
from loftet.testing.permissions.world import ROLES

# Whose roles: the municipality's and the police's in the partnership, and the same two of another place.
SIDES = ("municipality", "police")
HERE = tuple(f"{side} {role}" for side in SIDES for role in ROLES)
REVIEWER = "independent reviewer"
PARTNERS = (*HERE, REVIEWER)
FOREIGN = tuple(f"foreign {column}" for column in HERE)
NOBODY = "nobody"
COLUMNS = (*PARTNERS, *FOREIGN, NOBODY)
METHODS = ("GET", "POST")
# What a column can say.
READ, FORM, LED_ON, DONE, NOT_NOW = "r", "f", ">", "ok", "x"
NOT_ALLOWED, NOT_FOUND, NO_SUCH_METHOD, SIGN_IN = "-", ".", "/", "in"
LET_IN = {READ, FORM, LED_ON, DONE, NOT_NOW}
# What stands in a new row until it is recorded. It is no answer, so that such a row holds for nobody.
UNKNOWN = "?"
# What everyone who is signed in has of their own: these name no place and no thing.
OWN = {"home", "organisations", "roles", "account"}

Key = tuple[str, str]
Rows = dict[Key, dict[str, str]]

HEADER = """# What each route of the desk answers to whom. A test asks them all; LOFTET_RECORD=1 records it anew.
# GET:  r a page or file to read; f a page with something to fill in or press; > led on to another page.
# POST: ok it is done; x let in, but not with these words or not in this state: nothing is changed.
# Both: - not allowed (403); . not found (404); / the route takes no such method (405); in sign in first.
# The sides: the municipality's and the police's people in the partnership, an independent reviewer in it,
# the same two sides of another place, and somebody who is not signed in.
# Roles on each side, in this order: coordinator, signatory, moderator, contributor, reader, administrator.
# route                | sent | municipality      | police            | rev | foreign municip.  | foreign police    | no
"""


def patterns_of_the_desk() -> dict[str, tuple[str, URLPattern]]:
    """Every route of the workspace by its name, with its whole address and its pattern."""
    return {str(pattern.name): (address, pattern) for address, pattern in _below(urls.urlpatterns, "/skrivbord/")}


def _below(patterns, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, address)
        else:
            yield address, pattern


def every_key() -> list[Key]:
    """Every route with each method, in the order of the addresses' own files."""
    return [(name, method) for name in patterns_of_the_desk() for method in METHODS]


# --- The table --------------------------------------------------------------------------------------------------------
def read(text: str) -> Rows:
    """The rows of the table: by route and method, what each column says."""
    rows = {}
    for row in text.splitlines():
        if row.strip() and not row.startswith("#"):
            name, method, *answers = [cell.strip() for cell in row.split("|")]
            rows[name, method] = dict(zip(COLUMNS, " ".join(answers).split(), strict=True))
    return rows


def written(rows: Rows) -> str:
    """The whole table as it stands in its file."""
    return HEADER + "".join(_line(key, row) + "\n" for key, row in rows.items())


def recorded(before: Rows, happened: Rows) -> Rows:
    """The table with what happened in it: every route that there is, and none that there was."""
    blank = dict.fromkeys(COLUMNS, UNKNOWN)
    return {key: blank | before.get(key, {}) | happened.get(key, {}) for key in every_key()}


def _line(key: Key, row: dict[str, str]) -> str:
    said = [row[column] for column in COLUMNS]
    groups = [said[:6], said[6:12], said[12:13], said[13:19], said[19:25], said[25:]]
    told = " | ".join(" ".join(f"{one:2}" for one in group) for group in groups)
    return f"{key[0]:22} | {key[1]:4} | {told}".rstrip()


# --- The page ---------------------------------------------------------------------------------------------------------
def page(rows: Rows) -> str:
    """What the reference page tells: each route with what it is, who reads it, who acts on it."""
    told = [INTRODUCTION]
    known = patterns_of_the_desk()
    for noun, names in groupby(known, key=lambda name: _noun(known[name][1])):
        told.append(f"\n### {noun}\n")
        for name in names:
            address, pattern = known[name]
            told.append(f"- **`{name}`** `{_plain(address)}` {_summary(pattern)}")
            told += [f"  - {line}" for line in _told(rows[name, "GET"], rows[name, "POST"])]
    return "\n".join(told) + "\n"


def _told(got: dict[str, str], sent: dict[str, str]) -> Iterator[str]:
    reads, fills_in = _those(got, {READ, LED_ON}), _those(got, {FORM})
    sends = _those(sent, {DONE, NOT_NOW})
    lines = [("reads", reads)]
    lines += [("fills in and sends", sends)] if fills_in == sends else [("fills in", fills_in), ("sends", sends)]
    return (f"{does}: {_people(may)}" for does, may in lines if may)


def _those(row: dict[str, str], answers: set[str]) -> list[str]:
    return [column for column in PARTNERS if row[column] in answers]


def _people(may: list[str]) -> str:
    left = [column for column in PARTNERS if column not in may]
    if all(column.endswith("administrator") for column in left):
        return "everyone in the partnership" + (f" but {people(left, SIDES)}" if left else "")
    return people(may, SIDES)


def _plain(address: str) -> str:
    return re.sub(r"<\w+:", "<", address)


def _view(pattern: URLPattern):
    return inspect.unwrap(pattern.callback)


def _noun(pattern: URLPattern) -> str:
    return _view(pattern).__module__.removeprefix("loftet.faces.workspace.").partition(".")[0]


def _summary(pattern: URLPattern) -> str:
    return (inspect.getdoc(_view(pattern)) or "").splitlines()[0]


def strangers_let_in(rows: Rows) -> Iterator[str]:
    """Where somebody foreign gets anything but a refusal; empty when the table keeps every place to itself.

    That a route takes no such method says nothing to a stranger, when it says so to everyone who is signed in.
    """
    for (name, method), row in rows.items():
        takes_it = any(row[column] in LET_IN for column in PARTNERS)
        refusals = {NOT_ALLOWED, NOT_FOUND} | (set() if takes_it else {NO_SUCH_METHOD})
        for column in FOREIGN:
            if row[column] not in refusals and name not in OWN:
                yield f"{method} {name} answers {row[column]!r} to {column}"
        if row[NOBODY] != SIGN_IN:
            yield f"{method} {name} answers {row[NOBODY]!r} to somebody who is not signed in"


def differences(rows: Rows, happened: Rows) -> Iterator[str]:
    """A sentence for each answer that is another than the table says."""
    for (name, method), row in happened.items():
        said = rows.get((name, method), {})
        for column, answer in row.items():
            if said.get(column, UNKNOWN) != answer:
                told = said.get(column, UNKNOWN)
                yield f"{method} {name}, {column}: the table says {told!r}, it was {answer!r}"


INTRODUCTION = """
## Routes at the desk

Made from `tests/integrity/route_matrix.txt`, which a test holds against what every address really answers: each is
fetched, and posted to with plausible words, by every role of the municipality and of the police, by an independent
reviewer, by every role of another place, and by somebody who is not signed in. The things in the addresses are the
municipality's: what is signed is a proposal that waits, the agreement that is edited, shared, noted on and put forward
is its private draft, and the rest is a draft, open or in force as the route is for.

Those of another place are refused (403) or told that there is no such thing (404) everywhere but on `home`,
`organisations`, `roles` and `account`, which show each their own. Who is not signed in is asked to. “Fills in” means a
form or a button on the page; “sends” that the route lets the role in with what it has filled in, whether or not the
thing can be done as it stands. A role that is not named at a route is refused there. `handover` is tried on the
municipality's signatory, who sees what there is to hand over."""

"""Trying a verb as somebody: was it done, not allowed, or the wrong state; and did a refusal leave anything behind."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

import loftet.domain
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.parties.models import Membership
from loftet.testing.permissions.tries import TRIES, Try
from loftet.testing.permissions.world import World, end_the_partnership

OK, NOT_ALLOWED, WRONG_STATE = "ok", "-", "x"
# Called by other verbs inside their own transaction, after they have asked: no face may reach them.
HELPERS = {"journal.record", "signing.publish_in_force", "people.invite_person"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def verbs() -> set[str]:
    """Every public verb of every step that takes `by=`, as ”step.verb”; read from the source, not from the table."""
    found = set()
    for module in pkgutil.walk_packages(loftet.domain.__path__, "loftet.domain."):
        parts = module.name.split(".")
        if parts[-1] != "actions" or "tests" in parts:
            continue
        actions = importlib.import_module(module.name)
        for name, verb in inspect.getmembers(actions, inspect.isfunction):
            own = verb.__module__.startswith(module.name)
            if own and not name.startswith("_") and "by" in inspect.signature(verb).parameters:
                found.add(f"{parts[-2]}.{name}")
    return found - HELPERS


def digest() -> str:
    """All rows of all tables, as one number."""
    seen = hashlib.sha256()
    for model in apps.get_models():
        for row in models.QuerySet(model).order_by("pk").values_list():
            seen.update(repr(row).encode())
    return seen.hexdigest()


def attempt(call: Try, world: World, state: str, by: Membership, untouched: str) -> str:
    """What came of it; all of it is undone. A refusal that leaves something written raises `AssertionError`.

    `untouched` is the digest before. It is compared only when something was written on the way, which is seldom.
    """
    written: list[str] = []

    def listen(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            written.append(sql)
        return execute(sql, params, many, context)

    answer = OK
    with transaction.atomic():
        with connection.execute_wrapper(listen):
            try:
                call(world, state, by)
            except NotAllowed:
                answer = NOT_ALLOWED
            except DomainError:
                answer = WRONG_STATE
        if answer != OK and written:
            assert digest() == untouched, f"{by} was refused in {state!r} and left something behind: {written[-1]}"
        transaction.set_rollback(True)
    return answer


def lines(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every verb in every state: its name, the state, and what each actor gets. Strangers get one answer together."""
    for over in (False, True):
        with transaction.atomic():
            if over:
                end_the_partnership(world)
            untouched = digest()
            for name, (states, call) in TRIES.items():
                for state in states:
                    if (state == "over") == over:
                        yield name, state, _row(call, world, state, untouched)
            transaction.set_rollback(True)


def _row(call: Try, world: World, state: str, untouched: str) -> dict[str, str]:
    row = {who: attempt(call, world, state, by, untouched) for who, by in world.actors.items()}
    strangers = {attempt(call, world, state, by, untouched) for by in world.strangers}
    return {**row, "foreign": "/".join(sorted(strangers))}

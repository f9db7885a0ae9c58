"""Every route says who it is for, and no public address disappears unnoticed.

The addresses that people have bookmarked, printed and linked to stand in `public_addresses.txt`. To change the record,
run this file with `LOFTET_RECORD=1` and look at what changed: an address that goes away must lead on to a new one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.views.generic import TemplateView

from loftet.domain.parties.roles import ROLES
from loftet.faces.shared.access import PUBLIC, SIGNED_IN, public, requires, signed_in

RECORD = Path(__file__).parent / "public_addresses.txt"
HOW_TO_RECORD = "LOFTET_RECORD=1 pytest tests/architecture/test_routes.py"


@dataclass(frozen=True)
class Route:
    """An address with holes for names, and who may ask for it."""

    address: str
    name: str
    access: object


def routes(patterns, before: str = "/", namespace: str = "") -> Iterator[Route]:
    """Every address below some URL patterns, included ones too."""
    for pattern in patterns:
        address = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            access = getattr(pattern.callback, "access", getattr(view, "access", None))
            yield Route(address, f"{namespace}{pattern.name or ''}", access)


def undeclared(found: list[Route]) -> list[str]:
    """The routes that do not say who they are for, or name a permission that no role has."""
    keys = {permission for role in ROLES for permission in role.permissions}
    sentences = []
    for route in found:
        if route.access is None:
            sentences.append(
                f"{route.address} ({route.name}) declares no access. Use @public, @signed_in or @requires(…)."
            )
        elif route.access not in {PUBLIC, SIGNED_IN} | keys:
            sentences.append(
                f"{route.address} ({route.name}) requires {route.access!r}, which no role in parties.roles has."
            )
    return sentences


def public_addresses(found: list[Route]) -> list[str]:
    """The addresses that anyone may ask for, each once, in order; how a hole is read is no part of an address."""
    return sorted({re.sub(r"<\w+:(\w+)>", r"<\1>", route.address) for route in found if route.access == PUBLIC})


def record_differs(now: list[str], recorded: list[str]) -> list[str]:
    """What the record and the routes do not agree about."""
    gone = [
        f"{address} has disappeared. Let it lead on to where its content is now; then record with {HOW_TO_RECORD}."
        for address in recorded
        if address not in now
    ]
    new = [f"{address} is not recorded. Record it with {HOW_TO_RECORD}." for address in now if address not in recorded]
    return gone + new


def read_record(file: Path) -> list[str]:
    """The recorded addresses; none when there is no record yet."""
    return file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []


def write_record(file: Path, addresses: list[str]) -> None:
    """Write the record anew, one address a line."""
    file.write_text("".join(f"{address}\n" for address in addresses), encoding="utf-8")


@pytest.fixture(scope="module")
def all_routes() -> list[Route]:
    return list(routes(get_resolver().url_patterns))


def test_every_route_says_who_it_is_for(all_routes):
    assert {route.access for route in all_routes} > {PUBLIC, SIGNED_IN}
    found = undeclared(all_routes)
    assert not found, "\n".join(found)


def test_no_public_address_disappears(all_routes):
    now = public_addresses(all_routes)
    if os.environ.get("LOFTET_RECORD"):
        write_record(RECORD, now)
    found = record_differs(now, read_record(RECORD))
    assert not found, "\n".join(found)


def test_no_address_is_shadowed_by_an_earlier_one(all_routes):
    addresses = [route.address for route in all_routes]
    twice = {address for address in addresses if addresses.count(address) > 1}
    assert not twice, f"Two routes answer {', '.join(sorted(twice))}: the later one is never reached. Give it another."


# --- The guard itself ----------------------------------------------------------------------------------------------
def answer(request):
    return HttpResponse("")


class Undecorated(TemplateView):
    template_name = "a.html"


SMALL = [
    path("", public(lambda request: answer(request)), name="start"),
    path("min-sida/", signed_in(lambda request: answer(request))),
    path(
        "skrivbord/", include(([path("<slug:place>/", requires("promises.write")(lambda r: answer(r)), name="p")], "w"))
    ),
]


def test_a_house_with_declared_routes_is_let_through():
    found = list(routes(SMALL))
    assert undeclared(found) == []
    assert public_addresses([*found, Route("/<slug:place>/<int:number>/", "x", PUBLIC)]) == ["/", "/<place>/<number>/"]
    assert found[2] == Route("/skrivbord/<slug:place>/", "w:p", "promises.write")


@pytest.mark.parametrize(
    ("route", "message"),
    [
        (path("glomd/", answer, name="glomd"), "/glomd/ (glomd) declares no access."),
        (path("klass/", Undecorated.as_view()), "/klass/ () declares no access."),
        (path("inne/", include([path("mer/", answer)])), "/inne/mer/ () declares no access."),
        (path("fel/", requires("promises.wirte")(lambda r: answer(r))), "requires 'promises.wirte', which no role"),
    ],
)
def test_a_route_without_a_true_declaration_is_found(route, message):
    (found,) = undeclared(list(routes([*SMALL, route])))
    assert message in found


def test_a_missing_and_an_unrecorded_address_are_found(tmp_path):
    file = tmp_path / "addresses.txt"
    write_record(file, ["/", "/om/"])
    assert record_differs(["/", "/om/"], read_record(file)) == []
    gone, new = record_differs(["/", "/kommuner/"], read_record(file))
    assert gone.startswith("/om/ has disappeared.")
    assert new.startswith("/kommuner/ is not recorded. Record it with LOFTET_RECORD=1 ")
    assert len(record_differs(["/"], read_record(tmp_path / "none.txt"))) == 1

"""Imports go down the staircase, faces stay apart, and a step is entered by its doors.

import-linter holds the directions; its contracts are made here from the order in pyproject.toml. A second guard reads
the import statements between steps: which module they enter, and that nobody uses another step's manager.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import importlinter.api  # noqa: F401  (it configures import-linter)
import pytest
from importlinter.application import use_cases

# The doors of every step. The rest of its modules are its own business.
DOORS = {"actions", "queries", "rules", "access", "models"}
# Modules with facts, words or forms that a step offers besides. Its README says what stands there.
MORE_DOORS = {
    "places": {"names"},
    "parties": {"roles"},
    "records": {"disclosing", "handlings", "holdings", "weedables"},
    "signing": {"canonical", "confirmation", "decisions", "guard", "handlings", "papers"},
    "situation": {"content"},
    "plans": {"content", "papers", "status"},
    "promises": {"content", "sharpness"},
    "followup": {"status"},
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
PURE = ("analysis", "ledger", "papers")


# --- Directions ----------------------------------------------------------------------------------------------------
def contracts(house) -> dict[str, dict]:
    """The contracts of the house in import-linter's words, by their names."""
    package = house.package
    pure = [f"{package}.{name}" for name in PURE if (house.root / name).is_dir()]
    on_top = [f"{package}.commands", f"{package}.testing"]
    layers = {"type": "layers", "exhaustive": True}
    forbidden = {"type": "forbidden", "allow_indirect_imports": True}
    return {
        "steps import only downwards": {
            "containers": [f"{package}.domain"],
            "layers": [*reversed(house.steps), house.ground.rpartition(".")[2]],
            **layers,
        },
        "faces use shared and never each other": {
            "containers": [f"{package}.faces"],
            "layers": [" | ".join(house.faces), "shared"],
            **layers,
        },
        "the domain knows no faces, commands or test tools": {
            "source_modules": [f"{package}.domain"],
            "forbidden_modules": [f"{package}.faces", *on_top],
            **forbidden,
        },
        "the pure libraries know neither Django nor the rest of the house": {
            "source_modules": pure,
            "forbidden_modules": ["django", f"{package}.domain", f"{package}.faces", f"{package}.config", *on_top],
            **forbidden,
        },
        "faces call no pure libraries, commands or test tools": {
            "source_modules": [f"{package}.faces"],
            "forbidden_modules": [*pure, *on_top],
            **forbidden,
        },
    }


CONTRACTS = (
    "steps import only downwards",
    "faces use shared and never each other",
    "the domain knows no faces, commands or test tools",
    "the pure libraries know neither Django nor the rest of the house",
    "faces call no pure libraries, commands or test tools",
)


def keeps(house, name: str, folder) -> bool:
    """Whether the house keeps a contract. What import-linter says of it is printed."""
    settings = {"root_package": house.package, "include_external_packages": True}
    contract = {"name": name, **contracts(house)[name]}
    lines = ["[tool.importlinter]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
    lines += ["[[tool.importlinter.contracts]]", *(f"{key} = {json.dumps(value)}" for key, value in contract.items())]
    file = folder / "contracts.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return use_cases.lint_imports(config_filename=str(file), cache_dir=None, no_logo=True, verbose=True)


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_house_keeps_its_directions(name, house, tmp_path, capsys):
    assert keeps(house, name, tmp_path), f"Broken: {name}.\n{capsys.readouterr().out}"


KEPT = {
    "config/__init__.py": "",
    "domain/base/clock.py": "import django",
    "domain/low/models.py": "from HOUSE.domain.base import clock",
    "domain/low/actions.py": "from HOUSE import analysis",
    "domain/high/actions.py": "from HOUSE.domain.low import actions",
    "faces/public/views.py": "from HOUSE.domain.low import actions\nfrom HOUSE.faces.shared import access",
    "faces/shared/access.py": "",
    "commands/main.py": "from HOUSE.domain.high import actions\nfrom HOUSE.testing import demo",
    "testing/demo.py": "from HOUSE.domain.high import actions",
}
PLANTED = [
    (CONTRACTS[0], "domain/low/models.py", "from HOUSE.domain.high import actions"),
    (CONTRACTS[0], "domain/low/queries.py", "def ask():\n    import HOUSE.domain.high.actions"),
    (CONTRACTS[0], "domain/low/rules.py", "from __future__ import annotations\nfrom ..high import actions"),
    (CONTRACTS[0], "domain/base/clock.py", "from HOUSE.domain.low import models"),
    (CONTRACTS[0], "domain/stray/__init__.py", ""),
    (CONTRACTS[1], "faces/public/views.py", "from HOUSE.faces import workspace"),
    (CONTRACTS[1], "faces/shared/access.py", "from HOUSE.faces import public"),
    (CONTRACTS[2], "domain/low/actions.py", "from HOUSE.faces.shared import access"),
    (CONTRACTS[2], "domain/low/actions.py", "from HOUSE.commands import main"),
    (CONTRACTS[2], "domain/low/actions.py", "from HOUSE import testing"),
    (CONTRACTS[3], "analysis/numbers.py", "from django.db import models"),
    (CONTRACTS[3], "ledger/tree.py", "from HOUSE.domain.base import clock"),
    (CONTRACTS[3], "ledger/tree.py", "from HOUSE import config"),
    (CONTRACTS[4], "faces/public/views.py", "from HOUSE.analysis import numbers"),
    (CONTRACTS[4], "faces/shared/views.py", "from HOUSE import ledger"),
    (CONTRACTS[4], "faces/shared/views.py", "from HOUSE.testing import demo"),
]


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_house_in_order_is_let_through(name, small_house, tmp_path):
    assert keeps(small_house(KEPT), name, tmp_path)


@pytest.mark.parametrize(("name", "module", "text"), PLANTED)
def test_a_wrong_direction_is_refused(name, module, text, small_house, tmp_path, capsys):
    house = small_house({**KEPT, "analysis/numbers.py": "", module: text})
    assert not keeps(house, name, tmp_path)
    assert "1 broken" in capsys.readouterr().out


def test_every_contract_is_checked_and_shown_to_bite(house):
    assert set(contracts(house)) == set(CONTRACTS) == {name for name, _, _ in PLANTED}


# --- Doors ---------------------------------------------------------------------------------------------------------
def imports(module: ast.Module, package: list[str]) -> Iterator[tuple[str, str, int]]:
    """Each imported thing by its full name, with the name it gets in the module and the line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield f"{origin}.{alias.name}", alias.asname or alias.name, node.lineno


def closed_doors(house, tree) -> list[str]:
    """Where a step goes into another one by something else than its doors, or takes hold of its manager."""
    found = []
    for path in house.code("domain"):
        parts = [house.package, *path.relative_to(house.root).with_suffix("").parts]
        if len(parts) < 4:
            continue
        module, step = tree(path), parts[2]
        strangers = set()
        for target, name, line in imports(module, parts[:-1]):
            names = target.split(".")
            if names[:2] != parts[:2] or len(names) < 3 or names[2] in {step, house.ground.rpartition(".")[2]}:
                continue
            strangers.add(name.split(".")[0])
            inside = names[3:]
            doors = DOORS | MORE_DOORS.get(names[2], set())
            if not doors & set(inside) or any(part.startswith("_") for part in inside):
                found.append(
                    f"{house.short(path)}:{line} goes into {target}. The doors of {names[2]} are "
                    f"{', '.join(sorted(doors))}. Put what others need behind one of them."
                )
        found += [
            f"{house.short(path)}:{line} uses {text}. Ask a question in that step's queries, or call a verb."
            for text, line in strange_managers(module, strangers)
        ]
    return found


def strange_managers(module: ast.Module, strangers: set[str]) -> Iterator[tuple[str, int]]:
    """Uses of a manager on something that was imported from another step, or on whatever model people are."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            root: ast.AST = node.value
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if isinstance(root, ast.Name) and root.id in strangers | {"get_user_model"}:
                yield ast.unparse(node), node.lineno


def test_steps_enter_each_other_by_the_doors(house, tree):
    found = closed_doors(house, tree)
    assert not found, "\n".join(found)


ALLOWED = """
from HOUSE.domain.base import _anything
from HOUSE.domain.low import actions, queries
from HOUSE.domain.low.methods.votes import queries as votes
from HOUSE.domain.low.models import Place, PLACES
from HOUSE.domain.high.inner import Own

def read(place: Place):
    try:
        return Own.objects.filter(place__in=queries.places(), kind=Place.Kind.TOWN)
    except Place.DoesNotExist:
        return place.things.all()
"""


def test_doors_annotations_exceptions_and_constants_are_let_through(small_house, tree):
    assert closed_doors(small_house({"domain/high/actions.py": ALLOWED}), tree) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("from HOUSE.domain.low import drafting", "goes into HOUSE.domain.low.drafting"),
        ("from HOUSE.domain.low.drafting import write", "goes into HOUSE.domain.low.drafting.write"),
        ("from HOUSE.domain.low import Place", "goes into HOUSE.domain.low.Place"),
        ("from HOUSE.domain.low.actions import _write", "goes into HOUSE.domain.low.actions._write"),
        ("from ..low.drafting import write", "goes into HOUSE.domain.low.drafting.write"),
        ("import HOUSE.domain.low.drafting", "goes into HOUSE.domain.low.drafting"),
        ("def f():\n    from HOUSE.domain.low import drafting", "actions.py:2 goes into"),
        ("from HOUSE.domain.low.models import Place\nPlace.objects.all()", "actions.py:2 uses Place.objects"),
        ("from HOUSE.domain.low.models import Place as P\nP._default_manager.all()", "uses P._default_manager"),
        ("from HOUSE.domain.low import models\nmodels.Place.objects.all()", "uses models.Place.objects"),
        ("from django.contrib.auth import get_user_model\nget_user_model().objects", "uses get_user_model().objects"),
    ],
)
def test_a_closed_door_and_a_strange_manager_are_refused(text, message, small_house, tree):
    house = small_house({"domain/high/actions.py": text})
    (found,) = closed_doors(house, tree)
    assert message.replace("HOUSE", house.package) in found


def test_every_folder_with_code_is_a_package(house):
    """Import-linter does not look into folders without `__init__.py`."""
    strays = {house.short(path.parent) for path in house.code() if not (path.parent / "__init__.py").exists()}
    assert not strays, f"Add an empty __init__.py to {', '.join(sorted(strays))}."

"""What is imported is declared, and what is shipped needs nothing that only the tests have: an environment made
from the locks alone is enough, whatever a machine happens to have installed.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
OURS = {"loftet", "conftest", "scripts", "bench"}


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {canonicalize_name(Requirement(each).name) for each in wanted}


@cache
def packages() -> dict[str, list[str]]:
    return {
        name: [canonicalize_name(each) for each in found] for name, found in metadata.packages_distributions().items()
    }


def imported(text: str) -> set[str]:
    """The first names of the modules that a file imports when it runs, from outside of itself."""
    found = set()
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def undeclared(text: str, allowed: set[str], beside: frozenset[str] = frozenset()) -> list[str]:
    outside = imported(text) - OURS - set(sys.stdlib_module_names) - beside
    return sorted(name for name in outside if not allowed & {canonicalize_name(name), *packages().get(name, [])})


def neighbours(path: Path) -> frozenset[str]:
    """The modules that a script finds because they lie beside it."""
    return frozenset(each.stem for each in path.parent.glob("*.py")) if "src" not in path.parts else frozenset()


def is_for_tests(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return (
        inside[0] != "src"
        or "tests" in inside
        or inside[:3] == ("src", "loftet", "testing")
        or path.name == "conftest.py"
    )


def files() -> list[Path]:
    folders = [ROOT / name for name in ("src", "tests", "scripts", "bench")]
    return [*(path for folder in folders for path in sorted(folder.rglob("*.py"))), ROOT / "conftest.py"]


@pytest.mark.parametrize("for_tests", [False, True], ids=["shipped", "tests"])
def test_what_is_imported_is_declared(for_tests):
    allowed = declared("build", "dev") if for_tests else declared()
    faults = {
        str(path.relative_to(ROOT)): missing
        for path in files()
        if is_for_tests(path) == for_tests
        and (missing := undeclared(path.read_text(encoding="utf-8"), allowed, neighbours(path)))
    }
    assert not faults, f"Declare it in pyproject.toml and run “make lock”: {faults}"


def test_something_undeclared_is_found():
    assert undeclared("import pymerkle\nfrom django.db import models", declared()) == ["pymerkle"]
    assert undeclared("import no_such_package.part", declared("build", "dev")) == ["no_such_package"]
    assert not undeclared("if TYPE_CHECKING:\n    import pymerkle", declared())
    assert not undeclared("import pymerkle, json\nfrom . import near", declared("dev"))

"""What every public function of the library has: types, a docstring of what it gives, and an example that runs."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import warnings
from collections.abc import Iterator
from importlib import import_module
from types import FunctionType, ModuleType

import pytest

import loftet.analysis


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(loftet.analysis.__path__, "loftet.analysis."):
        if ".tests" not in found.name:
            yield import_module(found.name)


def public_functions() -> dict[str, FunctionType]:
    """By full name, each where it is written: functions and the public methods of public classes, properties aside."""
    found: dict[str, FunctionType] = {}
    for module in modules():
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(thing):
                found[f"{module.__name__}.{name}"] = thing
            elif inspect.isclass(thing):
                for method, attribute in vars(thing).items():
                    plain = getattr(attribute, "__func__", attribute)
                    if not method.startswith("_") and inspect.isfunction(plain):
                        found[f"{module.__name__}.{name}.{method}"] = plain
    return found


FUNCTIONS = public_functions()
SHORT = {  # say it all in their one line, or are shown in the example of what holds them
    "loftet.analysis.votes.VoteMatrix.parts",
    "loftet.analysis.opinion_result.OpinionResult.as_json",
}


def test_there_are_functions_to_look_at() -> None:
    assert len(FUNCTIONS) > 40


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_it_is_typed_and_told(name: str) -> None:
    function = FUNCTIONS[name]
    signature = inspect.signature(function)
    untyped = [
        p.name for p in signature.parameters.values() if p.annotation is p.empty and p.name not in ("self", "cls")
    ]
    assert not untyped, f"{name} has arguments without types: {untyped}"
    assert signature.return_annotation is not signature.empty, f"{name} does not say what it returns"
    text = inspect.getdoc(function) or ""
    assert text.partition("\n")[0].rstrip().endswith((".", ":")), f"{name}: the docstring begins with a whole sentence"
    assert ">>>" in text or name in SHORT, f"{name} has no example"


def test_nothing_reads_files_the_clock_or_the_network() -> None:
    allowed = {"__future__", "collections", "dataclasses", "functools", "itertools", "math", "re", "typing", "types"}
    allowed |= {
        "enum",
        "numpy",
        "scipy",
        "simplemma",
        "loftet",
        "string",
        "unicodedata",
        "datetime",
        "operator",
        "heapq",
    }
    allowed |= {"hashlib", "struct", "bisect", "fractions", "statistics", "abc", "decimal", "warnings"}
    for module in modules():
        with warnings.catch_warnings():
            tree = ast.parse(inspect.getsource(module))
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                assert name.partition(".")[0] in allowed, f"{module.__name__} imports {name}"
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called not in ("open", "print", "input"), f"{module.__name__} calls {called}"

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


def public_names() -> dict[str, object]:
    """By full name, what others use: all of a module of the library itself, and what a folder gives in its own name."""
    found: dict[str, object] = {}
    for module in modules():
        inside = module.__name__.removeprefix("loftet.analysis.")
        if "." in inside:
            continue
        for name, thing in vars(module).items():
            home = getattr(thing, "__module__", None) or ""
            if not name.startswith("_") and (home == module.__name__ or home.startswith(f"{module.__name__}.")):
                found[f"{module.__name__}.{name}"] = thing
    return found


def public_functions() -> dict[str, FunctionType]:
    """Public functions and the public methods of public classes, properties aside."""
    found: dict[str, FunctionType] = {}
    for name, thing in public_names().items():
        if inspect.isfunction(thing):
            found[name] = thing
        elif inspect.isclass(thing):
            for method, attribute in vars(thing).items():
                plain = getattr(attribute, "__func__", attribute)
                if not method.startswith("_") and inspect.isfunction(plain):
                    found[f"{name}.{method}"] = plain
    return found


FUNCTIONS = public_functions()


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
    is_method = "self" in signature.parameters or function.__qualname__ != function.__name__
    assert ">>>" in text or is_method, f"{name} has no example"


PURE = """
__future__ abc bisect collections dataclasses datetime decimal enum fractions functools hashlib heapq itertools math
numpy operator re scipy simplemma statistics string struct types typing unicodedata warnings zlib loftet
"""


def test_nothing_reads_files_the_clock_or_the_network() -> None:
    allowed = {*PURE.split()}
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

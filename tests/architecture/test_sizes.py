"""Functions and files stay small enough to read at once. The day a step outgrows this, it is two."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FUNCTION_P95, FUNCTION_MOST = 40, 60
FILE_P95, FILE_MOST = 350, 600


def function_lengths(module: ast.Module) -> list[tuple[int, str, int]]:
    """The lines of each function, with its name and first line. Decorators are not counted."""
    functions = [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(n.end_lineno - n.lineno + 1, n.name, n.lineno) for n in functions]


def file_length(path: Path) -> int:
    """The lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def p95(lengths: list[int]) -> int:
    """The smallest length that at least 95 of 100 do not exceed."""
    ranked = sorted(lengths)
    return ranked[-(-len(ranked) * 95 // 100) - 1]


def report(kind: str, measured: list[tuple[int, str]], usual: int, most: int) -> tuple[str, bool]:
    """The figures in a line, the offenders below it, and whether the measure is kept."""
    lengths = [length for length, _ in measured]
    figures = (
        f"{len(lengths)} {kind}: p95 {p95(lengths)} lines (at most {usual}), longest {max(lengths)} (at most {most})"
    )
    kept = p95(lengths) <= usual and max(lengths) <= most
    shown = usual if p95(lengths) > usual else most
    offenders = [f"  {length:>5} {name}" for length, name in sorted(measured, reverse=True) if length > shown]
    return "\n".join([figures, *offenders]), kept


def measured_functions(house, tree) -> list[tuple[int, str]]:
    """Every function of the product with its length."""
    return [
        (length, f"{house.short(path)}:{line} {name}")
        for path in house.code()
        for length, name, line in function_lengths(tree(path))
    ]


def measured_files(house) -> list[tuple[int, str]]:
    """Every module of the product with its length."""
    return [(file_length(path), house.short(path)) for path in house.code()]


def test_functions_are_short(house, tree):
    text, kept = report("functions", measured_functions(house, tree), FUNCTION_P95, FUNCTION_MOST)
    print(text)
    assert kept, f"{text}\nGive a part of each a name of its own."


def test_files_are_short(house):
    text, kept = report("files", measured_files(house), FILE_P95, FILE_MOST)
    print(text)
    assert kept, f"{text}\nLet each become a folder of the same name with one file per noun."


def function(lines: int) -> str:
    return "@decorated\ndef long():\n" + "    a = 1\n" * (lines - 1)


@pytest.mark.parametrize(("lines", "kept"), [(60, True), (61, False)])
def test_a_long_function_is_found(lines, kept, small_house, tree):
    short = {f"domain/low/m{i}.py": function(3) for i in range(40)}
    house = small_house({**short, "domain/low/actions.py": function(lines), "domain/low/tests/t.py": function(99)})
    measured = measured_functions(house, tree)
    assert max(measured) == (lines, f"{house.package}/domain/low/actions.py:2 long")
    text, was_kept = report("functions", measured, FUNCTION_P95, FUNCTION_MOST)
    assert was_kept is kept
    assert ("domain/low/actions.py:2 long" in text) is not kept


def test_many_rather_long_functions_are_found(small_house, tree):
    house = small_house({f"domain/low/m{i}.py": function(41 if i < 2 else 3) for i in range(20)})
    text, kept = report("functions", measured_functions(house, tree), FUNCTION_P95, FUNCTION_MOST)
    assert not kept
    assert text.splitlines()[1:] == [f"     41 {house.package}/domain/low/m{i}.py:2 long" for i in (1, 0)]


@pytest.mark.parametrize(("lines", "kept"), [(600, True), (601, False)])
def test_a_long_file_is_found(lines, kept, small_house):
    house = small_house({"domain/low/actions.py": "a = 1\n" * lines, "domain/low/migrations/m.py": "a = 1\n" * 999})
    text, was_kept = report("files", measured_files(house) + [(1, "x")] * 30, FILE_P95, FILE_MOST)
    assert was_kept is kept
    assert ("domain/low/actions.py" in text) is not kept


def test_p95_is_the_length_that_95_of_100_keep():
    assert p95(list(range(1, 101))) == 95
    assert p95([7]) == 7
    assert p95([1] * 19 + [50]) == 1
    assert p95([1] * 18 + [50] * 2) == 50

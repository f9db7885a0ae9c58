"""Of every public function: arguments unchanged, order irrelevant, and odd numbers give a result or a sentence."""

from __future__ import annotations

import copy
import dataclasses
import math
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from loftet.analysis.hotspots import Area
from loftet.analysis.tests.every_function import CASES, Case, turned

IDS = [f"{i} {case.function.__name__}" for i, case in enumerate(CASES)]
ANSWERS_WITHIN = 20  # seconds; what takes longer has lost its way


def same(one: Any, other: Any) -> bool:
    """Whether two results are alike: numbers to a billionth, everything else exactly."""
    if sparse.issparse(one):
        return same(one.toarray(), other.toarray())
    if isinstance(one, np.ndarray):
        if one.dtype.kind == "f":
            return one.shape == other.shape and np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True)
        return one.shape == other.shape and bool(np.all(one == other))
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        names = [f.name for f in dataclasses.fields(one)]
        return type(one) is type(other) and all(same(getattr(one, n), getattr(other, n)) for n in names)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Area):
        return same(one.rings, other.rings)
    if isinstance(one, Iterator):
        return same(list(one), list(other))
    if callable(one):
        return callable(other)
    if isinstance(one, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(one) and math.isnan(other))
    return bool(one == other)


def in_order(result: Any, n: int, order: np.ndarray) -> Any:
    """A result with everything in it that has one entry a row put in this order."""
    if isinstance(result, np.ndarray) and result.shape[:1] == (n,):
        return result[order]
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return {f.name: in_order(getattr(result, f.name), n, order) for f in dataclasses.fields(result)}
    if isinstance(result, (list, tuple)) and len(result) == n:
        return tuple(result[i] for i in order)
    return result


def test_every_public_function_has_a_case() -> None:
    from loftet.analysis.tests.test_library_form import FUNCTIONS

    called = {f"{case.function.__module__}.{case.function.__name__}" for case in CASES}
    functions = {f"{f.__module__}.{f.__name__}" for f in FUNCTIONS.values() if f.__qualname__ == f.__name__}
    assert functions - called == CHECKS


# What looks at arguments has tests of its own below.
CHECKS = {f"loftet.analysis.checked.{name}" for name in ("grouping", "plane", "counted_in")}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_arguments_are_unchanged_and_the_same_again_gives_the_same(case: Case) -> None:
    before = copy.deepcopy((case.args, case.named))
    first = case.function(*case.args, **case.named)
    second = case.function(*case.args, **case.named)
    assert same((case.args, case.named), before)
    assert same(first, second)


@pytest.mark.parametrize("case", [c for c in CASES if c.has_order], ids=lambda c: c.function.__name__)
def test_the_order_of_rows_is_irrelevant(case: Case) -> None:
    n = case.n_rows if case.rows else 0
    order = np.random.Generator(np.random.PCG64(3)).permutation(n)
    args, named = case.mixed(order)
    whole = case.function(*case.args, **case.named)
    mixed = case.function(*args, **named)
    by_row = case.by_row or case.function.__name__ == "rake"
    expected = in_order(whole, n, order) if by_row else whole
    assert same(expected, in_order(mixed, n, np.arange(n)) if by_row else mixed)


def odd(argument: Any) -> Iterator[Any]:
    """Numbers nobody means: missing, without end, none, one alone, all equal, far too large or too small."""
    if isinstance(argument, np.ndarray) and argument.dtype.kind in "fiub":
        given = argument.astype(float)
        for value in (math.nan, math.inf, -math.inf, 0.0, 1.0, -1.0, 1e300, 5e-324):
            yield np.full(given.shape, value)
            with_one = given.copy()
            with_one.flat[0] = value
            yield with_one
        yield from (given[:0], given[:1], given[: len(given) // 2])
    elif isinstance(argument, (int, float)) and not isinstance(argument, bool):
        yield from (math.nan, math.inf, -math.inf, 0, -1, 0.5, 1e308)
    elif isinstance(argument, str):
        yield from ("", "  \n", "a\x00b", "\ud800 hej", "👮🏽" * 50, "x" * 5000)
    elif isinstance(argument, (dict, list, tuple)):
        yield from (type(argument)(), turned((argument,))[0])


def rung(*_: object) -> None:
    raise TimeoutError


def refusal_of(case: Case, args: tuple, named: dict) -> str | None:
    """The words of a refusal, None when there is none. Any other end is a fault and goes on."""
    try:
        case.function(*args, **named)
    except (ValueError, TypeError) as refusal:
        return str(refusal)
    return None


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_odd_numbers_give_a_result_or_a_sentence(case: Case) -> None:
    """Warnings are errors here. A wrong type may raise TypeError; wrong numbers raise ValueError with words of ours."""
    places = [*range(len(case.args)), *(name for name in case.named if name != "rounds")]
    signal.signal(signal.SIGALRM, rung)
    signal.alarm(ANSWERS_WITHIN)
    try:
        for place in places:
            for value in odd(case.args[place] if isinstance(place, int) else case.named[place]):
                args = tuple(value if i == place else a for i, a in enumerate(case.args))
                named = {name: value if name == place else a for name, a in case.named.items()}
                refused = refusal_of(case, args, named)
                assert refused is None or refused, f"argument {place}: {value!r} is refused without a word"
    finally:
        signal.alarm(0)

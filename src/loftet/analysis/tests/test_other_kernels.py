"""Another processor's arithmetic gives the same groups, selections and order, and numbers within 1e-9."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from loftet.analysis.tests.opinion_data import NAMES

pytestmark = pytest.mark.processes

ANALYSE = """
import json, sys
from loftet.analysis.opinion import analyse_opinions
from loftet.analysis.tests.opinion_data import conversation
case = conversation(sys.argv[1])
print(json.dumps(analyse_opinions(case.votes, statements=case.statements).as_json()))
"""
KERNELS = ("Haswell", "Nehalem")  # with and without fused multiply-add; OpenBLAS takes its nearest elsewhere


def analysed_with(kernel: str, name: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", ANALYSE, name],
        env={**os.environ, "OPENBLAS_CORETYPE": kernel},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def assert_alike(one: Any, other: Any, where: str = "result") -> None:
    """Equal in all but numbers with decimals, which may differ by 1e-9."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for key in one:
            assert_alike(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for i, (a, b) in enumerate(zip(one, other, strict=True)):
            assert_alike(a, b, f"{where}[{i}]")
    elif isinstance(one, float) and isinstance(other, float):
        assert abs(one - other) <= 1e-9, f"{where}: {one} and {other}"
    else:
        assert one == other, where


@pytest.mark.parametrize("name", NAMES)
def test_another_kernel_gives_the_same(name: str) -> None:
    one, other = (analysed_with(kernel, name) for kernel in KERNELS)
    assert one["groups"]
    assert_alike(one, other)


def test_a_difference_would_be_found() -> None:
    with pytest.raises(AssertionError, match=r"result\.a\[0\]: 1\.0 and 1\.00000001"):
        assert_alike({"a": [1.0]}, {"a": [1.00000001]})
    with pytest.raises(AssertionError, match=r"result\.a"):
        assert_alike({"a": 1}, {"a": 2})

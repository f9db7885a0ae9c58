"""Surveys: raking beside weightipy, and how often the intervals that are let through cover the truth."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.metadata import version
from time import process_time
from typing import Any

import numpy as np
import weightipy
from bench.analysis.figures import Figure
from weightipy.internal.rim import pd  # the tables that weightipy itself is given

from loftet.analysis.survey import RandomDesign, rake
from loftet.analysis.survey.tests.survey_coverage import Coverage, raked_coverage, share_coverage

RUNS = 1000
EVEN, UNEVEN = (0.3, 0.5, 0.8, 1.0), (0.15, 0.4, 0.7, 1.0)


def measure() -> list[Figure]:
    """Raking of 10,000 people to margins 4 × 2 × 12, and coverage of nominal 95 percent over 1,000 samples each."""
    return [*_raking(), *_coverage()]


def _raking() -> list[Figure]:
    generator = np.random.default_rng(1)
    columns = {
        "age": generator.choice(4, 10_000, p=[0.1, 0.2, 0.3, 0.4]),
        "sex": generator.choice(2, 10_000, p=[0.6, 0.4]),
        "area": generator.choice(12, 10_000),
    }
    targets = {name: dict.fromkeys(range(k), 100.0 / k) for name, k in (("age", 4), ("sex", 2), ("area", 12))}
    table = pd.DataFrame(columns)

    def theirs() -> Any:
        scheme = weightipy.scheme_from_dict(targets, rim_params={"convcrit": 1e-13, "max_iterations": 1000})
        return weightipy.weight_dataframe(table, scheme)["weights"].to_numpy()

    def ours() -> Any:
        return rake(RandomDesign(), columns, targets).weights

    our_weights, our_time = _fastest(ours)
    their_weights, their_time = _fastest(theirs)
    apart = float(np.max(np.abs(our_weights - their_weights / their_weights.mean())))
    rival = f"weightipy {version('weightipy')}"
    what = "raking of 10,000 people to margins 4 × 2 × 12"
    return [
        Figure("survey", what, our_time, "s CPU", rival, their_time, "no slower", our_time <= their_time),
        Figure(
            "survey", f"{what}: largest difference of a weight", apart, "weight", rival, None, "1e-8", apart <= 1e-8
        ),
    ]


def _fastest(call: Callable[[], Any]) -> tuple[Any, float]:
    best, result = math.inf, call()
    for _ in range(5):
        start = process_time()
        result = call()
        best = min(best, process_time() - start)
    return result, best


def _coverage() -> list[Figure]:
    found = []
    for p in (0.02, 0.1, 0.5):
        for n, population in ((20, None), (150, None), (400, None), (1000, None), (100, 300), (400, 2400)):
            of = "" if population is None else f" of {population}"
            name = f"random sample, {n}{of}, share {p:.0%}"
            found.append(_figure(name, share_coverage(n, p, population=population, runs=RUNS)))
        for n, response, word in ((60, EVEN, "even"), (800, EVEN, "even"), (800, UNEVEN, "uneven")):
            covered = raked_coverage(n, p, strength=0.7, response=response, runs=RUNS)
            found.append(_figure(f"raked sample, {n}, {word} response, share {p:.0%}", covered))
    return found


def _figure(name: str, found: Coverage) -> Figure:
    """Intervals that say they cover at least their level are held to the lower limit; the excess is what it shows."""
    careful = found.at_least > 0.05
    holds = 0.93 <= found.covered <= (1.0 if careful else 0.97)
    what = f"coverage of 95 %: {name}" + (f" ({found.at_least:.0%} by an at-least interval)" if careful else "")
    if found.not_judged:
        what += f", {found.not_judged} of {found.runs} not judged"
    bar = "at least 93 %" if careful else "93 to 97 %"
    return Figure("survey", what, found.covered, "share", "nominal", 0.95, bar, holds)

"""How often intervals cover the truth, over simulated samples. Also used by the figures in bench."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from loftet.analysis.survey import CannotBeJudged, RandomDesign, SurveyError, mean, proportion, rake

AGES = np.array([0.2, 0.3, 0.3, 0.2])
SEXES = np.array([0.5, 0.5])


@dataclass(frozen=True)
class Coverage:
    """Of `runs` samples: the share of the intervals given that covered, and how many were not judged."""

    covered: float
    at_least: float  # share of the intervals that said they cover at least their level
    not_judged: int
    runs: int


def share_coverage(n, p, *, population=None, method="wilson", runs=1000, seed=0):
    """Simple random samples, from a population that is infinite or finite."""
    generator = np.random.default_rng(seed)
    if population is None:
        counts = generator.binomial(n, p, runs)
        truth = p
    else:
        yes = round(p * population)
        counts, truth = generator.hypergeometric(yes, population - yes, n, runs), yes / population
    design = RandomDesign(population)
    results = {int(c): proportion(np.arange(n) < c, design, method=method) for c in set(counts)}
    return _covered([results[int(c)] for c in counts], truth)


def raked_coverage(n, p, *, strength, response, runs=1000, seed=0):
    """Samples of whom some answer less than others, raked by age and sex, to which the answers are tied."""
    generator = np.random.default_rng(seed)
    tilt = strength * (np.array([-1.0, -0.4, 0.4, 1.0])[:, None] + np.array([-0.3, 0.3]))
    cells = AGES[:, None] * SEXES

    def chances(level):
        return 1.0 / (1.0 + np.exp(-(level + tilt)))

    chance = chances(brentq(lambda level: float(np.sum(chances(level) * cells)) - p, -20, 20))
    answering = cells * np.asarray(response)[:, None] * np.array([1.0, 0.8])
    answering /= answering.sum()
    targets = {"age": dict(enumerate(AGES)), "sex": dict(enumerate(SEXES))}
    results = []
    for _ in range(runs):
        cell = generator.choice(8, n, p=answering.ravel())
        age, sex = cell // 2, cell % 2
        said = generator.random(n) < chance[age, sex]
        try:
            weights = rake(RandomDesign(), {"age": age, "sex": sex}, targets)
        except SurveyError as error:
            results.append(CannotBeJudged(None, n, 0, 0.0, str(error)))
            continue
        results.append(proportion(said, RandomDesign(), weights=weights))
    return _covered(results, p)


def paired_coverage(n, p, *, alike, runs=1000, seed=0):
    """Samples of n / 2 households of two who answer the same with chance `alike`, else each for themselves."""
    generator = np.random.default_rng(seed)
    design = RandomDesign(design_effect=1.0 + alike)
    first, second = generator.random((2, runs, n // 2)) < p
    second = np.where(generator.random((runs, n // 2)) < alike, first, second)
    return _covered([proportion(np.concatenate(pair), design) for pair in zip(first, second, strict=True)], p)


def finite_raked_coverage(n, p, *, population, runs=1000, seed=0):
    """Random samples from one finite population, raked to its margins of age and sex, to which the answers are tied."""
    generator = np.random.default_rng(seed)
    age, sex = generator.choice(4, population, p=AGES), generator.choice(2, population)
    said = generator.random(population) < p * (0.7 + 0.2 * age)
    targets = {"age": dict(enumerate(np.bincount(age))), "sex": dict(enumerate(np.bincount(sex)))}
    results, design = [], RandomDesign(population)
    for _ in range(runs):
        drawn = generator.choice(population, n, replace=False)
        weights = rake(design, {"age": age[drawn], "sex": sex[drawn]}, targets)
        results.append(proportion(said[drawn], design, weights=weights))
    return _covered(results, float(said.mean()))


def unequal_coverage(n, p, *, runs=1000, seed=0):
    """Samples in which half of the people had three times the chance of the others, weighted by its inverse."""
    generator = np.random.default_rng(seed)
    results = []
    for _ in range(runs):
        likely = generator.random(n) < 0.75
        said = generator.random(n) < np.where(likely, 1.3 * p, 0.7 * p)
        results.append(proportion(said, RandomDesign(), weights=np.where(likely, 1.0, 3.0)))
    return _covered(results, p)


def mean_coverage(n, shares, *, population=None, runs=1000, seed=0):
    """Means of answers 1, 2, … with these shares."""
    generator = np.random.default_rng(seed)
    shares = np.asarray(shares)
    scale = np.arange(1, len(shares) + 1)
    truth = float(shares @ scale)
    results = []
    if population is not None:
        everyone = np.repeat(scale, np.round(shares * population).astype(int))
        population, truth = len(everyone), float(everyone.mean())
    for _ in range(runs):
        values = (
            generator.choice(scale, n, p=shares) if population is None else generator.choice(everyone, n, replace=False)
        )
        results.append(mean(values.astype(float), RandomDesign(population)))
    return _covered(results, truth)


def raked_mean_coverage(n, *, strength, response, areas=0, missing=0.0, scale=False, runs=1000, seed=0):
    """Means of samples of whom some answer less than others, raked by age, sex and areas of equal size.

    strength: how much a step of age adds; missing: the share that leaves out this very question; scale: answers 1 to
    5 instead of numbers with a normal spread around what age and sex say.
    """
    generator = np.random.default_rng(seed)
    answering = AGES * np.asarray(response)
    expected = strength * np.arange(4)[:, None] + 0.3 * np.arange(2)
    cut = np.arange(0.5, 4.0) + strength  # between the answers of a scale
    targets = {"age": dict(enumerate(AGES)), "sex": dict(enumerate(SEXES)), "area": dict.fromkeys(range(areas), 1)}
    if not areas:
        del targets["area"]
    if scale:
        each = 1.0 + np.sum(norm.sf(cut[:, None, None] - expected), axis=0)
    else:
        each = expected
    results = []
    for _ in range(runs):
        age, sex = generator.choice(4, n, p=answering / answering.sum()), generator.choice(2, n, p=[0.55, 0.45])
        people = {"age": age, "sex": sex, "area": np.r_[np.arange(areas), generator.choice(max(1, areas), n - areas)]}
        values = expected[age, sex] + generator.normal(size=n)
        values = 1.0 + np.searchsorted(cut, values) if scale else values
        values = np.where(generator.random(n) < missing, np.nan, values)
        try:
            weights = rake(RandomDesign(), {name: people[name] for name in targets}, targets)
        except SurveyError as error:
            results.append(CannotBeJudged(None, n, 0, 0.0, str(error)))
            continue
        results.append(mean(values, RandomDesign(), weights=weights))
    return _covered(results, float(np.sum(AGES[:, None] * SEXES * each)))


def finite_raked_mean_coverage(n, *, population, runs=1000, seed=0):
    """Means of random samples from one finite population, raked to its margins of age and sex."""
    generator = np.random.default_rng(seed)
    age, sex = generator.choice(4, population, p=AGES), generator.choice(2, population)
    values = age + generator.normal(size=population)
    targets = {"age": dict(enumerate(np.bincount(age))), "sex": dict(enumerate(np.bincount(sex)))}
    results, design = [], RandomDesign(population)
    for _ in range(runs):
        drawn = generator.choice(population, n, replace=False)
        weights = rake(design, {"age": age[drawn], "sex": sex[drawn]}, targets)
        results.append(mean(values[drawn], design, weights=weights))
    return _covered(results, float(values.mean()))


def unequal_mean_coverage(n, *, tied, ratio=3.0, runs=1000, seed=0):
    """Means of samples in which some had a greater chance than others, weighted by its inverse; answers may be tied."""
    generator = np.random.default_rng(seed)
    results = []
    for _ in range(runs):
        likely = generator.random(n) < ratio / (1.0 + ratio)
        values = generator.normal(size=n) + tied * likely
        results.append(mean(values, RandomDesign(), weights=np.where(likely, 1.0, ratio)))
    return _covered(results, tied / 2.0)


def paired_mean_coverage(n, *, alike, runs=1000, seed=0):
    """Means of n / 2 households of two whose answers correlate by `alike`, with weights of no bearing on them."""
    generator = np.random.default_rng(seed)
    results = []
    for _ in range(runs):
        common, own = generator.normal(size=n // 2), generator.normal(size=(2, n // 2))
        values = (np.sqrt(alike) * common + np.sqrt(1.0 - alike) * own).ravel()
        weights = np.tile(generator.uniform(0.5, 1.5, n // 2), 2)
        results.append(mean(values, RandomDesign(design_effect=1.0 + alike), weights=weights))
    return _covered(results, 0.0)


def _covered(results, truth):
    judged = [r for r in results if not isinstance(r, CannotBeJudged)]
    hits = Counter(r.interval.low - 1e-12 <= truth <= r.interval.high + 1e-12 for r in judged)
    given = max(1, len(judged))
    return Coverage(
        hits[True] / given, sum(r.at_least for r in judged) / given, len(results) - len(judged), len(results)
    )

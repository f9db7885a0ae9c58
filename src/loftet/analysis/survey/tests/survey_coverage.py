"""How often intervals cover the truth, over simulated samples. Also used by the figures in bench."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

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

    def answers(generator, chance):
        return generator.random(len(chance)) < chance

    return _raked(n, p, p, proportion, answers, strength, response, runs, seed)


def raked_mean_coverage(n, p, *, strength, response, steps=4, runs=1000, seed=0):
    """The same of answers on a scale from 1 to `steps` + 1, whose mean is 1 + `steps` · p among all."""

    def answers(generator, chance):
        return 1.0 + generator.binomial(steps, chance)

    return _raked(n, p, 1.0 + steps * p, mean, answers, strength, response, runs, seed)


def _raked(n, p, truth, estimate, answers, strength, response, runs, seed):
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
        said = answers(generator, chance[age, sex])
        try:
            weights = rake(RandomDesign(), {"age": age, "sex": sex}, targets)
        except SurveyError as error:
            results.append(CannotBeJudged(None, n, 0, 0.0, str(error)))
            continue
        results.append(estimate(said, RandomDesign(), weights=weights))
    return _covered(results, truth)


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


def _covered(results, truth):
    judged = [r for r in results if not isinstance(r, CannotBeJudged)]
    hits = Counter(r.interval.low - 1e-12 <= truth <= r.interval.high + 1e-12 for r in judged)
    given = max(1, len(judged))
    return Coverage(
        hits[True] / given, sum(r.at_least for r in judged) / given, len(results) - len(judged), len(results)
    )

"""How the answers came about, which decides what may be concluded from them.

Two types, because two kinds of conclusion: only a `RandomDesign` leads to intervals and weights. A result of an
`OpenDesign` has no field for them, so nobody can print one by mistake.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from loftet.analysis.checked import LARGEST

OpenKind = Literal["self_selected", "meeting"]
DesignKind = Literal["random", "self_selected", "meeting"]


class SurveyError(ValueError):
    """Answers, weights or targets that cannot be read as such, or a question that the design cannot answer."""


@dataclass(frozen=True, slots=True)
class RandomDesign:
    """Chance chose who was asked, and everyone had the same or a known chance.

    population: how many could have been drawn, when the sample may be a noticeable part of them (finite population
    correction); None leaves the correction out. design_effect: the variance of the drawing itself over that of a
    simple random sample of the same size, at least 1 (2 halves the effective number of answers); clusters have more
    than 1. Weights are not counted here: their effect is added where they are used.
    Raises SurveyError for a population below 1 or a design effect that is not a number of at least 1.
    """

    population: int | None = None
    design_effect: float = 1.0

    def __post_init__(self) -> None:
        check_population(self.population)
        if not (math.isfinite(self.design_effect) and self.design_effect >= 1.0):
            raise SurveyError(f"the design effect {self.design_effect} is not a number of at least 1")


@dataclass(frozen=True, slots=True)
class OpenDesign:
    """People chose to answer, or were in the room. How they differ from the others is not known.

    population: how many there are, for the bounds with nothing assumed of those who did not answer; None if unknown.
    Raises SurveyError for another kind, or a population below 1.
    """

    kind: OpenKind
    population: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("self_selected", "meeting"):
            raise SurveyError(f"{self.kind!r} is neither self_selected nor meeting")
        check_population(self.population)


Design = RandomDesign | OpenDesign


def design(kind: DesignKind, *, population: int | None = None) -> Design:
    """The design of that name: "random", "self_selected" or "meeting".

    population: as in RandomDesign and OpenDesign. Raises SurveyError for any other name.

    >>> design("meeting")
    OpenDesign(kind='meeting', population=None)
    >>> design("random", population=1200)
    RandomDesign(population=1200, design_effect=1.0)
    """
    if kind == "random":
        return RandomDesign(population)
    if kind in ("self_selected", "meeting"):
        return OpenDesign(kind, population)
    raise SurveyError(f"{kind!r} is no design: random, self_selected or meeting")


def require_random(given: object, what: str) -> None:
    """Raise SurveyError, naming what was asked for, unless the design is random.

    >>> require_random(OpenDesign("meeting"), "weights")
    Traceback (most recent call last):
    ...
    loftet.analysis.survey.designs.SurveyError: weights need a random sample; answers of kind 'meeting' have none
    """
    if isinstance(given, OpenDesign):
        raise SurveyError(f"{what} need a random sample; answers of kind {given.kind!r} have none")
    if not isinstance(given, RandomDesign):
        raise SurveyError(f"{given!r} is not a design")


def check_population(population: int | None) -> None:
    """Raise SurveyError unless the population is a whole number of people, or None.

    >>> check_population(None), check_population(12)
    (None, None)
    """
    if population is not None and (isinstance(population, bool) or not 1 <= population <= LARGEST or population % 1):
        raise SurveyError(f"a population of {population!r} is none")

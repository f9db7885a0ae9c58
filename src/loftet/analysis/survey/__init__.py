"""Surveys: shares and means with intervals for random samples, raking, and what open answers can say."""

from .designs import Design, OpenDesign, RandomDesign, SurveyError, design
from .estimates import CannotBeJudged, Estimate, OpenAnswers, categories, mean, proportion
from .intervals import Interval, exact, jeffreys, t_interval, wilson, with_finite_population
from .raking import Raking, rake
from .weights import design_effect, effective_n

__all__ = [
    "CannotBeJudged",
    "Design",
    "Estimate",
    "Interval",
    "OpenAnswers",
    "OpenDesign",
    "Raking",
    "RandomDesign",
    "SurveyError",
    "categories",
    "design",
    "design_effect",
    "effective_n",
    "exact",
    "jeffreys",
    "mean",
    "proportion",
    "rake",
    "t_interval",
    "wilson",
    "with_finite_population",
]

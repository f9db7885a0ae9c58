"""Measures, and the agreement that the parties work under."""

from loftet.domain.plans.models.agreement import Agreement, Reminder, Termination
from loftet.domain.plans.models.measure import Measure, MeasureWording

__all__ = ["Agreement", "Measure", "MeasureWording", "Reminder", "Termination"]

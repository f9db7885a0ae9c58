"""Promises signed here, and promises retold from elsewhere. The two are never mixed."""

from loftet.domain.promises.models.promise import Promise, PromiseMeasure, Target
from loftet.domain.promises.models.retold import RetoldMeasure, RetoldPromise

__all__ = ["Promise", "PromiseMeasure", "RetoldMeasure", "RetoldPromise", "Target"]

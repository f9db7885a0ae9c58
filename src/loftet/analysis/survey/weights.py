"""What weights cost in precision."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .designs import SurveyError

Floats = NDArray[np.float64]


def design_effect(weights: ArrayLike) -> float:
    """Kish's design effect of weights (N): n · Σw² / (Σw)², which is 1 + the squared coefficient of variation.

    1 when all weigh the same. It is the factor by which unequal weights inflate the variance when the weights have
    nothing to do with the answers. Raises SurveyError for weights that are negative, not numbers or all zero.
    Source: Kish 1965, Survey Sampling, section 11.7; Kish 1992, Weighting for unequal P_i.

    >>> design_effect([1, 1, 1, 1]), round(design_effect([1, 3]), 9)
    (1.0, 1.25)
    """
    w = checked_weights(weights)
    return float(len(w) * np.sum(w**2) / np.sum(w) ** 2)


def effective_n(weights: ArrayLike) -> float:
    """How many equally weighted answers say as much as these weighted ones (N): (Σw)² / Σw².

    Source and errors as for `design_effect`.

    >>> effective_n([1, 1, 1, 1]), round(effective_n([1, 3]), 9), effective_n([1, 0, 0])
    (4.0, 1.6, 1.0)
    """
    w = checked_weights(weights)
    return float(np.sum(w) ** 2 / np.sum(w**2))


def checked_weights(weights: ArrayLike, n: int | None = None) -> Floats:
    """The weights as floats scaled to a largest of 1; raises SurveyError as `design_effect` says.

    Scaling by the largest keeps squares of huge or tiny weights within range; nothing here depends on the scale.

    >>> checked_weights([2, 1]).tolist()
    [1.0, 0.5]
    """
    try:
        w = np.array(weights, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SurveyError("the weights are not numbers") from error
    if w.ndim != 1 or (n is not None and len(w) != n):
        raise SurveyError(f"weights of shape {w.shape}" + ("" if n is None else f" for {n} answers"))
    if not np.isfinite(w).all() or (w < 0).any():
        raise SurveyError("a weight is a number of at least 0")
    if not w.any():
        raise SurveyError("all weights are zero" if len(w) else "there are no weights")
    return w / w.max()

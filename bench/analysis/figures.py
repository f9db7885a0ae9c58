"""One measured figure, and the bar it is held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, of ours and of what it is compared with, and whether the bar was met."""

    topic: str  # "opinion groups", "themes", …
    what: str  # one line that a reader of the table understands
    ours: float
    unit: str  # "s CPU", "MB", "ARI", "share", …
    against: str  # the rival or the limit, by name and version
    theirs: float | None
    bar: str  # in words: "at least 3 × less"
    holds: bool

"""The chain as a walk: voice, finding, need, problem, promise, measure, result, answer. Gaps are steps too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChainStep:
    """One link: what kind of thing it is, its words, its address; or a gap that says what is missing."""

    kind: str
    text: str
    url: str = ""
    note: str = ""
    is_gap: bool = False

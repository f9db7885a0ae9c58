"""What the guard finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["national_id", "phone", "email", "plate", "address", "link", "handle", "name", "accusation"]
Spans = Iterator[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text, from `start` up to but not including `end`, and what it looks like."""

    kind: Kind
    start: int
    end: int

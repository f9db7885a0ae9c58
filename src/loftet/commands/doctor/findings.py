"""What a check says: the thing, how it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a thing is. Only WRONG makes `loftet doctor` end with 1."""

    OK = ("ok", "ok")
    LOOK = ("se till", "look")
    WRONG = ("fel", "wrong")


@dataclass(frozen=True)
class Finding:
    """One line."""

    what: str
    state: State
    detail: str = ""
    remedy: str = ""


def ok(what: str, detail: str = "") -> Finding:
    """All is well."""
    return Finding(what, State.OK, detail)


def look(what: str, detail: str, remedy: str) -> Finding:
    """It works, but someone should look at it."""
    return Finding(what, State.LOOK, detail, remedy)


def wrong(what: str, detail: str, remedy: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(what, State.WRONG, detail, remedy)

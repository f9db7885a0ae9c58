"""The three real conversations under tests/data/opinion, read without the project's own reader."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loftet.analysis.votes import Statement, VoteMatrix

FOLDER = Path(__file__).parents[4] / "tests" / "data" / "opinion"
NAMES = ("brexit", "biodiversity", "vtaiwan")


@dataclass(frozen=True, eq=False)
class Conversation:
    """Votes with statement and participant ids as whole numbers, so that columns stand in the order of the oracle."""

    name: str
    votes: VoteMatrix
    statements: tuple[Statement, ...]
    published: NDArray[np.int64]  # group per participant, -1 for none
    expected: dict[str, Any]


def rows_of(name: str) -> list[dict[str, str]]:
    with gzip.open(FOLDER / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def conversation(name: str) -> Conversation:
    cast = rows_of(f"{name}.votes")
    statements = tuple(
        Statement(int(s["statement"]), s["text"], s["moderated"] == "-1", s["is_meta"] == "1")
        for s in rows_of(f"{name}.statements")
    )
    votes = VoteMatrix.from_arrays(
        [int(v["participant"]) for v in cast],
        [int(v["statement"]) for v in cast],
        [int(v["vote"]) for v in cast],
        [int(v["time"]) for v in cast],
    ).with_statements(statements)
    groups = {int(p["participant"]): int(p["polis_group"] or -1) for p in rows_of(f"{name}.participants")}
    with gzip.open(FOLDER / f"{name}.expected.json.gz", "rt", encoding="utf-8") as file:
        expected = json.load(file)
    published = np.array([groups[int(p)] for p in votes.participants])
    return Conversation(name, votes, statements, published, expected)

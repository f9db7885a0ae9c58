"""A dialogue's released figures in words and bars. Only the release is read: nothing is counted anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from loftet.domain.dialogues.models import Statement
from loftet.domain.understanding.models import Release
from loftet.faces.public.dialogues.bars import share_bar
from loftet.faces.shared import text
from loftet.faces.shared.charts import Chart, MapPoint, opinion_map

ANSWERS = {1: "håller med", -1: "håller inte med", 0: "hoppade över"}
SIDES = {"agree": "Håller med", "disagree": "Håller inte med"}
TOO_FEW = "för få svar"
# How many statements a part of the page shows before the rest is folded away.
FIRST = 5
# From here a share is said to be most people. Only used where no groups are told apart.
MOST = 0.6


@dataclass(frozen=True)
class Share:
    """How many of some people take a side: who they are, the share in words, how many answered, and a bar."""

    who: str
    share: str
    answered: str
    bar: SafeString


@dataclass(frozen=True)
class Row:
    """A statement and how everyone and each group take the same side on it."""

    number: int
    text: str
    side: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Rows:
    """Statements under one heading, the first ones open and the rest folded away."""

    first: tuple[Row, ...]
    rest: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.first


@dataclass(frozen=True)
class Group:
    """Those who answer alike: their name, how many, and what they say more than others, side by side."""

    label: str
    size: str
    sides: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Result:
    """A release in words."""

    participants: int
    answers: int
    statements: int
    message: str
    consensus: Rows
    divisive: Rows
    groups: tuple[Group, ...]
    chart: Chart | None
    every: tuple[tuple[int, str, str, str, str], ...]
    method: str

    @property
    def has_groups(self) -> bool:
        """Whether the answers part into groups that may be told of."""
        return bool(self.groups)


def result(release: Release, asked: Iterable[Statement]) -> Result:
    """Everything that the result page says."""
    figures = release.figures
    told = _Told(figures, {statement.number: statement.voice.text for statement in asked})
    points = [MapPoint(p["x"], p["y"], p["size"], p["group"].upper()) for p in figures["map"] if p["group"]]
    return Result(
        participants=figures["participants"],
        answers=figures["votes"],
        statements=figures["statements"],
        message=figures["message"],
        consensus=_rows(told.consensus() if figures["groups"] else told.shared_by_most()),
        divisive=_rows(told.divisive() if figures["groups"] else told.split()),
        groups=tuple(_group(group, told.words) for group in figures["groups"]),
        chart=opinion_map(points, key="karta") if points else None,
        every=tuple(_every(row, told.words) for row in figures["per_statement"]),
        method=figures["method"],
    )


class _Told:
    """A release's figures by statement."""

    def __init__(self, figures: Mapping[str, Any], words: dict[int, str]):
        self.figures, self.words = figures, words
        self.everyone = {row["statement"]: row for row in figures["per_statement"]}
        self.labels = {group["key"]: group["label"] for group in figures["groups"]}
        self.tellable = [row for row in figures["per_statement"] if row["answered"] is not None]

    def consensus(self) -> list[Row]:
        """What every group shares, with each group beside the whole."""
        return [self._row(row["statement"], row["direction"], row["by_group"]) for row in self.figures["consensus"]]

    def divisive(self) -> list[Row]:
        """What parts the groups. What they share stands above with its groups, and is not said twice."""
        shared = {row["statement"] for row in self.figures["consensus"]}
        return [
            self._row(row["statement"], "agree", row["by_group"])
            for row in self.figures["divisive"]
            if row["statement"] not in shared
        ]

    def shared_by_most(self) -> list[Row]:
        """Without groups: what most take the same side on, the clearest first."""
        sides = [(row, _side(row)) for row in self.tellable]
        clear = [(row, side) for row, side in sides if row[side] >= MOST]
        return [self._row(row["statement"], side) for row, side in sorted(clear, key=lambda one: -one[0][one[1]])]

    def split(self) -> list[Row]:
        """Without groups: what many agree and many disagree with, the evenest first."""
        both = [row for row in self.tellable if row[_side(row)] < MOST]
        return [self._row(row["statement"], "agree") for row in sorted(both, key=_gap)]

    def _row(self, number: int, side: str, by_group: Sequence[Mapping[str, Any]] = ()) -> Row:
        whole = self.everyone[number]
        everyone = _share("Alla", whole[side], whole["answered"])
        groups = [_share(self.labels[group["key"]], group["share"], group["answered"]) for group in by_group]
        return Row(number, self.words.get(number, ""), SIDES[side], (everyone, *groups))


def _side(row: Mapping[str, Any]) -> str:
    return "agree" if row["agree"] >= row["disagree"] else "disagree"


def _gap(row: Mapping[str, Any]) -> float:
    return abs(row["agree"] - row["disagree"])


def _rows(found: Sequence[Row]) -> Rows:
    return Rows(tuple(found[:FIRST]), tuple(found[FIRST:]))


def _share(who: str, share: float | None, answered: int | None) -> Share:
    if share is None or answered is None:
        return Share(who, TOO_FEW, "", SafeString(""))
    return Share(who, text.percent(share), text.number(answered), share_bar(share))


def _group(group: Mapping[str, Any], words: Mapping[int, str]) -> Group:
    size = text.counted(group["size"], "deltagare", "deltagare") if group["size"] else "för få för att visa antalet"
    sides = tuple(
        (SIDES[side], tuple(_typical(row, words) for row in group["representative"] if row["direction"] == side))
        for side in SIDES
    )
    return Group(group["label"], text.capital(size), tuple(side for side in sides if side[1]))


def _typical(row: Mapping[str, Any], words: Mapping[int, str]) -> tuple[str, str]:
    answered = text.counted(row["answered"], "svar", "svar")
    return words.get(row["statement"], ""), f"{text.percent(row['share'])} av {answered}"


def _every(row: Mapping[str, Any], words: Mapping[int, str]) -> tuple[int, str, str, str, str]:
    said = words.get(row["statement"], "")
    if row["answered"] is None:
        return row["statement"], said, "för få", "visas inte", "visas inte"
    return (
        row["statement"],
        said,
        text.number(row["answered"]),
        text.percent(row["agree"]),
        text.percent(row["disagree"]),
    )

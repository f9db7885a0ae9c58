"""The public figures of a run: what a release holds. Pure: a run's stored result in, JSON out; nothing is recomputed.

First every statement's shares are decided, once, for everyone and for each group (`disclosure`). The lists of what
unites, divides and tells groups apart then pick from that one table, so that no two of them can be subtracted.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from loftet.analysis.disclosure import suppress_small
from loftet.domain.understanding.disclosure import HIDDEN, LEAST_OF_ALL, LEAST_OF_GROUP, Answers, Shares, told

MESSAGES: Final = {
    "groups": "",
    "too_few_answers": "För få svar för grupper.",
    "no_clear_groups": "Svaren delar sig inte i tydliga grupper.",
}
# Between two releases fewer new answers to a statement than this could be read from the difference.
FEWEST_NEW: Final = 5
DECIMALS: Final = 2

Json = dict[str, Any]


@dataclass(frozen=True)
class Earlier:
    """The release before: what its run counted, and what it told."""

    result: Mapping[str, Any]
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class _Table:
    """What may be told of each statement: of everyone, and of each group in order of key."""

    everyone: dict[int, Shares]
    groups: dict[int, tuple[Shares, ...]]
    keys: tuple[str, ...]

    def share(self, number: int, direction: str) -> Json:
        """A statement's share of everyone on one side."""
        return _told(self.everyone[number], direction)

    def by_group(self, number: int, direction: str) -> list[Json]:
        """A statement's share of each group on one side."""
        return [
            {"key": key, **_told(shares, direction)} for key, shares in zip(self.keys, self.groups[number], strict=True)
        ]


def public_figures(
    result: Mapping[str, Any],
    *,
    n_statements: int,
    code_version: str,
    staff: bool = False,
    earlier: Earlier | None = None,
) -> Json:
    """The figures of a run that may be published.

    result: what `running.stored` made. n_statements: how many statements the dialogue has. staff: a dialogue with
    employees, where every figure needs as many respondents as a group's. earlier: the release before, so that what
    few new people answered cannot be had by subtraction.
    """
    table = _table(result, least=LEAST_OF_GROUP if staff else LEAST_OF_ALL)
    if earlier:
        table.everyone.update(_carried_over(result, earlier))
    diagnostics = result["diagnostics"]
    return {
        "participants": diagnostics["n_participants"],
        "votes": diagnostics["n_votes"],
        "statements": n_statements,
        "per_statement": [_row(number, shares) for number, shares in sorted(table.everyone.items())],
        "groups": _groups(result["groups"], table),
        "consensus": _kept(result["consensus"], table, _consensus),
        "divisive": _kept(result["divisive"], table, _divisive),
        "map": _points(result, table.keys),
        "message": MESSAGES[diagnostics["outcome"]],
        "method": diagnostics["version"],
        "code_version": code_version,
    }


def _table(result: Mapping[str, Any], *, least: int) -> _Table:
    rows = {
        row["statement"]: told(_answers(row["everyone"]), [_answers(g) for g in row["by_group"]], least=least)
        for row in result["answers"]
    }
    return _Table(
        everyone={number: everyone for number, (everyone, _) in rows.items()},
        groups={number: groups for number, (_, groups) in rows.items()},
        keys=tuple(string.ascii_lowercase[: len(result["groups"])]),
    )


def _carried_over(result: Mapping[str, Any], earlier: Earlier) -> dict[int, Shares]:
    """Statements with too few new answers since the release before keep what it told."""
    before = {row["statement"]: row["everyone"]["answered"] for row in earlier.result["answers"]}
    past = {row["statement"]: row for row in earlier.figures["per_statement"]}
    few = {
        row["statement"]
        for row in result["answers"]
        if row["statement"] in past and row["everyone"]["answered"] - before[row["statement"]] < FEWEST_NEW
    }
    return {number: _shares(past[number]) for number in few if past[number]["answered"] is not None}


def _groups(groups: Sequence[Mapping[str, Any]], table: _Table) -> list[Json]:
    sizes = suppress_small([group["size"] for group in groups], minimum=LEAST_OF_ALL)
    return [
        {
            "key": key,
            "label": f"Grupp {key.upper()}",
            "size": size,
            "representative": _representative(group, place, table),
        }
        for place, (key, group, size) in enumerate(zip(table.keys, groups, sizes, strict=True))
    ]


def _representative(group: Mapping[str, Any], place: int, table: _Table) -> list[Json]:
    """What tells the group apart; nothing when fewer than ten of them have answered."""
    found = [(row, table.groups[row["statement"]][place]) for row in group["representative"]]
    return [
        {"statement": row["statement"], "direction": row["direction"], **_told(shares, row["direction"])}
        for row, shares in found
        if shares.told
    ]


def _kept(
    rows: Sequence[Mapping[str, Any]], table: _Table, shown: Callable[[Mapping[str, Any], _Table], Json | None]
) -> list[Json]:
    return [row for row in (shown(given, table) for given in rows) if row]


def _consensus(row: Mapping[str, Any], table: _Table) -> Json | None:
    number, direction = row["statement"], row["direction"]
    if not table.everyone[number].told:
        return None
    head = {"statement": number, "direction": direction, **table.share(number, direction)}
    return {**head, "by_group": table.by_group(number, direction) if row["by_group"] else []}


def _divisive(row: Mapping[str, Any], table: _Table) -> Json | None:
    """A difference needs two groups that may be told."""
    number = row["statement"]
    if sum(shares.told for shares in table.groups[number]) < 2:
        return None
    return {"statement": number, "by_group": table.by_group(number, "agree")}


def _points(result: Mapping[str, Any], keys: Sequence[str]) -> list[Json]:
    """The opinion map: clusters of at least five people, and no group of which figures may not be told."""
    too_small = {place for place, group in enumerate(result["groups"]) if group["size"] < LEAST_OF_GROUP}
    return [
        {
            "x": round(point["x"], DECIMALS),
            "y": round(point["y"], DECIMALS),
            "size": point["size"],
            "group": None if point["group"] is None else keys[point["group"]],
        }
        for point in result["map"]
        if point["size"] >= LEAST_OF_ALL and point["group"] not in too_small
    ]


def _answers(counts: Mapping[str, int]) -> Answers:
    return Answers(counts["agree"], counts["disagree"], counts["answered"])


def _told(shares: Shares, direction: str) -> Json:
    return {"share": _fraction(getattr(shares, direction)), "answered": shares.answered}


def _row(number: int, shares: Shares) -> Json:
    return {
        "statement": number,
        "answered": shares.answered,
        "agree": _fraction(shares.agree),
        "disagree": _fraction(shares.disagree),
    }


def _shares(row: Mapping[str, Any]) -> Shares:
    if row["answered"] is None:
        return HIDDEN
    return Shares(round(row["agree"] * 100), round(row["disagree"] * 100), row["answered"])


def _fraction(value: int | None) -> float | None:
    return None if value is None else value / 100

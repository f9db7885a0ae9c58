"""Quotes: words of one person, shown as something that several have said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .small import MINIMUM_CELL

Refusal = Literal["too_few_say_it", "too_few_in_group", "same_person_again"]


@dataclass(frozen=True, slots=True)
class QuoteRule:
    """When a person's own words may be shown."""

    minimum_saying: int = MINIMUM_CELL  # people whose words belong to the same theme or view
    minimum_group: int = 2 * MINIMUM_CELL  # people in the group that the quote is said to come from
    most_of_one: int = 1  # quotes of one and the same person in all that is shown

    def __post_init__(self) -> None:
        for name in ("minimum_saying", "minimum_group", "most_of_one"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Which quotes may be shown, in the order given, and why the others may not."""

    shown: tuple[int, ...]
    refused: tuple[tuple[int, Refusal], ...]


def may_be_quoted(
    quotes: Sequence[tuple[str, str, str | None]],
    saying: Mapping[str, int],
    groups: Mapping[str, int],
    rule: QuoteRule = QuoteRule(),
) -> Quoted:
    """Judge quotes by how many people say the same and how many are in the group they are said to come from.

    quotes: person, theme and group (None when none is told) of each, by place. saying: people in each theme. groups:
    people in each group. What the words themselves give away is for `identifying_text` and for a person to judge.
    Raises ValueError when a theme or group is not counted, or counted below 0.

    >>> may_be_quoted([("a", "light", None), ("b", "dogs", None), ("a", "light", None)], {"light": 12, "dogs": 2}, {})
    Quoted(shown=(0,), refused=((1, 'too_few_say_it'), (2, 'same_person_again')))
    """
    if any(count < 0 for count in (*saying.values(), *groups.values())):
        raise ValueError("people are counted from 0")
    shown: list[int] = []
    refused: list[tuple[int, Refusal]] = []
    used: dict[str, int] = {}
    for place, (person, theme, group) in enumerate(quotes):
        if theme not in saying or (group is not None and group not in groups):
            raise ValueError(f"quote {place} has a theme or group that is not counted")
        if saying[theme] < rule.minimum_saying:
            refused.append((place, "too_few_say_it"))
        elif group is not None and groups[group] < rule.minimum_group:
            refused.append((place, "too_few_in_group"))
        elif used.get(person, 0) >= rule.most_of_one:
            refused.append((place, "same_person_again"))
        else:
            used[person] = used.get(person, 0) + 1
            shown.append(place)
    return Quoted(tuple(shown), tuple(refused))

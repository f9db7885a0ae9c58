"""What may be told of how people answered one statement, when some groups are small. Pure: counts in, percent out.

Two things could give a person away: a share of very few, and subtraction. If all but a handful stand in the groups that
are shown, the handful's answers follow from the total minus the groups. Rounding hides them if it is coarse enough, so
here it is asked: between which bounds could someone who reads every published figure place the number among the hidden
people who agree? While the bounds are too close the shares of the row are rounded more coarsely, and in the end the
smallest group that is shown is hidden too (complementary suppression).

Source: Hundepool et al. 2012, Statistical Disclosure Control (suppression, rounding and the feasibility interval).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = (1, 5, 10, 20)  # percent
LEAST_OF_ALL: Final = 5  # respondents behind a share of everyone
LEAST_OF_GROUP: Final = 10  # respondents behind a share of a group
OPEN_ANSWERS: Final = 5  # the bounds on hidden answers leave as many of them open, or all if they are fewer


@dataclass(frozen=True, slots=True)
class Answers:
    """How some people answered one statement, exactly. Those who neither agree nor disagree have passed."""

    agree: int
    disagree: int
    answered: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The same as it may be told: whole percent, and how many answered; None where it may not."""

    agree: int | None = None
    disagree: int | None = None
    answered: int | None = None

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return self.answered is not None


HIDDEN: Final = Shares()


def told(
    everyone: Answers, groups: Sequence[Answers], *, least: int = LEAST_OF_ALL, least_of_group: int = LEAST_OF_GROUP
) -> tuple[Shares, tuple[Shares, ...]]:
    """The shares of everyone and of each group that may be published together.

    `everyone` holds the groups and those who are in none. Raises ValueError when the groups hold more than everyone.

    >>> told(Answers(60, 30, 100), [Answers(45, 5, 60), Answers(15, 25, 40)])[1]
    (Shares(agree=75, disagree=10, answered=60), Shares(agree=40, disagree=65, answered=40))
    >>> told(Answers(3, 1, 4), [])
    (Shares(agree=None, disagree=None, answered=None), ())
    """
    if any(
        sum(getattr(g, name) for g in groups) > getattr(everyone, name) for name in ("agree", "disagree", "answered")
    ):
        raise ValueError("the groups hold more answers than everyone")
    if everyone.answered < least:
        return HIDDEN, tuple(HIDDEN for _ in groups)
    floor, shown = _decided(everyone, groups, least_of_group)
    return (
        _shares(everyone, floor),
        tuple(_shares(group, floor) if i in shown else HIDDEN for i, group in enumerate(groups)),
    )


def percent(count: int, total: int, floor: int = 1) -> int:
    """`count` of `total` in percent, in steps no finer than one person and no finer than `floor`; halves go up.

    >>> percent(154, 212), percent(14, 30), percent(14, 30, floor=20)
    (73, 45, 40)
    """
    step = _step(total, floor)
    return step * ((200 * count + step * total) // (2 * step * total))


def _decided(everyone: Answers, groups: Sequence[Answers], least_of_group: int) -> tuple[int, list[int]]:
    """The finest step of the row, and the places of the groups that are shown."""
    shown = [i for i, group in enumerate(groups) if group.answered >= least_of_group]
    shown.sort(key=lambda i: groups[i].answered, reverse=True)
    while True:
        parts = [groups[i] for i in shown]
        for step in STEPS:
            if _hidden_stay_open(everyone, parts, step, least_of_group):
                return step, shown
        shown.pop()


def _hidden_stay_open(everyone: Answers, shown: Sequence[Answers], floor: int, enough: int) -> bool:
    """Whether the published figures leave the answers of those who are not shown open."""
    hidden = everyone.answered - sum(group.answered for group in shown)
    if not shown or hidden == 0 or hidden >= enough:
        return True
    return all(
        _freedom(everyone, shown, side, floor, hidden) >= min(hidden, OPEN_ANSWERS) for side in ("agree", "disagree")
    )


def _freedom(everyone: Answers, shown: Sequence[Answers], side: str, floor: int, hidden: int) -> int:
    """The width of the bounds on how many of the hidden people take a side."""
    least, most = _bounds(getattr(everyone, side), everyone.answered, floor)
    for group in shown:
        fewest, greatest = _bounds(getattr(group, side), group.answered, floor)
        least, most = least - greatest, most - fewest
    return min(most, hidden) - max(least, 0)


def _bounds(count: int, total: int, floor: int) -> tuple[int, int]:
    """The least and the greatest count that would be published as the same percent."""
    middle, step = percent(count, total, floor), _step(total, floor)
    least = -(-(2 * middle - step) * total // 200)
    most = -(-(2 * middle + step) * total // 200) - 1
    return max(least, 0), min(most, total)


def _step(total: int, floor: int) -> int:
    return max(floor, next((step for step in STEPS if step * total >= 100), STEPS[-1]))


def _shares(answers: Answers, floor: int) -> Shares:
    return Shares(
        agree=percent(answers.agree, answers.answered, floor),
        disagree=percent(answers.disagree, answers.answered, floor),
        answered=answers.answered,
    )

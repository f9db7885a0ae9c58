"""Simulated answers, drawn from the stated groups with a known seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.models import Dialogue, Statement
from loftet.testing.demo.texts import Said

SEED = 2026


def answers(groups: Sequence[tuple[str, int]], said: Sequence[Said]) -> Iterator[list[tuple[int, int]]]:
    """For each simulated participant, in mixed order, the statements they answer (by place in `said`) and how."""
    source = random.Random(SEED)
    members = [group for group, (_, size) in enumerate(groups) for _ in range(size)]
    source.shuffle(members)
    for group in members:
        asked = source.sample(range(len(said)), k=source.randint(max(8, len(said) // 2), len(said)))
        yield [(number, _draw(source, said[number].chances[group])) for number in sorted(asked)]


def _draw(source: random.Random, chances) -> int:
    point = source.random()
    if point < chances.agree:
        return 1
    return -1 if point < chances.agree + chances.disagree else 0


def take_part(
    *,
    dialogue: Dialogue,
    asked: Sequence[Statement],
    groups: Sequence[tuple[str, int]],
    said: Sequence[Said],
    first: datetime,
    last: datetime,
    progress=None,
) -> None:
    """Let the simulated participants answer through the same verb as anyone, spread over the time given."""
    everyone = list(answers(groups, said))
    step = (last - first) / (len(everyone) + 1)
    for place, votes in enumerate(everyone, start=1):
        at = first + step * place
        participant, _token = dialogues.join(dialogue=dialogue, at=at)
        for number, value in votes:
            statements.vote(
                dialogue=dialogue,
                participant=participant,
                statement=asked[number],
                value=value,
                at=at + timedelta(seconds=number),
            )
        if progress:
            progress(place, len(everyone))

"""Doing a run: read the votes, analyse them without holding a transaction, store what came out in a short one."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.db import transaction

from loftet.analysis import opinion, opinion_result, tallies
from loftet.analysis.votes import Statement, VoteMatrix
from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import queries as statements
from loftet.domain.dialogues.methods.statements.queries import CurrentVote
from loftet.domain.understanding import rules
from loftet.domain.understanding.figures import MESSAGES
from loftet.domain.understanding.models import Run
from loftet.ledger.canonical import canonical_bytes

logger = logging.getLogger(__name__)

FAILURE = (
    "Analysen gick inte att slutföra. Alla svar är kvar. Beställ den igen, och hör av dig till den som driver "
    "webbplatsen om det händer på nytt."
)


def parameters() -> opinion_result.OpinionParameters:
    """The settings of the method, the same in every place so that results can be compared."""
    return opinion_result.OpinionParameters()


def code_version() -> str:
    """Which program and which method: with the same votes and the same settings they give the same result."""
    return f"loftet {version('loftet')} {opinion_result.VERSION}"


def input_digest(votes: Sequence[CurrentVote]) -> str:
    """SHA-256 of the votes in their one order and spelling (participant, statement, value)."""
    return hashlib.sha256(canonical_bytes([list(vote) for vote in votes])).hexdigest()


def perform(run_id: str, *, at: datetime | None = None) -> Run:
    """Do a queued run, unless another has begun it; return it as it then stands. A failure is stored, not raised."""
    if Run.objects.filter(public_id=run_id, state=Run.State.QUEUED).update(state=Run.State.RUNNING):
        _do(Run.objects.select_related("dialogue").get(public_id=run_id), at)
    return Run.objects.select_related("dialogue__partnership").get(public_id=run_id)


def _do(run: Run, at: datetime | None) -> None:
    try:
        votes = statements.current_votes(run.dialogue)
        numbers = list(statements.statements(run.dialogue).values_list("number", flat=True))
        result, priorities = analysed(votes, numbers)
        message = MESSAGES[result["diagnostics"]["outcome"]]
        with transaction.atomic():
            # What was read before they were weeded must not come back in a result.
            rules.must_have_its_answers(run.dialogue)
            if _finish(run, at, state=Run.State.DONE, input_digest=input_digest(votes), result=result, message=message):
                dialogues.set_routing(dialogue=run.dialogue, priorities=priorities)
    except Exception:
        logger.exception("run %s failed", run.public_id)
        _finish(run, at, state=Run.State.FAILED, message=FAILURE)


def analysed(votes: Sequence[CurrentVote], numbers: Sequence[int]) -> tuple[dict[str, Any], dict[int, float]]:
    """The result as it is stored (with participants, never shown), and each statement's priority."""
    matrix = VoteMatrix.from_arrays(
        [vote.participant for vote in votes], [vote.statement for vote in votes], [vote.value for vote in votes]
    )
    found = opinion.analyse_opinions(
        matrix, statements=[Statement(number) for number in numbers], parameters=parameters()
    )
    return stored(matrix, found), {int(number): weight for number, weight in found.priorities}


def stored(votes: VoteMatrix, found: opinion_result.OpinionResult) -> dict[str, Any]:
    """The result as JSON, with the exact counts of every statement and the points of the map."""
    group_of = {p.id: tallies.NO_GROUP if p.group is None else p.group for p in found.participants}
    by_group = tallies.tally(votes, [group_of[name] for name in votes.participants])
    everyone = tallies.tally_everyone(votes)
    answers = [
        {
            "statement": number,
            "everyone": _counts(everyone, 0, column),
            "by_group": [_counts(by_group, group, column) for group in range(len(found.groups))],
        }
        for column, number in enumerate(votes.statements)
    ]
    return {**found.as_json(), "answers": answers, "map": [asdict(point) for point in found.map_points]}


def _counts(tally: tallies.Tallies, group: int, column: int) -> dict[str, int]:
    return {
        "agree": int(tally.agree[group, column]),
        "disagree": int(tally.disagree[group, column]),
        "answered": int(tally.votes[group, column]),
    }


def _finish(run: Run, at: datetime | None, **outcome: Any) -> bool:
    """Whether the run was still waiting for its outcome."""
    still = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING)
    return bool(still.update(finished_at=at or clock.now(), **outcome))

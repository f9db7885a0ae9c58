"""Ordering an analysis, and releasing its figures once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues import rules as dialogue_rules
from loftet.domain.dialogues.methods.statements import queries as statements
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.journal import actions as journal
from loftet.domain.parties.models import Membership
from loftet.domain.understanding import figures, queries, rules, running
from loftet.domain.understanding.models import Release, Run
from loftet.domain.understanding.tasks import run_analysis

# A run takes seconds. One that has not come back in this time went down with its worker.
LOST_AFTER: Final = timedelta(hours=1)
LOST: Final = "Körningen avbröts innan den blev klar. Alla svar är kvar. En ny är beställd."


def request_run(*, dialogue: Dialogue, by: Membership | None, at: datetime | None = None) -> Run:
    """Order an analysis of the dialogue's votes; `by` is None when the clock orders it to renew the routing.

    The same votes are not analysed twice: a run of them that is done or under way is returned, and one that has not
    begun will read the votes as they are when it does.
    """
    at = at or clock.now()
    if by:
        dialogue_rules.must(rules.may_write(by, dialogue, at))
    if dialogue_rules.is_draft(dialogue):
        raise DomainError("Dialogen är inte publicerad, så det finns inga svar att analysera. Inget är beställt.")
    rules.must_have_its_answers(dialogue)
    # Read outside the transaction: a large dialogue takes a while, and nobody should wait with their vote.
    digest = running.input_digest(statements.current_votes(dialogue))
    with transaction.atomic():
        # Two orders of one dialogue must not decide at the same time.
        dialogues.lock(dialogue)
        _give_up_on_lost(dialogue, at)
        if known := _same_work(dialogue, digest):
            return known
        run = Run.objects.create(
            dialogue=dialogue,
            input_digest=digest,
            parameters=asdict(running.parameters()),
            code_version=running.code_version(),
            requested_by=by.person if by else None,
            requested_at=at,
        )
        journal.record(verb="understanding.run_requested", subject=run, by=by, at=at)
        transaction.on_commit(partial(run_analysis.enqueue, run.public_id))
    return run


def finish(*, run: Run, at: datetime | None = None) -> Run:
    """Do a queued run here and now, for the command line; return it as it then stands. The worker finds it done."""
    return running.perform(run.public_id, at=at)


@transaction.atomic
def release(*, run: Run, by: Membership, at: datetime | None = None) -> Release:
    """Decide the public figures of a run, once and for all."""
    at = at or clock.now()
    dialogues.lock(run.dialogue)
    run.refresh_from_db()
    dialogue_rules.must(rules.may_write(by, run.dialogue, at))
    rules.must_have_its_answers(run.dialogue)
    earlier = queries.latest_release(run.dialogue)
    result = _releasable_result(run, earlier)
    past = figures.Earlier(result=earlier.run.result or {}, figures=earlier.figures) if earlier else None
    found = Release.objects.create(
        run=run,
        dialogue=run.dialogue,
        participants=len(rules.participants_in(result)),
        figures=figures.public_figures(
            result,
            n_statements=statements.statements(run.dialogue).count(),
            code_version=run.code_version,
            staff=rules.is_staff_dialogue(run.dialogue),
            earlier=past,
        ),
        released_at=at,
    )
    journal.record(verb="understanding.figures_released", subject=found, by=by, at=at, data={"run": run.public_id})
    return found


def _give_up_on_lost(dialogue: Dialogue, at: datetime) -> None:
    under_way = Run.objects.filter(dialogue=dialogue, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    under_way.filter(requested_at__lte=at - LOST_AFTER).update(state=Run.State.FAILED, message=LOST, finished_at=at)


def _same_work(dialogue: Dialogue, digest: str) -> Run | None:
    now = {"parameters": asdict(running.parameters()), "code_version": running.code_version()}
    for run in Run.objects.filter(dialogue=dialogue, **now).exclude(state=Run.State.FAILED).defer("result"):
        if run.state == Run.State.QUEUED or run.input_digest == digest:
            return run
    return None


def _releasable_result(run: Run, earlier: Release | None) -> dict[str, Any]:
    """The result of a run whose figures may be published now. Raises `DomainError`."""
    if not rules.is_done(run) or run.result is None:
        raise DomainError("Körningen är inte klar, så det finns inga tal att släppa. Vänta tills den är klar.")
    fewest = rules.fewest_participants(run.dialogue)
    if len(rules.participants_in(run.result)) < fewest:
        raise DomainError(
            f"Färre än {fewest} har svarat, så talen kan peka ut någon. Inget är släppt. Alla svar är kvar. "
            "Låt dialogen vara öppen längre eller bjud in fler."
        )
    if earlier and run.pk <= earlier.run_id:
        raise DomainError("De här talen är redan släppta, eller ersatta av nyare. Beställ en ny körning.")
    if earlier and rules.new_participants(run.result, earlier.run.result or {}) < rules.FEWEST_NEW_PARTICIPANTS:
        raise DomainError(
            f"Minst {rules.FEWEST_NEW_PARTICIPANTS} nya behöver svara mellan två släpp. Annars går det att räkna ut "
            "vad några få har svarat. De tal som redan är släppta ligger kvar."
        )
    return run.result

"""Every page of the desk that lists something asks the database as often for many rows as for few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.promises import actions as promises
from loftet.domain.situation import actions as situation
from loftet.testing import factories

FIRST = ("Det är för mörkt vid kajen.", "Det saknas bänkar på torget.")
THEN = ("Bussen går för sällan på kvällen.", "Musiken är för hög sent.", "Glas ligger kvar efter helgen.")


def more_statements(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        statements.add_seed(dialogue=chain.draft, text=text, by=chain.cast.coordinator)
    return reverse("workspace:dialogue", kwargs={"place": "provby", "public_id": chain.draft.public_id})


def more_voices(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        factories.make_voice(chain.dialogue, text=text)
    return reverse("workspace:dialogue_moderation", kwargs={"place": "provby", "public_id": chain.dialogue.public_id})


def more_findings(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        finding = factories.make_finding(chain.cast, chain.release, text=text, is_published=False)
        factories.make_need(chain.cast, finding, text=text)
    where = {"place": "provby", "public_id": chain.dialogue.public_id}
    return reverse("workspace:dialogue_understanding", kwargs=where)


def more_to_answer(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        factories.make_finding(chain.cast, chain.release, text=text)
    return reverse("workspace:feedback", kwargs={"place": "provby", "public_id": chain.dialogue.public_id})


def more_problems(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        problem = factories.make_problem(chain.cast, chain.picture, title=text, needs=[chain.need])
        situation.set_priority(problem=problem, by=chain.cast.coordinator, rank=1)
    return reverse("workspace:picture", kwargs={"place": "provby", "public_id": chain.picture.public_id})


def more_measures(chain, texts: tuple[str, ...]) -> str:
    for text in texts:
        measure = factories.make_measure(chain.cast, text=text)
        promises.include_measure(promise=chain.promise, measure=measure, by=chain.cast.coordinator)
        factories.make_target(chain.cast, chain.promise, series=factories.make_series(chain.cast, title=text))
    return reverse("workspace:promise", kwargs={"place": "provby", "public_id": chain.promise.public_id})


def more_figures(chain, texts: tuple[str, ...]) -> str:
    today = clock.day_of(clock.now())
    for text in texts:
        factories.make_measurement(chain.cast, chain.series, on=today - timedelta(days=30 * len(text)))
    return reverse("workspace:measurement", kwargs={"place": "provby", "public_id": chain.series.public_id})


def more_reports(chain, texts: tuple[str, ...]) -> str:
    for _ in texts:
        factories.make_report(chain.cast, chain.measure)
    return reverse("workspace:report", kwargs={"place": "provby", "public_id": chain.measure.public_id})


@pytest.mark.long
@pytest.mark.parametrize(
    "more",
    [
        more_statements,
        more_voices,
        more_findings,
        more_to_answer,
        more_problems,
        more_measures,
        more_figures,
        more_reports,
    ],
)
def test_many_rows_take_as_many_questions_as_few(chain, client, more):
    client.sign_in(chain.cast.coordinator.person)
    address = more(chain, FIRST)
    client.get(address, check=False)
    with CaptureQueriesContext(connection) as few:
        first = client.get(address, check=False)
    more(chain, THEN)
    with CaptureQueriesContext(connection) as many:
        second = client.get(address, check=False)
    assert (first.status_code, second.status_code) == (200, 200)
    assert len(second.content) > len(first.content)
    assert len(many) == len(few), "\n".join(q["sql"][:110] for q in many.captured_queries)

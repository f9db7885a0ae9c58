"""A place with the whole chain in it, for tests that look at it from the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue, Voice
from loftet.domain.followup import actions as followup
from loftet.domain.followup.models import Feedback
from loftet.domain.indicators.models import Series
from loftet.domain.plans.models import Agreement, Measure
from loftet.domain.promises.models import Promise, Target
from loftet.domain.situation.models import Picture, Problem
from loftet.domain.understanding.models import Finding, Need, Release
from loftet.testing import factories
from loftet.testing.cast import Cast


@dataclass(frozen=True)
class Chain:
    """Everything there is to work with in Provby: drafts, what is in force, what waits."""

    cast: Cast
    draft: Dialogue
    dialogue: Dialogue
    voice: Voice
    release: Release
    finding: Finding
    heard_draft: Finding
    need: Need
    picture: Picture
    problem: Problem
    picture_draft: Picture
    promise: Promise
    measure: Measure
    target: Target
    series: Series
    promise_draft: Promise
    agreement: Agreement
    feedback: Feedback


@pytest.fixture
def chain(ready, cast) -> Chain:
    """The whole chain in Provby, as far as it can be without anyone at the desk."""
    return ready("chain at the desk", lambda: make_chain(cast))


def make_chain(cast: Cast) -> Chain:
    """Make what is worked on, what is in force and what waits."""
    now = clock.now()
    began = now - timedelta(days=100)
    dialogue = factories.make_dialogue(cast, at=now)
    voice = factories.make_voice(dialogue)
    release = factories.make_release(cast, dialogue)
    finding = factories.make_finding(cast, release)
    need = factories.make_need(cast, finding)
    heard_draft = factories.make_finding(
        cast, release, text="Åsikterna går isär om kameror.", numbers=(5,), is_published=False
    )
    picture = factories.make_picture(cast, at=began - timedelta(days=14))
    problem = picture.problems.get()
    promise = factories.make_promise(cast, at=began, problem=problem)
    feedback = followup.draft_feedback(dialogue=dialogue, by=cast.coordinator, introduction="Tack.", at=now)
    measures = {measure.text: measure for measure in promise.measures.all()}
    return Chain(
        cast=cast,
        draft=factories.make_dialogue(cast, title="Trygg i skolan", is_published=False),
        dialogue=dialogue,
        voice=voice,
        release=release,
        finding=finding,
        heard_draft=heard_draft,
        need=need,
        picture=picture,
        problem=problem,
        picture_draft=factories.make_picture(cast, title="Problembild för skolan", is_signed=False),
        promise=promise,
        measure=measures["Fotpatrull på torget"],
        target=promise.targets.get(),
        series=promise.targets.get().series,
        promise_draft=factories.make_promise(
            cast,
            problem=problem,
            title="Ljusare vägar hem",
            is_sharp=False,
            is_proposed=False,
            is_signed=False,
        ),
        agreement=factories.make_agreement(cast),
        feedback=feedback,
    )


@pytest.fixture
def desk(client):
    """Sit down at a desk: `desk(hat, "loften/nytt/")` fetches a page in Provby as the hat's person."""

    def fetch(hat, address: str = "", place: str = "provby"):
        client.sign_in(hat.person)
        return client.get(f"/skrivbord/{place}/{address}")

    return fetch

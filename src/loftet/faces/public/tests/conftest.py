from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup.models import Feedback, Report
from loftet.domain.promises.models import Promise
from loftet.domain.register import keys
from loftet.domain.situation import actions as situation
from loftet.domain.situation.models import Picture, Problem
from loftet.domain.understanding.models import Finding, Need, Release
from loftet.testing import factories
from loftet.testing.cast import Cast


@dataclass(frozen=True)
class Chain:
    """Everything from a dialogue that is closed to the answer to those who took part, all of it public."""

    cast: Cast
    dialogue: Dialogue
    release: Release
    finding: Finding
    need: Need
    picture: Picture
    problem: Problem
    promise: Promise
    report: Report
    feedback: Feedback

    @property
    def dialogue_address(self) -> str:
        return "/provby/dialoger/trygg-i-centrum/"

    @property
    def promise_address(self) -> str:
        return "/provby/medborgarloften/lugnare-kvallar-i-centrum/"

    @property
    def picture_address(self) -> str:
        return "/provby/problembilder/gemensam-problembild-for-provby/"

    @property
    def pages(self) -> list[str]:
        """The address of every page that shows something of the chain."""
        return [
            "/provby/",
            self.dialogue_address,
            *(
                f"{self.dialogue_address}{page}/"
                for page in ("delta", "sag-det-sjalv", "mina-svar", "resultat", "svar")
            ),
            self.picture_address,
            self.promise_address,
            f"{self.promise_address}versioner/",
            f"{self.promise_address}kedjan/",
            "/medborgarloften/",
            "/loftesboken/",
            "/loftesboken/kontrollera/",
            *(f"/loftesboken/{number}/" for number in range(6)),
            *("/om/", "/om/integritet/", "/om/granskning/", "/om/tillganglighet/"),
        ]


@pytest.fixture
def chain(ready, cast) -> Chain:
    """The whole chain, from dialogue to answer, over the last 200 days."""
    return ready("public chain", lambda: make_chain(cast))


def make_chain(cast: Cast, *, now: datetime | None = None) -> Chain:
    now = now or clock.now()

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    dialogue = factories.make_dialogue(cast, at=ago(200), opens_at=ago(195), closes_at=ago(170))
    factories.make_votes(dialogue)
    dialogues.record_closings(at=ago(169))
    release = factories.make_release(cast, dialogue, at=ago(168))
    finding = factories.make_finding(cast, release, numbers=(1, 2), at=ago(165))
    need = factories.make_need(cast, finding, at=ago(164))
    picture = factories.make_picture(cast, at=ago(150), is_signed=False)
    first = picture.problems.get()
    problem = factories.make_problem(
        cast, picture, dialogue=dialogue, needs=[need], at=ago(151), title="Mörkt i stadsparken"
    )
    _sign_picture(cast, picture, ago(150))
    promise = factories.make_promise(cast, problem=problem, at=ago(120))
    patrol = promise.lines.get(measure__text="Fotpatrull på torget").measure
    report = factories.make_report(cast, patrol, at=ago(25), note="Ett pass ställdes in.")
    feedback = factories.make_feedback(cast, [finding], promise=promise, at=ago(100))
    assert first.pk != problem.pk
    return Chain(cast, dialogue, release, finding, need, picture, problem, promise, report, feedback)


def _sign_picture(cast: Cast, picture: Picture, at: datetime) -> None:
    version = situation.propose_picture(picture=picture, by=cast.coordinator, at=at - timedelta(hours=6))
    factories.sign_by_both(cast, version, situation.sign_picture, at=at)


@pytest.fixture
def open_dialogue(ready, cast) -> Dialogue:
    """A dialogue that takes answers now."""
    return ready("open dialogue", lambda: factories.make_dialogue(cast))


@pytest.fixture
def log_key(tmp_path, settings):
    """A key of the test's own to sign the register with."""
    settings.LOFTET_KEYS = tmp_path / "keys"
    return keys.create_log_key()

"""Things to test with, made by the verbs of the steps as staff and residents make them.

Each function takes the cast and, by keyword, what the test is about; all else has a sensible value. Times count from
`at`, the moment at which the made thing is ready (now, unless said otherwise).
"""

from __future__ import annotations

from loftet.testing.factories.answered import make_feedback, make_report
from loftet.testing.factories.dialogues import (
    a_moment_when_open,
    make_dialogue,
    make_finding,
    make_need,
    make_participant,
    make_release,
    make_voice,
    make_votes,
)
from loftet.testing.factories.signed import (
    make_agreement,
    make_measure,
    make_measurement,
    make_picture,
    make_problem,
    make_promise,
    make_series,
    make_target,
    sign_by_both,
)

__all__ = [
    "a_moment_when_open",
    "make_agreement",
    "make_dialogue",
    "make_feedback",
    "make_finding",
    "make_measure",
    "make_measurement",
    "make_need",
    "make_participant",
    "make_picture",
    "make_problem",
    "make_promise",
    "make_release",
    "make_report",
    "make_series",
    "make_target",
    "make_voice",
    "make_votes",
    "sign_by_both",
]

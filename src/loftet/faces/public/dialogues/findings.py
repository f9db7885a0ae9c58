"""What was heard in a dialogue, what it rests on, and what happened next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import queries as followup
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises import queries as promises
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.situation import queries as situation
from loftet.domain.situation.queries import PublicPicture
from loftet.domain.understanding import queries as understanding
from loftet.faces.public.promises.presenter import address
from loftet.faces.shared import text


@dataclass(frozen=True)
class Heard:
    """A published finding, what it rests on, the needs drawn from it, what it led to and what was answered."""

    public_id: str
    text: str
    evidence: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    led_to: tuple[tuple[str, str, str], ...]
    answers: tuple[tuple[str, str], ...]


def heard(dialogue: Dialogue, municipality: Municipality, at: datetime) -> list[Heard]:
    """Published findings with their trail, both ways, in as many queries however many they are."""
    trails = understanding.trail(dialogue=dialogue)
    if not trails:
        return []
    needs = [need.public_id for trail in trails for need in trail.needs]
    pictures = situation.pictures_with_need(needs, municipality, at) if needs else []
    about = [problem.id for found in pictures for problem in found.words.problems]
    promised = promises.promises_about(about, municipality, at) if about else []
    answers = _answers(dialogue)
    return [
        Heard(
            public_id=trail.finding.public_id,
            text=trail.finding.text,
            evidence=tuple((row.text, _evidence(row)) for row in trail.evidence),
            needs=tuple(need.text for need in trail.needs),
            led_to=tuple(_led_to({need.public_id for need in trail.needs}, pictures, promised, municipality)),
            answers=tuple(answers[trail.finding.pk]),
        )
        for trail in trails
    ]


def _evidence(row: understanding.EvidenceLine) -> str:
    return f"{text.percent(row.agree)} håller med, {text.counted(row.answered, 'svar', 'svar')}"


def _answers(dialogue: Dialogue) -> dict[int, list[tuple[str, str]]]:
    """Which organisation answered what to each finding."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for feedback in followup.feedback_for(dialogue):
        for response in feedback.responses.all():
            found[response.finding_id].append((response.outcome, feedback.organisation.name))
    return found


def _led_to(
    needs: set[str],
    pictures: list[PublicPicture],
    promised: list[PublicPromise],
    municipality: Municipality,
) -> Iterable[tuple[str, str, str]]:
    """What kind of thing, its name and its address: problems that name one of the needs, and promises about those."""
    problems = set()
    for found in pictures:
        page = reverse("public:picture", kwargs={"place": places.slug_of(municipality), "slug": found.slug})
        for problem in found.words.problems:
            if any(need.id in needs for need in problem.needs):
                problems.add(problem.id)
                yield "Problem", problem.title, f"{page}#{problem.id}"
    for shown in promised:
        if shown.words.problem.id in problems:
            yield "Medborgarlöfte", shown.words.title, address(shown)

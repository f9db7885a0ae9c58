"""The words of a joint picture as they are signed. Voices by id and never quoted, staff by role and never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loftet.domain.parties import queries as parties
from loftet.domain.parties.models import Partnership
from loftet.domain.signing.canonical import plain, rebuild
from loftet.domain.situation.models import Picture, Problem


@dataclass(frozen=True)
class PartyText:
    """A party to a document."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True)
class PlaceText:
    """A municipality that a document is about."""

    code: str
    name: str


@dataclass(frozen=True)
class SourceText:
    """What a problem rests on."""

    kind: str
    title: str
    dated: date
    url: str
    dialogue: str


@dataclass(frozen=True)
class NeedText:
    """A need behind a problem, by its id and words."""

    id: str
    text: str


@dataclass(frozen=True)
class PriorityText:
    """How high a party puts the problem."""

    party: str
    rank: int


@dataclass(frozen=True)
class ProblemText:
    """A problem as it is signed."""

    id: str
    title: str
    what: str
    where: str
    when: str
    for_whom: str
    extent: str
    causes: str
    sources: tuple[SourceText, ...]
    needs: tuple[NeedText, ...]
    priorities: tuple[PriorityText, ...]


@dataclass(frozen=True)
class PictureText:
    """A joint picture as it is signed."""

    form: str
    id: str
    title: str
    summary: str
    starts: date
    ends: date
    places: tuple[PlaceText, ...]
    parties: tuple[PartyText, ...]
    problems: tuple[ProblemText, ...]

    def as_content(self) -> dict:
        """Plain data, ready to be frozen."""
        return plain(self)

    @classmethod
    def from_content(cls, content: dict) -> PictureText:
        """The same words read back from a signed version."""
        return rebuild(cls, content)


FORM = "loftet.picture/1"


def words_of(picture: Picture) -> PictureText:
    """The picture's working copy in the form that is signed."""
    return PictureText(
        form=FORM,
        id=picture.public_id,
        title=picture.title,
        summary=picture.summary,
        starts=picture.starts,
        ends=picture.ends,
        places=places_of(picture.parties),
        parties=parties_of(picture.parties),
        problems=tuple(
            problem_words(problem)
            for problem in picture.problems.prefetch_related("sources", "needs", "priorities__organisation")
        ),
    )


def problem_words(problem: Problem) -> ProblemText:
    """A problem's working copy in the form that is signed, each list in the order of its model."""
    return ProblemText(
        id=problem.public_id,
        title=problem.title,
        what=problem.what,
        where=problem.where,
        when=problem.when,
        for_whom=problem.for_whom,
        extent=problem.extent,
        causes=problem.causes,
        sources=tuple(SourceText(s.kind, s.title, s.dated, s.url, s.dialogue) for s in problem.sources.all()),
        needs=tuple(NeedText(n.public_id, n.text) for n in problem.needs.all()),
        priorities=tuple(PriorityText(p.organisation.public_id, p.rank) for p in problem.priorities.all()),
    )


def places_of(partnership: Partnership) -> tuple[PlaceText, ...]:
    """The municipalities of a partnership, by code."""
    return tuple(PlaceText(m.code, m.name) for m in partnership.municipalities.order_by("code"))


def parties_of(partnership: Partnership) -> tuple[PartyText, ...]:
    """The organisations whose signatures are needed, municipality first."""
    return tuple(PartyText(o.public_id, o.kind, o.name) for o in parties.signing_parties(partnership))

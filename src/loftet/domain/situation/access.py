"""Fetching pictures and problems with permission."""

from __future__ import annotations

from loftet.domain.parties import access as parties
from loftet.domain.parties.models import Membership
from loftet.domain.situation.models import Picture, Problem, ProblemSource


def for_writing(person, public_id: str) -> tuple[Picture, Membership]:
    """A picture and the hat to write it with. Raises `Picture.DoesNotExist` or `NotAllowed`."""
    picture = Picture.objects.select_related("partnership", "municipality", "document").get(public_id=public_id)
    return picture, parties.hat_for(person, "situation.write", picture.parties)


def for_reading(person, public_id: str) -> tuple[Picture, Membership]:
    """A picture, draft or not, and a hat to read it with."""
    picture = Picture.objects.select_related("partnership", "municipality", "document").get(public_id=public_id)
    return picture, parties.hat_for(person, "workspace.read", picture.parties)


def problem_for_writing(person, public_id: str) -> tuple[Problem, Membership]:
    """A problem and the hat to write it with."""
    problem = Problem.objects.select_related("picture__partnership", "picture__municipality").get(public_id=public_id)
    return problem, parties.hat_for(person, "situation.write", problem.picture.parties)


def source_for_writing(person, pk: int) -> tuple[ProblemSource, Membership]:
    """A source of a problem and the hat to take it away with."""
    source = ProblemSource.objects.select_related("problem__picture__partnership").get(pk=pk)
    return source, parties.hat_for(person, "situation.write", source.problem.picture.parties)

"""Reading pictures and problems. The public sees what is in force, as it was signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.parties.models import Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.records.handlings import Handling
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import DocumentType
from loftet.domain.signing import handlings as signed
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version
from loftet.domain.situation.content import PictureText, ProblemText
from loftet.domain.situation.models import Picture, Problem, ProblemSource


@dataclass(frozen=True)
class PublicPicture:
    """A picture in force: the thing, the signed version and its words."""

    picture: Picture
    version: Version
    words: PictureText
    slug: str

    @property
    def since(self) -> datetime:
        """When the last party signed."""
        return signing.in_force_since(self.version)


def public_pictures(municipality: Municipality, at: datetime | None = None) -> list[PublicPicture]:
    """Pictures in force in a place, newest period first."""
    found = Picture.objects.filter(partnership__municipalities=municipality).select_related("document").distinct()
    return _public(list(found), municipality, at)


def public_picture(municipality: Municipality, slug: str, at: datetime | None = None) -> PublicPicture | None:
    """One picture in force by its address; old names in the address work too."""
    known = places.resolve(f"problembilder:{municipality.code}", slug)
    if known is None:
        return None
    found = Picture.objects.filter(public_id=known.subject).select_related("document")
    return next(iter(_public(list(found), municipality, at)), None)


def public_picture_of(problem_id: str, municipality: Municipality, at: datetime | None = None) -> PublicPicture | None:
    """The picture in force that holds a problem."""
    found = Picture.objects.filter(problems__public_id=problem_id).select_related("document")
    return next(iter(_public(list(found), municipality, at)), None)


def pictures_with_need(
    need_ids: list[str], municipality: Municipality, at: datetime | None = None
) -> list[PublicPicture]:
    """Pictures in force whose signed words name one of these needs."""
    wanted = set(need_ids)
    return [
        found
        for found in public_pictures(municipality, at)
        if any(need.id in wanted for problem in found.words.problems for need in problem.needs)
    ]


def in_force_problem(problem: Problem, at: datetime | None = None) -> ProblemText | None:
    """The problem as both parties signed it, or None when its picture is not in force or does not hold it."""
    version = signing.in_force(problem.picture.paper, at) if problem.picture.document_id else None
    if version is None:
        return None
    words = PictureText.from_content(signing.content(version))
    return next((text for text in words.problems if text.id == problem.public_id), None)


def pictures_in(municipality: Municipality, partnerships: Iterable[Partnership]):
    """All pictures of some partnerships in a place, drafts too: for the workspace."""
    found = Picture.objects.filter(municipality=municipality, partnership__in=list(partnerships))
    return found.select_related("partnership", "document")


def problems_in(municipality: Municipality, partnerships: Iterable[Partnership]):
    """Problems in some partnerships' pictures of a place, with their needs: for the workspace."""
    found = Problem.objects.filter(picture__municipality=municipality, picture__partnership__in=list(partnerships))
    return found.select_related("picture").prefetch_related("needs").order_by("picture", "number")


def problems_for(partnership):
    """Problems of a partnership's pictures, for choosing one for a promise."""
    return (
        Problem.objects.filter(picture__partnership=partnership).select_related("picture").order_by("picture", "number")
    )


def picture_of(document_id: int) -> Picture:
    """The picture that a document belongs to. Raises `Picture.DoesNotExist`."""
    return Picture.objects.select_related("municipality", "partnership").get(document_id=document_id)


def _public(pictures: list[Picture], municipality: Municipality, at: datetime | None) -> list[PublicPicture]:
    current = signing.in_force_of([p.document_id for p in pictures if p.document_id], at or clock.now())
    slugs = places.current_slugs(f"problembilder:{municipality.code}", [p.public_id for p in pictures])
    return [
        PublicPicture(
            p,
            current[p.document_id],
            PictureText.from_content(signing.content(current[p.document_id])),
            slugs[p.public_id],
        )
        for p in pictures
        if p.document_id in current and p.public_id in slugs
    ]


def handlings(partnership: Partnership, at: datetime) -> list[Handling]:
    """The partnership's pictures that are to be registered."""
    found = Picture.objects.filter(partnership=partnership).select_related("partnership")
    return signed.in_force(DocumentType.PICTURE, found, at)


def holdings(partnership: Partnership) -> list[Holding]:
    """The working copies of the partnership's pictures."""
    return [
        Holding(Picture.objects.filter(partnership=partnership)),
        Holding(Problem.objects.filter(picture__partnership=partnership)),
        Holding(ProblemSource.objects.filter(problem__picture__partnership=partnership)),
    ]

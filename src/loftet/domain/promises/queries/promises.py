"""Reading promises. The public sees what is in force, in the words that both signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.parties.models import Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises.content import PromiseText
from loftet.domain.promises.models import Promise, Target
from loftet.domain.promises.sharpness import Sharpness, sharpness
from loftet.domain.records.handlings import Handling
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import DocumentType
from loftet.domain.signing import handlings as signed
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version


@dataclass(frozen=True)
class PublicPromise:
    """A promise in force: the thing, the signed version, its words, and where its address leads."""

    promise: Promise
    version: Version
    words: PromiseText
    slug: str

    @property
    def since(self) -> datetime:
        """When the last party signed."""
        return signing.in_force_since(self.version)

    @property
    def sharpness(self) -> Sharpness:
        """The label that the signed words have earned."""
        return sharpness(self.words)


def public_promises(municipality: Municipality, at: datetime | None = None) -> list[PublicPromise]:
    """Promises in force in a place, newest period first."""
    return _public(_loaded().filter(partnership__municipalities=municipality).distinct(), municipality, at)


def public_promise(municipality: Municipality, slug: str, at: datetime | None = None) -> PublicPromise | None:
    """One promise in force by its address; old names in the address work too."""
    known = places.resolve(f"medborgarloften:{municipality.code}", slug)
    if known is None or known.subject_kind != "promise":
        return None
    return next(iter(_public(_loaded().filter(public_id=known.subject), municipality, at)), None)


def public_promise_by_id(public_id: str, at: datetime | None = None) -> PublicPromise | None:
    """One promise in force by its permanent id, at its own municipality's address."""
    promise = _loaded().filter(public_id=public_id).first()
    return next(iter(_public([promise], promise.municipality, at)), None) if promise else None


def all_public_promises(at: datetime | None = None) -> list[PublicPromise]:
    """Every promise in force in the installation, newest period first."""
    found = list(_loaded())
    current = signing.in_force_of([p.document_id for p in found], at or clock.now())
    slugs = places.slugs_of_kind("promise")
    return [
        _shown(p, current[p.document_id], slugs[p.public_id])
        for p in found
        if p.document_id in current and p.public_id in slugs
    ]


def promises_about(
    problem_ids: list[str], municipality: Municipality, at: datetime | None = None
) -> list[PublicPromise]:
    """Promises in force whose signed words are about one of these problems."""
    wanted = set(problem_ids)
    return [found for found in public_promises(municipality, at) if found.words.problem.id in wanted]


def promises_with_measure(public_id: str, at: datetime | None = None) -> list[PublicPromise]:
    """Promises in force whose signed words hold a measure."""
    rows = _loaded().filter(partnership__measures__public_id=public_id).distinct()
    found = [shown for row in rows for shown in _public([row], row.municipality, at)]
    return [shown for shown in found if any(measure.id == public_id for measure in shown.words.measures)]


def versions(promise: Promise) -> list[Version]:
    """All versions that have been in force, oldest first; proposals that were never signed by all are not public."""
    return [version for version in signing.versions(promise.document) if signing.signed_by_all_at(version)]


def promises_in(municipality: Municipality, partnerships: Iterable[Partnership]):
    """All promises of some partnerships in a place, drafts too: for the workspace."""
    return _loaded().filter(municipality=municipality, partnership__in=list(partnerships))


def promise_of(document_id: int) -> Promise:
    """The promise that a document belongs to. Raises `Promise.DoesNotExist`."""
    return _loaded().get(document_id=document_id)


def _loaded():
    return Promise.objects.select_related("partnership", "municipality", "document", "problem").order_by(
        "-starts", "title"
    )


def _public(rows, municipality: Municipality, at: datetime | None) -> list[PublicPromise]:
    rows = list(rows)
    current = signing.in_force_of([row.document_id for row in rows], at or clock.now())
    slugs = places.current_slugs(f"medborgarloften:{municipality.code}", [row.public_id for row in rows])
    return [
        _shown(row, current[row.document_id], slugs[row.public_id])
        for row in rows
        if row.document_id in current and row.public_id in slugs
    ]


def _shown(promise: Promise, version: Version, slug: str) -> PublicPromise:
    return PublicPromise(promise, version, PromiseText.from_content(signing.content(version)), slug)


def handlings(partnership: Partnership, at: datetime) -> list[Handling]:
    """The partnership's promises that are to be registered."""
    return signed.in_force(DocumentType.PROMISE, _loaded().filter(partnership=partnership), at)


def holdings(partnership: Partnership) -> list[Holding]:
    """The working copies of the partnership's promises."""
    return [
        Holding(Promise.objects.filter(partnership=partnership)),
        Holding(Target.objects.filter(promise__partnership=partnership)),
    ]

"""Reading agreements. The public sees what is in force, in the words that both signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loftet.domain.base import clock
from loftet.domain.parties.models import Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans.content import AgreementText
from loftet.domain.plans.models import Agreement, Termination
from loftet.domain.plans.status import Standing, standing
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version

SCOPE = "overenskommelser"


@dataclass(frozen=True)
class PublicAgreement:
    """An agreement that all have signed: the signed version, its words, its name in the address, where it stands."""

    agreement: Agreement
    version: Version
    words: AgreementText
    slug: str
    terminations: tuple[Termination, ...]
    standing: Standing

    @property
    def since(self) -> datetime:
        """When the last party signed."""
        return signing.in_force_since(self.version)


def public_agreements(municipality: Municipality, at: datetime | None = None) -> list[PublicAgreement]:
    """Agreements that all have signed in a place, those that run first, then the newest period."""
    found = _loaded().filter(partnership__municipalities=municipality).distinct()
    return sorted(_public(found, municipality, at), key=lambda shown: shown.standing.is_over)


def public_agreement(municipality: Municipality, slug: str, at: datetime | None = None) -> PublicAgreement | None:
    """One agreement by its address; old names in the address work too."""
    known = places.resolve(f"{SCOPE}:{municipality.code}", slug)
    if known is None:
        return None
    return next(iter(_public(_loaded().filter(public_id=known.subject), municipality, at)), None)


def public_agreement_by_id(
    public_id: str, at: datetime | None = None
) -> tuple[PublicAgreement, Municipality] | tuple[None, None]:
    """One agreement by its permanent id, and the first municipality of its partnership, under which it is shown."""
    agreement = _loaded().filter(public_id=public_id).first()
    if agreement is None:
        return None, None
    municipality = agreement.partnership.municipalities.order_by("code").first()
    shown = next(iter(_public([agreement], municipality, at)), None) if municipality else None
    return (shown, municipality) if shown and municipality else (None, None)


def all_public_agreements(at: datetime | None = None) -> list[tuple[Agreement, Version]]:
    """Every agreement that all have signed in the installation, with its version: for the clock."""
    found = list(_loaded())
    current = signing.in_force_of([one.document_id for one in found], at)
    return [(one, current[one.document_id]) for one in found if one.document_id in current]


def versions(agreement: Agreement) -> list[Version]:
    """All versions that have been in force, oldest first."""
    return [version for version in signing.versions(agreement.document) if signing.signed_by_all_at(version)]


def agreements_for(partnership: Partnership, organisation_ids: set[int]) -> list[Agreement]:
    """A partnership's agreements for the workspace, without drafts that are another organisation's own."""
    found = list(_loaded().filter(partnership=partnership))
    hidden = signing.private_drafts([one.document for one in found], organisation_ids)
    return [one for one in found if one.document_id not in hidden]


def agreement_of(document_id: int) -> Agreement:
    """The agreement that a document belongs to. Raises `Agreement.DoesNotExist`."""
    return _loaded().get(document_id=document_id)


def _loaded():
    return (
        Agreement.objects.select_related("partnership", "document")
        .prefetch_related("terminations__organisation")
        .order_by("-starts", "title")
    )


def _public(rows, municipality: Municipality, at: datetime | None) -> list[PublicAgreement]:
    rows, at = list(rows), at or clock.now()
    current = signing.in_force_of([row.document_id for row in rows], at)
    slugs = places.current_slugs(f"{SCOPE}:{municipality.code}", [row.public_id for row in rows])
    return [
        _shown(row, current[row.document_id], slugs[row.public_id], at)
        for row in rows
        if row.document_id in current and row.public_id in slugs
    ]


def _shown(agreement: Agreement, version: Version, slug: str, at: datetime) -> PublicAgreement:
    words = AgreementText.from_content(signing.content(version))
    declared = terminations_of(agreement, version, at)
    stands = standing(words.starts, words.ends, declared, clock.day_of(at))
    return PublicAgreement(agreement, version, words, slug, tuple(declared), stands)


def terminations_of(agreement: Agreement, version: Version, at: datetime) -> Sequence[Termination]:
    """What parties had declared by then about a version."""
    return [one for one in agreement.terminations.all() if one.version_id == version.pk and one.declared_at <= at]

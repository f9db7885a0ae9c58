"""What is signed by whom. Everything here is derived from append-only rows, so it can be asked for any past moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch

from loftet.domain.base import clock
from loftet.domain.parties.models import Organisation
from loftet.domain.records.models import WeedingDecision
from loftet.domain.signing.canonical import thaw
from loftet.domain.signing.models import (
    Comment,
    Decision,
    Document,
    Paper,
    PaperLine,
    RequiredParty,
    Sharing,
    Signature,
    Version,
)
from loftet.ledger.canonical import canonical_bytes, utc_text


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    SHARED = "shared"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    SIGNED_BY_SOME = "signed_by_some"
    IN_FORCE = "in_force"


def versions(document: Document) -> list[Version]:
    """All versions with their parties, decisions and signatures, oldest first."""
    return list(_loaded().filter(document=document).order_by("number"))


def version(document_public_id: str, number: int) -> Version:
    """One version. Raises `Version.DoesNotExist`."""
    return _loaded().get(document__public_id=document_public_id, number=number)


def document(public_id: str) -> Document:
    """One document. Raises `Document.DoesNotExist`."""
    return Document.objects.select_related("partnership").get(public_id=public_id)


def signed_by_all_at(version: Version) -> datetime | None:
    """When the last required party signed the version's digest; None while one is missing."""
    required = {row.organisation_id for row in version.required.all()}
    signed = {row.organisation_id: row.signed_at for row in version.signatures.all() if row.digest == version.digest}
    if not required or not required <= signed.keys():
        return None
    return max(signed[party] for party in required)


def in_force_since(version: Version) -> datetime:
    """When a version that is in force came to be so. Raises `ValueError` for one that a party has not signed."""
    moment = signed_by_all_at(version)
    if moment is None:
        raise ValueError(f"{version} is not signed by all")
    return moment


def in_force(document: Document, at: datetime | None = None) -> Version | None:
    """The newest version that every required party had signed by then. A newer proposal voids nothing."""
    return in_force_of([document.pk], at).get(document.pk)


def in_force_of(document_pks: Iterable[int], at: datetime | None = None) -> dict[int, Version]:
    """The version in force of each of several documents, in as many queries as for one."""
    at = at or clock.now()
    found: dict[int, Version] = {}
    for candidate in _signed().filter(document__in=list(document_pks)).order_by("number"):
        moment = signed_by_all_at(candidate)
        if moment is not None and moment <= at:
            found[candidate.document_id] = candidate
    return found


def open_version(document: Document) -> Version | None:
    """The newest version if it still waits for signatures and nobody has sent it back or withheld words of it."""
    newest = _loaded().filter(document=document).order_by("-number").first()
    if newest is None or signed_by_all_at(newest) is not None or has_ended(newest):
        return None
    return newest


def sent_back(version: Version) -> Decision | None:
    """The decision that sent a version back, if one did."""
    return next((d for d in version.decisions.all() if d.outcome == Decision.Outcome.SENT_BACK), None)


def has_ended(version: Version) -> bool:
    """Whether a version that not all have signed can no longer be: it was sent back, or words of it are withheld."""
    return sent_back(version) is not None or version.is_withheld


def missing_parties(version: Version) -> list[RequiredParty]:
    """Parties that have not signed."""
    signed = {row.organisation_id for row in version.signatures.all() if row.digest == version.digest}
    return [row for row in version.required.all() if row.organisation_id not in signed]


def decision(document_public_id: str, pk: int) -> Decision:
    """A party's decision on one of a document's versions. Raises `Decision.DoesNotExist`."""
    rows = Decision.objects.select_related("version__document__partnership", "organisation").prefetch_related("steps")
    return rows.get(version__document__public_id=document_public_id, pk=pk)


def decisions_of(organisation_ids: set[int]) -> list[Decision]:
    """Approving decisions of some organisations on versions that have not been sent back, newest first."""
    rows = Decision.objects.filter(organisation__in=organisation_ids, outcome=Decision.Outcome.APPROVED)
    ended = Decision.objects.filter(outcome=Decision.Outcome.SENT_BACK).values("version")
    rows = rows.exclude(version__in=ended).select_related("version__document__partnership", "organisation")
    return list(rows.prefetch_related("steps").order_by("-id"))


def papers_waiting(version: Version) -> list[Paper]:
    """Papers that one party has entered and no other has answered, oldest first."""
    rows = version.papers.filter(answer__isnull=True).defer("scan").select_related("entered_by")
    return list(rows.prefetch_related(Prefetch("lines", PaperLine.objects.select_related("organisation"))))


def papers_to_answer(organisation_ids: set[int]) -> list[Paper]:
    """Papers that wait for a word from one of these organisations: entered by another in the same partnership."""
    rows = (
        Paper.objects.filter(
            answer__isnull=True, version__document__partnership__members__organisation__in=organisation_ids
        )
        .exclude(entered_by__in=organisation_ids)
        .defer("scan")
        .select_related("version__document__partnership", "entered_by")
        .order_by("id")
        .distinct()
    )
    newest = {row.version_id: open_version(row.version.document) for row in rows}
    return [row for row in rows if (waiting := newest[row.version_id]) and waiting.pk == row.version_id]


def papers_refused(version: Version) -> list[Paper]:
    """Papers that another party has said are wrong, newest last."""
    rows = version.papers.filter(answer__is_right=False).defer("scan").select_related("entered_by", "answer")
    return list(rows.prefetch_related(Prefetch("lines", PaperLine.objects.select_related("organisation"))))


def paper(public_id: str) -> Paper:
    """One paper. Raises `Paper.DoesNotExist`."""
    return Paper.objects.select_related("version__document__partnership", "entered_by").get(public_id=public_id)


def fresh(version: Version) -> Version:
    """The version read anew, with all that is known of how far it has come."""
    return _loaded().get(pk=version.pk)


def is_named(version: Version, organisation: Organisation) -> bool:
    """Whether the organisation is one of those whose signature the version needs."""
    return any(row.organisation_id == organisation.pk for row in version.required.all())


def state(document: Document, at: datetime | None = None) -> State:
    """Where the document stands: what waits comes before what is in force."""
    return states([document], at)[document.pk]


def states(documents: Iterable[Document], at: datetime | None = None) -> dict[int, State]:
    """Where each of several documents stands, in as many queries as for one."""
    at = at or clock.now()
    pks = [document.pk for document in documents]
    found: dict[int, list[Version]] = {pk: [] for pk in pks}
    for row in _loaded().filter(document__in=pks).order_by("number"):
        found[row.document_id].append(row)
    shared = set(Sharing.objects.filter(document__in=pks).values_list("document_id", flat=True))
    return {pk: _state(rows, at) if rows else _draft_state(pk in shared) for pk, rows in found.items()}


def _draft_state(is_shared: bool) -> State:
    return State.SHARED if is_shared else State.DRAFT


def _state(rows: list[Version], at: datetime) -> State:
    newest = rows[-1]
    if signed_by_all_at(newest) is not None:
        return State.IN_FORCE
    if not has_ended(newest):
        return State.SIGNED_BY_SOME if newest.signatures.all() else State.PROPOSED
    in_force_before = any((moment := signed_by_all_at(row)) is not None and moment <= at for row in rows)
    return State.IN_FORCE if in_force_before else State.SENT_BACK


def sharing(document: Document) -> Sharing | None:
    """When the draft was shared for comments and by whom, if it was."""
    return document.sharings.select_related("organisation").first()


def comments(document: Document) -> list[Comment]:
    """The notes on a draft, oldest first."""
    return list(document.comments.select_related("organisation"))


def private_drafts(documents: Iterable[Document], organisation_ids: set[int]) -> set[int]:
    """Which of the documents are drafts that belong to none of these organisations, by primary key."""
    others = {d.pk for d in documents if d.drafted_by_id is not None and d.drafted_by_id not in organisation_ids}
    seen = set(Sharing.objects.filter(document__in=others).values_list("document_id", flat=True))
    seen |= set(Version.objects.filter(document__in=others).values_list("document_id", flat=True))
    return others - seen


def waiting_for(organisation_ids: set[int]) -> list[Version]:
    """Versions that wait for a signature from one of these organisations, oldest first."""
    candidates = _loaded().filter(required__organisation__in=organisation_ids).order_by("proposed_at").distinct()
    newest = {v.document_id: v for v in sorted(candidates, key=lambda v: v.number)}
    return [
        v
        for v in newest.values()
        if not has_ended(v) and any(row.organisation_id in organisation_ids for row in missing_parties(v))
    ]


def _signed():
    """Versions with what tells whether they are in force, and by whom they are signed."""
    return Version.objects.prefetch_related(
        Prefetch("required", RequiredParty.objects.select_related("organisation").order_by("id")),
        Prefetch("signatures", Signature.objects.select_related("organisation").order_by("id")),
    )


def _loaded():
    """Versions with all that is known of how far they have come."""
    return (
        _signed()
        .select_related("document__partnership", "proposed_by")
        .prefetch_related(
            Prefetch("decisions", Decision.objects.select_related("organisation").prefetch_related("steps"))
        )
    )


def content(version: Version) -> dict[str, Any]:
    """The signed words as data; where words are withheld by decision, with a mark in their place."""
    return thaw(version.content or _masked(version))


def withholding(version: Version) -> WeedingDecision | None:
    """The latest decision that took words out of a version, if one did."""
    newest = version.maskings.select_related("decision__organisation").last() if version.is_withheld else None
    return newest.decision if newest else None


def _masked(version: Version) -> str:
    return version.maskings.exclude(content="").values_list("content", flat=True).order_by("-id")[0]


def came_in_force(version: Version) -> Version | None:
    """The version read anew, if every required party has signed it."""
    read = fresh(version)
    return read if signed_by_all_at(read) else None


def signatures_text(version: Version) -> str:
    """Who signed, as canonical text for the register: organisation, function and time, never a person's name."""
    rows = [
        {
            "organisation": row.organisation.public_id,
            "name": row.organisation.name,
            "title": row.title,
            "digest": row.digest,
            "signed_at": utc_text(row.signed_at),
            "way": "paper" if row.paper_id else "electronic",
        }
        for row in version.signatures.all()
    ]
    return canonical_bytes(rows).decode()

"""Writing an agreement, putting it forward, signing it and declaring that it ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.plans import content, queries
from loftet.domain.plans.models import Agreement, Termination
from loftet.domain.register import actions as register
from loftet.domain.signing import actions as signing
from loftet.domain.signing import guard
from loftet.domain.signing import queries as signatures
from loftet.domain.signing.confirmation import Confirmation
from loftet.domain.signing.models import Paper, Signature, Version
from loftet.domain.signing.rules import is_private, must_see
from loftet.ledger.canonical import canonical_bytes, utc_text

DOCUMENT_KIND = "agreement"
TERMINATED = "agreement.terminated"
WORDS = (
    "title",
    "purpose",
    "area",
    "focus",
    "steering_members",
    "steering_meets",
    "working_members",
    "working_meets",
    "followup",
    "contacts",
)
FIELDS = (*WORDS, "starts", "ends")


@transaction.atomic
def draft_agreement(
    *,
    by: Membership,
    partnership: Partnership,
    starts: date,
    ends: date,
    at: datetime | None = None,
    **words: Any,
) -> Agreement:
    """Start an agreement with the texts named in `WORDS`. The draft is the own organisation's until it is shared."""
    at = at or clock.now()
    rules.must(by, "plans.write", partnership=partnership, at=at)
    rules.must_not_be_over(partnership, at)
    document = signing.open_document(kind=DOCUMENT_KIND, partnership=partnership, drafted_by=by.organisation, at=at)
    agreement = Agreement(partnership=partnership, document=document, created_at=at)
    _write(agreement, starts, ends, words)
    journal.record(verb="plans.agreement_drafted", subject=agreement, by=by, at=at, only_for=by.organisation)
    return agreement


@transaction.atomic
def edit_agreement(
    *, agreement: Agreement, by: Membership, starts: date, ends: date, at: datetime | None = None, **words: Any
) -> Agreement:
    """Change the working copy. What is signed stays as it was signed until all sign a new version."""
    rules.must(by, "plans.write", partnership=agreement.partnership, at=at)
    must_see(by, agreement.document)
    before = kept(agreement, FIELDS)
    _write(agreement, starts, ends, words)
    journal.record(
        verb="plans.agreement_edited",
        subject=agreement,
        by=by,
        at=at,
        data=changes(before, kept(agreement, FIELDS)),
        only_for=by.organisation if is_private(agreement.document) else None,
    )
    return agreement


@transaction.atomic
def propose_agreement(*, agreement: Agreement, by: Membership, at: datetime | None = None) -> Version:
    """Put the agreement forward for all to sign. Renewing one is the same: a new period, signed by all."""
    must_see(by, agreement.document)
    words = content.words_of(agreement).as_content()
    guard.refuse_identifying(words)
    return signing.propose(document=agreement.document, content=words, by=by, at=at)


@transaction.atomic
def sign_agreement(
    *, version: Version, digest: str, by: Membership, title: str, confirmation: Confirmation, at: datetime | None = None
) -> Signature:
    """Sign an agreement; when the last party signs, it is in force, public and in the register."""
    at = at or clock.now()
    signature = signing.sign(version=version, digest=digest, by=by, title=title, confirmation=confirmation, at=at)
    _act_when_in_force(version, by, at)
    return signature


@transaction.atomic
def answer_paper(
    *, paper: Paper, is_right: bool, by: Membership, reason: str = "", at: datetime | None = None
) -> list[Signature]:
    """Say whether an agreement signed by hand is right. When all have signed, it is in force as by any signature."""
    at = at or clock.now()
    signatures_made = signing.answer_paper(paper=paper, is_right=is_right, by=by, reason=reason, at=at)
    _act_when_in_force(paper.version, by, at)
    return signatures_made


def _act_when_in_force(version: Version, by: Membership, at: datetime) -> None:
    if current := signatures.came_in_force(version):
        signing.publish_in_force(
            kind=DOCUMENT_KIND,
            subject=Agreement.objects.get(document=version.document),
            scope=queries.agreements.SCOPE,
            version=current,
            verb="plans.agreement_in_force",
            by=by,
            at=at,
        )


@transaction.atomic
def terminate(
    *, agreement: Agreement, by: Membership, reason: str, last_day: date, at: datetime | None = None
) -> Termination:
    """Declare for one's own organisation that the agreement in force ends early, on a day and for a reason.

    It is that party's own word, shown as such; what all have signed stays as it is. Together the parties end an
    agreement early by signing a new version with a shorter period.
    """
    at = at or clock.now()
    rules.must(by, "signing.decide", partnership=agreement.partnership, at=at)
    version = signatures.in_force(agreement.document, at)
    if version is None or not version.required.filter(organisation=by.organisation).exists():
        raise DomainError("Det finns ingen överenskommelse i kraft att säga upp. Inget är ändrat.")
    words = content.AgreementText.from_content(signatures.content(version))
    if not reason.strip():
        raise DomainError("Skriv varför överenskommelsen sägs upp. Skälet visas offentligt. Inget är ändrat.")
    if not clock.day_of(at) <= last_day < words.ends:
        raise DomainError(
            f"Sista dagen ska ligga från i dag till före {clock.in_words(words.ends)}, då den ändå går ut. "
            "Inget är ändrat."
        )
    guard.refuse_identifying({"reason": reason})
    try:
        with transaction.atomic():
            declared = Termination.objects.create(
                agreement=agreement,
                version=version,
                organisation=by.organisation,
                role=by.title or by.get_role_display(),
                reason=reason.strip(),
                last_day=last_day,
                declared_at=at,
            )
    except IntegrityError as fault:
        raise DomainError(f"{by.organisation} har redan sagt upp överenskommelsen. Inget är ändrat.") from fault
    _publish_termination(declared, by, at)
    return declared


def _publish_termination(declared: Termination, by: Membership, at: datetime) -> None:
    told = {
        "organisation": by.organisation.public_id,
        "name": by.organisation.name,
        "reason": declared.reason,
        "last_day": declared.last_day.isoformat(),
        "declared_at": utc_text(at),
        "version": declared.version.number,
    }
    agreement = declared.agreement
    register.append(
        kind=TERMINATED,
        subject=agreement.public_id,
        parts={"termination": canonical_bytes(told).decode()},
        at=at,
        once_key=f"{TERMINATED}:{agreement.public_id}:{declared.version.number}:{by.organisation.public_id}",
    )
    journal.record(
        verb="plans.agreement_terminated",
        subject=agreement,
        by=by,
        at=at,
        data={"version": declared.version.number, "last_day": told["last_day"]},
    )


def _write(agreement: Agreement, starts: date, ends: date, words: dict[str, Any]) -> None:
    if ends < starts:
        raise DomainError("Slutdatumet ligger före startdatumet. Inget är sparat.")
    agreement.starts, agreement.ends = starts, ends
    for name, value in words.items():
        if name not in WORDS:
            raise ValueError(f"an agreement has no {name!r}")
        setattr(agreement, name, value)
    if not content.words_of(agreement).focus:
        raise DomainError("Skriv minst ett fokusområde, ett på varje rad. Inget är sparat.")
    agreement.save()

"""Proposing, deciding and signing. The verbs of the steps above call these and then act on "in force"."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.places import actions as places
from loftet.domain.register import actions as register
from loftet.domain.signing import decisions, guard, queries
from loftet.domain.signing.canonical import digest_of, freeze
from loftet.domain.signing.confirmation import Confirmation
from loftet.domain.signing.models import (
    Comment,
    Decision,
    DecisionStep,
    Document,
    RequiredParty,
    Sharing,
    Signature,
    Version,
)
from loftet.domain.signing.rules import must_see


def open_document(
    *, kind: str, partnership: Partnership, drafted_by: Organisation | None = None, at: datetime | None = None
) -> Document:
    """Start a document that the partnership will sign. Called inside the owner's transaction.

    With `drafted_by` the draft is that organisation's own until it is shared for comments or put forward.
    """
    return Document.objects.create(
        kind=kind, partnership=partnership, drafted_by=drafted_by, created_at=at or clock.now()
    )


@transaction.atomic
def share(*, document: Document, by: Membership, at: datetime | None = None) -> Sharing:
    """Show a draft to the other parties for comments. It cannot be taken back."""
    lock(document)
    at = at or clock.now()
    rules.must(by, "signing.propose", partnership=document.partnership, at=at)
    must_see(by, document)
    if document.sharings.exists() or document.versions.exists():
        raise DomainError("Den andra parten ser redan texten. Inget är ändrat.")
    sharing = Sharing.objects.create(document=document, organisation=by.organisation, role=_role(by), shared_at=at)
    journal.record(verb="signing.shared", subject=document, by=by, at=at)
    return sharing


@transaction.atomic
def comment(*, document: Document, by: Membership, text: str, at: datetime | None = None) -> Comment:
    """Write a note on a draft, for the other parties to read. A note stands as it was written."""
    at = at or clock.now()
    if not rules.may(by, "signing.decide", partnership=document.partnership, at=at):
        rules.must(by, "signing.propose", partnership=document.partnership, at=at)
    must_see(by, document)
    if not text.strip():
        raise DomainError("Skriv något innan du sparar. Inget är sparat.")
    guard.refuse_identifying({"comment": text})
    made = Comment.objects.create(
        document=document, organisation=by.organisation, role=_role(by), text=text.strip(), commented_at=at
    )
    journal.record(verb="signing.commented", subject=document, by=by, at=at)
    return made


@transaction.atomic
def propose(*, document: Document, content: dict[str, Any], by: Membership, at: datetime | None = None) -> Version:
    """Freeze the content as a new version for both to sign. Raises `DomainError` while another one waits."""
    # The moment is read after the wait for the lock, or a signature that came meanwhile would lie in the future.
    lock(document)
    at = at or clock.now()
    rules.must(by, "signing.propose", partnership=document.partnership, at=at)
    rules.must_not_be_over(document.partnership, at)
    if queries.open_version(document):
        raise DomainError(
            "Ett förslag väntar redan på underskrift. Skicka tillbaka det innan ni lägger fram ett nytt. "
            "Utkastet är kvar."
        )
    text, digest = freeze(content)
    current = queries.in_force(document, at)
    if current and current.digest == digest:
        raise DomainError(
            "Förslaget är likadant som det som redan gäller. Ändra något innan ni lägger fram det. Utkastet är kvar."
        )
    newest = document.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(
        document=document, number=newest + 1, content=text, digest=digest, proposed_at=at, proposed_by=by.organisation
    )
    for party in parties.signing_parties(document.partnership, at):
        RequiredParty.objects.create(version=version, organisation=party)
    journal.record(
        verb="signing.proposed", subject=document, by=by, at=at, data={"version": version.number, "digest": digest}
    )
    return version


@transaction.atomic
def approve(
    *,
    version: Version,
    by: Membership,
    body: str,
    decided_on: date,
    paragraph: str = "",
    diary_number: str = "",
    authority: str = "",
    is_delegated: bool = False,
    countersigned_by: str = "",
    at: datetime | None = None,
) -> Decision:
    """Record that a party has decided for the proposal: which body, when, on what authority."""
    at = at or clock.now()
    rules.must(by, "signing.decide", partnership=unless_named(version, by), at=at)
    lock(version.document)
    must_wait(version)
    if decided_on > clock.day_of(at):
        raise DomainError("Beslutsdatumet ligger i framtiden. Kontrollera datumet. Inget är sparat.")
    decision = Decision.objects.create(
        version=version,
        organisation=by.organisation,
        outcome=Decision.Outcome.APPROVED,
        body=body,
        decided_on=decided_on,
        paragraph=paragraph,
        diary_number=diary_number,
        authority=authority,
        is_delegated=is_delegated,
        countersigned_by=countersigned_by,
        recorded_at=at,
    )
    journal.record(verb="signing.approved", subject=version.document, by=by, at=at, data={"version": version.number})
    return decision


@transaction.atomic
def record_step(*, decision: Decision, kind: str, on: date, by: Membership, at: datetime | None = None) -> DecisionStep:
    """Record on which day the minutes of one's own decision were announced, or it was reported to the board.

    Raises `DomainError` for a day in the future or before the decision, and for a step that is recorded already.
    """
    at = at or clock.now()
    partnership = unless_named(decision.version, by)
    if not rules.may(by, "signing.decide", partnership=partnership, at=at):
        rules.must(by, "signing.propose", partnership=partnership, at=at)
    if decision.organisation_id != by.organisation_id:
        raise DomainError("Det är den andra partens beslut. Inget är sparat.")
    if kind not in decisions.lacks(decision):
        raise DomainError("Det är redan infört, eller gäller inte det här beslutet. Inget är sparat.")
    if not decision.decided_on <= on <= clock.day_of(at):
        raise DomainError("Dagen ligger före beslutet eller i framtiden. Kontrollera datumet. Inget är sparat.")
    try:
        with transaction.atomic():
            step = DecisionStep.objects.create(decision=decision, kind=kind, on=on, recorded_at=at)
    except IntegrityError as fault:
        raise DomainError("Det är redan infört. Inget är ändrat.") from fault
    journal.record(
        verb=f"signing.decision_{kind}",
        subject=decision.version.document,
        by=by,
        at=at,
        data={"version": decision.version.number, "on": on.isoformat()},
    )
    return step


@transaction.atomic
def send_back(*, version: Version, by: Membership, reason: str, at: datetime | None = None) -> Decision:
    """End a proposal with a reason: a signatory sends it back or a coordinator takes it back, for good."""
    at = at or clock.now()
    partnership = unless_named(version, by)
    if not rules.may(by, "signing.decide", partnership=partnership, at=at):
        rules.must(by, "signing.propose", partnership=partnership, at=at)
    lock(version.document)
    must_wait(version)
    if not reason.strip():
        raise DomainError(
            "Skriv varför förslaget skickas tillbaka, så att den andra parten vet vad som behöver ändras."
        )
    decision = Decision.objects.create(
        version=version,
        organisation=by.organisation,
        outcome=Decision.Outcome.SENT_BACK,
        body=by.title or by.get_role_display(),
        decided_on=clock.day_of(at),
        reason=reason.strip(),
        recorded_at=at,
    )
    journal.record(verb="signing.sent_back", subject=version.document, by=by, at=at, data={"version": version.number})
    return decision


@transaction.atomic
def sign(
    *, version: Version, digest: str, by: Membership, title: str, confirmation: Confirmation, at: datetime | None = None
) -> Signature:
    """Sign for one's organisation, on exactly the words behind `digest`.

    `confirmation` is when and how the signatory last proved who they are. Raises `DomainError` if the words are not
    those, the confirmation is old or by password alone, the proposal no longer waits, or the organisation has signed.
    """
    at = at or clock.now()
    rules.must(by, "signing.sign", partnership=unless_named(version, by), at=at)
    lock(version.document)
    must_wait(version)
    if not version.required.filter(organisation=by.organisation).exists():
        raise DomainError(f"{by.organisation} är inte part i det här dokumentet. Inget är undertecknat.")
    if digest != version.digest or digest_of(version.content) != version.digest:
        raise DomainError("Texten har ändrats sedan du läste den. Inget är undertecknat. Läs den nya texten först.")
    if by.person.is_role_account:
        raise DomainError("Ett funktionskonto kan inte skriva under, för ingen vet vem som gjorde det.")
    if not (confirmation.is_enough and confirmation.holds_for(by.organisation)):
        raise DomainError("Att skriva under kräver inloggning i två steg. Inget är undertecknat.")
    if not confirmation.is_recent(at):
        raise DomainError("Bekräfta vem du är igen innan du skriver under. Inget är undertecknat.")
    if not title.strip():
        raise DomainError("Ange din funktion, till exempel kommunstyrelsens ordförande. Inget är undertecknat.")
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                version=version,
                organisation=by.organisation,
                digest=digest,
                person=by.person,
                name=by.person.name,
                title=title.strip(),
                signed_at=at,
            )
    except IntegrityError as fault:
        raise DomainError(f"{by.organisation} har redan undertecknat den här texten.") from fault
    journal.record(
        verb="signing.signed",
        subject=version.document,
        by=by,
        at=at,
        data={"version": version.number, "digest": digest},
    )
    return signature


def publish_in_force(
    *,
    kind: str,
    subject: Any,
    scope: str,
    version: Version,
    verb: str,
    by: Membership,
    at: datetime,
    **parts: str,
) -> None:
    """What every kind of document needs when the last party has signed: addresses, a register entry and its event.

    `scope` names the address's folder, `verb` the event, `parts` what the register keeps besides words and signatures.
    Called by the owner's verb, inside its transaction.
    """
    for municipality in version.document.partnership.municipalities.all():
        places.claim_slug(
            scope=f"{scope}:{municipality.code}",
            wanted=queries.content(version)["title"],
            subject_kind=kind,
            subject=subject.public_id,
            at=at,
        )
    register.append(
        kind=f"{kind}.in_force",
        subject=subject.public_id,
        parts={"content": version.content, "signatures": queries.signatures_text(version), **parts},
        at=at,
        once_key=f"{kind}.in_force:{subject.public_id}:{version.number}",
    )
    journal.record(verb=verb, subject=subject, by=by, at=at, data={"version": version.number})


def _role(hat: Membership) -> str:
    """How a note or a sharing names who did it: by function, never by name."""
    return hat.title or hat.get_role_display()


def lock(document: Document) -> None:
    """Hold the document until the transaction ends."""
    # One signer, proposer or decider at a time for one document. SQLite has one writer anyway.
    Document.objects.select_for_update().get(pk=document.pk)


def unless_named(version: Version, by: Membership) -> Partnership | None:
    """The partnership to ask about, or None for a party that the version names: it keeps its say if it has left."""
    return None if queries.is_named(version, by.organisation) else version.document.partnership


def must_wait(version: Version) -> None:
    """Raise `DomainError` unless the version still waits for signatures."""
    waiting = queries.open_version(version.document)
    if waiting is None or waiting.pk != version.pk:
        raise DomainError("Det här förslaget väntar inte längre på underskrift. Läs det som gäller nu.")

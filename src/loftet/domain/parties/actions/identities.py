"""An organisation's own sign-in: adding it, ending it, and knowing its people by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import queries, rules
from loftet.domain.parties.models import Identity, IdentityProvider, Organisation
from loftet.domain.people import queries as people
from loftet.domain.people.models import Person

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
NOT_KNOWN = (
    "Det finns inget konto här för adressen som din organisation skickade med. Inget är ändrat. Be den som sköter "
    "uppdragen i din organisation om ett uppdrag."
)
NOT_ITS_OWN = (
    "Kontot kan inte loggas in genom {organisation}, för det har uppdrag i någon annan organisation eller sköter hela "
    "installationen. Logga in med lösenord och kod i stället."
)
TIED_TO_ANOTHER = (
    "Kontot är redan kopplat till en annan användare hos {organisation}. Inget är ändrat. Den som driver "
    "installationen kan lossa kopplingen."
)


@transaction.atomic
def add_identity_provider(
    *,
    organisation: Organisation,
    issuer: str,
    client_id: str,
    accepted_levels: Sequence[str] = (),
    at: datetime | None = None,
) -> IdentityProvider:
    """Let an organisation's people sign in by its own sign-in. The operator does this, with the organisation.

    `accepted_levels` are the values of `acr` that are good enough to sign on; without any one signs by an app.
    """
    issuer, client_id = issuer.strip(), client_id.strip()
    where = urlsplit(issuer)
    if not (where.scheme == "https" and where.hostname) and where.hostname not in LOOPBACK:
        raise DomainError("Utfärdaren ska vara en adress som börjar med https://. Inget är sparat.")
    if where.query or where.fragment or not client_id:
        raise DomainError("Ange utfärdaren utan ? och #, och klientens namn hos den. Inget är sparat.")
    levels = sorted({level.strip() for level in accepted_levels if level.strip()})
    try:
        with transaction.atomic():
            provider = IdentityProvider.objects.create(
                organisation=organisation,
                issuer=issuer,
                client_id=client_id,
                accepted_levels=levels,
                added_at=at or clock.now(),
            )
    except IntegrityError:
        raise DomainError(f"{organisation} har redan den inloggningen. Inget är ändrat.") from None
    journal.record(verb="parties.identity_provider_added", subject=organisation, data={"issuer": issuer}, at=at)
    return provider


@transaction.atomic
def end_identity_provider(*, provider: IdentityProvider, at: datetime | None = None) -> None:
    """Let nobody more in by it. Those who are signed in stay so until they sign out or their session ends."""
    found = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
    if found.ended_at is not None:
        raise DomainError("Inloggningen är redan avslutad. Inget är ändrat.")
    found.ended_at = at or clock.now()
    found.save(update_fields=["ended_at"])
    journal.record(verb="parties.identity_provider_ended", subject=found.organisation, data={}, at=at)


@transaction.atomic
def recognise(
    *,
    provider: IdentityProvider,
    subject: str,
    email: str,
    is_address_doubted: bool = False,
    at: datetime | None = None,
) -> Person:
    """Return whose account it is that an organisation's sign-in vouches for, and remember them by their subject.

    The first time the e-mail address tells, unless the provider itself doubts it. Raises `DomainError` for one who has
    no account, or has business outside the organisation: it may vouch for its own people and nobody else's.
    """
    at = at or clock.now()
    tied = Identity.objects.select_related("person").filter(provider=provider, subject=subject).first()
    person = tied.person if tied else people.by_email(email.strip()) if email.strip() else None
    if person is None or not person.is_active or (tied is None and is_address_doubted):
        raise DomainError(NOT_KNOWN)
    if not queries.hats(person, at):
        raise DomainError(rules.NO_HAT)
    if not rules.may_vouch_for(provider.organisation, person, at):
        raise DomainError(NOT_ITS_OWN.format(organisation=provider.organisation))
    if tied is None:
        try:
            with transaction.atomic():
                Identity.objects.create(provider=provider, person=person, subject=subject, tied_at=at)
        except IntegrityError:
            raise DomainError(TIED_TO_ANOTHER.format(organisation=provider.organisation)) from None
        journal.record(
            verb="parties.identity_tied", subject=person, data={"organisation": provider.organisation.name}, at=at
        )
    return person


@transaction.atomic
def untie(*, person: Person, at: datetime | None = None) -> int:
    """Forget by what names organisations' sign-ins know a person, and return how many there were."""
    count, _by_kind = Identity.objects.filter(person=person).delete()
    if count:
        journal.record(verb="parties.identity_untied", subject=person, data={}, at=at)
    return count

"""Reminding the coordinators before an agreement runs out. The clock's verb."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError

from loftet.domain.base import clock
from loftet.domain.parties import queries as parties
from loftet.domain.parties.models import Membership
from loftet.domain.plans.content import AgreementText
from loftet.domain.plans.models import Agreement, Reminder
from loftet.domain.plans.queries.agreements import all_public_agreements, terminations_of
from loftet.domain.plans.status import due_reminder, standing
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version

PERMISSION = "signing.propose"


def send_reminders(at: datetime | None = None) -> int:
    """Write to the coordinators of all parties 90, 30 and 7 days before an agreement runs out; return how many mails.

    Each person gets each reminder once: the row is written when the mail has gone. A mail that could not be sent is
    tried again at the next tick, and its error is raised when the others have gone.
    """
    at = at or clock.now()
    sent, failed = 0, None
    for agreement, version in all_public_agreements(at):
        for hat, days in _waiting(agreement, version, at):
            try:
                sent += _remind(agreement, version, hat, days, at)
            except OSError as error:  # the mail server is down or says no: smtplib's errors are OSErrors
                failed = error
    if failed:
        raise failed
    return sent


def _waiting(agreement: Agreement, version: Version, at: datetime) -> list[tuple[Membership, int]]:
    """Who is to be reminded now, and of how many days."""
    words = AgreementText.from_content(signing.content(version))
    stands = standing(words.starts, words.ends, terminations_of(agreement, version, at), clock.day_of(at))
    days = None if stands.is_over else due_reminder(stands.last_day, clock.day_of(at))
    if days is None:
        return []
    reminded = set(Reminder.objects.filter(version=version, days=days).values_list("person_id", flat=True))
    hats = parties.holders(agreement.partnership, PERMISSION, at)
    return [(hat, days) for hat in hats if hat.person_id not in reminded]


def _remind(agreement: Agreement, version: Version, hat: Membership, days: int, at: datetime) -> int:
    # The mail goes first: no transaction waits for a mail server. After a crash in between the same mail goes again,
    # with the same Message-ID, so that a mail program shows it once.
    _mail(agreement, version, hat, days, at).send()
    try:
        Reminder.objects.create(version=version, person=hat.person, days=days, sent_at=at)
    except IntegrityError:
        return 0
    return 1


def _mail(agreement: Agreement, version: Version, hat: Membership, days: int, at: datetime) -> EmailMessage:
    words = AgreementText.from_content(signing.content(version))
    stands = standing(words.starts, words.ends, terminations_of(agreement, version, at), clock.day_of(at))
    last_day = clock.in_words(stands.last_day)
    base = settings.LOFTET_BASE_URL.rstrip("/")
    domain = base.partition("//")[2].partition(":")[0].partition("/")[0]
    text = (
        f"Hej!\n\nSamverkansöverenskommelsen ”{words.title}” gäller till och med {last_day}.\n\n"
        "Vill ni fortsätta kan ni ändra perioden och lägga fram en ny version på skrivbordet. "
        f"Den gäller när alla parter har skrivit under.\n\nÖverenskommelsen: {base}/id/{agreement.public_id}\n"
        f"Skrivbordet: {base}/skrivbord/\n\n"
        f"Du får mejlet för att du är {hat.title or hat.get_role_display()} för {hat.organisation.name}.\n"
    )
    key = f"<agreement-{agreement.public_id}-{version.number}-{days}-{hat.person.public_id}@{domain}>"
    return EmailMessage(
        subject=f"Överenskommelsen går ut {last_day}",
        body=text,
        to=[hat.person.email],
        headers={"Message-ID": key},
    )

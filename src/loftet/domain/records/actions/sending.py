"""Sending things to the registrars of the parties, each on its own: one that fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.records import queries, sending
from loftet.domain.records.models import Dispatch, DispatchTry, RegistryAddress
from loftet.domain.records.tasks import send_dispatch

logger = logging.getLogger(__name__)

# The clock tries again this long after the first failure, then after twice as long, and so on: ten tries in five days.
FIRST_WAIT: Final = timedelta(minutes=15)
MOST_TRIES: Final = 10


@transaction.atomic
def set_registry_address(
    *, partnership: Partnership, email: str, by: Membership, at: datetime | None = None
) -> RegistryAddress:
    """Say where the registrar of one's own organisation takes mail; empty when there is none."""
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as fault:
        raise DomainError("Skriv e-postadressen på formen namn@exempel.se. Inget är ändrat.") from fault
    written = RegistryAddress.objects.create(organisation=by.organisation, email=email, recorded_at=at)
    journal.record(
        verb="records.registry_address_set",
        subject=by.organisation,
        by=by,
        at=at,
        within=partnership,
        data={"to": email},
    )
    return written


@transaction.atomic
def send_to_registries(
    *,
    partnership: Partnership,
    subject: str,
    organisations: Sequence[Organisation],
    by: Membership,
    at: datetime | None = None,
) -> list[Dispatch]:
    """Send a thing as it stands to the registrars of some of its parties. It goes when this is committed.

    Each goes on its own: by mail where there is an address, otherwise into the operator's folder. Raises `DomainError`
    when a party has neither, and then nothing is sent to anyone.
    """
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    about = queries.handling(partnership, subject, at)
    if not organisations or not {one.pk for one in organisations} <= {party.pk for party in about.parties}:
        raise DomainError("Välj minst en av parterna som handlingen gäller. Inget är skickat.")
    addresses = queries.registry_addresses(organisations)
    lacking = [one.name for one in organisations if not addresses[one.pk] and not settings.LOFTET_DIARY_FOLDER]
    if lacking:
        raise DomainError(f"Det finns ingen e-postadress till registratorn hos {', '.join(lacking)}. Inget är skickat.")
    sent = [
        Dispatch.objects.create(
            subject=subject,
            document_type=about.document_type,
            organisation=one,
            asked_by=by.organisation,
            partnership=partnership,
            way=Dispatch.Way.MAIL if addresses[one.pk] else Dispatch.Way.FOLDER,
            email=addresses[one.pk],
            asked_at=at,
        )
        for one in organisations
    ]
    names = [one.name for one in organisations]
    journal.record(verb="records.sent_to_diary", subject=about.thing, by=by, at=at, data={"to": names})
    for row in sent:
        transaction.on_commit(partial(send_dispatch.enqueue, row.public_id))
    return sent


def perform_dispatch(public_id: str, at: datetime | None = None) -> bool:
    """Try to send it, and write down what came of it; return whether it has gone. A failure is stored, not raised."""
    at = at or clock.now()
    row = Dispatch.objects.select_related("organisation", "asked_by", "partnership").get(public_id=public_id)
    if row.tries.filter(failure="").exists():
        return True
    # The mail goes first: no transaction waits for a mail server, and a mail that goes twice has the same Message-ID.
    try:
        made = sending.package(row, at)
        sending.deliver(row, made)
    except sending.FAULTS as fault:
        logger.warning("dispatch %s: %s", public_id, fault)
        DispatchTry.objects.create(dispatch=row, tried_at=at, failure=sending.in_words(fault, row))
        return False
    try:
        with transaction.atomic():
            DispatchTry.objects.create(dispatch=row, tried_at=at, digest=made.digest)
    except IntegrityError:
        logger.info("dispatch %s went twice at the same time", public_id)
    return True


def send_waiting(at: datetime | None = None) -> int:
    """Try again what has not gone, after a while that doubles each time; return how many went. The clock's verb."""
    at = at or clock.now()
    waiting = [row for row in queries.unsent() if _is_due(row, at)]
    return sum(perform_dispatch(row.public_id, at) for row in waiting)


def _is_due(row: Dispatch, at: datetime) -> bool:
    tries = list(row.tries.all())
    if len(tries) >= MOST_TRIES:
        return False
    last = tries[-1].tried_at if tries else row.asked_at
    return at >= last + FIRST_WAIT * 2 ** max(len(tries) - 1, 0)

"""Where things are sent to be registered, and what has come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from loftet.domain.parties.models import Organisation
from loftet.domain.records.models import Dispatch, DispatchTry, RegistryAddress


@dataclass(frozen=True)
class Sent:
    """How far a dispatch has come: when it went, or why it has not."""

    dispatch: Dispatch
    went_at: datetime | None
    failure: str
    tries: int


def registry_addresses(organisations: Iterable[Organisation]) -> dict[int, str]:
    """Where the registrars of some organisations take mail, by primary key; empty where there is none."""
    found = {one.pk: "" for one in organisations}
    for row in RegistryAddress.objects.filter(organisation__in=found).order_by("id"):
        found[row.organisation_id] = row.email
    return found


def dispatches(subjects: Iterable[str]) -> list[Sent]:
    """Everything about some things that has been sent or is on its way, oldest first."""
    rows = Dispatch.objects.filter(subject__in=list(subjects)).select_related("organisation", "asked_by")
    return [_sent(row) for row in rows.prefetch_related("tries")]


def unsent() -> QuerySet[Dispatch]:
    """What has not gone, oldest first."""
    gone = DispatchTry.objects.filter(dispatch=OuterRef("pk"), failure="")
    return Dispatch.objects.filter(~Exists(gone)).prefetch_related("tries")


def _sent(row: Dispatch) -> Sent:
    tries = list(row.tries.all())
    went = next((one for one in tries if not one.failure), None)
    failure = tries[-1].failure if tries and went is None else ""
    return Sent(row, went.tried_at if went else None, failure, len(tries))

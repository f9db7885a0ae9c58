"""Organisations: adding them and changing what they are called."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.db import transaction

from loftet.domain.base.changes import changes
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.keeper import Actor
from loftet.domain.parties.models import Organisation
from loftet.domain.places.models import LocalPoliceArea, Municipality

LONGEST_NAME, LONGEST_SHORT_NAME = 160, 60


@transaction.atomic
def add_organisation(
    *,
    kind: str,
    name: str,
    short_name: str,
    municipality: Municipality | None = None,
    local_police_area: LocalPoliceArea | None = None,
    part_of: Organisation | None = None,
    is_example: bool = False,
    by: Actor | None = None,
    at: datetime | None = None,
) -> Organisation:
    """Add an authority or another promiser. A board names the municipality that it is `part_of`.

    By hand it is the installation's administrator who does it: see `add_board` and `add_promiser` for the rest.
    """
    if by is not None and not rules.is_keeper(by):
        raise NotAllowed(rules.REFUSAL)
    return write(
        Organisation(
            kind=kind,
            municipality=municipality,
            local_police_area=local_police_area,
            part_of=part_of,
            is_example=is_example,
        ),
        name,
        short_name,
        by,
        at,
    )


@transaction.atomic
def add_board(
    *, organisation: Organisation, name: str, short_name: str, by: Actor | None = None, at: datetime | None = None
) -> Organisation:
    """Add a board to a municipality, as an authority of its own: it may be a party, sign, and answer for data."""
    if by is not None:
        rules.must_be(rules.may_administer(by, organisation, at))
    if organisation.kind != Organisation.Kind.MUNICIPALITY:
        raise DomainError("Bara en kommun har nämnder. Inget är sparat.")
    board = Organisation(
        kind=Organisation.Kind.BOARD,
        municipality=organisation.municipality,
        part_of=organisation,
        is_example=organisation.is_example,
    )
    return write(board, name, short_name, by, at)


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, name: str, short_name: str, by: Actor, at: datetime | None = None
) -> Organisation:
    """Change what an organisation is called. What is signed keeps the name it was signed under."""
    rules.must_be(rules.may_administer(by, organisation, at))
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = {"name": found.name, "short_name": found.short_name}
    found.name, found.short_name = _names(found, name, short_name)
    found.save(update_fields=["name", "short_name"])
    journal.record(
        verb="parties.organisation_edited",
        subject=found,
        by=by,
        at=at,
        data=changes(before, {"name": found.name, "short_name": found.short_name}),
    )
    return found


def write(
    organisation: Organisation, name: str, short_name: str, by: Actor | None, at: datetime | None
) -> Organisation:
    """Save a new organisation with its names, and tell the history. Called inside a verb's transaction."""
    organisation.name, organisation.short_name = _names(organisation, name, short_name)
    organisation.save()
    journal.record(
        verb="parties.organisation_added",
        subject=organisation,
        by=by,
        at=at,
        data={"kind": organisation.kind, "name": organisation.name},
    )
    return organisation


def _names(organisation: Organisation, name: str, short_name: str) -> tuple[str, str]:
    name, short_name = (unicodedata.normalize("NFC", text).strip() for text in (name, short_name))
    if not name or not short_name:
        raise DomainError("Organisationen behöver ett namn och ett kort namn. Inget är sparat.")
    if len(name) > LONGEST_NAME or len(short_name) > LONGEST_SHORT_NAME:
        raise DomainError(
            f"Namnet får ha högst {LONGEST_NAME} tecken och det korta namnet högst {LONGEST_SHORT_NAME}. "
            "Inget är sparat. Korta det som är för långt."
        )
    # SQLite folds only the letters of English, so the names are compared here.
    others = Organisation.objects.filter(part_of=organisation.part_of).exclude(pk=organisation.pk)
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise DomainError(f"Det finns redan en organisation som heter {name}. Inget är sparat. Välj ett annat namn.")
    return name, short_name

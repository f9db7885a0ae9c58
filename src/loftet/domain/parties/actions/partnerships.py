"""Partnerships: who acts together, where, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.actions.days import must_be_later, must_follow, must_not_rewrite, told
from loftet.domain.parties.actions.organisations import write
from loftet.domain.parties.keeper import Actor
from loftet.domain.parties.models import Organisation, Partnership, PartnershipMember
from loftet.domain.places.models import Municipality

BOTH = {Organisation.Kind.MUNICIPALITY, Organisation.Kind.POLICE}


@transaction.atomic
def add_partnership(
    *,
    name: str,
    organisations: Sequence[Organisation],
    municipalities: Sequence[Municipality],
    starts: date,
    ends: date | None = None,
    not_signing: Sequence[Organisation] = (),
    by: Actor | None = None,
    at: datetime | None = None,
) -> Partnership:
    """Let organisations act together for places; a municipality's side and a police must be among those who sign."""
    if by is not None:
        rules.must_be(rules.is_keeper(by))
    if not {party.side for party in organisations if party not in not_signing} >= BOTH:
        raise DomainError(
            "Ett partnerskap behöver minst en kommun och minst en polis som undertecknar. Inget är sparat."
        )
    if not municipalities:
        raise DomainError("Välj minst en kommun som partnerskapet gäller. Inget är sparat.")
    must_follow(starts, ends)
    partnership = Partnership.objects.create(name=name, starts=starts, ends=ends)
    partnership.municipalities.set(municipalities)
    PartnershipMember.objects.bulk_create(
        PartnershipMember(partnership=partnership, organisation=party, signs=party not in not_signing, starts=starts)
        for party in organisations
    )
    journal.record(
        verb="parties.partnership_added",
        subject=partnership,
        by=by,
        at=at,
        data={"parties": [party.public_id for party in organisations], "starts": told(starts), "ends": told(ends)},
    )
    return partnership


@transaction.atomic
def join_partnership(
    *,
    partnership: Partnership,
    organisation: Organisation,
    by: Actor | None,
    signs: bool = True,
    starts: date | None = None,
    at: datetime | None = None,
) -> PartnershipMember:
    """Let an organisation be a party from a day. What was proposed before keeps the parties it was proposed to."""
    at = at or clock.now()
    starts = starts or clock.day_of(at)
    if by is not None:
        rules.must_be(rules.may_cooperate(by, partnership, at))
        _must_be_near(by, organisation, partnership)
    partnership = _locked(partnership)
    rules.must_not_be_over(partnership, at)
    if starts < clock.day_of(at):
        raise DomainError("Den första dagen har redan varit. Inget är sparat. Välj i dag eller en senare dag.")
    if any(not row.is_over_on(starts) for row in partnership.members.filter(organisation=organisation)):
        raise DomainError(f"{organisation} är redan med i partnerskapet. Inget är ändrat.")
    row = PartnershipMember.objects.create(
        partnership=partnership, organisation=organisation, signs=signs, starts=starts
    )
    journal.record(
        verb="parties.party_joined",
        subject=partnership,
        by=by,
        at=at,
        data={"organisation": organisation.public_id, "signs": signs, "starts": told(starts)},
    )
    return row


@transaction.atomic
def add_promiser(
    *,
    partnership: Partnership,
    name: str,
    by: Actor | None,
    signs: bool = False,
    starts: date | None = None,
    at: datetime | None = None,
) -> Organisation:
    """Add another promiser, such as a housing company, and let it be a party. It is the partnership's own town's."""
    if by is not None:
        rules.must_be(rules.may_cooperate(by, partnership, at))
    municipalities = list(partnership.municipalities.all()[:2])
    place = municipalities[0] if len(municipalities) == 1 else None
    promiser = write(Organisation(kind=Organisation.Kind.OTHER, municipality=place), name, name[:60], by, at)
    join_partnership(partnership=partnership, organisation=promiser, by=by, signs=signs, starts=starts, at=at)
    return promiser


@transaction.atomic
def leave_partnership(
    *,
    partnership: Partnership,
    organisation: Organisation,
    last_day: date,
    by: Actor | None,
    at: datetime | None = None,
) -> PartnershipMember:
    """Let a party leave after a day. It may still sign what was proposed to it, report and answer."""
    at = at or clock.now()
    if by is not None:
        rules.must_be(rules.may_take_out(by, organisation, partnership, at))
    partnership = _locked(partnership)
    today = clock.day_of(at)
    rows = list(partnership.members.select_related("organisation"))
    row = next((one for one in rows if one.organisation_id == organisation.pk and not one.is_over_on(today)), None)
    if row is None:
        raise DomainError(f"{organisation} är inte med i partnerskapet. Inget är ändrat.")
    must_follow(row.starts, last_day)
    must_not_rewrite(last_day, today)
    before, row.ends = row.ends, last_day
    _must_have_both(partnership, rows, from_day=today)
    row.save(update_fields=["ends"])
    journal.record(
        verb="parties.party_left",
        subject=partnership,
        by=by,
        at=at,
        data={"organisation": organisation.public_id, "before": told(before), "after": told(last_day)},
    )
    return row


@transaction.atomic
def end_partnership(
    *, partnership: Partnership, last_day: date, by: Actor | None, at: datetime | None = None
) -> Partnership:
    """Say when a partnership ends. What is in force stays in force, and is reported on and answered afterwards too."""
    at = at or clock.now()
    if by is not None:
        rules.must_be(rules.may_cooperate(by, partnership, at))
    partnership = _locked(partnership)
    must_follow(partnership.starts, last_day)
    if last_day < clock.day_of(at):
        raise DomainError("Ett partnerskap kan tidigast sluta i dag. Inget är ändrat. Välj en senare dag.")
    if partnership.ends is not None and last_day >= partnership.ends:
        raise DomainError(
            f"Partnerskapet slutar redan den {clock.in_words(partnership.ends)}. Inget är ändrat. "
            "Förläng det om det ska sluta senare."
        )
    return _set_end(partnership, last_day, "parties.partnership_ended", by, at)


@transaction.atomic
def prolong_partnership(
    *, partnership: Partnership, last_day: date | None, by: Actor | None, at: datetime | None = None
) -> Partnership:
    """Let a partnership go on to a later day, or until somebody ends it. One that has ended may begin again so."""
    at = at or clock.now()
    if by is not None:
        rules.must_be(rules.may_cooperate(by, partnership, at))
    partnership = _locked(partnership)
    must_be_later(partnership, last_day)
    _must_have_both(
        partnership, list(partnership.members.select_related("organisation")), from_day=clock.day_of(at), until=last_day
    )
    return _set_end(partnership, last_day, "parties.partnership_prolonged", by, at)


def _set_end(partnership: Partnership, last_day: date | None, verb: str, by: Actor | None, at: datetime) -> Partnership:
    before, partnership.ends = partnership.ends, last_day
    partnership.save(update_fields=["ends"])
    journal.record(verb=verb, subject=partnership, by=by, at=at, data={"before": told(before), "after": told(last_day)})
    return partnership


def _locked(partnership: Partnership) -> Partnership:
    # One change at a time, or two who leave at once could each believe that the other stays.
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def _must_be_near(by: Actor, organisation: Organisation, partnership: Partnership) -> None:
    """A party may bring its board or another promiser. That an authority elsewhere joins is not for others to say."""
    is_own = isinstance(by.organisation, Organisation) and rules.answers_for(by.organisation, organisation)
    members = {row.organisation_id for row in partnership.members.all()}
    is_board_here = organisation.part_of_id in members
    if not (rules.is_keeper(by) or is_own or is_board_here or organisation.kind == Organisation.Kind.OTHER):
        raise DomainError(
            f"{organisation} är en myndighet som inte hör till någon av parterna. Inget är ändrat. "
            "Be installationens administratör lägga till den."
        )


def _must_have_both(
    partnership: Partnership, rows: Iterable[PartnershipMember], *, from_day: date, until: date | None = None
) -> None:
    """Raise `DomainError` if on any day to come no municipality's side or no police would be left who signs."""
    rows = [row for row in rows if row.signs]
    last = until or partnership.ends
    turns = {from_day, *(row.starts for row in rows), *(row.ends + timedelta(days=1) for row in rows if row.ends)}
    for day in sorted(day for day in turns if day >= from_day and (last is None or day <= last)):
        sides = {row.organisation.side for row in rows if row.runs_on(day)}
        if not sides >= BOTH:
            gone = "kommun" if Organisation.Kind.MUNICIPALITY not in sides else "polis"
            raise DomainError(
                f"Från den {clock.in_words(day)} skulle ingen {gone} som undertecknar vara kvar i partnerskapet. "
                "Inget är ändrat. Låt en annan gå med först, eller avsluta partnerskapet."
            )

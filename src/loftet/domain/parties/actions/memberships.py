"""Hats: who acts for an organisation, in which role, from when to when. A role is never changed into another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import queries, rules
from loftet.domain.parties.actions.days import must_be_later, must_follow, must_not_rewrite, told
from loftet.domain.parties.keeper import Actor
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.parties.roles import BY_KEY
from loftet.domain.people import actions as accounts
from loftet.domain.people import queries as staff

LONGEST_TITLE = 120


@transaction.atomic
def add_membership(
    *,
    person,
    organisation: Organisation,
    role: str,
    starts: date | None = None,
    ends: date | None = None,
    title: str = "",
    by: Actor | None = None,
    at: datetime | None = None,
) -> Membership:
    """Give a person a hat. Nobody gives one to themselves, and nobody wears the same one twice at a time."""
    at = at or clock.now()
    starts = starts or clock.day_of(at)
    if by is not None:
        rules.must_be(rules.may_administer(by, organisation, at))
        _must_be_given(person, starts, by, at)
    _lock(organisation)
    _must_fit(person, organisation, role, title)
    must_follow(starts, ends)
    hat = Membership(person=person, organisation=organisation, role=role, title=title.strip(), starts=starts, ends=ends)
    _must_not_overlap(hat)
    hat.save()
    _tell("parties.membership_added", hat, by, at, {"starts": told(starts), "ends": told(ends)})
    return hat


@transaction.atomic
def add_colleague(
    *,
    organisation: Organisation,
    email: str,
    role: str,
    by: Actor,
    name: str = "",
    is_role_account: bool = False,
    starts: date | None = None,
    ends: date | None = None,
    title: str = "",
    at: datetime | None = None,
) -> tuple[Membership, str]:
    """Give a hat to whoever has an account with an address, or invite them to one.

    Returns the hat and the secret of the invitation's link, to be sent in a letter; "" for one who needs none.
    """
    at = at or clock.now()
    rules.must_be(rules.may_administer(by, organisation, at))
    person = staff.by_email(email.strip())
    token = ""
    if person is None or not person.is_in_use:
        if person is not None:
            # Who invited first said what the account is: another organisation only sends a new letter.
            name, is_role_account = person.name, person.is_role_account
        elif not name.strip():
            raise DomainError(
                f"Det finns inget konto för {email.strip()}. Inget är sparat. "
                "Skriv också personens namn, så skickar vi en inbjudan."
            )
        person, token = accounts.invite_person(email=email, name=name, is_role_account=is_role_account, by=by, at=at)
    hat = add_membership(
        person=person, organisation=organisation, role=role, starts=starts, ends=ends, title=title, by=by, at=at
    )
    return hat, token


@transaction.atomic
def invite_again(*, person, organisation: Organisation, by: Actor, at: datetime | None = None) -> str:
    """Make a new link for a colleague who has not taken the account into use; return its secret."""
    at = at or clock.now()
    rules.must_be(rules.may_administer(by, organisation, at))
    rules.must_be(any(hat.person_id == person.pk for hat in queries.members_of(organisation)))
    _person, token = accounts.invite_person(
        email=person.email, name=person.name, is_role_account=person.is_role_account, by=by, at=at
    )
    return token


@transaction.atomic
def end_membership(*, membership: Membership, last_day: date, by: Actor, at: datetime | None = None) -> Membership:
    """Say which day is a hat's last. The earliest is yesterday, for one who may do nothing more from now on."""
    at = at or clock.now()
    hat = _fresh(membership, by, at)
    must_follow(hat.starts, last_day)
    must_not_rewrite(last_day, clock.day_of(at))
    if hat.ends is not None and last_day >= hat.ends:
        raise DomainError(
            f"Uppdraget slutar redan den {clock.in_words(hat.ends)}. Inget är ändrat. "
            "Förläng det om det ska sluta senare."
        )
    return _set_end(hat, last_day, "parties.membership_ended", by, at)


@transaction.atomic
def prolong_membership(
    *, membership: Membership, last_day: date | None, by: Actor, at: datetime | None = None
) -> Membership:
    """Let a hat be worn to a later day, or until it is ended. One that has ended stays so: give a new one."""
    at = at or clock.now()
    hat = _fresh(membership, by, at)
    if hat.is_over_on(clock.day_of(at)):
        raise DomainError("Uppdraget har redan slutat. Inget är ändrat. Ge ett nytt uppdrag från och med i dag.")
    rules.must_be(by.person != hat.person)
    must_be_later(hat, last_day)
    hat.ends, before = last_day, hat.ends
    _must_not_overlap(hat)
    hat.ends = before
    return _set_end(hat, last_day, "parties.membership_prolonged", by, at)


@transaction.atomic
def withdraw_membership(*, membership: Membership, by: Actor, at: datetime | None = None) -> None:
    """Take back a hat that nobody has worn yet. What has begun is ended instead, and stays to be seen."""
    at = at or clock.now()
    hat = _fresh(membership, by, at)
    if hat.starts <= clock.day_of(at):
        raise DomainError("Uppdraget har börjat och kan inte tas tillbaka. Inget är ändrat. Avsluta det i stället.")
    _tell("parties.membership_withdrawn", hat, by, at, {"starts": told(hat.starts), "ends": told(hat.ends)})
    hat.delete()


def _fresh(membership: Membership, by: Actor, at: datetime) -> Membership:
    """The membership as it is now, kept from others until the transaction ends; with the permission to change it."""
    rules.must_be(rules.may_administer(by, membership.organisation, at))
    _lock(membership.organisation)
    return Membership.objects.select_related("person", "organisation").get(pk=membership.pk)


def _set_end(hat: Membership, last_day: date | None, verb: str, by: Actor, at: datetime) -> Membership:
    before, hat.ends = hat.ends, last_day
    hat.save(update_fields=["ends"])
    _tell(verb, hat, by, at, {"starts": told(hat.starts), "before": told(before), "after": told(last_day)})
    return hat


def _tell(verb: str, hat: Membership, by: Actor | None, at: datetime, days: dict[str, str | None]) -> None:
    journal.record(
        verb=verb,
        subject=hat.person,
        by=by,
        at=at,
        data={"organisation": hat.organisation.public_id, "role": hat.role, **days},
    )


def _lock(organisation: Organisation) -> None:
    # One at a time among an organisation's people, so that two cannot give the same hat at once.
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _must_be_given(person, starts: date, by: Actor, at: datetime) -> None:
    if by.person == person:
        raise DomainError("Du kan inte ge dig själv ett uppdrag. Inget är sparat. Be en kollega som får göra det.")
    if starts < clock.day_of(at):
        raise DomainError("Den första dagen har redan varit. Inget är sparat. Välj i dag eller en senare dag.")


def _must_fit(person, organisation: Organisation, role: str, title: str) -> None:
    if role not in BY_KEY:
        raise DomainError("Välj en roll i listan. Inget är sparat.")
    if not rules.fits(role, organisation):
        raise DomainError(f"Rollen {BY_KEY[role].name} finns inte hos {organisation}. Inget är sparat. Välj en annan.")
    if person.is_role_account and not BY_KEY[role].may_be_shared:
        raise DomainError(
            f"{person} är ett konto som flera delar. Den som är {BY_KEY[role].name} behöver ett eget konto, "
            "så att alla vet vem det var. Inget är sparat."
        )
    if len(title.strip()) > LONGEST_TITLE:
        raise DomainError(f"Funktionen får ha högst {LONGEST_TITLE} tecken. Inget är sparat. Korta den.")


def _must_not_overlap(hat: Membership) -> None:
    same = Membership.objects.filter(person=hat.person, organisation=hat.organisation, role=hat.role)
    for other in same.exclude(pk=hat.pk):
        begins_after = hat.ends is not None and hat.ends < other.starts
        if not begins_after and not other.is_over_on(hat.starts):
            until = "tills vidare" if other.ends is None else f"till och med {clock.in_words(other.ends)}"
            raise DomainError(
                f"{hat.person} är redan {BY_KEY[hat.role].name} hos {hat.organisation} "
                f"från och med {clock.in_words(other.starts)}, {until}. Inget är ändrat."
            )

"""Invitations: a link that is used once, expires, and is replaced by a newer one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import queries as journal
from loftet.domain.people import actions, queries
from loftet.domain.people.models import Invitation, Person

GOOD = "en-riktigt-lang-losenfras"
ADDRESS = "ny@kommun.example"


def invite(**words):
    return actions.invite_person(**({"email": ADDRESS, "name": "Nya"} | words))


def test_an_account_is_taken_into_use_by_the_link_once(db):
    person, token = invite(is_role_account=True)
    assert (person.is_in_use, person.is_role_account) == (False, True)
    assert not Invitation.objects.filter(fingerprint__contains=token).exists()
    assert queries.invitation(token).state(clock.now()) == "open"
    assert actions.accept_invitation(token=token, password=GOOD) == person
    assert queries.by_email(ADDRESS).check_password(GOOD)
    with pytest.raises(DomainError, match="redan i bruk"):
        actions.accept_invitation(token=token, password="en-helt-annan-losenfras")
    assert queries.by_email(ADDRESS).check_password(GOOD)
    verbs = sorted(event.verb for event in journal.history(person.public_id))
    assert verbs == ["people.added", "people.invitation_accepted", "people.invited"]
    assert token not in str([event.data for event in journal.history(person.public_id)])


def test_a_link_lasts_seven_days_and_not_a_moment_more(db):
    now = clock.now()
    _person, token = invite(at=now)
    with pytest.raises(DomainError, match="för gammal"):
        actions.accept_invitation(token=token, password=GOOD, at=now + timedelta(days=7))
    last = now + timedelta(days=7) - timedelta(seconds=1)
    assert actions.accept_invitation(token=token, password=GOOD, at=last).is_in_use


def test_a_new_invitation_takes_the_place_of_the_old(db):
    person, old = invite()
    again, new = invite(email=ADDRESS.upper(), name="Nya igen")
    assert again == person
    assert queries.by_email(ADDRESS).name == "Nya igen"
    with pytest.raises(DomainError, match="nyare inbjudan"):
        actions.accept_invitation(token=old, password=GOOD)
    assert actions.accept_invitation(token=new, password=GOOD) == person


def test_an_account_in_use_is_not_invited(db):
    actions.add_person(email=ADDRESS, name="Gammal", password=GOOD)
    with pytest.raises(DomainError, match="finns redan ett konto"):
        invite()
    assert not Invitation.objects.exists()
    assert queries.by_email(ADDRESS).name == "Gammal"


def test_a_password_got_in_another_way_closes_the_link(db):
    person, token = invite()
    person.set_password(GOOD)
    person.save()
    with pytest.raises(DomainError, match="redan i bruk"):
        actions.accept_invitation(token=token, password="en-helt-annan-losenfras")


def test_an_account_that_is_switched_off_cannot_be_taken_into_use(db):
    person, token = invite()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(DomainError, match="Länken stämmer inte"):
        actions.accept_invitation(token=token, password=GOOD)
    with pytest.raises(DomainError, match="finns redan"):
        invite()


@pytest.mark.parametrize(("token", "words"), [("", "Länken stämmer inte"), ("x" * 43, "hela adressen")])
def test_an_unknown_link_says_what_to_do(db, token, words):
    with pytest.raises(DomainError, match=words):
        actions.accept_invitation(token=token, password=GOOD)


def test_a_weak_password_is_refused_and_the_link_still_holds(db):
    _person, token = invite()
    with pytest.raises(DomainError, match="Länken gäller fortfarande"):
        actions.accept_invitation(token=token, password="password1234")
    assert actions.accept_invitation(token=token, password=GOOD).is_in_use


@pytest.mark.parametrize("words", [{"email": "ingen adress"}, {"name": " "}])
def test_a_bad_address_or_no_name_invites_nobody(db, words):
    with pytest.raises(DomainError):
        invite(**words)
    assert not Person.objects.exists()


def test_the_database_holds_one_open_invitation_a_person(db):
    person, _token = invite()
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(person=person, fingerprint="a", made_at=now, expires_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            person=person, fingerprint="b", made_at=now, expires_at=now, used_at=now, replaced_at=now
        )

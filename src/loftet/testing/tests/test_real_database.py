"""Tests with real commits work on a copy of the database, and the usual one is left as it was."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from loftet.domain.base import protection
from loftet.domain.journal.models import Event
from loftet.domain.people import actions as people
from loftet.domain.people.models import Person
from loftet.domain.places import actions as places
from loftet.domain.places.models import Slug


def add_someone(number: int = 1) -> Person:
    return people.add_person(email=f"prov{number}@example.org", name="Prov", password="ett-losenord-i-prov")


def test_what_one_thread_commits_another_sees(real_database):
    add_someone()
    assert real_database.together(Person.objects.count, Person.objects.count) == [1, 1]


def test_calls_run_at_the_same_time(real_database):
    meeting = threading.Barrier(2, timeout=10)
    assert real_database.together(meeting.wait, meeting.wait) in ([0, 1], [1, 0])


def test_what_a_call_raises_is_told(real_database):
    add_someone()
    _, refusal = real_database.together(Person.objects.count, lambda: add_someone())
    assert isinstance(refusal, Exception)


def test_two_claims_of_one_address_at_once_get_one_each(real_database):
    def claim(subject):
        return lambda: places.claim_slug(
            scope="prov", wanted="Trygg i centrum", subject_kind="dialogue", subject=subject
        )

    got = real_database.together(claim("a"), claim("b"), claim("c"))
    assert sorted(got) == ["trygg-i-centrum", "trygg-i-centrum-2", "trygg-i-centrum-3"]
    assert Slug.objects.filter(scope="prov").count() == 3


def test_append_only_tables_are_guarded_in_the_copy_too(real_database):
    add_someone()
    assert Event.objects.count() == 1
    assert protection.missing() == []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_event")
    assert Event.objects.count() == 1


@pytest.mark.transactional
def test_the_mark_gives_a_copy():
    assert not connection.in_atomic_block
    add_someone()


@pytest.fixture
def looked_at_afterwards(django_db_setup, django_db_blocker):
    """Asked for before the copy, so that it is torn down after it."""
    yield
    with django_db_blocker.unblock():
        assert Person.objects.count() == 0
        assert Event.objects.count() == 0


def test_the_usual_database_holds_nothing_of_it(looked_at_afterwards, real_database):
    add_someone()
    assert Person.objects.count() == Event.objects.count() == 1


def test_a_test_without_a_database_is_still_refused_one():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Person.objects.count()

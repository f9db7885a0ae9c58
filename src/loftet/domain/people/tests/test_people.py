"""Staff accounts: one for each address, with a password that holds."""

from __future__ import annotations

import pytest

from loftet.domain.base.errors import DomainError
from loftet.domain.journal import queries as journal
from loftet.domain.people import actions, queries
from loftet.domain.people.models import Person

GOOD = "en-riktigt-lang-losenfras"


def test_an_account_is_made_and_found_whatever_the_case(db):
    person = actions.add_person(email="Anna@Kommun.example", name="Samordnaren", password=GOOD)
    assert queries.by_email("anna@kommun.EXAMPLE") == person
    assert person.check_password(GOOD)
    assert GOOD not in person.password
    assert [event.verb for event in journal.history(person.public_id)] == ["people.added"]


@pytest.mark.parametrize(
    ("email", "password"),
    [("inte en adress", GOOD), ("kort@kommun.example", "kort"), ("vanligt@kommun.example", "password1234")],
)
def test_a_bad_address_or_password_is_refused_and_nothing_is_kept(db, email, password):
    with pytest.raises(DomainError, match="Kontot är inte skapat"):
        actions.add_person(email=email, name="Någon", password=password)
    assert not Person.objects.exists()


def test_an_address_has_one_account(db):
    actions.add_person(email="anna@kommun.example", name="Samordnaren", password=GOOD)
    with pytest.raises(DomainError, match=r"finns redan|redan"):
        actions.add_person(email="ANNA@kommun.example", name="En annan", password=GOOD)
    assert Person.objects.count() == 1

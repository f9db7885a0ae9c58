"""The first day of a real installation."""

from __future__ import annotations

import io

import pytest

from loftet.domain.parties import queries
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.people import queries as staff
from loftet.domain.places.tests.loading import load_places

pytestmark = pytest.mark.django_db
PASSWORD = "ett-langt-losenord"


@pytest.fixture(autouse=True)
def _places(ready, home):
    ready("places", load_places)


@pytest.fixture
def typed(monkeypatch):
    """Lets standard input hold a password."""

    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    type_in(PASSWORD + "\n")
    return type_in


def test_a_municipality_and_its_police_begin(loftet):
    said = loftet("setup", "Mora", "--police", "Polisen i Mora")
    assert (said.code, said.err) == (0, "")
    partnership = Partnership.objects.get()
    assert [party.name for party in queries.signing_parties(partnership)] == ["Mora kommun", "Polisen i Mora"]
    assert [place.name for place in partnership.municipalities.all()] == ["Mora"]
    again = loftet("setup", "mora")
    assert (again.code, again.err) == (1, "I Mora finns redan ”Mora kommun och Polisen i Mora”. Inget är ändrat.\n")
    assert Partnership.objects.count() == 1


def test_the_local_police_area_gives_the_police_its_name(loftet):
    assert loftet("setup", "Borlänge").code == 0
    police = Organisation.objects.get(kind="police")
    assert police.name == "Polisen, lokalpolisområde Borlänge"
    assert police.local_police_area.name == "Borlänge"


def test_one_police_works_in_several_municipalities(loftet):
    loftet("setup", "Mora", "--police", "Polisen i Norra Dalarna")
    loftet("setup", "Orsa", "--police", "Polisen i Norra Dalarna", "--name", "Orsa kommun i Dalarna")
    assert Organisation.objects.filter(kind="police").count() == 1
    assert Organisation.objects.filter(name="Orsa kommun i Dalarna").exists()


def test_a_municipality_that_is_not_there_gets_suggestions_and_nothing_is_made(loftet):
    said = loftet("setup", "Örebo")
    assert said.code == 1
    assert said.err.startswith("Kommunen ”Örebo” finns inte. Menade du ")
    assert "Örebro" in said.err
    assert not Organisation.objects.exists()


def test_an_account_can_sign_in_and_act(loftet, typed):
    loftet("setup", "Mora", "--police", "Polisen i Mora")
    said = loftet(
        *("account", "anna@mora.example", "--in", "Mora", "--role", "municipal_coordinator", "--name", "Anna"),
        *("--title", "trygghetssamordnare"),
    )
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("anna@mora.example är nu kommunens samordnare hos Mora kommun.")
    anna = staff.by_email("anna@mora.example")
    assert anna.check_password(PASSWORD)
    assert [(hat.role, hat.title) for hat in queries.hats(anna)] == [("municipal_coordinator", "trygghetssamordnare")]


def test_an_account_gets_one_more_role_without_a_password(loftet, typed):
    loftet("setup", "Mora", "--police", "Polisen i Mora")
    loftet("account", "bo@polisen.example", "--in", "Mora", "--role", "police_coordinator", "--name", "Bo")
    typed("")
    assert loftet("account", "bo@polisen.example", "--in", "Mora", "--role", "signatory", "--police").code == 0
    hats = queries.hats(staff.by_email("bo@polisen.example"))
    assert {(hat.role, hat.organisation.kind) for hat in hats} == {
        ("police_coordinator", "police"),
        ("signatory", "police"),
    }
    again = loftet("account", "bo@polisen.example", "--in", "Mora", "--role", "signatory", "--police")
    assert (again.code, again.err) == (1, "bo@polisen.example har redan den rollen. Inget är ändrat.\n")


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        (("--in", "Mora", "--role", "kung", "--name", "A"), PASSWORD, "Rollen ”kung” finns inte. Välj en av: "),
        (("--in", "Orsa", "--role", "reader", "--name", "A"), PASSWORD, "I Orsa är inget i gång än. Kör ”loftet setup"),
        (("--in", "Mora", "--role", "reader"), PASSWORD, "Ange personens namn med --name."),
        (("--in", "Mora", "--role", "reader", "--name", "A"), "kort", "Kontot är inte skapat."),
        (("--in", "Mora", "--name", "A"), PASSWORD, "Flaggan --role saknas."),
    ],
)
def test_a_faulty_account_is_refused_and_nothing_is_made(arguments, password, sentence, loftet, typed):
    loftet("setup", "Mora", "--police", "Polisen i Mora")
    typed(password + "\n")
    said = loftet("account", "a@mora.example", *arguments)
    assert said.code in (1, 2)
    assert said.err.startswith(sentence)
    assert staff.by_email("a@mora.example") is None
    assert not Membership.objects.exists()


def test_a_person_is_invited_instead_of_given_a_password_and_again_if_the_letter_is_lost(loftet, mailoutbox):
    loftet("setup", "Mora", "--police", "Polisen i Mora")
    words = (
        "account",
        "info@mora.example",
        "--in",
        "Mora",
        "--role",
        "reader",
        "--name",
        "Info",
        "--invite",
        "--shared",
    )
    said = loftet(*words)
    assert (said.code, said.err) == (0, "")
    assert "Ett brev med en länk är skickat till info@mora.example." in said.out
    person = staff.by_email("info@mora.example")
    assert (person.is_in_use, person.is_role_account) == (False, True)
    again = loftet(*words)
    assert (again.code, len(mailoutbox)) == (0, 2)
    assert [hat.role for hat in queries.hats(person)] == ["reader"]


def test_the_second_step_is_taken_away_for_one_who_lost_the_phone(loftet):
    from allauth.mfa.totp.internal.auth import TOTP

    loftet("setup", "Mora", "--police", "Polisen i Mora")
    loftet("account", "a@mora.example", "--in", "Mora", "--role", "reader", "--name", "A", "--invite")
    unknown, without = loftet("reset-second-factor", "b@mora.example"), loftet("reset-second-factor", "a@mora.example")
    assert (unknown.code, without.code) == (1, 1)
    assert "Inget är ändrat." in without.err
    TOTP.activate(staff.by_email("a@mora.example"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    done = loftet("reset-second-factor", "A@mora.example")
    assert (done.code, staff.has_second_factor(staff.by_email("a@mora.example"))) == (0, False)

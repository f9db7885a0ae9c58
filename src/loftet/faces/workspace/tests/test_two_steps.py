"""Signing in in two steps: the password, and a code from an app or from paper."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import queries as journal
from loftet.domain.people import actions, queries
from loftet.domain.promises import actions as promises
from loftet.domain.signing import queries as signing
from loftet.domain.signing.confirmation import Confirmation, How
from loftet.testing.cast import PASSWORD
from loftet.testing.confirming import SECRET

STEPS = "/konto/tva-steg/"
READ_IT = "Jag har läst"


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    """Attempts and used codes are remembered in the cache, across tests too."""
    cache.clear()


@pytest.fixture
def clock_of_codes(monkeypatch):
    """Lets half minutes go by: a code can be used once."""
    now = [time.time()]
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def code(secret: str) -> str:
    """What an app that has the secret shows now (RFC 6238: half minutes since 1970)."""
    from allauth.mfa.totp.internal import auth

    return format_hotp_value(hotp_value(secret, int(auth.time.time()) // 30))


def test_the_code_is_the_one_of_the_standard():
    # RFC 4226, appendix D: the secret "12345678901234567890", counters 0 and 9.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [format_hotp_value(hotp_value(secret, counter)) for counter in (0, 9)] == ["755224", "520489"]


def log_in(client, person, password=PASSWORD):
    return (
        client.get("/logga-in/")
        .page.form("Logga in")
        .fill("E-postadress", person.email)
        .fill("Lösenord", password)
        .submit()
    )


@pytest.fixture
def begun(cast, client, clock_of_codes, django_capture_on_commit_callbacks):
    """The coordinator has added an app. Gives its secret and the ten codes on paper."""
    log_in(client, cast.coordinator.person)
    page = client.get("/skrivbord/ditt-konto/").page.link("Inloggning i två steg").follow().page
    page = page.link("Lägg till en app").follow().page
    assert page.h1 == "Bekräfta vem du är"
    page = page.form("Bekräfta").fill("Lösenord", PASSWORD).submit().page
    assert page.h1 == "Lägg till en app"
    secret = re.search(r"[A-Z2-7]{32}", page.text)[0]
    wrong = page.form("Lägg till appen").fill("Koden som appen visar", "000000").submit().page
    assert "Koden stämmer inte." in wrong.text
    assert not queries.has_second_factor(cast.coordinator.person)
    with django_capture_on_commit_callbacks(execute=True):
        shown = wrong.form("Lägg till appen").fill("Koden som appen visar", code(secret)).submit().page
    assert shown.h1 == "Dina reservkoder"
    on_paper = re.findall(r"\b\d{8}\b", shown.text)
    assert len(set(on_paper)) == 10
    assert on_paper[0] not in client.get(f"{STEPS}reservkoder/").page.text
    clock_of_codes(60)
    return secret, on_paper


def test_the_history_says_so_and_keeps_no_secret(begun, cast):
    [event] = [e for e in journal.history(cast.coordinator.person.public_id) if e.verb == "people.second_factor_added"]
    assert event.data == {}


def test_the_password_is_half_of_the_way_in(begun, cast, client):
    secret, _ = begun
    client.post("/logga-ut/")
    page = log_in(client, cast.coordinator.person).page
    assert page.h1 == "Ange din kod"
    assert client.get("/skrivbord/").status_code == 302
    refused = page.form("Logga in").fill("Kod", "123").submit().page
    assert "Koden stämmer inte." in refused.text
    used = code(secret)
    assert refused.form("Logga in").fill("Kod", used).submit().page.h1 == "Att göra"
    client.post("/logga-ut/")
    again = log_in(client, cast.coordinator.person).page.form("Logga in").fill("Kod", used).submit().page
    assert "Koden stämmer inte." in again.text


def test_a_code_on_paper_works_once(begun, cast, client):
    _, on_paper = begun
    for outcome in ("Att göra", "Ange din kod"):
        client.post("/logga-ut/")
        page = log_in(client, cast.coordinator.person).page
        assert page.form("Logga in").fill("Kod", on_paper[3]).submit().page.h1 == outcome
    client.post("/logga-ut/")
    log_in(client, cast.coordinator.person).page.form("Logga in").fill("Kod", on_paper[4]).submit()
    assert "8 koder är kvar." in client.get(STEPS).page.text


def test_guessing_codes_is_slowed_down_for_minutes_and_not_for_hours(begun, cast, client, monkeypatch):
    secret, _ = begun
    client.post("/logga-ut/")
    page = log_in(client, cast.coordinator.person).page
    for _guess in range(6):
        page = page.form("Logga in").fill("Kod", "111111").submit().page
    assert "många försök" in page.text
    blocked = page.form("Logga in").fill("Kod", code(secret)).submit().page
    assert "många försök" in blocked.text
    later = time.time() + 6 * 60
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert blocked.form("Logga in").fill("Kod", code(secret)).submit().page.h1 == "Att göra"


def test_new_codes_on_paper_replace_the_old(begun, cast, client):
    _, old = begun
    page = client.get(STEPS).page.link("Gör nya reservkoder").follow().page
    new = re.findall(r"\b\d{8}\b", page.form("Gör nya reservkoder").submit().page.text)
    assert len(new) == 10
    assert not set(new) & set(old)


def test_the_app_is_taken_away_again(begun, cast, client):
    page = client.get(STEPS).page.link("Ta bort appen").follow().page
    page = page.form("Ta bort appen").submit().page
    assert page.h1 == "Inloggning i två steg"
    assert not queries.has_second_factor(cast.coordinator.person)
    assert "people.second_factor_removed" in {e.verb for e in journal.history(cast.coordinator.person.public_id)}
    client.post("/logga-ut/")
    assert log_in(client, cast.coordinator.person).page.h1 == "Att göra"


def test_one_who_lost_the_phone_is_let_in_again(begun, cast, client):
    assert actions.remove_second_factor(person=cast.coordinator.person)
    assert not actions.remove_second_factor(person=cast.coordinator.person)
    client.post("/logga-ut/")
    assert log_in(client, cast.coordinator.person).page.h1 == "Att göra"
    assert client.get("/skrivbord/").status_code == 200


def test_nobody_changes_the_steps_without_the_password(begun, client):
    records = client.session
    records["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in records["account_authentication_methods"]
    ]
    records.save()
    for page in ("app/ta-bort/", "reservkoder/nya/"):
        assert client.post(f"{STEPS}{page}", follow=True).page.h1 == "Bekräfta vem du är"


def test_nobody_signs_with_the_password_alone(ready_promise, cast, client):
    promise = ready_promise(is_signed=False)
    Authenticator.objects.filter(user=cast.chair.person).delete()
    log_in(client, cast.chair.person)
    address = f"/skrivbord/underskrift/{promise.document.public_id}/"
    page = client.get(address).page
    assert READ_IT not in page.text
    assert page.link("Lägg till en app").follow().page.h1 == "Inloggning i två steg"
    version = signing.open_version(promise.document)
    words = {"act": "sign", "digest": version.digest, "title": "ordförande", "understood": "on"}
    assert client.post(address, words).status_code == 302
    assert not version.signatures.exists()
    by_password = Confirmation(clock.now(), How.PASSWORD)
    with pytest.raises(DomainError, match="kräver inloggning i två steg"):
        promises.sign(version=version, digest=version.digest, by=cast.chair, title="o", confirmation=by_password)


def test_who_signs_in_two_steps_has_confirmed_who_it_is(ready_promise, cast, client):
    promise = ready_promise(is_signed=False)
    page = log_in(client, cast.chair.person).page
    assert page.form("Logga in").fill("Kod", code(SECRET)).submit().page.h1 == "Att göra"
    page = client.get(f"/skrivbord/underskrift/{promise.document.public_id}/").page
    assert "Du har skrivit under." in page.form("Skriv under").tick(READ_IT).submit().page.text


def test_only_a_demo_tells_the_code(cast, client, settings):
    assert code(SECRET) not in log_in(client, cast.chair.person).page.text
    settings.LOFTET_DEMO = True
    assert f"Koden är just nu {code(SECRET)}." in client.get("/logga-in/kod/").page.text

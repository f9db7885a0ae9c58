"""Signing in by an organisation's own sign-in: the whole exchange, and everything that must not be believed."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from joserfc.jwk import OctKey, RSAKey

from loftet.config import keys
from loftet.domain.base import clock
from loftet.domain.journal.models import Event
from loftet.domain.parties import actions
from loftet.domain.parties.models import Identity
from loftet.domain.signing import queries as signed
from loftet.faces.workspace.identity.provider import secret_path
from loftet.testing.client import NotOnThePage
from loftet.testing.confirming import give_app
from loftet.testing.identity import independent_provider
from loftet.testing.identity import provider as running_provider

LEVEL = "http://id.elegnamnden.se/loa/1.0/loa3"
READ_IT = "Jag har läst hela texten och skriver under för min organisation"


@pytest.fixture(scope="module")
def idp():
    with running_provider() as one:
        yield one


@pytest.fixture
def provider(idp, cast):
    """The town's own sign-in, good enough to sign on."""
    idp.signs_with, idp.header, idp.calls_itself, idp.is_down = idp.key, {"alg": "RS256", "kid": "one"}, "", False
    return actions.add_identity_provider(
        organisation=cast.town, issuer=idp.address, client_id="loftet", accepted_levels=[LEVEL]
    )


@pytest.fixture
def come(idp, provider, client):
    """Goes to the organisation's sign-in and back, with what it says of one."""

    def come(*, next_page: str = "", **claims):
        words = {"next": next_page} if next_page else {}
        away = client.get(f"/logga-in/organisation/{provider.public_id}/", words)
        assert away.status_code == 302, away.page.text
        back = idp.sign_in(away["Location"], **claims)
        return client.get(back, follow=True)

    return come


def without_app(hat):
    hat.person.authenticator_set.all().delete()
    return hat.person


# --- Coming in -------------------------------------------------------------------------------------------------------
def test_one_comes_in_by_the_organisations_sign_in(cast, come, client, provider, idp):
    page = come(sub="a1", email=cast.coordinator.person.email.upper()).page
    assert page.h1 == "Att göra"
    # PKCE and a state and nonce of this browser's own; the code is exchanged with what only we know.
    assert idp.asked["response_type"] == "code"
    assert idp.asked["code_challenge_method"] == "S256"
    assert len(idp.exchanged["code_verifier"]) >= 43
    assert idp.exchanged["redirect_uri"] == idp.asked["redirect_uri"]
    assert idp.asked["redirect_uri"].endswith(f"/logga-in/organisation/{provider.public_id}/svar/")
    assert Identity.objects.get().person == cast.coordinator.person
    assert Event.objects.filter(verb="parties.identity_tied").count() == 1
    client.post("/logga-ut/")
    # From then on the subject tells, though the address has changed over there.
    assert come(sub="a1", email="nytt.namn@provby.example").page.h1 == "Att göra"
    assert Event.objects.filter(verb="parties.identity_tied").count() == 1


def test_the_clients_secret_lies_in_a_file_and_proves_us(cast, come, idp, provider):
    keys.write_secret(secret_path(provider), b"klientens-hemlighet\n")
    try:
        assert come(sub="a1", email=cast.coordinator.person.email).page.h1 == "Att göra"
        assert oct(secret_path(provider).stat().st_mode)[-3:] == "600"
        assert secret_path(provider).is_relative_to(settings.LOFTET_KEYS)
    finally:
        secret_path(provider).unlink()


def test_one_who_has_an_app_gives_its_code_too(cast, come):
    give_app(cast.coordinator.person)
    assert come(sub="a1", email=cast.coordinator.person.email).page.h1 == "Ange din kod"


def test_one_goes_on_to_where_one_was_going_and_never_elsewhere(cast, come, client):
    email = cast.coordinator.person.email
    assert come(next_page="/skrivbord/provby/", sub="a1", email=email).request["PATH_INFO"] == "/skrivbord/provby/"
    client.post("/logga-ut/")
    for elsewhere in ("https://ond.example/", "//ond.example/", "javascript:alert(1)"):
        assert come(next_page=elsewhere, sub="a1", email=email).request["PATH_INFO"] == "/skrivbord/"
        client.post("/logga-ut/")


def test_the_sign_in_page_leads_there(cast, client, provider, idp):
    page = client.get("/logga-in/", {"next": "/skrivbord/provby/"}).page
    assert page.link("Logga in genom Provby kommun").address.startswith(f"/logga-in/organisation/{provider.public_id}/")
    actions.add_identity_provider(organisation=cast.police, issuer=idp.address, client_id="loftet")
    chosen = client.get("/logga-in/").page.link("Välj din organisation").follow().page
    assert {"Provby kommun", cast.police.name} <= {link.text for link in chosen.links()}
    actions.end_identity_provider(provider=provider)
    assert client.get(f"/logga-in/organisation/{provider.public_id}/").status_code == 404


# --- Who may come ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "okand@provby.example"}, "Det finns inget konto här"),
        ({"email": ""}, "Det finns inget konto här"),
        ({"email_verified": False}, "Det finns inget konto här"),
    ],
)
def test_one_whom_nobody_has_let_in_stays_out(cast, come, client, claims, sentence):
    refused = come(**{"sub": "a1", "email": cast.coordinator.person.email, **claims})
    assert refused.status_code == 403
    assert sentence in refused.page.text
    assert not Identity.objects.exists()
    assert client.get("/skrivbord/").status_code == 302


def test_an_organisation_vouches_for_its_own_people_only(cast, come, client):
    """Otherwise those who run one organisation's sign-in could act for another, and sign for both."""
    for person in (cast.chief.person, two_hats(cast), keeper(cast)):
        refused = come(sub=f"as {person.pk}", email=person.email)
        assert refused.status_code == 403, person
        assert client.get("/skrivbord/").status_code == 302
    assert not Identity.objects.exists()


def two_hats(cast):
    begins = clock.day_of(clock.now())
    parties = actions.add_membership
    parties(person=cast.contributor.person, organisation=cast.police, role="reader", starts=begins)
    return cast.contributor.person


def keeper(cast):
    cast.reader.person.is_administrator = True
    cast.reader.person.save()
    return cast.reader.person


def test_one_whose_hat_has_ended_or_whose_account_is_closed_stays_out(cast, come, client):
    email = cast.coordinator.person.email
    assert come(sub="a1", email=email).page.h1 == "Att göra"
    client.post("/logga-ut/")
    cast.coordinator.person.is_active = False
    cast.coordinator.person.save()
    come(sub="a1", email=email)
    assert client.get("/skrivbord/").status_code == 302
    cast.coordinator.person.is_active = True
    cast.coordinator.person.save()
    cast.coordinator.person.memberships.update(ends=clock.day_of(clock.now()).replace(year=2020), starts="2019-01-01")
    refused = come(sub="a1", email=email)
    assert "Du har inget uppdrag i dag" in refused.page.text


def test_an_account_is_tied_to_one_subject(cast, come, client):
    email = cast.coordinator.person.email
    come(sub="a1", email=email)
    client.post("/logga-ut/")
    refused = come(sub="a2", email=email)
    assert "redan kopplat till en annan användare" in refused.page.text
    actions.untie(person=cast.coordinator.person)
    assert come(sub="a2", email=email).page.h1 == "Att göra"


# --- What is not to be believed --------------------------------------------------------------------------------------
def foreign_key(idp):
    idp.signs_with = RSAKey.generate_key(2048, parameters={"kid": "one"}, auto_kid=False)


def shared_secret(idp):
    """A kind of signature that anyone who knows the client's secret can make."""
    idp.signs_with = OctKey.import_key(b"en hemlighet som fler an en har")
    idp.header = {"alg": "HS256", "kid": "one"}


def another_name(idp):
    idp.calls_itself = "https://ond.example"


def goes_down(idp):
    idp.is_down = True


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"iss": "https://ond.example"}, "gick inte att lita på"),
        ({"aud": "någon-annan"}, "gick inte att lita på"),
        ({"nonce": "från en annan webbläsare"}, "gick inte att lita på"),
        ({"exp": 1}, "gick inte att lita på"),
        ({"sub": None}, "gick inte att lita på"),
        ({"auth_time": time.time() + 3600}, "gick inte att lita på"),
    ],
)
def test_a_token_that_is_not_right_lets_nobody_in(cast, come, client, claims, sentence):
    refused = come(**{"sub": "a1", "email": cast.coordinator.person.email, **claims})
    assert sentence in refused.page.text
    assert client.get("/skrivbord/").status_code == 302


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("fault", [foreign_key, shared_secret])
def test_a_token_that_another_has_signed_lets_nobody_in(cast, come, client, idp, fault):
    fault(idp)
    refused = come(sub="a1", email=cast.coordinator.person.email)
    assert "gick inte att lita på" in refused.page.text
    assert client.get("/skrivbord/").status_code == 302


@pytest.mark.parametrize("fault", [another_name, goes_down])
def test_a_provider_that_is_silent_or_another_is_told_of(client, provider, idp, fault):
    fault(idp)
    refused = client.get(f"/logga-in/organisation/{provider.public_id}/")
    assert refused.status_code == 403
    assert "Provby kommuns inloggning svarar inte" in refused.page.text


def test_one_who_gives_up_over_there_is_told_that_nothing_has_happened(client, provider):
    client.get(f"/logga-in/organisation/{provider.public_id}/")
    refused = client.get(f"/logga-in/organisation/{provider.public_id}/svar/", {"error": "access_denied"})
    assert "eller så avbröt du" in refused.page.text


def test_an_answer_that_this_browser_has_not_asked_for_is_not_taken(cast, client, provider, idp):
    """One who is tricked into following another's link is not signed in as them."""
    away = client.get(f"/logga-in/organisation/{provider.public_id}/")
    back = idp.sign_in(away["Location"], sub="a1", email=cast.coordinator.person.email)
    stranger = type(client)()
    assert "Börja om" in stranger.get(back).page.text
    stranger.get(f"/logga-in/organisation/{provider.public_id}/")
    assert "gick inte att lita på" in stranger.get(back).page.text  # a state of another browser's
    assert stranger.get("/skrivbord/").status_code == 302
    assert client.get(back, follow=True).page.h1 == "Att göra"
    assert "Börja om" in client.get(back).page.text  # the same code and state once more


# --- Signing on it ---------------------------------------------------------------------------------------------------
@pytest.fixture
def to_sign(cast, ready_promise):
    return ready_promise(is_signed=False)


def test_one_signs_after_proving_it_anew_at_an_accepted_level(cast, come, client, provider, idp, to_sign):
    chair = without_app(cast.chair)
    now = time.time()
    page = come(sub="o", email=chair.email, auth_time=int(now) - 3600, acr=LEVEL).page
    page = page.link("Läs och skriv under").follow().page
    away = page.link("Bekräfta genom Provby kommun").address
    asked = client.get(away)
    assert asked.status_code == 302
    back = idp.sign_in(asked["Location"], sub="o", auth_time=int(time.time()), acr=LEVEL)
    assert (idp.asked["max_age"], idp.asked["acr_values"]) == ("0", LEVEL)
    page = client.get(back, follow=True).page
    done = page.form("Skriv under").tick(READ_IT).submit().page
    assert "Du har skrivit under." in done.text
    assert signed.open_version(to_sign.document).signatures.get().organisation == cast.town


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"acr": LEVEL}, "frågade inte efter dig på nytt"),
        ({"acr": LEVEL, "auth_time": "nyss"}, "gick inte att lita på"),
        ({"acr": LEVEL, "auth_time": int(time.time()) - 7200}, "frågade inte efter dig på nytt"),
        ({"acr": "loa1", "auth_time": ...}, "tillitsnivå"),
        ({"auth_time": ...}, "tillitsnivå"),
        ({"acr": LEVEL, "auth_time": ..., "sub": "annan", "email": "samordnare"}, "någon annan än du"),
    ],
)
def test_less_than_that_is_not_enough_to_sign_on(cast, come, client, provider, idp, to_sign, claims, sentence):
    chair = without_app(cast.chair)
    come(sub="o", email=chair.email)
    claims = {"sub": "o", **claims}
    claims |= {"auth_time": int(time.time())} if claims.get("auth_time") is ... else {}
    claims |= {"email": cast.coordinator.person.email} if "email" in claims else {}
    address = f"/skrivbord/underskrift/{to_sign.document.public_id}/"
    refused = come(next_page=address, **claims)
    assert sentence in refused.page.text
    page = client.get(address).page
    assert page.link("Bekräfta genom Provby kommun")
    with pytest.raises(NotOnThePage):
        page.form("Skriv under")


@pytest.mark.parametrize("page", ["app", "nyckel"])
def test_one_without_a_password_proves_it_over_there_before_adding_a_step(cast, come, client, provider, idp, page):
    reader = without_app(cast.reader)
    reader.set_unusable_password()
    reader.save()
    come(sub="r", email=reader.email)
    away = client.get(f"/konto/tva-steg/{page}/", follow=False)
    assert away["Location"].startswith(f"/logga-in/organisation/{provider.public_id}/?next=")
    asked = client.get(away["Location"])
    back = idp.sign_in(asked["Location"], sub="r", auth_time=int(time.time()), acr="loa1")
    assert idp.asked["max_age"] == "0"
    assert client.get(back, follow=True).page.h1.startswith("Lägg till en")
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get(f"/konto/tva-steg/{page}/").status_code == 302


def test_one_with_a_password_may_prove_it_over_there_instead(cast, come, client, idp):
    without_app(cast.reader)
    come(sub="r", email=cast.reader.person.email)
    asks = client.get("/konto/tva-steg/app/", follow=True).page
    assert asks.h1 == "Bekräfta vem du är"
    away = client.get(asks.link("Bekräfta genom Provby kommun i stället").address)
    back = idp.sign_in(away["Location"], sub="r", auth_time=int(time.time()))
    assert client.get(back, follow=True).page.h1 == "Lägg till en app"


def test_what_another_organisation_vouches_for_signs_nothing_here(cast, provider, to_sign):
    from loftet.domain.base.errors import DomainError
    from loftet.domain.promises import actions as promises
    from loftet.domain.signing.confirmation import Confirmation, How

    version = signed.open_version(to_sign.document)
    words = {"version": version, "digest": version.digest, "by": cast.chief, "title": "chef"}
    for vouched_by in (cast.town, None):
        proof = Confirmation(clock.now(), How.IDENTITY_PROVIDER, vouched_by)
        with pytest.raises(DomainError, match="Inget är undertecknat"):
            promises.sign(**words, confirmation=proof)
    promises.sign(**words, confirmation=Confirmation(clock.now(), How.IDENTITY_PROVIDER, cast.police))


# --- With a provider that others have written ------------------------------------------------------------------------
@pytest.fixture
def others_provider():
    with independent_provider() as address:
        yield address


@pytest.mark.processes
def test_the_whole_exchange_with_a_provider_that_others_have_written(cast, client, others_provider, to_sign):
    provider = actions.add_identity_provider(
        organisation=cast.town, issuer=others_provider, client_id="loftet", accepted_levels=[LEVEL]
    )
    chair = without_app(cast.chair)
    keys.write_secret(secret_path(provider), b"hemlighet")

    def there_and_back(address: str, **claims):
        said = {"email": chair.email, "email_verified": True, **claims}
        requests.put(f"{others_provider}/users/ordf", json=said, timeout=10).raise_for_status()
        away = client.get(address)["Location"]
        assert away.startswith(others_provider)
        signed_in = requests.post(away, data={"sub": "ordf"}, allow_redirects=False, timeout=10)
        back = urlsplit(signed_in.headers["Location"])
        return client.get(f"{back.path}?{back.query}", follow=True).page

    assert there_and_back(f"/logga-in/organisation/{provider.public_id}/").h1 == "Att göra"
    page = client.get("/skrivbord/").page.link("Läs och skriv under").follow().page
    away = page.link("Bekräfta genom Provby kommun").address
    page = there_and_back(away, acr=LEVEL, auth_time=int(time.time()))
    done = page.form("Skriv under").tick(READ_IT).submit().page
    assert "Du har skrivit under." in done.text

"""Signing: exactly the text, who has signed, a confirmed identity, and nothing in force before both."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.cache import cache

from loftet.domain.base import clock
from loftet.domain.promises import actions as promise_actions
from loftet.domain.promises import queries as promises
from loftet.domain.register import queries as register
from loftet.domain.signing import queries
from loftet.domain.situation import actions as situation
from loftet.testing.confirming import code

READ_IT = "Jag har läst hela texten och skriver under för min organisation"
PUBLIC = "/provby/medborgarloften/lugnare-kvallar-i-centrum/"


@pytest.fixture
def promise(ready_promise):
    """A promise that waits for both."""
    return ready_promise(is_signed=False)


@pytest.fixture
def arrive(client, promise):
    """Go to the page where the promise is signed."""

    def go(hat):
        return client.sign_in(hat.person).get(f"/skrivbord/underskrift/{promise.document.public_id}/").page

    return go


def confirm(page):
    """Give the code of one's app, and come back."""
    cache.clear()  # a code can be used once, and tests are quicker than a new one comes
    asks = page.link("Bekräfta vem du är").follow().page
    assert asks.h1 == "Bekräfta vem du är"
    return asks.form("Bekräfta").fill("Kod", code()).submit().page


def sign(page):
    return page.form("Skriv under").tick(READ_IT).submit().page


def test_a_promise_is_in_force_when_both_have_signed_and_not_before(cast, promise, arrive, client):
    page = confirm(arrive(cast.chair))
    assert page.h1 == "Lugnare kvällar i centrum"
    assert page.form("Skriv under").value("Din funktion") == "kommunstyrelsens ordförande"
    page = sign(page)
    assert "Du har skrivit under." in page.text
    assert "Inget gäller förrän också Lokalpolisområde Provby har gjort det." in page.text
    assert client.get(PUBLIC).status_code == 404
    assert promises.public_promise_by_id(promise.public_id) is None
    page = arrive(cast.chief)
    assert "kommunstyrelsens ordförande" in page.text
    page = sign(confirm(page))
    assert "Alla parter har skrivit under." in page.text
    assert page.link("Se den publika sidan").follow().page.h1 == "Lugnare kvällar i centrum"
    assert register.entries(kind="promise.in_force", subject=promise.public_id).count() == 1


def test_without_a_confirmed_identity_there_is_nothing_to_sign_with(cast, promise, arrive, client):
    page = arrive(cast.chair)
    assert READ_IT not in page.text
    version = queries.open_version(promise.document)
    words = {"act": "sign", "digest": version.digest, "title": "vice ordförande", "understood": "on"}
    answer = client.post(f"/skrivbord/underskrift/{promise.document.public_id}/", words)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/bekrafta-vem-du-ar/kod/?next=")
    assert not version.signatures.exists()
    page = client.get(answer["Location"]).page.form("Bekräfta").fill("Kod", code()).submit().page
    assert page.form("Skriv under").value("Din funktion") == "vice ordförande"


def test_a_confirmation_grows_old(cast, promise, arrive, client):
    page = confirm(arrive(cast.chair))
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time() - 11 * 60},
        {"method": "password", "at": time.time()},
    ]
    session.save()
    answer = page.form("Skriv under").tick(READ_IT).submit()
    assert answer.page.h1 == "Bekräfta vem du är"
    assert not queries.open_version(promise.document).signatures.exists()


def test_a_wrong_code_confirms_nobody(cast, arrive):
    asks = arrive(cast.chair).link("Bekräfta vem du är").follow().page
    refused = asks.form("Bekräfta").fill("Kod", "000000").submit().page
    assert refused.h1 == "Bekräfta vem du är"
    assert "Koden stämmer inte." in refused.text


def test_one_signs_the_text_that_one_has_read(cast, promise, arrive, client):
    page = confirm(arrive(cast.chair))
    form = page.form("Skriv under").tick(READ_IT)
    digest = next(e for e in form.values if e.get("name") == "digest")
    form.values[digest] = ["0" * 64]
    refused = form.submit()
    assert refused.status_code == 422
    assert "Texten har ändrats sedan du läste den. Inget är undertecknat." in refused.page.text
    assert not queries.open_version(promise.document).signatures.exists()


def test_the_box_and_the_title_are_asked_for(cast, arrive):
    form = confirm(arrive(cast.chair)).form("Skriv under").fill("Din funktion", "")
    refused = form.submit()
    assert refused.status_code == 422
    assert "Kryssa i rutan när du har läst hela texten." in refused.page.text
    assert "Skriv din funktion." in refused.page.text


def test_a_decision_is_entered_before_signing(cast, promise, arrive):
    page = arrive(cast.chair)
    tomorrow = (clock.day_of(clock.now()) + timedelta(days=1)).isoformat()
    form = page.form("Spara beslutet").fill("Vem som beslutade", "kommunstyrelsen").fill("Paragraf", "§ 48")
    refused = form.fill("Beslutsdatum", tomorrow).submit()
    assert "Beslutsdatumet ligger i framtiden." in refused.page.text
    form = refused.page.form("Spara beslutet")
    assert form.value("Paragraf") == "§ 48"
    page = form.fill("Beslutsdatum", clock.day_of(clock.now()).isoformat()).submit().page
    assert "Provby kommun: kommunstyrelsen godkände" in page.text
    assert "Spara beslutet" not in page.text
    assert queries.open_version(promise.document).decisions.get().organisation == cast.town


def test_one_signs_once_and_only_for_ones_own(cast, promise, arrive, client):
    sign(confirm(arrive(cast.chair)))
    version = queries.open_version(promise.document)
    words = {"act": "sign", "digest": version.digest, "title": "ordförande", "understood": "on"}
    again = client.post(f"/skrivbord/underskrift/{promise.document.public_id}/", words)
    assert again.status_code == 422
    assert "Provby kommun har redan undertecknat den här texten." in again.page.text
    assert [row.organisation for row in version.signatures.all()] == [cast.town]


@pytest.mark.parametrize("part", ["coordinator", "police_coordinator", "reader", "contributor", "moderator"])
def test_those_who_do_not_sign_read_the_same_text(cast, promise, arrive, client, part):
    page = arrive(getattr(cast, part))
    assert "Fotpatrull på torget" in page.text
    assert "minst 2 pass i veckan" in page.text
    assert not [e for e in page.document.all("form") if page.document.inside(e, "main")]
    version = queries.open_version(promise.document)
    words = {"act": "sign", "digest": version.digest, "title": "ordförande", "understood": "on"}
    assert client.post(f"/skrivbord/underskrift/{promise.document.public_id}/", words).status_code == 403
    assert not version.signatures.exists()


def test_a_proposal_is_sent_back_with_a_reason(cast, promise, arrive):
    page = arrive(cast.chief).link("Skicka tillbaka förslaget").follow().page
    refused = page.form("Skicka tillbaka").submit()
    assert refused.status_code == 422
    done = refused.page.form("Skicka tillbaka").fill("Skäl", "För få pass.").submit().page
    assert "Förslaget är skickat tillbaka med ditt skäl." in done.text
    assert queries.state(promise.document) == queries.State.SENT_BACK
    assert not queries.waiting_for({cast.town.pk, cast.police.pk})


def test_a_coordinator_takes_a_proposal_back_and_a_reader_cannot(cast, promise, arrive, client):
    address = f"/skrivbord/underskrift/{promise.document.public_id}/tillbaka/"
    assert "Skicka tillbaka förslaget" not in [link.text for link in arrive(cast.reader).links()]
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "Nej."}).status_code == 403
    assert queries.open_version(promise.document)
    done = arrive(cast.coordinator).link("Skicka tillbaka förslaget").follow().page
    done.form("Skicka tillbaka").fill("Skäl", "Vi ändrar tiderna.").submit()
    assert queries.open_version(promise.document) is None
    gone = client.get(f"/skrivbord/underskrift/{promise.document.public_id}/", follow=True).page
    assert "Det finns inget förslag att läsa just nu." in gone.text
    assert "väntar inte längre" in client.get(address, follow=True).page.text


def test_a_new_version_shows_what_it_changes(cast, arrive, client, ready_promise):
    signed = ready_promise(days_ago=3)
    promise_actions.edit_promise(
        promise=signed,
        by=cast.coordinator,
        starts=signed.starts,
        ends=signed.ends,
        summary="Vi är på plats varje kväll.",
    )
    promise_actions.propose(promise=signed, by=cast.coordinator)
    page = client.sign_in(cast.chair.person).get(f"/skrivbord/underskrift/{signed.document.public_id}/").page
    assert "Det här ändras mot det som gäller" in page.headings
    assert "Nytt, I korthet: Vi är på plats varje kväll." in page.text
    assert "Borttaget, I korthet:" in page.text


def test_an_ambition_is_called_so_where_it_is_signed(cast, client, ready_promise):
    promise = ready_promise(is_sharp=False, is_signed=False)
    page = client.sign_in(cast.chair.person).get(f"/skrivbord/underskrift/{promise.document.public_id}/").page
    assert "Ambition" in page.text
    assert "Det saknas ett mål för effekten." in page.text


def test_a_picture_is_read_line_by_line_and_signed_by_both(cast, client, ready_picture):
    picture = ready_picture(is_signed=False)
    situation.propose_picture(picture=picture, by=cast.coordinator)
    for hat in (cast.chair, cast.chief):
        client.sign_in(hat.person)
        page = client.get(f"/skrivbord/underskrift/{picture.document.public_id}/").page
        assert "Många undviker centrum på kvällen" in page.text
        page = sign(confirm(page))
    assert "Alla parter har skrivit under." in page.text
    assert client.get("/provby/problembilder/gemensam-problembild-for-provby/").status_code == 200

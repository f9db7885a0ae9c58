"""One account, many places: switching without signing in again, and choosing among partnerships in one place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loftet.domain.base import clock
from loftet.domain.parties import actions
from loftet.testing.cast import make_cast

TODAY = clock.day_of(clock.now())


@pytest.fixture
def both(cast, strangers):
    """Provby's police coordinator works in Grannby too."""
    return actions.add_membership(
        person=cast.police_coordinator.person, organisation=strangers.police, role="police_coordinator"
    )


@pytest.fixture
def second(cast):
    """Another police area in the same municipality, with a partnership of its own."""
    police = actions.add_organisation(kind="police", name="Lokalpolisområde Provby Norra", short_name="polisen")
    return actions.add_partnership(
        name="Provby kommun och Norra polisen",
        organisations=[cast.town, police],
        municipalities=[cast.municipality],
        starts=TODAY - timedelta(days=100),
    )


def switched(page):
    """The links to other places."""
    return {link.text: link.address for link in page.links() if link.text in {"Provby", "Grannby"}}


def test_one_comes_to_the_same_kind_of_page_in_the_other_place(both, client):
    client.sign_in(both.person)
    for here, there in (
        ("provby/", "/skrivbord/grannby/"),
        ("provby/dialoger/ny/", "/skrivbord/grannby/dialoger/ny/"),
        ("provby/loften/nytt/", "/skrivbord/grannby/"),
    ):
        page = client.get(f"/skrivbord/{here}", follow=True).page
        address = switched(page)["Grannby"]
        assert address.startswith(there)
        assert page.link("Grannby").follow().page is not None


def test_a_page_about_a_thing_leads_to_its_step_in_the_other_place(both, cast, client, ready_dialogue):
    dialogue = ready_dialogue()
    page = client.sign_in(both.person).get(f"/skrivbord/provby/dialoger/{dialogue.public_id}/").page
    assert switched(page)["Grannby"] == "/skrivbord/grannby/#dialoger"


def test_where_one_only_reads_one_comes_to_the_board(cast, strangers, client):
    actions.add_membership(person=cast.coordinator.person, organisation=strangers.town, role="reader")
    page = client.sign_in(cast.coordinator.person).get("/skrivbord/provby/dialoger/ny/").page
    assert switched(page)["Grannby"] == "/skrivbord/grannby/#dialoger"


def test_one_place_has_nothing_to_switch_to(cast, desk):
    assert "Byt plats" not in desk(cast.coordinator).page.text


@pytest.mark.parametrize("count", [5, 20])
def test_many_places_take_as_many_questions_as_two(cast, client, count):
    person = cast.police_coordinator.person
    client.sign_in(person)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/skrivbord/provby/")
        return len(asked)

    def one_more(number: int) -> None:
        other = actions.add_partnership(
            name=f"Samverkan {number}",
            organisations=[cast.town, cast.police],
            municipalities=[make_place(number)],
            starts=TODAY,
        )
        assert other.pk

    one_more(0)
    few = questions()
    for number in range(1, count):
        one_more(number)
    assert questions() == few
    assert (
        len([link for link in client.get("/skrivbord/provby/").page.links() if link.text.startswith("Ort ")]) == count
    )


def make_place(number: int):
    from loftet.testing.cast import make_municipality

    return make_municipality(name=f"Ort {number}", code=f"98{number:02}")


def test_one_chooses_among_partnerships_in_a_place_and_the_choice_is_kept(cast, second, client):
    client.sign_in(cast.coordinator.person)
    page = client.get("/skrivbord/provby/").page
    assert "Du arbetar i Provby kommun och Norra polisen." in page.text
    page = page.link("Provby kommun och polisen").follow().page
    assert "Du arbetar i Provby kommun och polisen." in page.text
    assert "Du arbetar i Provby kommun och polisen." in client.get("/skrivbord/provby/").page.text
    elsewhere = client.get("/skrivbord/provby/?partnerskap=finnsinte").page
    assert "Du arbetar i Provby kommun och polisen." in elsewhere.text


def test_something_new_begins_in_the_partnership_that_is_chosen(cast, second, client):
    from loftet.domain.situation.models import Picture

    client.sign_in(cast.coordinator.person)
    for partnership in (cast.partnership, second):
        client.get(f"/skrivbord/provby/?partnerskap={partnership.public_id}")
        form = client.get("/skrivbord/provby/problembilder/ny/").page.form("Spara utkast")
        form.fill("Rubrik", f"Bild för {partnership.name}").fill("I korthet", "Centrum.")
        assert form.submit().page.h1 == f"Bild för {partnership.name}"
        assert Picture.objects.latest("pk").partnership == partnership


def test_a_thing_is_worked_on_in_its_own_partnership_whichever_is_chosen(cast, second, client, ready_promise):
    promise = ready_promise(is_sharp=False, is_proposed=False, is_signed=False)
    client.sign_in(cast.coordinator.person).get(f"/skrivbord/provby/?partnerskap={second.public_id}")
    page = client.get(f"/skrivbord/provby/loften/{promise.public_id}/atgarder/ny/").page
    assert "Lokalpolisområde Provby" in page.text
    assert "Lokalpolisområde Provby Norra" not in page.text


def test_a_board_shows_nothing_of_another_partnership_in_the_place(cast, second, client, chain):
    police = second.members.get(organisation__kind="police").organisation
    officer = actions.add_membership(person=cast.chief.person, organisation=police, role="police_coordinator")
    actions.end_membership(membership=cast.chief, last_day=TODAY - timedelta(days=1), by=cast.police_coordinator)
    client.sign_in(officer.person)
    for address in ("/skrivbord/", "/skrivbord/provby/"):
        page = client.get(address).page
        for title in ("Trygg i skolan", "Ljusare vägar hem", "Problembild för skolan", "Fotpatrull på torget"):
            assert title not in page.text


def test_a_partnership_that_has_ended_is_still_there_without_anything_new_to_begin(cast, chain, client):
    cast.partnership.ends = TODAY - timedelta(days=1)
    cast.partnership.save()
    page = client.sign_in(cast.coordinator.person).get("/skrivbord/provby/").page
    assert "Partnerskapet har slutat" in page.text
    assert not {"Ny dialog", "Nytt löfte", "Ny problembild"} & {link.text for link in page.links()}
    report = client.get(f"/skrivbord/provby/atgarder/{chain.measure.public_id}/rapport/").page
    assert report.form("Publicera rapporten")


def test_a_party_that_has_left_reaches_its_reports_and_nothing_else(cast, chain, client):
    cast.partnership.members.filter(organisation=cast.police).update(ends=TODAY - timedelta(days=1))
    client.sign_in(cast.officer.person)
    assert client.get("/skrivbord/provby/", check=False).status_code == 404
    report = client.get(f"/skrivbord/provby/atgarder/{chain.measure.public_id}/rapport/").page
    assert report.form("Publicera rapporten")
    assert client.get(f"/skrivbord/provby/loften/{chain.promise.public_id}/", check=False).status_code == 404
    for other in (make_cast(name="Annanby", code="9903").officer,):
        client.sign_in(other.person)
        address = f"/skrivbord/provby/atgarder/{chain.measure.public_id}/rapport/"
        assert client.get(address, check=False).status_code == 404


def test_a_board_that_is_a_party_may_answer_for_a_dialogues_data(cast, client):
    from loftet.domain.dialogues.models import Dialogue

    plain = client.sign_in(cast.coordinator.person).get("/skrivbord/provby/dialoger/ny/").page
    assert "Ansvarar för personuppgifterna" not in plain.text
    board = actions.add_board(organisation=cast.town, name="Socialnämnden i Provby", short_name="socialnämnden")
    actions.join_partnership(partnership=cast.partnership, organisation=board, by=cast.coordinator)
    form = client.get("/skrivbord/provby/dialoger/ny/").page.form("Spara utkast")
    form.fill("Rubrik", "Trygg hemma").fill("Fråga", "Hur är det?").fill("Varför vi frågar", "För att förstå.")
    form.fill("Det här kan påverkas", "Allt.").fill("Det här kan inte påverkas", "Inget.")
    form.fill("Ansvarar för personuppgifterna", "Socialnämnden i Provby").submit()
    assert Dialogue.objects.get(title="Trygg hemma").controller == board

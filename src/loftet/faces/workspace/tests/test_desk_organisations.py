"""Organisations at the desk: their people, boards and cooperation; roles in words; one's own hats; handing over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loftet.domain.base import clock
from loftet.domain.journal import queries as journal
from loftet.domain.parties import actions, queries
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.parties.roles import PERMISSIONS, ROLES
from loftet.domain.people import queries as staff
from loftet.testing import factories
from loftet.testing.cast import PASSWORD, make_person

TODAY = clock.day_of(clock.now())
DAY = timedelta(days=1)
ROOM = "/skrivbord/organisationer/"


def at(client, hat, address: str):
    return client.sign_in(hat.person).get(address)


def own(client, hat):
    """The page of the hat's organisation."""
    return at(client, hat, f"{ROOM}{hat.organisation.public_id}/").page


@pytest.fixture
def administrator(cast):
    person = make_person(name="Kanslichefen", email="kansli@provby.example.org")
    return actions.add_membership(person=person, organisation=cast.town, role="administrator", title="kanslichef")


def test_a_colleague_with_an_account_gets_a_hat_by_address(cast, client, administrator):
    person = make_person(name="Den nya", email="ny@provby.example.org")
    form = own(client, administrator).link("Lägg till en kollega").follow().page.form("Lägg till")
    form.fill("E-postadress", "NY@provby.example.org").choose("Granskare", of="Roll")
    page = form.fill("Till och med", TODAY + 30 * DAY).submit().page
    assert "Uppdraget är sparat." in page.text
    assert "Den nya" in page.headings
    (hat,) = queries.hats(person)
    assert (hat.role, hat.organisation, hat.starts, hat.ends) == ("moderator", cast.town, TODAY, TODAY + 30 * DAY)
    assert journal.history(person.public_id).last().person == administrator.person.public_id


def test_what_is_refused_stands_at_the_form_with_all_that_was_typed(cast, client):
    form = own(client, cast.coordinator).link("Lägg till en kollega").follow().page.form("Lägg till")
    form.fill("E-postadress", cast.reader.person.email).choose("Läsare", of="Roll").fill("Funktion", "sekreterare")
    refused = form.submit()
    assert refused.status_code == 422
    assert "är redan läsare hos Provby kommun" in refused.page.text
    assert refused.page.form("Lägg till").value("Funktion") == "sekreterare"


def test_an_address_without_an_account_is_told_what_to_do(cast, client):
    form = own(client, cast.coordinator).link("Lägg till en kollega").follow().page.form("Lägg till")
    refused = form.fill("E-postadress", "okand@provby.example.org").choose("Läsare", of="Roll").submit()
    assert refused.status_code == 422
    assert "Det finns inget konto för okand@provby.example.org." in refused.page.text


def test_one_without_an_account_is_invited_and_again_until_it_is_in_use(cast, client, mailoutbox):
    form = own(client, cast.coordinator).link("Lägg till en kollega").follow().page.form("Lägg till")
    form = form.fill("E-postadress", "ny@provby.example.org").fill("Namn", "Den nya").choose("Läsare", of="Roll")
    page = form.submit().page
    assert "En inbjudan är skickad till ny@provby.example.org." in page.text
    page = page.form("Skicka inbjudan igen till Den nya").submit().page
    assert [letter.to for letter in mailoutbox] == [["ny@provby.example.org"]] * 2
    person = staff.by_email("ny@provby.example.org")
    person.set_password("en båt på sjön i maj")
    person.save()
    assert "Skicka inbjudan igen" not in own(client, cast.coordinator).text
    address = f"{ROOM}{cast.town.public_id}/inbjudan/{person.public_id}/"
    assert "finns redan ett konto" in client.post(address, follow=True).page.text
    assert client.sign_in(cast.reader.person).post(address).status_code == 403
    assert len(mailoutbox) == 2


def test_a_role_account_is_no_signatory(cast, client, mailoutbox):
    form = own(client, cast.coordinator).link("Lägg till en kollega").follow().page.form("Lägg till")
    form = form.fill("E-postadress", "info@provby.example.org").fill("Namn", "Trygghet").tick("Ett funktionskonto")
    refused = form.choose("Undertecknare", of="Roll").submit()
    assert "behöver ett eget konto" in refused.page.text
    assert (mailoutbox, staff.by_email("info@provby.example.org")) == ([], None)


def test_only_roles_that_fit_are_offered(cast, client):
    town = own(client, cast.coordinator).link("Lägg till en kollega").follow().page
    police = own(client, cast.police_coordinator).link("Lägg till en kollega").follow().page
    assert "Kommunens samordnare." in town.text
    assert "Polisens samordnare." not in town.text
    assert "Polisens samordnare." in police.text
    assert "Kommunens samordnare." not in police.text


def test_the_last_day_of_a_hat_is_changed_there_and_back(cast, client):
    page = own(client, cast.coordinator).link("Ändra slutdag för Kommunikatör i Provby, granskare").follow().page
    done = page.form("Spara").fill("Till och med", TODAY + DAY).submit().page
    assert "Uppdraget gäller till och med" in done.text
    page = done.link("Ändra slutdag för Kommunikatör i Provby, granskare").follow().page
    assert "Uppdraget gäller tills vidare." in page.form("Spara").fill("Till och med", "").submit().page.text
    page = own(client, cast.coordinator).link("Ändra slutdag för Kommunikatör i Provby, granskare").follow().page
    refused = page.form("Spara").fill("Till och med", TODAY - 9 * DAY).submit()
    assert refused.status_code == 422
    assert "tidigast vara i går" in refused.page.text


def test_past_colleagues_are_folded_and_a_coming_one_can_be_taken_back(cast, client):
    actions.end_membership(membership=cast.contributor, last_day=TODAY - DAY, by=cast.coordinator)
    person = make_person(name="Den nya", email="ny@provby.example.org")
    actions.add_membership(person=person, organisation=cast.town, role="reader", starts=TODAY + DAY)
    page = own(client, cast.coordinator)
    assert "Tidigare medarbetare (1)" in page.text
    assert "Gatuchef i Provby" not in page.headings
    assert "börjar" in page.text
    page = page.link("Ändra slutdag för Den nya, läsare").follow().page
    assert "Uppdraget är taget tillbaka." in page.form("Ta tillbaka uppdraget").submit().page.text
    assert not Membership.objects.filter(person=person).exists()


def test_a_reader_sees_colleagues_by_role_and_no_addresses(cast, client):
    page = own(client, cast.reader)
    assert "Gatuchef i Provby" in page.headings
    assert "@provby.example.org" not in page.text
    other = at(client, cast.reader, f"{ROOM}{cast.police.public_id}/").page
    assert "Kommunpolis i Provby" in other.headings


def test_a_board_is_added_and_named(cast, client):
    page = own(client, cast.coordinator).link("Lägg till nämnd").follow().page
    form = page.form("Lägg till").fill("Namn", "Socialnämnden i Provby").fill("Kort namn", "socialnämnden")
    assert form.submit().page.h1 == "Socialnämnden i Provby"
    board = Organisation.objects.get(kind="board")
    assert board.part_of == cast.town
    page = own(client, cast.coordinator).link("Socialnämnden i Provby").follow().page.link("Ändra namnet").follow().page
    done = page.form("Spara").fill("Namn", "Omsorgsnämnden i Provby").submit().page
    assert done.h1 == "Omsorgsnämnden i Provby"


def test_a_partnership_says_who_where_and_until_when(cast, client):
    address = f"/skrivbord/partnerskap/{cast.partnership.public_id}/"
    page = at(client, cast.reader, address).page
    assert {"Provby kommun", "Lokalpolisområde Provby"} <= set(page.headings)
    assert "Tills vidare" in page.text
    assert "Lägg till part" not in [link.text for link in page.links()]
    page = at(client, cast.police_coordinator, address).page
    form = page.link("Lägg till part").follow().page.form("Lägg till")
    done = form.fill("Namn på en ny organisation", "Provbybostäder").submit().page
    assert "Provbybostäder" in done.headings
    assert "Skriver inte under" in done.text
    leave = done.link("Provbybostäder lämnar partnerskapet").follow().page
    done = leave.form("Spara").fill("Sista dag", TODAY).submit().page
    assert "Slutdagen för Provbybostäder är sparad." in done.text
    days = done.link("Avsluta eller förläng").follow().page
    done = days.form("Spara").fill("Till och med", TODAY + 9 * DAY).submit().page
    assert "Partnerskapet gäller till och med" in done.text
    leave = done.link("Lokalpolisområde Provby lämnar partnerskapet").follow().page
    refused = leave.form("Spara").fill("Sista dag", TODAY).submit()
    assert "ingen polis som undertecknar vara kvar" in refused.page.text


def test_roles_are_told_in_the_words_that_the_rules_read(cast, client):
    page = at(client, cast.reader, f"{ROOM}roller/").page
    for role in ROLES:
        assert role.description in page.text
        for key in role.permissions:
            assert PERMISSIONS[key].casefold() in page.text.casefold()


def test_everyone_sees_their_own_hats_with_days(cast, strangers, client):
    actions.add_membership(
        person=cast.chief.person, organisation=strangers.police, role="reader", starts=TODAY + DAY, ends=TODAY + 9 * DAY
    )
    page = at(client, cast.chief, "/skrivbord/ditt-konto/").page
    assert "Undertecknare, lokalpolisområdeschef" in page.headings
    assert "Lokalpolisområde Grannby, börjar" in page.text


def test_an_administrator_reads_nothing_of_the_content(chain, administrator, client):
    client.sign_in(administrator.person)
    assert "Inget väntar på dig" in client.get("/skrivbord/").page.text
    assert client.get("/skrivbord/provby/", check=False).status_code == 403
    pack = client.get(f"/skrivbord/overlamning/{chain.cast.coordinator.person.public_id}/").page
    assert "Provby: " in pack.text
    for title in ("Trygg i skolan", "Ljusare vägar hem", "Problembild för skolan"):
        assert title not in pack.text


def test_the_installations_administrator_handles_any_organisation(cast, client):
    keeper = make_person(name="Driften", email="drift@example.org", is_administrator=True)
    client.sign_in(keeper)
    page = client.get(ROOM).page
    assert {"Provby kommun", "Lokalpolisområde Provby"} <= set(page.headings)
    page = page.link("Lokalpolisområde Provby").follow().page
    assert "Lägg till en kollega" in [link.text for link in page.links()]
    assert client.get("/skrivbord/provby/", check=False).status_code == 403


# --- Handing over -----------------------------------------------------------------------------------------------------
def test_the_pack_says_what_is_held_and_what_would_be_missing(chain, client):
    page = at(client, chain.cast.coordinator, "/skrivbord/ditt-konto/").page.link("Din överlämning").follow().page
    assert "Provby kommun blir utan samordnare och någon som kan ge andra uppdrag. Det märks i Provby." in page.text
    for title in ("Granska 1 text i Trygg i centrum", "Trygg i skolan", "Ljusare vägar hem", "Problembild för skolan"):
        assert title in page.text
    assert "Trygg i centrum" in [link.text for link in page.links()]


def test_all_hats_end_in_one_act_and_a_successor_takes_over(chain, administrator, client):
    cast = chain.cast
    leaving = cast.coordinator.person
    address = f"/skrivbord/overlamning/{leaving.public_id}/"
    form = at(client, administrator, address).page.form("Avsluta och lämna över")
    form.fill("Sista dag", TODAY + DAY)
    form.fill("Vem tar över som kommunens samordnare hos Provby kommun?", cast.reader.person.name)
    done = form.submit().page
    assert "Överlämningen är sparad." in done.text
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.ends == TODAY + DAY
    heir = Membership.objects.get(person=cast.reader.person, role="municipal_coordinator")
    assert (heir.starts, heir.ends, heir.title) == (TODAY + 2 * DAY, None, "trygghetssamordnare")
    event = journal.history(leaving.public_id).get(verb="parties.handed_over")
    assert event.data["hats"][0]["successor"] == cast.reader.person.public_id


def test_one_without_a_hat_is_shown_out_and_not_let_in_again(cast, client, administrator):
    leaving = cast.moderator.person
    client.sign_in(leaving)
    assert client.get("/skrivbord/").status_code == 200
    hats = [(cast.moderator, administrator)]
    actions.hand_over(person=leaving, hats=hats, last_day=TODAY - DAY, by=administrator)
    assert client.get("/skrivbord/", check=False).status_code == 403
    page = client.get("/logga-in/").page
    answer = page.form("Logga in").fill("E-postadress", leaving.email).fill("Lösenord", PASSWORD).submit()
    assert answer.status_code == 403
    assert "Du har inget uppdrag i dag" in answer.page.text
    assert client.get("/skrivbord/").status_code == 302
    leaving.refresh_from_db()
    assert leaving.is_active


def test_a_handover_is_all_or_nothing(cast, administrator):
    second = actions.add_membership(person=cast.chair.person, organisation=cast.police, role="reader")
    hats = [(cast.chair, administrator), (second, administrator)]
    with pytest.raises(Exception, match="Du har inte behörighet"):
        actions.hand_over(person=cast.chair.person, hats=hats, last_day=TODAY, by=administrator)
    cast.chair.refresh_from_db()
    assert cast.chair.ends is None


def test_hats_elsewhere_are_named_and_left_to_those_who_handle_them(cast, strangers, client):
    actions.add_membership(person=cast.chief.person, organisation=strangers.police, role="signatory")
    address = f"/skrivbord/overlamning/{cast.chief.person.public_id}/"
    page = at(client, cast.police_coordinator, address).page
    assert "Grannby" not in page.text
    assert "har också uppdrag hos andra organisationer" in page.text
    page.form("Avsluta och lämna över").fill("Sista dag", TODAY).submit()
    assert [hat.organisation for hat in queries.hats(cast.chief.person, clock.now() + DAY)] == [strangers.police]
    assert at(client, cast.coordinator, address).status_code == 404


# --- As many questions for many as for few ----------------------------------------------------------------------------
@pytest.mark.long
@pytest.mark.parametrize("address", ["", "{town}/", "../partnerskap/{partnership}/", "../overlamning/{person}/"])
def test_twice_the_rows_take_the_same_number_of_questions(cast, client, address):
    def more() -> None:
        number = Organisation.objects.count()
        for part in range(3):
            person = make_person(name=f"Ny {number} {part}", email=f"ny{number}{part}@provby.example.org")
            actions.add_membership(person=person, organisation=cast.town, role="reader")
        actions.add_board(organisation=cast.town, name=f"Nämnd {number}", short_name="nämnden")
        actions.add_promiser(partnership=cast.partnership, name=f"Bolaget {number}", by=cast.coordinator)
        factories.make_dialogue(cast, is_published=False, title=f"Trygg i kvarter {number}")
        factories.make_voice(factories.make_dialogue(cast, title=f"Trygg på plats {number}"))
        factories.make_picture(cast, is_signed=False, title=f"Problembild {number}")

    client.sign_in(cast.coordinator.person)
    page = ROOM + address.format(
        town=cast.town.public_id,
        partnership=cast.partnership.public_id,
        person=cast.coordinator.person.public_id,
    )
    page = page.replace("organisationer/../", "")
    more()
    client.get(page)
    with CaptureQueriesContext(connection) as once:
        few = client.get(page)
    more()
    with CaptureQueriesContext(connection) as twice:
        many = client.get(page)
    assert len(twice) == len(once), [q["sql"][:120] for q in twice.captured_queries]
    assert address == "" or len(many.content) > len(few.content)

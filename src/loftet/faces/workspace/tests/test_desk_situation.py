"""The joint picture: its problems, sources, needs and priorities, and putting it forward."""

from __future__ import annotations

from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.situation.models import Picture
from loftet.testing import factories


def at(picture, rest: str = "") -> str:
    return f"problembilder/{picture.public_id}/{rest}"


def test_a_picture_is_started_with_sensible_days(cast, desk):
    page = desk(cast.police_coordinator, "problembilder/ny/").page
    form = page.form("Spara utkast")
    assert form.value("Rubrik") == "Gemensam problembild för Provby"
    refused = form.fill("Gäller till och med", "2020-01-01").fill("I korthet", "Otryggt på kvällen.").submit()
    assert refused.status_code == 422
    assert "Bilden kan inte sluta gälla innan den börjar." in refused.page.text
    again = refused.page.form("Spara utkast")
    assert again.value("I korthet") == "Otryggt på kvällen."
    ends = clock.day_of(clock.now()) + timedelta(days=730)
    made = again.fill("Gäller till och med", ends.isoformat()).submit().page
    assert made.h1 == "Gemensam problembild för Provby"
    assert "Bilden har inget problem än." in made.document.text(made.document.all("aside")[0])
    assert "Lägg fram för underskrift" not in [link.text for link in made.links()]


def test_a_problem_gets_its_need_source_and_priorities(chain, desk):
    page = desk(chain.cast.coordinator, at(chain.picture_draft)).page
    form = page.link("Lägg till ett problem").follow().page.form("Spara")
    form.fill("Problem", "Mörkt i parken").fill("Vad", "Lamporna är trasiga.").tick(chain.need.text)
    refused = form.submit()
    assert "Var: Fyll i det här." in refused.page.text
    page = refused.page.form("Spara").fill("Var", "Stadsparken").submit().page
    assert "Problemet är tillagt. Ange nu minst en källa med datum." in page.text
    lacks = page.document.text(page.document.all("aside")[0])
    assert "”Mörkt i parken” saknar källa med datum." in lacks
    assert "Provby kommun och Lokalpolisområde Provby har inte prioriterat ”Mörkt i parken”." in lacks
    assert chain.need.text in page.text
    page = page.link("Sätt vår prioritering av Mörkt i parken").follow().page
    page = page.form("Spara").fill("Vår prioritering", "2").submit().page
    assert "Provby kommun har satt sin prioritering." in page.text
    assert "Provby kommun: 2" in page.text


def test_a_dialogue_held_here_brings_its_title_and_day(chain, desk):
    address = at(chain.picture_draft, f"problem/{chain.picture_draft.problems.get().public_id}/kalla/")
    form = desk(chain.cast.coordinator, address).page.form("Spara")
    refused = form.submit()
    assert "Skriv vad källan heter." in refused.page.text
    assert "Skriv vilken dag källan är ifrån" in refused.page.text
    form = refused.page.form("Spara").fill("Slag av källa", "Medborgardialog")
    page = form.fill("Dialog i Löftet", "Trygg i centrum").submit().page
    assert "Medborgardialogen ”Trygg i centrum” (medborgardialog" in page.text
    removed = page.form("Ta bort källan Medborgardialogen ”Trygg i centrum”").submit().page
    assert "Källan är borttagen ur utkastet." in removed.text


def test_a_source_from_tomorrow_is_refused_and_kept(chain, desk):
    address = at(chain.picture_draft, f"problem/{chain.picture_draft.problems.get().public_id}/kalla/")
    tomorrow = (clock.day_of(clock.now()) + timedelta(days=1)).isoformat()
    form = desk(chain.cast.coordinator, address).page.form("Spara").fill("Slag av källa", "Statistik")
    refused = form.fill("Källans namn", "Enkät").fill("Källans datum", tomorrow).submit()
    assert refused.status_code == 422
    assert "Källans datum ligger i framtiden." in refused.page.text
    assert refused.page.form("Spara").value("Källans namn") == "Enkät"


def test_a_problem_is_changed_with_what_it_held_filled_in(chain, desk):
    address = at(chain.picture, f"problem/{chain.problem.public_id}/")
    form = desk(chain.cast.coordinator, address).page.form("Spara")
    assert form.value("Var") == "Stortorget och stadsparken"
    page = form.fill("Var", "Stortorget").submit().page
    assert "Problemet är sparat." in page.text
    assert [link.text for link in page.links()].count("Lägg fram för underskrift") == 1


def test_a_picture_is_put_forward_and_its_draft_can_still_be_changed(cast, desk, ready_picture):
    picture = ready_picture(is_signed=False)
    asks = desk(cast.coordinator, at(picture)).page.link("Lägg fram för underskrift").follow().page
    assert "inte kopplat till något behov" in asks.text
    page = asks.form("Lägg fram för underskrift").submit().page
    assert "väntar på Provby kommun och Lokalpolisområde Provby" in page.text
    assert page.link("Läs förslaget").address.startswith("/skrivbord/underskrift/")
    assert desk(cast.chair, at(picture)).page.link("Läs och skriv under")
    refused = desk(cast.coordinator, at(picture, "lagg-fram/")).page.form("Lägg fram för underskrift").submit()
    assert refused.status_code == 409
    assert "Ett förslag väntar redan på underskrift." in refused.page.text


def test_what_points_out_a_person_is_not_put_forward(cast, desk, ready_picture):
    picture = ready_picture(is_signed=False)
    factories.make_problem(cast, picture, what="Ring Kalle på 070-123 45 67.")
    refused = desk(cast.coordinator, at(picture, "lagg-fram/")).page.form("Lägg fram för underskrift").submit()
    assert refused.status_code == 409
    assert "070-123 45 67" in refused.page.text
    assert Picture.objects.get(pk=picture.pk).document.versions.count() == 0


def test_what_is_in_force_is_not_put_forward_again_unchanged(chain, desk):
    page = desk(chain.cast.coordinator, at(chain.picture)).page
    assert page.link("Se det som gäller").address == "/provby/problembilder/gemensam-problembild-for-provby/"
    assert "Lägg fram för underskrift" not in [link.text for link in page.links()]

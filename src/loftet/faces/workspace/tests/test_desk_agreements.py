"""The agreement at the desk: one's own draft, sharing it on purpose, notes, signing, renewing and terminating."""

from __future__ import annotations

from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.plans import queries
from loftet.domain.plans.models import Agreement
from loftet.testing import factories

TODAY = clock.day_of(clock.now())


def at(agreement: Agreement, rest: str = "") -> str:
    return f"overenskommelser/{agreement.public_id}/{rest}"


def test_a_draft_is_written_shared_and_commented(cast, desk):
    page = desk(cast.coordinator, "").page.link("Samverkansöverenskommelser").follow().page
    form = page.link("Ny överenskommelse").follow().page.form("Spara utkast")
    assert form.value("Område") == "Provby"
    refused = form.fill("Syfte", "Färre brott.").submit()
    assert refused.status_code == 422
    assert refused.page.h1 == "Ny överenskommelse om samverkan"
    assert "Fokusområden: Fyll i det här." in refused.page.text
    page = refused.page.form("Spara utkast").fill("Fokusområden", "Centrum\nSkolvägar").submit().page
    assert "Bara Provby kommun ser utkastet." in page.text
    draft = Agreement.objects.get()
    assert desk(cast.police_coordinator, at(draft)).status_code == 403
    assert "Ingen överenskommelse än." in desk(cast.police_coordinator, "overenskommelser/").page.text
    page = desk(cast.coordinator, at(draft, "dela/")).page
    assert "kan det bli en allmän handling" in page.text
    page = page.form("Dela för synpunkter").submit().page
    assert "Delat för synpunkter av Provby kommun, trygghetssamordnare" in page.text
    form = (
        desk(cast.police_coordinator, at(draft)).page.link("Skriv en synpunkt").follow().page.form("Spara synpunkten")
    )
    page = form.fill("Synpunkt", "Ta med stationen.").submit().page
    assert "Ta med stationen." in page.text
    assert "Lokalpolisområde Provby, kommunpolis" in page.text
    page = page.link("Lägg fram för underskrift").follow().page.form("Lägg fram för underskrift").submit().page
    assert "väntar på Provby kommun och Lokalpolisområde Provby" in page.text


def test_the_signing_page_shows_it_and_its_copy_on_paper(cast, ready_agreement, desk, client):
    agreement = ready_agreement(is_signed=False)
    page = desk(cast.chair, at(agreement)).page.link("Läs och skriv under").follow().page
    assert page.h1 == agreement.title
    assert "Trygghet i centrum" in page.text
    copy = client.get(page.link("Skriv ut exemplar att skriva under på papper (PDF)").address, check=False)
    assert copy["Content-Type"] == "application/pdf"
    assert copy.content.startswith(b"%PDF")


def test_every_kind_of_document_has_its_copy_on_paper(chain, desk, client):
    for thing in (chain.agreement, chain.picture, chain.promise):
        desk(chain.cast.chief)
        answer = client.get(f"/skrivbord/underskrift/{thing.document.public_id}/exemplar/", check=False)
        assert answer.content.startswith(b"%PDF"), thing
    missing = client.get(f"/skrivbord/underskrift/{chain.promise_draft.document.public_id}/exemplar/", check=False)
    assert missing.status_code == 404


def test_renewing_shows_what_changes_and_one_party_may_terminate(cast, ready_agreement, desk):
    agreement = ready_agreement()
    page = desk(cast.coordinator, at(agreement)).page
    assert "Säg upp överenskommelsen" not in page.text
    form = page.link("Förnya eller ändra").follow().page.form("Spara utkast")
    page = form.fill("Syfte", "Ännu färre brott.").submit().page
    assert "Utkastet ändrar det här" in page.text
    form = desk(cast.chief, at(agreement)).page.link("Säg upp överenskommelsen").follow().page.form("Säg upp")
    refused = form.fill("Sista dagen den gäller", agreement.ends.isoformat()).fill("Skäl", "Ny lägesbild.").submit()
    assert "då den ändå går ut" in refused.page.text
    last_day = TODAY + timedelta(days=30)
    page = refused.page.form("Säg upp").fill("Sista dagen den gäller", last_day.isoformat()).submit().page
    assert "Lokalpolisområde Provby har sagt upp överenskommelsen." in page.text
    assert queries.public_agreements(cast.municipality)[0].standing.last_day == last_day


def test_what_runs_out_stands_among_what_to_do(cast, client):
    factories.make_agreement(cast, at=clock.now() - timedelta(days=200), ends=TODAY + timedelta(days=80))
    for hat in (cast.coordinator, cast.police_coordinator):
        client.sign_in(hat.person)
        page = client.get("/skrivbord/").page
        assert "Förnya eller låt gå ut: Samverkansöverenskommelse för Provby" in page.text
        assert f"gäller till och med {clock.in_words(TODAY + timedelta(days=80))}" in " ".join(page.text.split())

"""The public page of an agreement: the words all signed, who signed, its paper, its versions and how it ended."""

from __future__ import annotations

from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.plans import actions
from loftet.testing import factories
from loftet.testing.factories.signed import AGREEMENT

AT = "/provby/overenskommelser/samverkansoverenskommelse-for-provby/"
TODAY = clock.day_of(clock.now())


def test_there_is_nothing_before_all_have_signed(ready_agreement, client):
    ready_agreement(is_signed=False)
    assert client.get(AT, check=False).status_code == 404


def test_the_page_shows_what_all_signed_and_leads_to_proof_paper_and_versions(ready_agreement, page, client):
    agreement = ready_agreement()
    shown = page("/provby/").link(agreement.title).follow().page
    for words in ("Syfte", AGREEMENT["purpose"], "Fokusområde", "Unga på kvällstid", "två gånger om året"):
        assert words in shown.text
    assert "Provby kommun: Kommunstyrelsens ordförande i Provby" in shown.text
    assert "Samverkans<wbr>överenskommelse för Provby</h1>" in client.get(AT).content.decode()
    entry = next(link for link in shown.links() if link.text.startswith("Löftesboken som nummer")).follow().page
    assert "En samverkansöverenskommelse skrevs under av alla parter" in entry.text
    assert AGREEMENT["purpose"] in entry.text
    paper = client.get(shown.link("Hämta som PDF").address, check=False)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content == client.get(f"{AT}pdf/", check=False).content
    versions = shown.link("Versioner och ändringar").follow().page
    assert "Det här är den enda versionen." in versions.text
    assert client.get(f"/id/{agreement.public_id}", check=False)["Location"] == AT


def test_a_renewal_is_shown_as_what_changed(cast, ready_agreement, page):
    agreement = ready_agreement()
    actions.edit_agreement(
        agreement=agreement,
        by=cast.coordinator,
        **{**AGREEMENT, "purpose": "Tryggare kvällar."},
        starts=agreement.starts,
        ends=agreement.ends + timedelta(days=365),
    )
    version = actions.propose_agreement(agreement=agreement, by=cast.coordinator)
    factories.sign_by_both(cast, version, actions.sign_agreement)
    text = page(f"{AT}versioner/").text
    assert "Ändrat från version 1" in text
    assert "Tryggare kvällar." in text


def test_a_termination_is_shown_openly_as_one_partys_word(cast, ready_agreement, page):
    agreement = ready_agreement()
    last_day = TODAY + timedelta(days=20)
    actions.terminate(agreement=agreement, by=cast.chief, reason="Ny lägesbild först.", last_day=last_day)
    text = page(AT).text
    assert "Lokalpolisområde Provby har sagt upp överenskommelsen." in text
    assert "Ny lägesbild först." in text
    news = page("/loftesboken/")
    entry = news.link("En part sade upp en samverkansöverenskommelse: Lokalpolisområde Provby").follow().page
    assert "Ny lägesbild först." in entry.text


def test_an_expired_agreement_says_so(cast, page):
    factories.make_agreement(cast, at=clock.now() - timedelta(days=300), ends=TODAY - timedelta(days=1))
    assert "(gäller inte längre)" in page("/provby/").text
    assert f"gällde till och med {clock.in_words(TODAY - timedelta(days=1))}" in page(AT).text

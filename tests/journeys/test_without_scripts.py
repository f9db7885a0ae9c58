"""Every public page and form works with JavaScript off, and no page breaks the content security policy."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PLACE = "/exempelby/"
SCHOOL = f"{PLACE}dialoger/tryggare-vag-till-skolan/"
WORDS = "Trottoaren utanför biblioteket är för smal för barnvagnar."
MOST_OF_A_KIND = 3


@pytest.fixture
def installation(shared_installation):
    """One installation for the file: what a resident says disturbs nobody."""
    return shared_installation


@pytest.fixture
def resident(somebody):
    """Somebody with JavaScript off."""
    return somebody(java_script_enabled=False)


def is_public(kind: str) -> bool:
    """Whether a kind of page is for everyone."""
    return kind.startswith(("public:", "shared:")) or kind in {"account_login", "account_reset_password"}


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_every_kind_of_page_answers_and_the_browser_has_nothing_to_complain_of(new_page, crawl, scripts):
    page = new_page(java_script_enabled=scripts)
    opened = []
    for kind, address in crawl(page, "/", most_of_a_kind=MOST_OF_A_KIND, wanted=is_public):
        assert page.get_by_role("heading", level=1).count() == 1, address
        assert page.title().startswith(page.get_by_role("heading", level=1).inner_text()), address
        assert page.faults == [], address
        opened.append(kind)
    assert len(set(opened)) >= 20
    assert len(opened) >= 30


def test_from_the_start_page_to_ones_own_answers(resident):
    resident.go("/").write({"Kommun eller ort": "exempel"}).press("Sök")
    if resident.where != PLACE:
        resident.follow("Exempelby")
    resident.follow("Tryggare väg till skolan").follow("Svara").reads("0 av ungefär")
    first = resident.main.get_by_role("button").count()
    resident.press("Håller med").press("Håller inte med").press("Hoppa över").reads("3 av ungefär")
    assert first == resident.main.get_by_role("button").count() == 3
    resident.follow("Tillbaka").reads("Välj igen om du vill ändra dig").press("Håller med").reads("3 av ungefär")
    resident.follow("Säg det själv").write({"Vad vill du säga?": "Kort"}).press("Skicka")
    resident.meets(422).reads("Skriv en hel mening")
    resident.write({"Vad vill du säga?": WORDS}).press("Skicka").reads(WORDS, "Väntar på granskning")
    resident.go(f"{SCHOOL}mina-svar/").reads("håller med", "håller inte med")
    resident.follow("Fortsätt svara").reads("3 av ungefär")


def test_a_vote_from_another_site_is_refused(resident):
    resident.go(f"{SCHOOL}delta/")
    post = {"statement": "1", "value": "1"}
    request = resident.page.request
    refused = request.post(f"{SCHOOL}delta/", form=post, headers={"Origin": "https://annan.example"})
    assert refused.status == 403
    assert request.post(f"{SCHOOL}delta/", form=post).status == 200


def test_tables_are_sorted_and_folds_are_opened_without_scripts(resident):
    resident.go("/kommuner/").follow("Kommun")
    rows = resident.main.get_by_role("row")
    assert rows.count() > 290
    resident.go(f"{PLACE}dialoger/trygg-i-centrum/resultat/")
    in_sight = resident.main.get_by_role("table")  # what is folded away is not
    before = in_sight.count()
    resident.main.get_by_text("Visa tabellen").click()
    assert in_sight.count() == before + 1


def test_staff_sign_in_and_out_without_scripts(resident):
    resident.sign_in("coordinator").follow("Rapportera").reads("Rapportera")
    resident.page.get_by_role("button", name="Logga ut").click()
    resident.comes_to("/")
    resident.page.goto("/skrivbord/")
    resident.comes_to("/logga-in/")

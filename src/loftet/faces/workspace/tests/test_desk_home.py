"""The first page at the desk, and the board of a place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loftet.domain.base import clock
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signed
from loftet.domain.situation import actions as situation
from loftet.testing import factories
from loftet.testing.cast import make_person


def tasks(page) -> list[str]:
    """What waits, in order."""
    return [page.document.text(e) for e in page.document.all("h2") if "task-what" in e.get("class", "")]


def home(client, hat):
    return client.sign_in(hat.person).get("/skrivbord/").page


def numbers(count: int) -> str:
    return f"Skriv in diarienummer för {count} handlingar"


@pytest.fixture
def late(cast, ready_promise):
    """A promise whose quarter has gone without a report, and a closed dialogue that nobody has answered."""
    now = clock.now()
    ready_promise(days_ago=120)
    factories.make_dialogue(
        cast, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=40), at=now - timedelta(days=50)
    )


def test_each_sees_what_waits_for_them(cast, late, client, ready_promise):
    factories.make_voice(factories.make_dialogue(cast, title="Trygg i skolan"))
    ready_promise(title="Ljusare vägar", is_signed=False)
    answer, patrol, lights = (
        "Svara dem som var med i Trygg i centrum",
        "Rapportera: Fotpatrull på torget",
        "Rapportera: Ny belysning i stadsparken",
    )
    minutes = "När protokollet anslogs: Gemensam problembild för Provby"
    moderate = "Granska 1 text i Trygg i skolan"
    assert tasks(home(client, cast.coordinator)) == [lights, answer, minutes, moderate, numbers(5)]
    assert tasks(home(client, cast.police_coordinator)) == [patrol, answer, numbers(3)]
    assert tasks(home(client, cast.moderator)) == ["Granska 1 text i Trygg i skolan"]
    assert tasks(home(client, cast.chair)) == ["Skriv under: Ljusare vägar", minutes]
    assert tasks(home(client, cast.reader)) == []
    assert "Inget väntar på dig" in home(client, cast.reader).text


def test_one_who_signs_is_asked_to_prepare_for_it_and_nobody_else_is(cast, client):
    for hat in (cast.chair, cast.reader, cast.coordinator):
        hat.person.authenticator_set.all().delete()
    assert tasks(home(client, cast.chair)) == ["Lägg till en app för koder"]
    assert "Lägg till en app för koder" not in tasks(home(client, cast.reader)) + tasks(home(client, cast.coordinator))


def test_what_is_late_says_so_and_comes_first(cast, client, ready_promise):
    now = clock.now()
    ready_promise(days_ago=120)
    dialogue = factories.make_dialogue(
        cast,
        opens_at=now - timedelta(days=90),
        closes_at=now - timedelta(days=60),
        at=now - timedelta(days=70),
        answer_by=clock.day_of(now - timedelta(days=10)),
    )
    factories.make_dialogue(cast, title="Stänger i morgon", closes_at=now + timedelta(days=1))
    page = home(client, cast.coordinator)
    assert tasks(page)[-2:] == ["Stänger i morgon stänger snart", numbers(4)]
    assert "skulle ha kommit senast" in page.text
    assert "Svaret är sent" in page.text
    assert "Rapporten är sen" in page.text
    assert page.link("Skriv svaret").address == f"/skrivbord/provby/dialoger/{dialogue.public_id}/svar/"


def test_a_proposal_that_was_sent_back_waits_for_those_who_write(cast, client, ready_picture):
    picture = ready_picture(is_signed=False)
    version = situation.propose_picture(picture=picture, by=cast.coordinator)
    signing.send_back(version=version, by=cast.chief, reason="Skriv vilka tider det gäller.")
    page = home(client, cast.police_coordinator)
    assert tasks(page) == ["Ändra och lägg fram igen: Gemensam problembild för Provby"]
    shown = page.link("Läs skälet").follow().page
    assert "Lokalpolisområde Provby skrev: ”Skriv vilka tider det gäller.”" in shown.text
    assert signed.state(picture.document) == signed.State.SENT_BACK
    assert tasks(home(client, cast.chief)) == []


def test_someone_without_a_hat_is_told_what_to_do(client, db):
    answer = client.sign_in(make_person(name="Ny", email="ny@provby.example.org")).get("/skrivbord/", check=False)
    assert answer.status_code == 403
    assert "Du har inget uppdrag i dag" in answer.page.text
    assert client.get("/skrivbord/").status_code == 302


def test_the_board_has_the_whole_chain_with_its_gaps(chain, desk):
    page = desk(chain.cast.coordinator).page
    assert page.h1 == "Provby"
    columns = ["Dialoger", "Det vi hörde och behov", "Problem", "Löften", "Uppföljning", "Svar till er"]
    assert [words for words in page.headings if words in columns] == columns
    assert "Inget problem bygger på behovet." in page.text
    assert "Inget behov från en dialog ligger bakom." in page.text
    for title in ("Trygg i skolan", "Problembild för skolan", "Lugnare kvällar i centrum", "Fotpatrull på torget"):
        assert title in " ".join(page.headings) + page.text
    assert page.link("Ny dialog").follow().page.h1 == "Ny dialog"


def test_a_gap_closes_when_a_problem_names_the_need(chain, desk):
    factories.make_problem(chain.cast, chain.picture_draft, needs=[chain.need], title="Mörkt i parken")
    page = desk(chain.cast.coordinator).page
    assert "Inget problem bygger på behovet." not in page.text
    assert "Inget löfte handlar om problemet." in page.text


def one_more_of_everything(cast) -> None:
    """Another round of the chain, with what makes tasks and cards."""
    now = clock.now()
    dialogue = factories.make_dialogue(cast, closes_at=now + timedelta(days=2))
    factories.make_voice(dialogue)
    release = factories.make_release(cast, dialogue)
    factories.make_need(cast, factories.make_finding(cast, release))
    factories.make_dialogue(
        cast, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=40), at=now - timedelta(days=50)
    )
    factories.make_promise(cast, at=now - timedelta(days=120))
    factories.make_promise(cast, is_signed=False)


@pytest.mark.long
@pytest.mark.parametrize("address", ["/skrivbord/", "/skrivbord/provby/"])
def test_twice_the_rows_take_the_same_number_of_questions(cast, client, address):
    client.sign_in(cast.coordinator.person)
    one_more_of_everything(cast)
    client.get(address, check=False)
    with CaptureQueriesContext(
        connection,
    ) as once:
        few = client.get(address, check=False)
    one_more_of_everything(cast)
    with CaptureQueriesContext(connection) as twice:
        many = client.get(address, check=False)
    assert len(many.content) > len(few.content) * 1.15
    assert len(twice) == len(once), [q["sql"][:90] for q in twice.captured_queries]
    assert len(twice) < 60

"""From answers to figures, from figures to what was heard and what is needed."""

from __future__ import annotations

import pytest

from loftet.domain.understanding import actions, queries
from loftet.testing import factories


@pytest.fixture
def dialogue(ready, cast):
    """An open dialogue that twenty people have answered."""
    return ready("dialogue with votes", lambda: make_answered(cast))


def make_answered(cast):
    found = factories.make_dialogue(cast)
    factories.make_votes(found)
    return found


@pytest.fixture
def run(cast, desk, django_capture_on_commit_callbacks):
    """Press the button that orders an analysis, and let the queue do it."""

    def press(dialogue):
        page = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/forsta/").page
        with django_capture_on_commit_callbacks(execute=True):
            page.form("Kör analysen").submit()
        return desk(cast.coordinator, f"dialoger/{dialogue.public_id}/forsta/").page

    return press


def main_action(page) -> list[str]:
    """The words on the main buttons in the page: those that are not quiet."""
    document = page.document
    return [
        document.text(e)
        for e in document.all("a", "button")
        if e.get("class", "").split() == ["button"] and document.inside(e, "main")
    ]


def test_the_work_is_led_one_step_at_a_time(cast, dialogue, desk, run):
    page = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/forsta/").page
    assert main_action(page) == ["Kör analysen"]
    page = run(dialogue)
    assert "Klar Beställd" in page.text
    assert main_action(page) == ["Släpp resultatet"]
    page = page.link("Släpp resultatet").follow().page.form("Släpp resultatet").submit().page
    assert "Släppt" in page.text
    assert "20 deltagare" in page.text
    assert main_action(page) == ["Skriv det ni hörde"]
    form = page.link("Skriv det ni hörde").follow().page.form("Spara utkast")
    form.fill("Det vi hörde", "Nästan alla vill ha mer belysning.").tick("Det behövs mer belysning i stadsparken.")
    page = form.fill("Behovet bakom", "Att kunna gå hem med god sikt.").submit().page
    assert "Behovet är sparat." in page.text
    assert main_action(page) == ["Publicera utkasten"]
    asks = page.link("Publicera utkasten").follow().page
    assert "Nästan alla vill ha mer belysning." in asks.text
    page = asks.form("Publicera").submit().page
    assert "Det ni hörde är publicerat." in page.text
    assert main_action(page) == []
    assert "Att kunna gå hem med god sikt." in page.text
    assert queries.needs(dialogue).get().findings.get().text == "Nästan alla vill ha mer belysning."


def test_a_run_in_the_queue_is_waited_for(cast, dialogue, desk):
    page = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/forsta/").page.form("Kör analysen").submit().page
    assert "Analysen är beställd" in page.text
    assert main_action(page) == ["Uppdatera"]
    assert "I kö" in page.text
    actions.finish(run=queries.latest_run(dialogue))
    assert main_action(page.link("Uppdatera").follow().page) == ["Släpp resultatet"]


def test_the_same_answers_are_not_analysed_twice(chain, desk):
    page = desk(chain.cast.coordinator, f"dialoger/{chain.dialogue.public_id}/forsta/").page
    again = page.form("Kör analysen igen").submit().page
    assert "Inga nya svar har kommit sedan analysen." in again.text
    assert "Släpp resultatet" not in [link.text for link in again.links()]


def test_too_few_answers_are_not_released(cast, run):
    dialogue = factories.make_dialogue(cast)
    factories.make_votes(dialogue, camps=(3,))
    refused = run(dialogue).link("Släpp resultatet").follow().page.form("Släpp resultatet").submit()
    assert refused.status_code == 409
    assert "Färre än 5 har svarat" in refused.page.text
    assert queries.latest_release(dialogue) is None


def test_nothing_is_heard_before_something_is_released(cast, dialogue, desk):
    page = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/horde/nytt/")
    assert page.status_code == 302
    links = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/forsta/").page.links()
    assert "Skriv det ni hörde" not in [link.text for link in links]


def test_a_refused_need_comes_back_and_what_was_heard_is_saved_once(chain, desk):
    page = desk(chain.cast.coordinator, f"dialoger/{chain.dialogue.public_id}/horde/nytt/").page
    form = page.form("Spara utkast").fill("Det vi hörde", "Många vill se fler vuxna på torget.")
    refused = form.fill("Behovet bakom", "Ring Kalle på 070-123 45 67").submit()
    assert (refused.status_code, refused.page.h1) == (422, "Nytt behov")
    assert "Det ni hörde är sparat som utkast." in refused.page.text
    again = refused.page.form("Spara")
    assert again.value("Behov") == "Ring Kalle på 070-123 45 67"
    done = again.fill("Behov", "Att möta vuxna på torget.").submit().page
    assert "Behovet är sparat." in done.text
    texts = [finding.text for finding in queries.findings(chain.dialogue, published_only=False)]
    assert texts.count("Många vill se fler vuxna på torget.") == 1


def test_drafts_are_changed_and_removed_but_not_what_is_published(chain, desk, client):
    at = f"dialoger/{chain.dialogue.public_id}"
    page = desk(chain.cast.police_coordinator, f"{at}/horde/{chain.heard_draft.public_id}/").page
    form = page.form("Spara utkast")
    assert form.value("Det vi hörde") == "Åsikterna går isär om kameror."
    done = form.fill("Det vi hörde", "Åsikterna går isär om fler kameror.").submit().page
    assert "Utkastet är sparat." in done.text
    removed = done.form("Ta bort utkastet: Åsikterna går isär om fler kameror.").submit().page
    assert "Åsikterna går isär" not in removed.text
    published = desk(chain.cast.coordinator, f"{at}/horde/{chain.finding.public_id}/").page
    refused = published.form("Spara utkast").fill("Det vi hörde", "Något annat.").submit()
    assert "Det här är publicerat och ligger kvar som det är." in refused.page.text
    answer = client.post(f"/skrivbord/provby/{at}/horde/{chain.finding.public_id}/ta-bort/", follow=True)
    assert "Det här är publicerat" in answer.page.text


def test_what_has_no_evidence_is_not_published(chain, desk):
    at = f"dialoger/{chain.dialogue.public_id}/horde"
    page = desk(chain.cast.coordinator, f"{at}/nytt/").page
    page.form("Spara utkast").fill("Det vi hörde", "Alla gillar bussen.").submit()
    refused = desk(chain.cast.coordinator, f"{at}/publicera/").page.form("Publicera").submit()
    assert refused.status_code == 409
    assert "”Alla gillar bussen.” har inget belägg." in refused.page.text


def test_a_need_is_changed_and_always_rests_on_something(chain, desk):
    page = desk(chain.cast.coordinator, f"dialoger/{chain.dialogue.public_id}/behov/{chain.need.public_id}/").page
    refused = page.form("Spara").tick(chain.finding.text, on=False).fill("Behov", "Att kunna gå hem.").submit()
    assert "Välj minst en sak som behovet bygger på." in refused.page.text
    again = refused.page.form("Spara")
    assert again.value("Behov") == "Att kunna gå hem."
    assert "Att kunna gå hem." in again.tick(chain.finding.text).submit().page.text

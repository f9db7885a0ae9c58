"""Writing, filling and publishing dialogues, and looking at what residents have written."""

from __future__ import annotations

from datetime import timedelta

from loftet.domain.base import clock
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Dialogue, Voice
from loftet.testing import factories
from loftet.testing.client import Form

WORDS = {
    "Rubrik": "Trygg vid badplatsen",
    "Fråga": "Vad skulle göra badplatsen tryggare?",
    "Varför vi frågar": "Vi vill förstå vad ni behöver.",
    "Det här kan påverkas": "Ljus och städning.",
    "Det här kan inte påverkas": "Lagar.",
}


def write(page, **changed: str):
    form = page.form("Spara utkast")
    for label, words in {**WORDS, **changed}.items():
        form.fill(label, words)
    return form


def test_a_first_dialogue_is_written_filled_and_published(cast, desk, client):
    made = write(desk(cast.coordinator, "dialoger/ny/").page).submit().page
    assert made.h1 == "Trygg vid badplatsen"
    assert "Dialogen är sparad som utkast." in made.text
    assert "Skriv minst ett påstående" in made.document.text(made.document.all("aside")[0])
    filled = (
        made.form("Lägg till").fill("Nya påståenden", "Det är för mörkt.\n\nMusiken är för hög sent.").submit().page
    )
    assert "Två påståenden är tillagda." in filled.text
    asks = filled.link("Publicera").follow().page
    assert asks.h1 == "Publicera Trygg vid badplatsen"
    assert "Texten kan inte ändras efter publicering." in asks.text
    done = asks.form("Publicera dialogen").submit().page
    assert "Dialogen är publicerad." in done.text
    assert done.link("http").address == "/provby/dialoger/trygg-vid-badplatsen/"
    assert client.get("/provby/dialoger/trygg-vid-badplatsen/").status_code == 200
    dialogue = Dialogue.objects.get()
    assert dialogue.controller == cast.town
    assert dialogue.closes_at - dialogue.opens_at > timedelta(days=27)
    assert dialogue.answer_by > clock.day_of(dialogue.closes_at)


def test_what_was_typed_stays_when_something_is_missing_or_wrong(cast, desk):
    form = write(desk(cast.coordinator, "dialoger/ny/").page, **{"Varför vi frågar": ""})
    form.fill("Stänger", "2020-01-01T08:00").fill("Ni svarar deltagarna senast", "2019-01-01")
    refused = form.submit()
    assert refused.status_code == 422
    assert "Varför vi frågar: Fyll i det här." in refused.page.text
    assert "Dialogen måste stänga efter att den öppnar." in refused.page.text
    assert "Ni kan inte svara innan dialogen har stängt." in refused.page.text
    again = refused.page.form("Spara utkast")
    assert again.value("Rubrik") == "Trygg vid badplatsen"
    assert again.value("Stänger") == "2020-01-01T08:00"
    assert not Dialogue.objects.exists()


def test_a_fault_under_the_fold_is_unfolded(cast, desk):
    refused = write(desk(cast.coordinator, "dialoger/ny/").page, **{"Minuter det tar att svara": "många"}).submit()
    fold = refused.page.document.all("details")[0]
    assert "open" in fold.attrib
    assert "Skriv ett heltal med siffror." in refused.page.text
    assert "open" not in desk(cast.coordinator, "dialoger/ny/").page.document.all("details")[0].attrib


def test_what_the_verb_refuses_is_said_at_the_form(cast, desk):
    refused = write(desk(cast.coordinator, "dialoger/ny/").page, **{"Minuter det tar att svara": "0"}).submit()
    assert refused.status_code == 422
    assert "Tiden det tar måste vara minst en minut. Inget är sparat." in refused.page.text
    assert refused.page.form("Spara utkast").value("Fråga") == WORDS["Fråga"]


def test_a_draft_is_changed_until_it_is_published(cast, desk, ready_dialogue):
    draft = ready_dialogue(is_published=False)
    changed = desk(cast.police_coordinator, f"dialoger/{draft.public_id}/andra/").page.form("Spara utkast")
    assert changed.value("Rubrik") == "Trygg i centrum"
    assert changed.fill("Rubrik", "Trygg på torget").submit().page.h1 == "Trygg på torget"
    open_now = factories.make_dialogue(cast)
    page = desk(cast.coordinator, f"dialoger/{open_now.public_id}/andra/").page
    refused = page.form("Spara utkast").fill("Rubrik", "Något annat").submit()
    assert "Dialogen är publicerad" in refused.page.text
    assert refused.page.form("Spara utkast").value("Rubrik") == "Något annat"


def test_statements_before_a_refused_one_are_kept_and_the_rest_comes_back(cast, desk, ready_dialogue):
    draft = ready_dialogue(seeds=[], is_published=False)
    page = desk(cast.coordinator, f"dialoger/{draft.public_id}/").page
    lines = "Det är för mörkt.\nRing Kalle på 070-123 45 67\nDet behövs bänkar."
    refused = page.form("Lägg till").fill("Nya påståenden", lines).submit()
    assert refused.status_code == 422
    assert "Ett påstående är tillagt." in refused.page.text
    assert "070-123 45 67” (telefonnummer)" in refused.page.text
    left = "Ring Kalle på 070-123 45 67\nDet behövs bänkar."
    assert refused.page.form("Lägg till").value("Nya påståenden") == left
    assert [one.voice.text for one in asked.statements(draft)] == ["Det är för mörkt."]


def test_a_statement_is_taken_out_of_a_draft_and_of_nothing_else(cast, desk, client, ready_dialogue):
    draft = ready_dialogue(is_published=False)
    page = desk(cast.coordinator, f"dialoger/{draft.public_id}/").page
    form = page.form("Ta bort påståendet: Det behövs mer belysning i stadsparken.")
    assert "Påståendet är borttaget." in form.submit().page.text
    open_now = factories.make_dialogue(cast)
    answer = client.post(f"/skrivbord/provby/dialoger/{open_now.public_id}/pastaenden/1/ta-bort/", follow=True)
    assert "Dialogen är publicerad" in answer.page.text
    assert asked.statements(open_now).count() == 6


def test_publishing_too_early_says_what_is_missing(cast, desk, ready_dialogue):
    draft = ready_dialogue(seeds=[], is_published=False)
    page = desk(cast.coordinator, f"dialoger/{draft.public_id}/publicera/").page
    assert "Skriv minst ett påstående" in page.text
    refused = page.form("Publicera dialogen").submit()
    assert refused.status_code == 409
    assert "Dialogen kan inte publiceras än." in refused.page.text


def test_only_the_controllers_people_publish_and_read_unpublished_words(cast, desk, ready_dialogue):
    """The police is an equal over the promise, not over raw voices."""
    draft = ready_dialogue(title="Trygg i skolan", is_published=False)
    dialogue = factories.make_dialogue(cast)
    voice = factories.make_voice(dialogue)
    assert desk(cast.coordinator, f"dialoger/{draft.public_id}/publicera/").status_code == 200
    assert desk(cast.police_coordinator, f"dialoger/{draft.public_id}/publicera/").status_code == 403
    assert voice.text in desk(cast.moderator, f"dialoger/{dialogue.public_id}/granska/").page.text
    assert desk(cast.police_coordinator, f"dialoger/{dialogue.public_id}/granska/").status_code == 403
    seen = desk(cast.police_coordinator, f"dialoger/{dialogue.public_id}/").page
    assert voice.text not in seen.text
    assert "Granska det som skrivits" not in [link.text for link in seen.links()]


def test_a_text_is_published_or_declined_with_a_reason(cast, desk, ready_dialogue):
    dialogue = ready_dialogue()
    voice = factories.make_voice(dialogue)
    page = desk(cast.moderator, f"dialoger/{dialogue.public_id}/granska/").page
    refused = page.form("Spara beslutet").submit()
    assert (refused.status_code, refused.page.h1) == (422, "Granska Trygg i centrum")
    assert "Välj vad som ska hända med texten." in refused.page.text
    refused = refused.page.form("Spara beslutet").choose("Publicera inte").fill("Tillägg", "Skriv om.").submit()
    assert "Välj ett skäl. Den som skrev får läsa det." in refused.page.text
    again = refused.page.form("Spara beslutet")
    assert again.value("Tillägg") == "Skriv om."
    done = again.fill("Skäl", "Texten är reklam.").submit().page
    assert "Beslutet är sparat." in done.text
    assert "Inget väntar på granskning" in done.text
    voice.refresh_from_db()
    assert (voice.state, voice.explanation) == (Voice.State.DECLINED, "Texten är reklam. Skriv om.")


def test_several_texts_wait_on_one_page_and_each_has_its_own_form(cast, desk, ready_dialogue):
    dialogue = ready_dialogue()
    first = factories.make_voice(dialogue)
    second = factories.make_voice(dialogue, text="Belysningen vid kajen är trasig sedan länge.")
    page = desk(cast.moderator, f"dialoger/{dialogue.public_id}/granska/").page
    forms = [e for e in page.document.all("form") if page.document.inside(e, "main")]
    assert len(forms) == 2
    done = Form(forms[1], page).choose("Publicera som påstående").submit().page
    assert first.text in done.text
    assert second.text not in done.text

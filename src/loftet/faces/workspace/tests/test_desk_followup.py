"""Reporting on measures, recording figures, and answering those who took part."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.followup import actions as followup
from loftet.domain.followup.models import Feedback, Report
from loftet.domain.indicators.models import Measurement
from loftet.testing import factories


def measure_of(promise, text: str):
    return next(measure for measure in promise.measures.all() if measure.text == text)


@pytest.fixture
def promise(ready_promise):
    """A promise that has been in force for more than a quarter."""
    return ready_promise(days_ago=120)


# --- Reports ---------------------------------------------------------------------------------------------------------
def test_the_oldest_unreported_period_is_filled_in(cast, promise, desk):
    measure = measure_of(promise, "Fotpatrull på torget")
    page = desk(cast.officer, f"atgarder/{measure.public_id}/rapport/").page
    assert page.h1 == "Rapportera: Fotpatrull på torget"
    form = page.form("Publicera rapporten")
    assert form.value("Från och med") == measure.starts.isoformat()
    done = form.fill("Antal (pass)", "26").fill("Anteckning", "Två pass i veckan.").submit().page
    assert "Rapporten är publicerad och införd i Löftesboken." in done.text
    assert "26 (pass)" in done.text
    report = Report.objects.get()
    assert (report.organisation, report.period_start) == (cast.police, measure.starts)
    assert done.form("Publicera rapporten").value("Från och med") > report.period_end.isoformat()


def test_what_will_be_in_place_is_answered_yes_or_no(cast, promise, desk):
    measure = measure_of(promise, "Ny belysning i stadsparken")
    page = desk(cast.contributor, f"atgarder/{measure.public_id}/rapport/").page
    refused = page.form("Publicera rapporten").fill("Anteckning", "Snart klart.").submit()
    assert "Svara ja eller nej." in refused.page.text
    again = refused.page.form("Publicera rapporten")
    assert again.value("Anteckning") == "Snart klart."
    assert "inte på plats än" in again.choose("Nej, inte än").submit().page.text
    assert Report.objects.get().delivered is False


def test_a_refused_report_keeps_what_was_typed(cast, promise, desk):
    measure = measure_of(promise, "Fotpatrull på torget")
    form = desk(cast.officer, f"atgarder/{measure.public_id}/rapport/").page.form("Publicera rapporten")
    later = (clock.day_of(clock.now()) + timedelta(days=5)).isoformat()
    form.fill("Från och med", later).fill("Till och med", later).fill("Antal (pass)", "3")
    refused = form.submit()
    assert refused.status_code == 422
    assert "Det som bara är planerat kan inte rapporteras som gjort." in refused.page.text
    assert refused.page.form("Publicera rapporten").value("Antal (pass)") == "3"
    named = refused.page.form("Publicera rapporten").fill("Från och med", measure.starts.isoformat())
    named.fill("Till och med", (measure.starts + timedelta(days=30)).isoformat())
    refused = named.fill("Anteckning", "Ring Kalle på 070-123 45 67").submit()
    assert "ser ut att peka ut en person" in refused.page.text
    assert not Report.objects.exists()


def test_a_measure_that_nobody_has_signed_is_not_reported_on(chain, desk, client):
    measure = measure_of(chain.promise_draft, "Fotpatrull på torget")
    client.sign_in(chain.cast.officer.person)
    page = client.get(f"/skrivbord/provby/atgarder/{measure.public_id}/rapport/", follow=True).page
    assert page.h1 == "Provby"
    assert "ingår inte i något löfte som gäller" in page.text


def test_the_other_party_may_report_too_and_a_reader_may_not(cast, promise, desk, client):
    measure = measure_of(promise, "Fotpatrull på torget")
    page = desk(cast.contributor, f"atgarder/{measure.public_id}/rapport/").page
    assert "Provby kommun" in page.form("Publicera rapporten").fill("Antal (pass)", "1").submit().page.text
    read = desk(cast.reader, f"atgarder/{measure.public_id}/rapport/").page
    assert read.h1 == "Fotpatrull på torget"
    assert "1 (pass)" in read.text
    assert client.post(read.address, {"amount": "5"}).status_code == 403
    assert Report.objects.count() == 1


# --- Figures ---------------------------------------------------------------------------------------------------------
def test_a_value_is_recorded_and_corrected_without_losing_the_first(cast, desk):
    series = factories.make_series(cast)
    last = clock.day_of(clock.now()) - timedelta(days=1)

    def record(value: str):
        form = desk(cast.coordinator, f"matt/{series.public_id}/").page.form("Spara mätningen")
        form.fill("Från och med", (last - timedelta(days=20)).isoformat()).fill("Till och med", last.isoformat())
        return form.fill("Värde", value).fill("Antal svar", "588").submit().page

    assert "Mätningen är sparad." in record("46").text
    assert [row[1] for row in record("45").table()][1:] == ["45"]
    assert Measurement.objects.count() == 2


def test_half_an_interval_is_mended_at_its_field(cast, desk):
    series = factories.make_series(cast)
    last = clock.day_of(clock.now()) - timedelta(days=1)
    form = desk(cast.coordinator, f"matt/{series.public_id}/").page.form("Spara mätningen")
    form.fill("Från och med", last.isoformat()).fill("Till och med", last.isoformat()).fill("Värde", "40")
    refused = form.fill("Undre gräns", "41").submit()
    assert refused.status_code == 422
    assert "Fyll i båda gränserna eller ingen av dem." in refused.page.text
    assert "open" in refused.page.document.all("details")[0].attrib
    refused = refused.page.form("Spara mätningen").fill("Övre gräns", "44").submit()
    assert "Värdet ska ligga mellan gränserna." in refused.page.text
    assert refused.page.form("Spara mätningen").value("Värde") == "40"
    assert not Measurement.objects.exists()


def test_a_reader_sees_the_values_and_records_none(cast, desk, client):
    series = factories.make_series(cast)
    factories.make_measurement(cast, series, value=46, n=588)
    page = desk(cast.reader, f"matt/{series.public_id}/").page
    assert page.table()[1][1:] == ["46", "–", "588"]
    assert client.post(page.address, {"value": "1"}).status_code == 403
    assert Measurement.objects.count() == 1


# --- The answer to those who took part ------------------------------------------------------------------------------
@pytest.fixture
def heard(cast, ready_dialogue):
    """A dialogue in which two things were heard."""
    dialogue = ready_dialogue()
    release = factories.make_release(cast, dialogue)
    factories.make_finding(cast, release, text="Nästan alla vill ha mer belysning.")
    factories.make_finding(cast, release, text="Åsikterna går isär om kameror.", numbers=(5,))
    return dialogue


def test_each_thing_that_was_heard_is_answered_before_publishing(cast, heard, promise, desk, client):
    page = desk(cast.coordinator, f"dialoger/{heard.public_id}/svar/").page
    page = page.form("Spara och svara på det ni hörde").submit().page
    assert "2 kvar att svara på." in page.text
    assert "Publicera svaret" not in [link.text for link in page.links()]
    form = page.link("Svara på: Nästan alla vill ha mer belysning.").follow().page.form("Spara svaret")
    refused = form.choose("Lovat").fill("Ert svar", "Vi har lovat det.").submit()
    assert "Välj löftet, eller ett annat svar på vad som händer." in refused.page.text
    form = refused.page.form("Spara svaret")
    assert form.value("Ert svar") == "Vi har lovat det."
    page = form.fill("Vilket löfte?", "Lugnare kvällar i centrum").submit().page
    assert "Vi har lovat det." in page.text
    form = page.link("Svara på: Åsikterna går isär om kameror.").follow().page.form("Spara svaret")
    page = form.choose("Görs inte").fill("Ert svar", "Ni är inte överens, så vi väntar.").submit().page
    page = page.link("Publicera svaret").follow().page.form("Publicera svaret").submit().page
    assert "Svaret är publicerat." in page.text
    assert page.link("Läs svaren").follow().page.h1
    assert "Skriv ett svar till från Provby kommun" in page.text


def test_an_unfinished_answer_is_not_published(cast, heard, desk):
    desk(cast.coordinator, f"dialoger/{heard.public_id}/svar/").page.form("Spara och svara").submit()
    draft = Feedback.objects.get()
    page = desk(cast.coordinator, f"dialoger/{heard.public_id}/svar/{draft.public_id}/publicera/").page
    refused = page.form("Publicera svaret").submit()
    assert refused.status_code == 409
    assert "Svara också på: ”Nästan alla vill ha mer belysning.” (2 kvar)." in refused.page.text


def test_the_parties_answer_each_for_themselves(cast, heard, desk, client):
    mine = followup.draft_feedback(dialogue=heard, by=cast.coordinator, introduction="Från kommunen.")
    page = desk(cast.police_coordinator, f"dialoger/{heard.public_id}/svar/").page
    assert "Från kommunen." not in page.form("Spara och svara").value("Inledning")
    at = f"/skrivbord/provby/dialoger/{heard.public_id}/svar/{mine.public_id}/publicera/"
    assert client.get(at).status_code == 403
    assert client.post(at).status_code == 403
    page.form("Spara och svara").fill("Inledning", "Från polisen.").submit()
    assert {one.organisation for one in Feedback.objects.all()} == {cast.town, cast.police}


def test_without_anything_heard_the_page_leads_to_understanding(cast, desk, ready_dialogue):
    dialogue = ready_dialogue()
    page = desk(cast.coordinator, f"dialoger/{dialogue.public_id}/svar/").page
    assert "Inget publicerat att svara på" in page.text
    assert page.link("Förstå svaren").follow().page.h1 == "Förstå Trygg i centrum"

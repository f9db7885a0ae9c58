"""The promise editor: its words, measures and targets, what is missing, and putting it forward."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from loftet.domain.base import clock
from loftet.domain.plans.models import Measure
from loftet.domain.promises.models import Promise
from loftet.testing import factories


def at(promise, rest: str = "") -> str:
    return f"loften/{promise.public_id}/{rest}"


def lacks(page) -> str:
    """What the panel beside the promise says."""
    return page.document.text(page.document.all("aside")[0])


def test_a_promise_begins_with_a_problem(cast, desk, client):
    page = client.sign_in(cast.coordinator.person).get("/skrivbord/provby/loften/nytt/", follow=True).page
    assert page.h1 == "Ny problembild"
    assert "Ett löfte handlar om ett problem." in page.text


def test_a_promise_is_drafted_for_the_coming_year(cast, desk, ready_picture):
    problem = ready_picture().problems.get()
    form = desk(cast.coordinator, f"loften/nytt/?problem={problem.public_id}").page.form("Spara utkast")
    assert form.value("Från och med").endswith("-01")
    form.fill("Rubrik", "Lugnare kvällar").fill("Till och med", "2020-01-01")
    refused = form.submit()
    assert "I korthet: Fyll i det här." in refused.page.text
    assert "Löftet kan inte sluta innan det börjar." in refused.page.text
    form = refused.page.form("Spara utkast")
    assert form.value("Rubrik") == "Lugnare kvällar"
    ends = (clock.day_of(clock.now()) + timedelta(days=400)).isoformat()
    page = form.fill("I korthet", "Vi är på plats.").fill("Till och med", ends).submit().page
    assert page.h1 == "Lugnare kvällar"
    assert "Löftet saknar åtgärder." in lacks(page)
    assert Promise.objects.get().problem == problem


def test_a_measure_asks_for_six_things_before_the_rest_unfolds(cast, desk, ready_promise):
    promise = ready_promise(measures=[], is_sharp=False, is_proposed=False, is_signed=False)
    page = desk(cast.police_coordinator, at(promise, "atgarder/ny/")).page
    assert len(page.document.all("details")) == 1
    shown = [
        page.document.name(e)
        for e in page.form("Spara").values
        if e.get("type") not in {"hidden", "checkbox"} and not page.document.inside(e, "details")
    ]
    assert len(shown) == 6
    form = page.form("Spara").fill("Vad ni gör", "Fotpatrull på torget").fill("Hur många", "2").fill("Av vad", "pass")
    done = form.fill("Hur ofta", "i veckan").submit().page
    assert "Åtgärden är tillagd." in done.text
    assert "minst 2 pass i veckan" in done.text
    measure = Measure.objects.get()
    assert list(measure.organisations.all()) == [cast.police]
    assert (measure.starts, measure.ends) == (promise.starts, promise.ends)


def test_a_half_told_amount_is_mended_at_its_fields(cast, desk, ready_promise):
    promise = ready_promise(measures=[], is_sharp=False, is_proposed=False, is_signed=False)
    form = desk(cast.coordinator, at(promise, "atgarder/ny/")).page.form("Spara").fill("Hur många", "0")
    refused = form.fill("Vad ni gör", "Nya lampor").tick("Provby kommun", on=False).submit()
    assert refused.status_code == 422
    for sentence in (
        "Ansvarig: Välj vem som ansvarar.",
        "Hur många: Skriv ett tal som är större än noll, eller lämna tomt.",
        "Av vad: Skriv vad det är ni räknar, till exempel pass.",
        "Hur ofta: Välj hur ofta.",
    ):
        assert sentence in refused.page.text
    form = refused.page.form("Spara").tick("Provby kommun").fill("Hur många", "")
    assert form.value("Vad ni gör") == "Nya lampor"
    page = form.fill("Eller: det som ska finnas på plats", "Tio lampor").submit().page
    assert "Tio lampor" in page.text
    assert Measure.objects.get().amount is None


def test_a_measure_is_changed_and_taken_out(chain, desk):
    page = desk(chain.cast.coordinator, at(chain.promise_draft)).page
    form = page.link("Ändra Fotpatrull på torget").follow().page.form("Spara")
    assert (form.value("Hur många"), form.value("Hur ofta")) == ("2.00", "week")
    page = form.fill("Hur många", "3").submit().page
    assert "minst 3 pass i veckan" in page.text
    page = page.form("Ta bort Fotpatrull på torget").submit().page
    assert "Åtgärden är borttagen ur utkastet." in page.text
    assert "Lokalpolisområde Provby har ingen åtgärd." in lacks(page)
    assert "Lokalpolisområde Provby: 0 åtgärder" in lacks(page)


def test_a_new_figure_leads_back_to_the_promises_target(cast, desk, ready_promise):
    promise = ready_promise(is_sharp=False, is_proposed=False, is_signed=False)
    assert "Det saknas ett mål för effekten." in lacks(desk(cast.coordinator, at(promise)).page)
    page = desk(cast.coordinator, at(promise)).page.link("Skriv ett nytt mått").follow().page
    form = page.form("Spara").fill("Måttets namn", "Otrygga på kvällen").fill("Enhet", "procent")
    page = form.fill("Det här säger siffran", "Andelen otrygga.").fill("Källa", "Enkät").submit().page
    assert page.h1 == "Otrygga på kvällen"
    last = clock.day_of(clock.now()) - timedelta(days=1)
    form = page.form("Spara mätningen").fill("Från och med", (last - timedelta(days=20)).isoformat())
    page = form.fill("Till och med", last.isoformat()).fill("Värde", "46").submit().page
    page = page.link("Sätt målet").follow().page
    assert "Otrygga på kvällen (senast 46 procent)" in page.text
    form = page.form("Spara").fill("Utgångsvärde", "46").fill("Utgångsvärdet avser", "våren")
    form.fill("Så räknas det", "Samma fråga.")
    refused = form.fill("Mål", "50").submit()
    assert "lägre bättre, men målet går åt andra hållet" in refused.page.text
    assert refused.page.form("Spara").value("Så räknas det") == "Samma fråga."
    page = refused.page.form("Spara").fill("Mål", "38").submit().page
    assert page.h1 == promise.title
    assert "från 46 till 38 procent" in page.text
    assert "Skarpt löfte" in lacks(page)
    again = page.form("Ta bort målet Otrygga på kvällen").submit().page
    assert "Målet är borttaget ur utkastet." in again.text


def test_without_figures_one_writes_what_is_measured_first(cast, desk, client, ready_promise):
    promise = ready_promise(is_sharp=False, is_proposed=False, is_signed=False)
    client.sign_in(cast.coordinator.person)
    page = client.get(f"/skrivbord/provby/{at(promise, 'mal/nytt/')}", follow=True).page
    assert page.h1 == "Nytt mått"
    assert page.link("Avbryt").address == f"/skrivbord/provby/{at(promise)}"


def test_putting_forward_says_under_which_name_and_what_is_missing(chain, desk):
    asks = desk(chain.cast.coordinator, at(chain.promise_draft, "lagg-fram/")).page
    assert "Det publiceras som ambition." in asks.text
    assert "Det saknas ett mål för effekten." in asks.text
    page = asks.form("Lägg fram för underskrift").submit().page
    assert "Löftet väntar nu på underskrifter." in page.text
    assert page.link("Läs förslaget")


def test_a_promise_in_force_says_so_and_is_not_put_forward_unchanged(chain, desk):
    page = desk(chain.cast.coordinator, at(chain.promise)).page
    assert page.link("Se det som gäller").address == "/provby/medborgarloften/lugnare-kvallar-i-centrum/"
    assert "Utkastet är likadant som det som gäller." in page.text
    assert "Lägg fram för underskrift" not in [link.text for link in page.links()]
    form = page.link("Ändra texten").follow().page.form("Spara utkast")
    changed = form.fill("I korthet", "Vi är på plats oftare.").submit().page
    assert changed.link("Lägg fram för underskrift")


def test_only_what_both_have_signed_is_reported_on(chain, desk):
    factories.make_target(chain.cast, chain.promise_draft, series=factories.make_series(chain.cast, title="Annat"))
    links = [link.text for link in desk(chain.cast.coordinator, at(chain.promise_draft)).page.links()]
    assert not any(words.startswith("Rapportera") for words in links)
    links = [link.text for link in desk(chain.cast.contributor, at(chain.promise)).page.links()]
    assert "Rapportera Fotpatrull på torget" in links
    assert "Ändra Fotpatrull på torget" not in links


def test_amounts_are_decimals(cast, desk, ready_promise):
    promise = ready_promise(measures=[], is_sharp=False, is_proposed=False, is_signed=False)
    form = desk(cast.coordinator, at(promise, "atgarder/ny/")).page.form("Spara").fill("Vad ni gör", "Fältpass")
    form.fill("Hur många", "1.5").fill("Av vad", "timmar").fill("Hur ofta", "i veckan").submit()
    assert Measure.objects.get().amount == Decimal("1.5")

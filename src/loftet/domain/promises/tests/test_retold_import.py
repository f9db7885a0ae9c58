"""Importing retold promises: the record goes in whole or not at all, and a second time changes nothing."""

from __future__ import annotations

import copy
import json

import pytest

from loftet.domain.base.errors import DomainError
from loftet.domain.journal.models import Event
from loftet.domain.places import actions as places
from loftet.domain.places import bundled
from loftet.domain.places.models import Slug
from loftet.domain.promises.importers import retold as importer
from loftet.domain.promises.importers.retold import ImportFault, bundled_document, import_retold, read_document
from loftet.domain.promises.models.retold import RetoldMeasure, RetoldPromise, RetoldResponsible
from loftet.domain.promises.queries import retold as queries
from loftet.domain.promises.tests.retold_world import (
    AT,
    LATER,
    a_record,
    everything,
    make_municipalities,
    told,
)


@pytest.fixture
def municipalities(db):
    return make_municipalities()


@pytest.fixture
def retold(ready):
    """All the promises that come with the product are in; this is the report, and the municipalities."""
    return ready("retold promises, reported", make_retold)


def make_retold():
    made = make_municipalities()
    return import_retold(bundled_document(), at=AT), made


def reasons(report) -> list[tuple[str | int, str]]:
    return [(key, reason.code) for key, reason in report.refused]


def test_all_go_in_and_every_field_has_its_place(retold):
    report, _ = retold
    assert (report.added, report.already_there, report.refused, report.unrecognised) == (44, 0, (), ())
    assert report.lines() == ["44 lästes in, 0 fanns redan, 0 avvisades."]
    assert RetoldMeasure.objects.count() == sum(len(record["åtgärder"]) for record in told()) == 156
    again = {promise.source_key: queries.as_told(promise) for promise in queries.loaded()}
    assert [again[record["id"]] for record in told()] == told()
    assert Event.objects.filter(verb="promises.retold_added", at=AT, role="system").count() == 44


def test_a_second_run_changes_nothing(retold):
    before = everything()
    report = import_retold(bundled_document(), at=LATER)
    assert report.lines() == ["0 lästes in, 44 fanns redan, 0 avvisades."]
    assert import_retold(bundled_document(), replace=True, at=LATER).changed == 0
    assert everything() == before


def test_the_order_and_spelling_of_what_means_the_same_changes_nothing(municipalities):
    import_retold({"löften": [a_record()]}, at=AT)
    before = everything()
    same = dict(reversed(a_record(kommun=["laxå"], fler_källor=[], notering_för_datamodell="Ny.").items()))
    assert import_retold({"löften": [same]}, at=LATER).already_there == 1
    assert everything() == before


def test_the_document_is_not_changed(municipalities):
    document = {"löften": [a_record(nytt={"a": [1]})]}
    before = copy.deepcopy(document)
    import_retold(document, at=AT)
    assert document == before


def test_one_refused_record_does_not_stop_the_others(municipalities):
    document = {
        "löften": [a_record("flen-2021"), a_record(ar_fran="2018"), "Laxå", {"kommun": ["Laxå"]}, a_record("flen-2022")]
    }
    report = import_retold(document, at=AT)
    assert (report.added, reasons(report)) == (2, [("laxa-2018", "not_a_year"), (3, "not_an_object"), (4, "missing")])
    assert set(RetoldPromise.objects.values_list("source_key", flat=True)) == {"flen-2021", "flen-2022"}
    assert report.lines() == [
        "Avvisad: laxa-2018. Fältet ar_fran ska vara ett årtal mellan 1900 och 2100.",
        "Avvisad: post 3. Posten är inte ett objekt med fält.",
        "Avvisad: post 4. Fältet id saknas eller är tomt.",
        "2 lästes in, 0 fanns redan, 3 avvisades "
        "(fel årtal eller period: 1, posten går inte att läsa: 1, uppgift saknas: 1).",
    ]
    assert report.lines("en")[-1].startswith("2 imported, 0 already there, 3 refused (")


def test_the_same_id_twice_in_a_file_lets_only_the_first_in(municipalities):
    report = import_retold({"löften": [a_record(), a_record(problem="Ett annat problem.")]}, at=AT)
    assert (report.added, reasons(report)) == (1, [("laxa-2018", "twice_in_file")])
    assert RetoldPromise.objects.get().problem == a_record()["problem"]
    assert report.lines()[0] == "Avvisad: laxa-2018. Samma id står redan på post 1 i filen."


def test_a_changed_retelling_is_refused_unless_asked_for(municipalities):
    import_retold({"löften": [a_record()]}, at=AT)
    before = everything()
    changed = {"löften": [a_record(ar_till=2021, åtgärder=[{"text": "Fotpatrull", "ansvarig": ["kommun"]}])]}
    report = import_retold(changed, at=LATER)
    assert (reasons(report), everything()) == ([("laxa-2018", "differs")], before)
    assert report.lines()[-1] == "0 lästes in, 0 fanns redan, 1 avvisades (finns redan med annat innehåll: 1)."

    old = RetoldPromise.objects.get()
    report = import_retold(changed, replace=True, at=LATER)
    assert report.lines() == ["0 lästes in, 1 ersattes, 0 fanns redan, 0 avvisades."]
    new = queries.loaded().get()
    assert (new.pk, new.public_id, new.imported_at) == (old.pk, old.public_id, LATER)
    assert queries.as_told(new) == changed["löften"][0]
    assert (RetoldMeasure.objects.count(), RetoldResponsible.objects.count()) == (1, 1)
    assert Event.objects.filter(verb="promises.retold_replaced", subject=new.public_id, at=LATER).count() == 1
    slugs = set(Slug.objects.filter(subject=new.public_id).values_list("slug", "is_current"))
    assert slugs == {("medborgarlofte-2018-2020", False), ("medborgarlofte-2018-2021", True)}


def test_one_and_true_are_not_the_same(municipalities):
    import_retold({"löften": [a_record(nytt=1)]}, at=AT)
    assert reasons(import_retold({"löften": [a_record(nytt=True)]}, at=AT)) == [("laxa-2018", "differs")]


def test_unknown_fields_and_values_are_kept_and_listed(municipalities):
    flags = {"problem": "kanske", "konkret_åtgärd_vem_när": "ja", "uppföljning_med_mått": "nej", "ny flagga": "ja"}
    measure = {"text": "Fotpatrull", "ansvarig": ["polis", "regionen"], "antal": 2, "per": "dygn", "kostnad": 500}
    record = a_record(posttyp="avtal", nivå="län", hela_sidan_lästes="delvis", flaggor=flags, bilaga={"sidor": 4})
    record |= {"åtgärder": [{"text": "Trygghetsvandring", "ansvarig": ["kommun"]}, measure]}
    report = import_retold({"löften": [record]}, at=AT)
    listed = {
        ("laxa-2018", "posttyp", "avtal"),
        ("laxa-2018", "nivå", "län"),
        ("laxa-2018", "hela_sidan_lästes", "delvis"),
        ("laxa-2018", "flaggor.problem", "kanske"),
        ("laxa-2018", "flaggor.ny flagga", "ja"),
        ("laxa-2018", "åtgärder[2].ansvarig", "regionen"),
        ("laxa-2018", "åtgärder[2].per", "dygn"),
        ("laxa-2018", "åtgärder[2].kostnad", 500),
    }
    assert (report.added, report.refused) == (1, ())
    assert {entry for entry in report.unrecognised if entry[1] != "bilaga"} == listed
    assert ("laxa-2018", "bilaga", {"sidor": 4}) in report.unrecognised
    assert 'Inte igenkänt, sparat som det stod: laxa-2018, bilaga: {"sidor": 4}' in report.lines()

    promise = queries.loaded().get()
    assert queries.as_told(promise) == record
    assert (promise.record_type, promise.level, promise.has_problem) == ("other", "other", "unknown")
    kept = tuple(("laxa-2018", path, value) for path, value in queries.not_recognised(promise))
    assert sorted(kept, key=str) == sorted(report.unrecognised, key=str)
    assert import_retold({"löften": [record]}, at=LATER).unrecognised == report.unrecognised


def test_what_stands_at_the_top_of_the_file_and_is_not_known_is_listed(municipalities):
    report = import_retold({"meta": {}, "löften": [], "bilagor": [1]}, at=AT)
    assert report.lines() == [
        "Inte igenkänt i filens topp, hör inte till något löfte och sparas inte: bilagor",
        "0 lästes in, 0 fanns redan, 0 avvisades.",
    ]


def test_a_record_that_fails_in_the_middle_leaves_nothing_behind(municipalities, monkeypatch):
    real, calls = places.claim_slug, []

    def broken(**claim):
        calls.append(claim)
        # The second record tells of three municipalities: it fails when two of its addresses are already claimed.
        if len(calls) == 4:
            raise RuntimeError("strömmen gick")
        return real(**claim)

    monkeypatch.setattr(importer.place_actions, "claim_slug", broken)
    document = {"löften": [a_record(), a_record("sot-2023"), a_record("flen-2021")]}
    import_retold({"löften": document["löften"][:1]}, at=AT)
    before = everything()
    with pytest.raises(RuntimeError):
        import_retold(document, at=LATER)
    assert (len(calls), everything()) == (4, before)

    monkeypatch.setattr(importer.place_actions, "claim_slug", real)
    assert import_retold(document, at=LATER).lines() == ["2 lästes in, 1 fanns redan, 0 avvisades."]


def test_a_rule_below_that_says_no_refuses_the_record_whole(municipalities, monkeypatch):
    real = places.claim_slug

    def strict(**claim):
        if claim["scope"] == f"medborgarloften:{municipalities['Tjörn'].code}":
            raise DomainError("Adressen kunde inte reserveras.")
        return real(**claim)

    monkeypatch.setattr(importer.place_actions, "claim_slug", strict)
    report = import_retold({"löften": [a_record("sot-2023"), a_record()]}, at=AT)
    assert (report.added, reasons(report)) == (1, [("sot-2023", "rule")])
    assert report.lines()[0] == "Avvisad: sot-2023. Adressen kunde inte reserveras."
    assert [promise.source_key for promise in RetoldPromise.objects.all()] == ["laxa-2018"]
    assert not Slug.objects.filter(scope__startswith="medborgarloften:", slug="medborgarlofte-2023-2024").exists()


def test_addresses_say_the_years_and_never_clash(retold):
    _, municipalities = retold
    flen = {found.promise.source_key: found.slug for found in queries.retold_in(municipalities["Flen"])}
    assert flen == {"flen-2022": "medborgarlofte-2022", "flen-2021": "medborgarlofte-2021"}
    slugs = {
        promise.source_key: queries.retold_by_id(promise.public_id).slug for promise in RetoldPromise.objects.all()
    }
    assert slugs["laxa-2018"] == "medborgarlofte-2018-2020"
    assert slugs["vasteras-2"] == "medborgarlofte"
    assert slugs["jonkoping-2024"] == "medborgarlofte-fran-2024"
    assert slugs["lund-trygg-ungdom"] == "medborgarlofte-till-2021"
    import_retold({"löften": [a_record(id="laxa-2018-b")]}, at=AT)
    assert {found.slug for found in queries.retold_in(municipalities["Laxå"])} == {
        "medborgarlofte-2018-2020",
        "medborgarlofte-2018-2020-2",
    }


def test_a_made_up_municipality_gets_no_real_promise(municipalities):
    report = import_retold({"löften": [a_record(kommun=["Exempelby"]), a_record("flen-2021")]}, at=AT)
    assert (report.added, reasons(report)) == (1, [("laxa-2018", "unknown_municipality")])


def test_progress_is_told_for_every_record(municipalities):
    seen = []
    import_retold({"löften": [a_record(), "x"]}, at=AT, progress=lambda *step: seen.append(step))
    assert seen == [("återgivna löften", 1, 2), ("återgivna löften", 2, 2)]


def test_a_line_cannot_steer_the_terminal(municipalities):
    report = import_retold({"löften": [a_record(kommun=["\x1b[2JLax"]), a_record(id="\x1b]0;x\x07"), "x"]}, at=AT)
    assert reasons(report) == [("laxa-2018", "unknown_municipality"), (2, "unsavable"), (3, "not_an_object")]
    assert all(line.isprintable() for line in report.lines())


@pytest.mark.parametrize("document", [[], "löften", None, {}, {"löften": {}}, {"promises": []}])
def test_a_document_without_a_list_of_records_is_one_clear_error(municipalities, document):
    with pytest.raises(ImportFault, match="Inget är inläst"):
        import_retold(document, at=AT)
    assert import_retold({"löften": []}, at=AT).added == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "är inte giltig JSON"),
        ('{"löften": []}'.encode("latin-1"), "inte text i UTF-8"),
        (b'{"l\xc3\xb6ften": [' + b"[" * 100_000, "inte går att läsa"),
        (None, "gick inte att öppna"),
    ],
)
def test_a_file_that_is_not_json_is_one_clear_error(tmp_path, content, sentence):
    path = tmp_path / "löften.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImportFault, match=sentence):
        read_document(path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "löften.json"
    path.write_text(json.dumps({"löften": [a_record()]}), encoding="utf-8-sig")
    assert read_document(path) == {"löften": [a_record()]}


def test_two_lists_of_records_are_not_silently_one(tmp_path, municipalities):
    path = tmp_path / "löften.json"
    path.write_text('{"löften": [1], "löften": []}', encoding="utf-8")
    with pytest.raises(ImportFault, match="två listor"):
        import_retold(read_document(path), at=AT)


def test_the_product_data_names_real_municipalities_and_says_where_it_comes_from():
    document = bundled_document()
    real = {row["name"] for row in bundled.table("municipalities")}
    assert {name for record in document["löften"] for name in record["kommun"]} <= real
    assert "notering_för_datamodell" not in json.dumps(document, ensure_ascii=False)
    assert "egna ord ur offentliga webbsidor" in document["meta"]["beskrivning"]

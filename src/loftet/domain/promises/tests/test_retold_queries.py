"""Reading retold promises: by place, by address, in few queries, and never mixed with what is signed here."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from loftet.domain.places import actions as places
from loftet.domain.places import queries as find
from loftet.domain.promises.importers.retold import bundled_document, import_retold
from loftet.domain.promises.models.retold import RetoldMeasure, RetoldPromise, RetoldResponsible
from loftet.domain.promises.queries import retold as queries
from loftet.domain.promises.tests.retold_world import AT, a_record, make_municipalities


@pytest.fixture
def municipalities(ready):
    return ready("retold promises", make_retold)


def make_retold():
    made = make_municipalities()
    import_retold(bundled_document(), at=AT)
    return made


def keys(found) -> list[str]:
    return [one.promise.source_key for one in found]


def test_a_place_has_its_promises_newest_first_and_those_without_a_year_last(municipalities):
    import_retold({"löften": [a_record("vasteras-2", id="flen-okänt", kommun=["Flen"])]}, at=AT)
    assert keys(queries.retold_in(municipalities["Flen"])) == ["flen-2022", "flen-2021", "flen-okänt"]
    assert keys(queries.retold_in(municipalities["Exempelby"])) == []
    assert queries.retold_count() == 45


def test_a_promise_of_three_municipalities_is_found_in_all_three(municipalities):
    for name in ("Stenungsund", "Orust", "Tjörn"):
        found = queries.retold_in(municipalities[name])
        assert [(one.promise.source_key, one.municipality.name, one.slug) for one in found] == [
            ("sot-2023", name, "medborgarlofte-2023-2024")
        ]
    home = queries.retold_by_id(found[0].promise.public_id)
    leads_to = find.slug_with_place(found[0].promise.public_id)
    assert (
        (home.place, home.slug) == (leads_to.place, leads_to.slug.slug) == ("stenungsund", "medborgarlofte-2023-2024")
    )


def test_all_of_them_stand_with_their_home_address(municipalities):
    everywhere = queries.all_retold()
    assert sorted(keys(everywhere)) == sorted(promise.source_key for promise in queries.loaded())
    assert len(everywhere) == 44
    years = [one.promise.year_from or 0 for one in everywhere]
    assert years == sorted(years, reverse=True)
    assert {(one.name, one.years) for one in everywhere if one.place == "laholm"} == {
        ("Medborgarlöfte i Laholm 2018", "2018"),
        ("Medborgarlöfte i Laholm 2020", "2020"),
    }
    assert {(one.name, one.years) for one in everywhere if one.place in {"stenungsund", "soderhamn"}} == {
        ("Medborgarlöfte i Stenungsund, Orust och Tjörn 2023–2024", "2023–2024"),
        ("Medborgarlöfte i Söderhamn", ""),
    }
    for one in everywhere:
        assert queries.retold_by_slug(one.municipality, one.slug).promise == one.promise


def test_a_place_that_is_left_out_later_keeps_its_address(municipalities):
    import_retold({"löften": [a_record("sot-2023", kommun=["Tjörn"])]}, replace=True, at=AT)
    found = queries.retold_by_slug(municipalities["Orust"], "medborgarlofte-2023-2024")
    assert found.promise.source_key == "sot-2023"
    assert queries.retold_in(municipalities["Orust"]) == []
    assert [one.place for one in queries.all_retold() if one.promise == found.promise] == ["tjorn"]


def test_an_address_leads_to_the_promise_in_its_own_place_only(municipalities):
    laxa, flen = municipalities["Laxå"], municipalities["Flen"]
    found = queries.retold_by_slug(laxa, "medborgarlofte-2018-2020")
    assert (found.promise.source_key, found.municipality, found.slug) == ("laxa-2018", laxa, "medborgarlofte-2018-2020")
    assert queries.retold_by_slug(flen, "medborgarlofte-2018-2020") is None
    assert queries.retold_by_slug(laxa, "medborgarlofte-2019") is None
    assert queries.retold_by_id("0" * 12) is None


def test_an_old_address_still_leads_there(municipalities):
    import_retold({"löften": [a_record(ar_till=2021)]}, replace=True, at=AT)
    found = queries.retold_by_slug(municipalities["Laxå"], "medborgarlofte-2018-2020")
    assert (found.promise.source_key, found.slug) == ("laxa-2018", "medborgarlofte-2018-2021")


def test_the_address_of_something_signed_here_is_not_a_retold_promise(municipalities):
    laxa = municipalities["Laxå"]
    retold = queries.retold_in(laxa)[0].promise.public_id
    for kind in ("promise", queries.SUBJECT_KIND):
        claim = {"scope": queries.scope(laxa), "wanted": kind.replace("_", "-"), "subject_kind": kind}
        places.claim_slug(**claim, subject="signedhere01" if kind == "promise" else retold, at=AT)
    assert queries.retold_by_slug(laxa, "promise") is None
    assert queries.retold_by_slug(laxa, "retold-promise").promise.public_id == retold


@pytest.mark.long
def test_twice_the_rows_take_the_same_number_of_queries(municipalities):

    def questions(ask) -> int:
        with CaptureQueriesContext(connection) as asked:
            for found in ask():
                queries.as_told(found.promise)
                queries.not_recognised(found.promise)
                assert found.name
                assert found.place
        return len(asked)

    flen = next(one for one in find.all_municipalities() if one.name == "Flen")
    few = [questions(lambda: queries.retold_in(flen)), questions(queries.all_retold)]
    import_retold({"löften": [a_record("mora-2016", id=f"flen-{n}", kommun=["Flen"]) for n in range(46)]}, at=AT)
    assert (len(queries.retold_in(flen)), len(queries.all_retold())) == (48, 90)
    assert [questions(lambda: queries.retold_in(flen)), questions(queries.all_retold)] == few == [6, 6]


def test_one_promise_takes_few_queries(municipalities, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        found = queries.retold_by_slug(municipalities["Mora"], "medborgarlofte-2016")
        assert len(queries.as_told(found.promise)["åtgärder"]) == 7


@pytest.mark.parametrize(
    ("table", "allowed", "refused"),
    [
        (RetoldPromise, {"year_to": 2030}, {"year_to": 2000}),
        (RetoldPromise, {"starts": "2018-01-01", "ends": "2018-01-01"}, {"starts": "2018-01-02", "ends": "2018-01-01"}),
        (RetoldPromise, {"starts": None, "ends": None}, {"starts": "2018-01-01", "ends": None}),
        (RetoldMeasure, {"amount": 0}, {"amount": -1}),
        (RetoldResponsible, {"party": "other", "name": "HSB"}, {"party": "police", "name": "HSB"}),
    ],
)
def test_the_database_holds_what_must_always_be_true(municipalities, table, allowed, refused):
    row = table.objects.order_by("pk").first()
    assert table.objects.filter(pk=row.pk).update(**allowed) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.filter(pk=row.pk).update(**refused)

"""Reading a record: what is known, what is kept, what is refused. No database."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.domain.places.models import Municipality
from loftet.domain.promises.importers import reading, record
from loftet.domain.promises.importers.report import Unreadable
from loftet.domain.promises.tests.retold_world import a_record, told, with_measure

NAMES = list(dict.fromkeys(name for one in told() for name in one["kommun"]))
PLACES = {reading.folded(name): Municipality(pk=n, code=f"{n:04}", name=name) for n, name in enumerate(NAMES, start=1)}

# What a database can hold, and what may stand in a JSON file.
texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1, max_size=30)
said = texts.filter(str.strip)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
something = anything.filter(lambda value: value is not None)
flag = st.sampled_from(list(record.KNOWN)) | something
word_of_period = st.sampled_from(
    [*record.PERIODS, *(f"{p} ({h})" for p in record.PERIODS for h in record.AGGREGATIONS)]
)
measures = st.fixed_dictionaries(
    {"text": said, "ansvarig": st.lists(st.sampled_from(["polis", "kommun", "annan:HSB"]) | said, max_size=4)},
    optional={
        "antal": st.integers(0, 10**7) | st.sampled_from([0.5, 2.25, 99.99]),
        "enhet": said,
        "per": word_of_period | something.filter(bool),
        "plats": said,
        "nar": said,
        "okänt fält": anything,
    },
)
years = st.tuples(st.none() | st.integers(2008, 2030), st.none() | st.integers(2030, 2050))


@st.composite
def records(draw) -> dict:
    """Records as the file may tell them, with known and unknown words, without values that mean nothing (null, "")."""
    first, last = draw(years)
    made = {
        "id": draw(said.filter(str.isprintable)),
        "kommun": draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
        "ar_fran": first,
        "ar_till": last,
        "posttyp": draw(st.sampled_from(list(record.RECORD_TYPES)) | something),
        "nivå": draw(st.sampled_from(list(record.LEVELS)) | something),
        "kalla_url": "https://kommunen.exempel.se/lofte",
        "hela_sidan_lästes": draw(st.none() | st.booleans() | something),
        "underlag": draw(st.lists(texts, max_size=3)),
        "problem": draw(st.none() | said),
        "mål_effekt": draw(st.none() | said),
        "åtgärder": draw(st.lists(measures, max_size=3)),
        "uppföljning": draw(st.none() | said),
        "utfall_redovisat": draw(st.none() | said),
        "undertecknare_roller": draw(st.lists(texts, max_size=3)),
        "flaggor": {name: draw(flag) for name in record.FLAGS} | draw(st.dictionaries(said, anything, max_size=1)),
    }
    if draw(st.booleans()):
        days = sorted((draw(st.dates()), draw(st.dates())))
        made["period_exakt"] = "/".join(day.isoformat() for day in days)
    if draw(st.booleans()):
        made["fler_källor"] = draw(st.lists(texts, min_size=1, max_size=2))
    return made | draw(st.dictionaries(said.filter(lambda name: name not in reading.FIELDS), anything, max_size=2))


def as_text(value) -> str:
    """Compare as the file would: to Python True is 1."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def read_or_refusal(made):
    """What came of reading. Anything else than a record or a refusal is a crash and fails the test."""
    try:
        return reading.read(made, PLACES)
    except Unreadable as refusal:
        return refusal


@given(records())
def test_a_record_is_told_again_as_it_stood(made):
    before = copy.deepcopy(made)
    assert as_text(record.to_record(reading.read(made, PLACES))) == as_text(made)
    assert made == before


@given(records(), st.sampled_from(sorted(reading.FIELDS)), anything)
def test_whatever_a_field_holds_the_record_is_read_or_refused_with_a_sentence(made, name, value):
    again = read_or_refusal({**made, name: value})
    if isinstance(again, Unreadable):
        assert [again.reason.text(language)[-1] for language in ("sv", "en")] == [".", "."]
    else:
        assert as_text(record.to_record(reading.read(record.to_record(again), PLACES))) == as_text(
            record.to_record(again)
        )


@given(anything)
def test_anything_else_than_a_record_is_refused(value):
    with pytest.raises(Unreadable):
        reading.read(value, PLACES)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": None}, "missing"),
        ({"id": "  "}, "missing"),
        ({"id": 7}, "not_text"),
        ({"id": "laxa\n2018"}, "unsavable"),
        ({"id": "x" * 81}, "too_long"),
        ({"kommun": None}, "missing"),
        ({"kommun": []}, "missing"),
        ({"kommun": "Laxå"}, "not_a_list"),
        ({"kommun": [1]}, "not_text"),
        ({"kommun": ["Laxo"]}, "unknown_municipality"),
        ({"kommun": ["Laxå", "LAXÅ"]}, "municipality_twice"),
        ({"kalla_url": None}, "missing"),
        ({"kalla_url": "laxa.se"}, "bad_source"),
        ({"kalla_url": "ftp://laxa.se/lofte"}, "bad_source"),
        ({"kalla_url": "javascript:alert(1)//https://laxa.se"}, "bad_source"),
        ({"kalla_url": "https://"}, "bad_source"),
        ({"kalla_url": "https://[laxa"}, "bad_source"),
        ({"kalla_url": "https://laxa.se/ett lofte"}, "bad_source"),
        ({"ar_fran": "2018"}, "not_a_year"),
        ({"ar_fran": 2018.0}, "not_a_year"),
        ({"ar_fran": True}, "not_a_year"),
        ({"ar_fran": 18}, "not_a_year"),
        ({"ar_fran": 2021, "ar_till": 2020}, "years_reversed"),
        ({"period_exakt": "2018-07-01"}, "bad_period"),
        ({"period_exakt": "2018-07-01/2018-06-30"}, "bad_period"),
        ({"period_exakt": "2018-02-30/2018-06-30"}, "bad_period"),
        ({"period_exakt": "20180701/20200630"}, "bad_period"),
        ({"period_exakt": ["2018-07-01", "2020-06-30"]}, "bad_period"),
        ({"åtgärder": None}, "missing"),
        ({"åtgärder": {}}, "not_a_list"),
        ({"åtgärder": ["Fotpatrull"]}, "not_fields"),
        ({"underlag": "medborgardialog"}, "not_a_list"),
        ({"flaggor": ["ja"]}, "not_fields"),
        ({"problem": ["Otrygghet"]}, "not_text"),
        ({"problem": "Otrygg\x00het"}, "unsavable"),
        ({"nytt": ["\ud800"]}, "unsavable"),
        ({"nytt": float("inf")}, "unsavable"),
    ],
)
def test_what_makes_a_record_unreadable(changes, code):
    assert reading.read(a_record(), PLACES).source_key == "laxa-2018"
    with pytest.raises(Unreadable) as refusal:
        reading.read(a_record(**changes), PLACES)
    assert refusal.value.reason.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " "}, "missing"),
        ({"text": None}, "missing"),
        ({"text": "x" * 301}, "too_long"),
        ({"ansvarig": "polis"}, "not_a_list"),
        ({"ansvarig": [1]}, "not_text"),
        ({"ansvarig": ["annan:" + "x" * 201]}, "too_long"),
        ({"antal": "2"}, "bad_amount"),
        ({"antal": -1}, "bad_amount"),
        ({"antal": True}, "bad_amount"),
        ({"antal": 0.125}, "bad_amount"),
        ({"antal": 10**9}, "bad_amount"),
        ({"antal": 10**5000}, "bad_amount"),
        ({"antal": float("nan")}, "unsavable"),
        ({"enhet": 2}, "not_text"),
        ({"plats": "x" * 201}, "too_long"),
    ],
)
def test_what_makes_a_measure_unreadable_and_where_it_stands(changes, code):
    assert reading.read(with_measure(antal=2), PLACES).measures[0].amount == 2
    with pytest.raises(Unreadable) as refusal:
        reading.read(with_measure(**changes), PLACES)
    assert refusal.value.reason.code == code
    assert "åtgärder[1]" in refusal.value.reason.text()


def test_deep_nesting_is_refused_and_not_a_crash():
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(Unreadable) as refusal:
        reading.read(a_record(nytt=deep), PLACES)
    assert refusal.value.reason.code == "unsavable"


@pytest.mark.parametrize("name", ["Laxå", " laxå ", "LAXÅ", "Laxa\u030a"])
def test_a_municipality_is_known_whatever_the_case_and_the_spaces(name):
    assert [m.name for m in reading.read(a_record(kommun=[name]), PLACES).municipalities] == ["Laxå"]


@pytest.mark.parametrize(
    ("word", "per", "aggregation"),
    [
        ("vecka", "week", ""),
        ("vecka (snitt)", "week", "average"),
        ("månad (minst)", "month", "at_least"),
        ("kvartal", "quarter", ""),
        ("termin", "term", ""),
        ("år (totalt)", "year", "total"),
        ("perioden", "whole", ""),
    ],
)
def test_a_period_says_how_it_counts_only_when_told(word, per, aggregation):
    measure = reading.read(with_measure(antal=3, per=word), PLACES).measures[0]
    assert (measure.per, measure.aggregation, measure.unrecognised) == (per, aggregation, {})


@pytest.mark.parametrize("word", ["dygn", "vecka (ibland)", "dygn (snitt)", 52, ["år"]])
def test_a_period_that_is_not_known_is_kept_as_it_stands(word):
    measure = reading.read(with_measure(antal=3, per=word), PLACES).measures[0]
    assert (measure.per, measure.aggregation, measure.unrecognised) == ("", "", {"per": word})
    assert measure.amount == 3


def test_who_is_responsible_is_kept_in_the_order_told():
    who = ["annan:HSB", "polis", "kommun", "regionen", "annan:"]
    measure = reading.read(with_measure(ansvarig=who), PLACES).measures[0]
    assert measure.responsible == (
        ("other", "HSB"),
        ("police", ""),
        ("municipality", ""),
        ("unrecognised", "regionen"),
        ("unrecognised", "annan:"),
    )


def test_what_is_not_told_is_not_filled_in():
    bare = {"id": "x", "kommun": ["Laxå"], "kalla_url": "https://laxa.se/", "åtgärder": []}
    read = reading.read(bare, PLACES)
    assert (read.record_type, read.level, read.whole_page_read, read.unrecognised) == ("other", "other", None, {})
    assert set(read.flags.values()) == {"unknown"}
    assert record.to_record(read)["posttyp"] is None


def test_the_note_to_the_builders_is_skipped():
    read = reading.read(a_record(notering_för_datamodell="Två datum."), PLACES)
    assert read.unrecognised == {}
    assert read == reading.read(a_record(), PLACES)


def test_a_field_that_stands_twice_is_refused():
    text = json.dumps(a_record(), ensure_ascii=False).replace('"problem":', '"problem": "Annat.", "problem":', 1)
    twice = json.loads(text, object_pairs_hook=reading.JsonObject.of_pairs)
    with pytest.raises(Unreadable) as refusal:
        reading.read(twice, PLACES)
    assert refusal.value.reason.text() == "Fältet problem står två gånger. Bara ett av dem hade kunnat sparas."

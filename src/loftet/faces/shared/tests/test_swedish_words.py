"""Numbers, dates and amounts in Swedish words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from loftet.faces.shared import text

NBSP = "\u00a0"


def spaced(words: str) -> str:
    """No-break spaces as ordinary ones, so that a test reads as people do."""
    return words.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (12345.6, None, "12 345,6"),
        (Decimal("0.10"), None, "0,1"),
        (Decimal("1E+3"), None, "1 000"),
        (0.1 + 0.2, 1, "0,3"),
        ("2.5", 0, "3"),
        (-1234567, None, "\u22121 234 567"),
        (Decimal("-0.04"), 1, "0,0"),
        (7, 2, "7,00"),
    ],
)
def test_numbers(value, decimals, expected):
    assert spaced(text.number(value, decimals)) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_written_number_is_the_number(value):
    written = text.number(value).replace(NBSP, "").replace(",", ".").replace("\u2212", "-")
    assert Decimal(written) == value


@pytest.mark.parametrize("wrong", ["två", "", float("nan"), float("inf"), True])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(ValueError, match="Inte ett tal"):
        text.number(wrong)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "ingen"),
        (0.03, "färre än 1 av 20"),
        (0.05, "ungefär 1 av 10"),
        (0.42, "ungefär 4 av 10"),
        (Decimal("0.45"), "ungefär hälften"),
        (0.949, "ungefär 9 av 10"),
        (0.96, "nästan alla"),
        (1, "alla"),
    ],
)
def test_shares_as_people_say_them(share, expected):
    assert text.out_of_ten(share) == expected


@given(st.fractions(min_value=0, max_value=1))
def test_a_share_in_tenths_is_never_far_off(share):
    words = text.out_of_ten(float(share))
    said = {"ingen": 0, "färre än 1 av 20": 0.025, "ungefär hälften": 0.5, "nästan alla": 0.975, "alla": 1}.get(words)
    if said is None:
        said = int(words.split()[1]) / 10
    assert abs(said - float(share)) <= 0.0501


@pytest.mark.parametrize("wrong", [-0.1, 1.01])
def test_a_share_lies_between_nothing_and_all(wrong):
    with pytest.raises(ValueError, match="mellan 0 och 1"):
        text.out_of_ten(wrong)


def test_a_share_says_its_n():
    assert spaced(text.share_with_n("0.42", 1212)) == "ungefär 4 av 10, 1 212 svar"


@pytest.mark.parametrize(
    ("value", "expected"), [(212, "ungefär 210"), (12345, "ungefär 12 000"), (7, "ungefär 7"), (0, "ungefär 0")]
)
def test_roughly(value, expected):
    assert spaced(text.about(value)) == expected


def test_one_and_several():
    assert spaced(text.counted(1, "löfte", "löften")) == "1 löfte"
    assert spaced(text.counted(0, "löfte", "löften")) == "0 löften"
    assert text.plural(Decimal("1.0"), "löfte", "löften") == "löfte"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "1 januari–31 december 2026"),
        (date(2026, 9, 1), date(2026, 9, 30), "1–30 september 2026"),
        (date(2026, 9, 1), date(2026, 9, 1), "1 september 2026"),
        (date(2025, 12, 1), date(2026, 2, 28), "1 december 2025 – 28 februari 2026"),
    ],
)
def test_periods(start, end, expected):
    assert spaced(text.period(start, end)) == expected


def test_a_moment_is_told_in_swedish_time():
    at = datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
    assert spaced(text.moment(at)) == "1 juli 2026 kl. 00.05"
    assert spaced(text.day(at)) == "1 juli 2026"


def test_day_and_month_are_never_parted():
    assert text.day(date(2026, 3, 3)) == f"3{NBSP}mars 2026"


def test_years():
    assert text.years(date(2026, 1, 1), date(2026, 12, 31)) == "2026"
    assert text.years(date(2026, 1, 1), date(2027, 1, 1)) == "2026–2027"


def test_sentences_of_several_names():
    assert text.joined([]) == ""
    assert text.joined(["polisen"]) == "polisen"
    assert text.joined(["polisen", "kommunen"]) == "polisen och kommunen"
    assert text.joined(["a", "b", "c"]) == "a, b och c"


def test_quotation_marks_are_swedish_and_not_doubled():
    assert text.quoted(' "Det är mörkt" ') == "”Det är mörkt”"
    assert text.quoted("”Det är mörkt”") == "”Det är mörkt”"


@pytest.mark.parametrize(
    ("amount", "unit", "per", "aggregation", "expected"),
    [
        (Decimal("2.00"), "fotpatruller", "week", "at_least", "minst 2 fotpatruller i veckan"),
        (Decimal("2.50"), "timmar", "quarter", "average", "i snitt 2,5 timmar per kvartal"),
        (4, "vandringar", "whole", "total", "totalt 4 vandringar"),
        (4, "vandringar", "whole", "at_least", "minst 4 vandringar under hela perioden"),
    ],
)
def test_amounts(amount, unit, per, aggregation, expected):
    assert spaced(text.amount_in_words(amount, unit, per, aggregation)) == expected


def test_every_choice_of_a_measures_wording_has_words():
    from loftet.domain.plans.models import MeasureWording

    assert set(text.PER_WORDS) == set(MeasureWording.Per.values)
    assert set(text.AGGREGATION_WORDS) == set(MeasureWording.Aggregation.values)


def render(source: str, **context) -> str:
    return spaced(engines["django"].from_string(source).render(context))


def test_filters_and_tags_stand_ready_on_every_page():
    day = date(2026, 3, 3)
    assert render("{{ v|number }} {{ v|number:1 }}", v=1234.56) == "1 234,56 1 234,6"
    assert render("{{ v|percent }} {{ v|out_of_ten }}", v=0.42) == "42 % ungefär 4 av 10"
    assert render("{{ 212|about }} {{ 7|number_word }} {{ 13|number_word }}") == "ungefär 210 sju 13"
    assert render('{{ 2|counted:"löfte,löften" }} {{ 1|plural:"löfte,löften" }}') == "2 löften löfte"
    assert render("{{ d|day }} {% years d d %}", d=day) == "3 mars 2026 2026"
    assert render("{% period a b %}", a=day, b=date(2026, 3, 9)) == "3–9 mars 2026"
    assert render("{{ names|joined }} {{ 'sKR'|capital }}", names=["a", "b"]) == "a och b SKR"
    assert render("{% time_of d %}", d=day) == '<time datetime="2026-03-03">3 mars 2026</time>'


def test_nothing_gives_nothing():
    filters = [
        "number",
        "percent",
        "out_of_ten",
        "about",
        "number_word",
        "day",
        "moment",
        "joined",
        "capital",
        "quoted",
    ]
    for name in filters:
        assert render(f"{{{{ nothing|{name} }}}}", nothing=None) == "", name
        assert render(f"{{{{ nothing|{name} }}}}", nothing="") == "", name


def test_a_suppressed_share_says_so():
    assert render("{% share_of s 3 %}", s=None) == "för få svar för att visas"
    assert render("{% share_of s 212 %}", s=0.42) == "ungefär 4 av 10, 212 svar"


def test_a_measure_without_amount_says_what_will_be_there_or_that_it_lacks():
    bare = SimpleNamespace(amount=None, deliverable="")
    assert render("{% amount m %}", m=bare) == "mängden är inte angiven"
    assert render("{% amount m %}", m=SimpleNamespace(amount=None, deliverable="ny belysning")) == "ny belysning"
    full = SimpleNamespace(amount=Decimal(2), unit="pass", per="week", aggregation="at_least")
    assert render("{% amount m %}", m=full) == "minst 2 pass i veckan"

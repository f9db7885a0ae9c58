"""The charts: geometry, names and tables."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.faces.shared.charts import MapPoint, Point, combined_table, done_bar, interval, opinion_map, series_chart
from loftet.faces.shared.charts.series import BOTTOM, TOP, nice_ticks


def drawn(chart) -> ElementTree.Element:
    """The chart's SVG, parsed: it must be well-formed."""
    return ElementTree.fromstring(str(chart.svg))


def by_class(chart, name: str) -> list[ElementTree.Element]:
    return [e for e in drawn(chart).iter() if name in (e.get("class") or "").split()]


def series(**changes):
    given_ = {
        "points": [Point("2024", Decimal(37), Decimal(32), Decimal(42)), Point("2025", Decimal(33))],
        "baseline": Decimal(38),
        "target": Decimal(30),
        "due": date(2026, 12, 31),
        "unit": "%",
        "title": "Otrygga på kvällen",
        "good": "down",
        "key": "serie",
    }
    return series_chart(**{**given_, **changes})


CLUSTERS = [MapPoint(0, 0, 20, "A"), MapPoint(4, 2, 5, "A"), MapPoint(-4, -1, 10, "B")]
CHARTS = [
    done_bar(9, 52, "fotpatruller", key="bar", expected_so_far=26),
    interval(34, 29, 39, "%", key="interval", title="Otrygga", n=412),
    series(),
    opinion_map(CLUSTERS, key="map"),
]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_every_chart_has_a_name_a_description_and_a_table(chart):
    svg = drawn(chart)
    assert svg.get("role") == "img"
    names = {e.get("id"): e.text for e in svg if e.tag in {"title", "desc"}}
    assert [names[i] for i in svg.get("aria-labelledby").split()] == [chart.title, chart.desc]
    assert all(names.values())
    table = ElementTree.fromstring(str(chart.table))
    assert table.find("caption").text == chart.title
    assert [th.get("scope") for th in table.find("thead/tr")] == ["col"] * len(chart.columns)
    assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in table.find("tbody"))
    assert all(len(row) == len(chart.columns) for row in table.find("tbody"))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_no_chart_has_a_style_or_a_colour_of_its_own(chart):
    for element in drawn(chart).iter():
        assert not {"style", "fill", "stroke"} & set(element.attrib)


def test_words_in_a_chart_are_escaped():
    chart = done_bar(1, 2, "<i>pass</i>", key="a", title="<b>&")
    assert "<b>" not in chart.svg
    assert "<i>" not in chart.table
    assert chart.title == "<b>&"


@pytest.mark.parametrize("key", ["", "A", "1a", "a b", "a_b", "å"])
def test_a_key_makes_a_proper_id(key):
    with pytest.raises(ValueError, match="nyckel"):
        done_bar(1, 2, "pass", key=key)


# --- Done against promised -------------------------------------------------------------------------------------------
def width(chart) -> float:
    return float(by_class(chart, "fill")[0].get("width").rstrip("%"))


@pytest.mark.parametrize(("done", "promised", "expected"), [(0, 4, 0), (1, 4, 25), (4, 4, 100), (6, 4, 100)])
def test_the_bar_is_as_long_as_what_is_done(done, promised, expected):
    assert width(done_bar(done, promised, "möten", key="a")) == expected


@given(st.decimals(0, 500, places=2), st.decimals(1, 500, places=2))
def test_the_bar_never_leaves_its_track(done, promised):
    chart = done_bar(done, promised, "pass", key="a", expected_so_far=promised)
    assert 0 <= width(chart) <= 100
    assert by_class(chart, "tick")[0].get("x1") == "100.00%"


def test_what_is_behind_plan_is_dashed_and_said():
    behind = done_bar(9, 52, "pass", key="a", expected_so_far=26)
    dashes = by_class(behind, "behind")[0]
    assert (dashes.get("x1"), dashes.get("x2")) == ("17.31%", "50.00%")
    assert "17 efter planen" in behind.legend
    ahead = done_bar(30, 52, "pass", key="a", expected_so_far=26)
    assert not by_class(ahead, "behind")
    assert "enligt planen" in ahead.legend


def test_a_late_report_is_said_in_words_and_in_the_table():
    late = done_bar(9, 52, "pass", key="a", late=True)
    assert "en rapport saknas" in late.legend
    assert late.rows[0][-1] == "ja"
    on_time = done_bar(9, 52, "pass", key="a")
    assert "saknas" not in on_time.legend
    assert on_time.rows[0][-1] == "nej"


def test_more_than_promised_is_said():
    assert "mer än lovat" in done_bar(14, 12, "vandringar", key="a", expected_so_far=12).legend


@pytest.mark.parametrize("promised", [0, -1])
def test_a_promise_of_nothing_has_no_bar(promised):
    with pytest.raises(ValueError, match="större än 0"):
        done_bar(1, promised, "pass", key="a")


def test_one_table_for_several_bars():
    bars = [("Fotpatrull", done_bar(1, 4, "pass", key="a")), ("Vandring", done_bar(2, 4, "vandringar", key="b"))]
    table = ElementTree.fromstring(str(combined_table("Gjort mot lovat", "Åtgärd", bars)))
    assert [row[0].text for row in table.find("tbody")] == ["Fotpatrull", "Vandring"]
    assert table.find("tbody")[1][2].text == "2\u00a0vandringar"
    assert combined_table("Gjort mot lovat", "Åtgärd", []) == ""


# --- A figure with its uncertainty -----------------------------------------------------------------------------------
def test_an_interval_lies_where_it_should():
    chart = interval(34, 29, 39, "%", key="a", title="Otrygga", n=1412)
    assert by_class(chart, "dot")[0].get("cx") == "34.00%"
    span = by_class(chart, "span")[0]
    assert (span.get("x1"), span.get("x2")) == ("29.00%", "39.00%")
    assert chart.legend == "34\u00a0%, troligen 29–39\u00a0%. Bygger på 1\u00a0412\u00a0svar."


def test_an_interval_on_another_scale():
    chart = interval(5, 4, 6, "timmar", key="a", title="Väntan", scale=(0, 10))
    assert by_class(chart, "dot")[0].get("cx") == "50.00%"


@pytest.mark.parametrize(("value", "low", "high"), [(1, 2, 3), (4, 2, 3), (2, 3, 1)])
def test_an_interval_holds_its_value(value, low, high):
    with pytest.raises(ValueError, match="omger sitt värde"):
        interval(value, low, high, "%", key="a", title="Otrygga")


# --- Over time -------------------------------------------------------------------------------------------------------
def test_higher_values_lie_higher_and_within_the_picture():
    dots = [float(dot.get("cy")) for dot in by_class(series(), "dot")]
    assert dots[0] < dots[1]
    assert all(TOP <= y <= BOTTOM for y in dots)


def test_a_point_without_an_interval_has_none_drawn():
    chart = series()
    assert len(by_class(chart, "dot")) == 2
    assert len(by_class(chart, "span")) == 1
    assert chart.rows[2] == ("2025", "33\u00a0%", "–")


def test_the_target_stands_at_its_year_after_the_measurements():
    chart = series()
    holder = next(e for e in drawn(chart) if e.tag == "svg")
    assert float(holder.get("x").rstrip("%")) > max(float(d.get("cx").rstrip("%")) for d in by_class(chart, "dot"))
    assert holder.get("aria-hidden") == "true"
    measured = series(points=[Point("2025", Decimal(33)), Point("2026", Decimal(29))])
    holder = next(e for e in drawn(measured) if e.tag == "svg")
    assert holder.get("x") == by_class(measured, "dot")[-1].get("cx")


def test_baseline_and_target_are_said_and_tabled():
    chart = series()
    assert "Utgångsvärdet (streckad linje) är 38\u00a0%." in chart.desc
    assert "Målet (romb) är högst 30\u00a0% senast 31\u00a0december 2026." in chart.desc
    assert chart.rows[0][0] == "Utgångsvärde"
    assert chart.rows[-1][:2] == ("Mål senast 31\u00a0december 2026", "högst 30\u00a0%")
    assert "minst 30" in series(good="up").desc


def test_before_the_first_measurement_there_is_still_a_picture():
    chart = series(points=[])
    assert not by_class(chart, "dot")
    assert "Inget är mätt än." in chart.legend
    with pytest.raises(ValueError, match="minst en mätning"):
        series(points=[], target=None)


@given(
    st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=30),
    st.none() | st.decimals(-1000, 1000, places=2),
)
def test_whatever_is_measured_stays_within_the_picture(values, target):
    points = [Point(f"kv {i % 4 + 1} 20{i:02}", value, value - 1, value + 1) for i, value in enumerate(values)]
    chart = series(points=points, baseline=None, target=target)
    for dot in by_class(chart, "dot"):
        assert TOP - 0.1 <= float(dot.get("cy")) <= BOTTOM + 0.1
        assert 0 <= float(dot.get("cx").rstrip("%")) <= 100


@pytest.mark.parametrize("count", [1, 2, 5, 12, 40])
def test_labels_fit_on_the_narrowest_screen(count):
    points = [Point(f"kv {i % 4 + 1} 20{i // 4 + 10}", Decimal(i)) for i in range(count)]
    chart = series(points=points, target=None)
    shown = [e for e in drawn(chart) if e.tag == "text" and e.get("y") == str(BOTTOM + 26)]
    assert shown[-1].text == points[-1].period
    spots = [float(e.get("x").rstrip("%")) for e in shown]
    # 270 units wide, 9 letters of 8 units: neighbours must lie at least that far apart.
    assert all((b - a) / 100 * 270 >= 60 for a, b in pairwise(spots))


@given(st.decimals(-(10**6), 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_ticks_are_few_and_span_the_values(least, span):
    ticks = nice_ticks(least, least + span)
    assert ticks[0] <= least
    assert ticks[-1] >= least + span
    assert 2 <= len(ticks) <= 7
    assert len({b - a for a, b in pairwise(ticks)}) == 1


# --- Groups ----------------------------------------------------------------------------------------------------------
def test_groups_are_told_apart_by_letter_and_size_by_area():
    chart = opinion_map(CLUSTERS, key="a")
    groups = by_class(chart, "group")
    assert sorted(g.find("text").text for g in groups) == ["A", "A", "B"]
    radii = sorted(float(g.find("circle").get("r")) for g in groups)
    assert radii[-1] > radii[1] >= radii[0]
    assert chart.rows == (("Grupp A", "25", "2"), ("Grupp B", "10", "1"))
    assert "Två grupper: A med 25 deltagare och B med 10 deltagare" in chart.desc


def test_distances_mean_the_same_both_ways():
    square = [MapPoint(0, 0, 5, "A"), MapPoint(1, 0, 5, "A"), MapPoint(0, 1, 5, "A"), MapPoint(3, 0, 5, "B")]
    spots = {
        (float(g.find("circle").get("cx")), float(g.find("circle").get("cy")))
        for g in by_class(opinion_map(square, key="a"), "group")
    }
    left, second, *_ = sorted(x for x, y in spots)
    xs = sorted({x for x, _ in spots})
    ys = sorted({y for _, y in spots})
    assert xs[1] - xs[0] == pytest.approx(ys[1] - ys[0], abs=0.2)
    assert left == second == xs[0]


def test_the_map_stays_within_its_frame():
    far = [MapPoint(-1e6, 5, 300, "A"), MapPoint(1e6, -3, 5, "B"), MapPoint(0, 1e5, 40, "C")]
    for group in by_class(opinion_map(far, key="a"), "group"):
        circle = group.find("circle")
        x, y, r = (float(circle.get(n)) for n in ("cx", "cy", "r"))
        assert r <= x <= 320 - r
        assert r <= y <= 240 - r


def test_the_order_of_rows_does_not_matter():
    assert opinion_map(CLUSTERS, key="a").rows == opinion_map(CLUSTERS[::-1], key="a").rows


def test_single_people_are_never_drawn():
    with pytest.raises(ValueError, match="minst 5 personer"):
        opinion_map([MapPoint(0, 0, 4, "A")], key="a")
    with pytest.raises(ValueError, match="minst en grupp"):
        opinion_map([], key="a")


def test_text_in_charts_is_large_enough():
    sheet = re.search(r"\.chart text \{ font: (\d+)px", _stylesheet())
    narrowest = 288 / 320  # the opinion map shrinks with its place; 288 is a 320-pixel screen without its margins
    assert int(sheet[1]) * narrowest >= 12


def _stylesheet() -> str:
    from django.contrib.staticfiles import finders

    with open(finders.find("shared/loftet.css"), encoding="utf-8") as file:
        return file.read()

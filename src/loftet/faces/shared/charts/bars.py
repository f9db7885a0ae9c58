"""Bars: done against promised, and a figure with its uncertainty."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString

from loftet.faces.shared import text
from loftet.faces.shared.charts.figure import Chart, across, drawing, range_in_words, shape, with_unit

BAR_HEIGHT = 14
EXPECTED_NOTE = "Det lilla strecket visar hur långt det borde ha kommit vid det här laget."


def done_bar(
    done: text.Numeric,
    promised: text.Numeric,
    unit: str,
    *,
    key: str,
    late: bool = False,
    expected_so_far: text.Numeric | None = None,
    title: str = "Gjort mot lovat",
) -> Chart:
    """Draw how much is done of what was promised; what is behind plan is dashed and said, never colour alone.

    `promised` must be above 0. `late` says that a report is late: the bar shows what is known, and the legend says so.
    """
    did, whole = text.decimal_of(done), text.decimal_of(promised)
    if whole <= 0:
        raise ValueError("Det lovade antalet är större än 0")
    expected = None if expected_so_far is None else text.decimal_of(expected_so_far)
    legend = _done_legend(did, whole, unit, expected, late)
    shapes = [
        shape("rect", "track", x=0, y=3, width="100%", height=8, rx=4),
        shape("rect", "fill", x=0, y=3, width=across(did / whole), height=8, rx=4),
    ]
    if expected is not None:
        shapes += _expected_shapes(did / whole, expected / whole)
    row = (
        title,
        with_unit(whole, unit),
        with_unit(did, unit),
        "–" if expected is None else with_unit(expected, unit),
        "ja" if late else "nej",
    )
    return Chart(
        kind="bar",
        svg=drawing(key, title, legend, BAR_HEIGHT, shapes),
        title=title,
        desc=legend,
        legend=legend,
        columns=("Åtgärd", "Lovat", "Gjort hittills", "Väntat hittills", "Rapporten är sen"),
        rows=(row,),
        note="" if expected is None else EXPECTED_NOTE,
    )


def _done_legend(did: Decimal, whole: Decimal, unit: str, expected: Decimal | None, late: bool) -> str:
    words = f"{text.number(did)} av {with_unit(whole, unit)}"
    if did > whole:
        words += ", mer än lovat"
    elif expected is not None and did < whole:
        gap = expected - did
        words += f", {text.number(gap)} efter planen" if gap > 0 else ", enligt planen"
    return f"{words}. Mer kan vara gjort, en rapport saknas." if late else f"{words}."


def _expected_shapes(did: Decimal, expected: Decimal) -> list[SafeString]:
    """A tick where one should be by now, and a dashed stretch up to it when one is behind."""
    at = across(expected)
    tick = shape("line", "tick", x1=at, x2=at, y1=0, y2=BAR_HEIGHT)
    if expected <= did:
        return [tick]
    return [shape("line", "behind", x1=across(did), x2=at, y1=7, y2=7), tick]


def interval(
    value: text.Numeric,
    low: text.Numeric,
    high: text.Numeric,
    unit: str,
    *,
    key: str,
    title: str,
    scale: tuple[text.Numeric, text.Numeric] = (0, 100),
    n: int | None = None,
) -> Chart:
    """Draw a figure as a dot on a line that shows how sure it is. Raises ValueError unless low ≤ value ≤ high."""
    at, least, most = (text.decimal_of(x) for x in (value, low, high))
    start, end = (text.decimal_of(x) for x in scale)
    if not (least <= at <= most and start < end):
        raise ValueError("Ett intervall omger sitt värde, och en skala växer")
    span = end - start
    x, x1, x2 = (across((v - start) / span) for v in (at, least, most))
    legend = f"{with_unit(at, unit)}, troligen {range_in_words(least, most, unit)}."
    if n is not None:
        legend += f" Bygger på {text.counted(n, 'svar', 'svar')}."
    shapes = [
        shape("line", "axis", x1=0, x2="100%", y1=14, y2=14),
        shape("line", "span", x1=x1, x2=x2, y1=14, y2=14),
        shape("line", "span-end", x1=x1, x2=x1, y1=7, y2=21),
        shape("line", "span-end", x1=x2, x2=x2, y1=7, y2=21),
        shape("circle", "dot", cx=x, cy=14, r=6),
        shape("text", words=text.number(start), x=0, y=42),
        shape("text", words=with_unit(end, unit), x="100%", y=42, text_anchor="end"),
    ]
    return Chart(
        kind="interval",
        svg=drawing(key, title, legend, 46, shapes),
        title=title,
        desc=legend,
        legend=legend,
        columns=("Mått", "Värde", "Troligen mellan", "Antal svar"),
        rows=((title, with_unit(at, unit), range_in_words(least, most, unit), "–" if n is None else text.number(n)),),
    )
